package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.nn.Module;
import io.diapason.nn.Pass;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What decides which epoch is best.
 *
 * <p>{@link #minimize(Loss, Examples)} and {@link #ofPredictions} say what they compute, so that a trainer can replay
 * it; any other function of a module runs as it is.
 *
 * @param measure how good a module is on examples it is not trained on; called once an epoch, inside a scope, without
 *     gradients
 * @param maximize whether larger values are better
 */
public record Monitor(Function<Module, Measure> measure, boolean maximize) {
    private static final int PREDICTED = 4096; // rows at once

    /**
     * How good a module is.
     *
     * @param value what decides
     * @param loss decides between equal values, smaller being better: of two epochs that get the same rows right, the
     *     surer one is better trained
     */
    public record Measure(double value, double loss) {}

    /**
     * A monitor of one number, of which small is good.
     *
     * @param value of a module
     * @return the monitor; of equal values the first is the best
     */
    public static Monitor minimize(ToDoubleFunction<Module> value) {
        return new Monitor(module -> new Measure(value.applyAsDouble(module), 0), false);
    }

    /**
     * A monitor of one number, of which large is good.
     *
     * @param value of a module
     * @return the monitor; of equal values the first is the best
     */
    public static Monitor maximize(ToDoubleFunction<Module> value) {
        return new Monitor(module -> new Measure(value.applyAsDouble(module), 0), true);
    }

    /**
     * A monitor of a loss on examples that are not trained on, in batches of 1,024 rows, without dropout. A trainer
     * replays it natively, as it does steps.
     *
     * @param loss a mean or sum over rows
     * @param validation the examples, at least one
     * @return the monitor; of equal losses the first is the best
     * @throws IllegalArgumentException when there is no example
     */
    public static Monitor minimize(Loss loss, Examples validation) {
        requireRows(validation.features());
        return new Monitor(LossMeasure.of(loss, validation), false);
    }

    /**
     * A monitor of what a module predicts for examples that are not trained on, in batches of 4,096 rows, without
     * dropout. A trainer replays the predictions natively, as it does steps.
     *
     * @param features of the examples, {@code [rows, …]}, at least one row
     * @param measure how good predictions {@code [rows, …]} are, of all rows in their order
     * @param maximize whether larger values are better
     * @return the monitor
     * @throws IllegalArgumentException when there is no example
     */
    public static Monitor ofPredictions(Tensor features, Function<HeapTensor, Measure> measure, boolean maximize) {
        requireRows(features);
        return new Monitor(
                new Measurement(
                        List.of(features),
                        PREDICTED,
                        true,
                        (module, batch) -> module.forward(features.rows(batch.from(), batch.to()), Pass.inference()),
                        measure),
                maximize);
    }

    private static void requireRows(Tensor features) {
        if (features.shape().rank() == 0 || features.shape().size(0) == 0) {
            throw new IllegalArgumentException("monitor: there must be at least one row to measure, got none");
        }
    }

    /** Whether one measure beats another. NaN and infinity beat nothing. */
    boolean improves(Measure measure, Measure best) {
        if (!Double.isFinite(measure.value())) {
            return false;
        }
        if (measure.value() == best.value()) {
            return measure.loss() < best.loss();
        }
        return maximize ? measure.value() > best.value() : measure.value() < best.value();
    }

    /** Whether one measure beats another by more than a number; of 0 it is {@link #improves}. */
    boolean improvesBy(double minDelta, Measure measure, Measure best) {
        if (minDelta == 0) {
            return improves(measure, best);
        }
        double gain = maximize ? measure.value() - best.value() : best.value() - measure.value();
        return Double.isFinite(measure.value()) && gain > minDelta;
    }

    /** Worse than every number. */
    Measure worst() {
        return new Measure(maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
