package io.diapason.train;

import io.diapason.nn.Module;
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

    /** Worse than every number. */
    Measure worst() {
        return new Measure(maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
