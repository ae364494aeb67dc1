package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.nn.Module;
import io.diapason.nn.Pass;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What decides which epoch is best.
 *
 * @param measure how good a module is on examples it is not trained on; called once an epoch, inside a scope, without
 *     gradients
 * @param maximize whether larger values are better
 */
public record Monitor(Function<Module, Measure> measure, boolean maximize) {
    private static final int BATCH = 1024;

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
     * A monitor of a loss on examples that are not trained on, in batches of 1,024 rows, without dropout.
     *
     * @param loss a mean or sum over rows
     * @param validation the examples, at least one
     * @return the monitor; of equal losses the first is the best
     * @throws IllegalArgumentException when there is no example
     */
    public static Monitor minimize(Loss loss, Examples validation) {
        if (validation.rows() == 0) {
            throw new IllegalArgumentException("monitor: there must be at least one row to measure, got none");
        }
        return minimize(module -> lossOf(module, loss, validation));
    }

    private static double lossOf(Module module, Loss loss, Examples examples) {
        boolean mean = loss.reduction() == Reduce.MEAN;
        double sum = 0;
        double weights = 0;
        for (int from = 0; from < examples.rows(); from += BATCH) {
            try (Scope scope = Scope.open(examples.features().device())) {
                Examples batch = examples.rows(from, Math.min(examples.rows(), from + BATCH));
                Tensor prediction = module.forward(batch.features(), Pass.inference());
                Tensor value =
                        loss.of(prediction, batch.targets()); // refuses what is no target, which weight() may not
                double weight = mean ? loss.weight(batch.targets()) : 1;
                if (weight != 0) { // the mean over no rows is NaN, and counts nothing
                    sum += weight * value.item();
                    weights += weight;
                }
            }
        }
        return mean ? sum / weights : sum;
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
