package io.diapason.train;

import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.optim.Evaluation;
import io.diapason.optim.GradientClip;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Tensor;
import io.diapason.train.Evaluator.Batch;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Single steps: from one or several batches to changed parameters. */
final class Stepper {
    private final Evaluator evaluator;
    private final Optimizer optimizer;
    private final List<Parameter> parameters;
    private final TrainConfig config;
    private final Batches batches;

    /** What a step was made of: the loss before it, and the norm of the gradients before clipping or NaN. */
    record Made(double loss, double gradientNorm) {}

    Stepper(Evaluator evaluator, Optimizer optimizer, List<Parameter> parameters, TrainConfig config, Batches batches) {
        this.evaluator = evaluator;
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.config = config;
        this.batches = batches;
    }

    int stepsPerEpoch() {
        return (batches.count() - 1) / config.accumulation() + 1;
    }

    /**
     * One step.
     *
     * @param epoch from 1
     * @param step from 0
     * @param order of the epoch's rows
     * @param masks of the epoch's dropout
     */
    Made step(int epoch, int step, @Nullable Tensor order, Rng masks) {
        int from = step * config.accumulation();
        int to = from + Math.min(config.accumulation(), batches.count() - from);
        Evaluator.Source source = number -> {
            requireGoingOn(epoch);
            return new Batch(batches.batch(order, number), Pass.training(masks, number));
        };
        double[] norms = {Double.NaN};
        boolean[] first = {true};
        double loss = optimizer.step(() -> {
            Evaluation evaluation = config.accumulation() == 1
                    ? evaluator.one(source.batch(from))
                    : evaluator.several(source, from, to);
            double norm = clip(evaluation);
            if (first[0]) { // a line search looks at further places, and may meet worse ones
                first[0] = false;
                norms[0] = norm;
                requireFinite(evaluation.loss(), epoch, step);
            }
            return evaluation;
        });
        return new Made(loss, norms[0]);
    }

    private double clip(Evaluation evaluation) {
        double norm = Double.NaN;
        if (config.clipNorm() < Double.POSITIVE_INFINITY) {
            norm = GradientClip.byNorm(evaluation.gradients(), parameters, config.clipNorm());
        }
        if (config.clipValue() < Double.POSITIVE_INFINITY) {
            GradientClip.byValue(evaluation.gradients(), parameters, config.clipValue());
        }
        return norm;
    }

    private static void requireFinite(double loss, int epoch, int step) {
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(loss, epoch, step + 1);
        }
    }

    private static void requireGoingOn(int epoch) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training: cancelled in epoch " + epoch);
        }
    }
}
