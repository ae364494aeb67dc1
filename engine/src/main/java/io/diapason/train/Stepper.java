package io.diapason.train;

import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.optim.Evaluation;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Tensor;
import io.diapason.train.Evaluator.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Single steps: from one or several batches to changed parameters. */
final class Stepper {
    private final Evaluator evaluator;
    private final Optimizer optimizer;
    private final List<Parameter> parameters;
    private final Clipping clipping;
    private final int accumulation;
    private final Batches batches;
    private final @Nullable Shares shares; // of several batches a step

    /** What a step was made of: the loss before it, and the norm of the gradients before clipping or NaN. */
    record Made(double loss, double gradientNorm) {}

    Stepper(
            Evaluator evaluator,
            Optimizer optimizer,
            List<Parameter> parameters,
            TrainConfig config,
            Batches batches,
            @Nullable Shares shares) {
        this.evaluator = evaluator;
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.clipping = config.clipping();
        this.accumulation = config.batching().accumulation();
        this.batches = batches;
        this.shares = shares;
    }

    void begin(int epoch) {
        batches.begin(epoch);
        if (shares != null) {
            shares.begin();
        }
    }

    int stepsPerEpoch() {
        return (batches.count() - 1) / accumulation + 1;
    }

    /** How many steps have all their batches, each of them full; they come first. */
    int fullSteps() {
        return batches.full() / accumulation;
    }

    /** Whether the steps of this epoch do the same. */
    boolean isRegular() {
        return shares == null || shares.areRegular();
    }

    /** The number of a step's first pass, within the epoch. */
    int firstPass(int step) {
        return step * accumulation;
    }

    /** The numbers of a step's passes. */
    LongStream passes(int step) {
        return LongStream.range(firstPass(step), Math.min(firstPass(step + 1), batches.count()));
    }

    /** What steps read parts of. */
    List<Tensor> sources() {
        List<Tensor> sources = new ArrayList<>(batches.sources());
        if (shares != null) {
            sources.add(shares.tensor());
        }
        return sources;
    }

    /**
     * One step.
     *
     * @param epoch from 1
     * @param step from 0
     * @param masks of the epoch's dropout
     * @param readings how numbers are read
     */
    Made step(int epoch, int step, Rng masks, Readings readings) {
        Rng draws = readings.draws(masks);
        Evaluator.Source source = number -> {
            requireGoingOn(epoch);
            return new Batch(batches.batch(number), Pass.training(draws, number));
        };
        Closure closure = new Closure(epoch, step, source, readings);
        double loss = optimizer.step(closure);
        return new Made(loss, closure.gradientNorm);
    }

    /** Loss and clipped gradients of a step's batches, once for each time that the optimiser asks. */
    private final class Closure implements Supplier<Evaluation> {
        private final int epoch;
        private final int step;
        private final Evaluator.Source source;
        private final Readings readings;
        private boolean evaluated;
        private double gradientNorm = Double.NaN; // of the first evaluation

        Closure(int epoch, int step, Evaluator.Source source, Readings readings) {
            this.epoch = epoch;
            this.step = step;
            this.source = source;
            this.readings = readings;
        }

        @Override
        public Evaluation get() {
            Evaluation evaluation = evaluate();
            double norm = clipping.apply(evaluation.gradients(), parameters, readings);
            if (!evaluated) { // a line search looks at further places, and may meet worse ones
                evaluated = true;
                gradientNorm = norm;
                requireFinite(evaluation.loss(), epoch, step);
            }
            readings.evaluated(evaluation.gradients());
            return evaluation;
        }

        private Evaluation evaluate() {
            int from = firstPass(step);
            if (shares == null) {
                return evaluator.one(source.batch(from), readings);
            }
            return evaluator.several(
                    source, shares, from, from + Math.min(accumulation, batches.count() - from), readings);
        }
    }

    static void requireFinite(double loss, int epoch, int step) {
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(loss, epoch, step + 1);
        }
    }

    static void requireGoingOn(int epoch) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training: cancelled in epoch " + epoch);
        }
    }
}
