package io.diapason.train;

import io.diapason.nn.Module;
import java.util.function.ToDoubleFunction;

/**
 * What decides which epoch is best.
 *
 * @param value of a module, on examples it is not trained on; called once an epoch, inside a scope, without gradients
 * @param maximize whether larger is better
 */
public record Monitor(ToDoubleFunction<Module> value, boolean maximize) {
    /** Whether one value beats another. NaN beats nothing. */
    boolean improves(double value, double best) {
        return maximize ? value > best : value < best;
    }

    /** Worse than every number. */
    double worst() {
        return maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
