package io.diapason.nn;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/** Random tensors for initialisers, and what their numbers must be. */
final class Draws {
    private Draws() {}

    static Tensor symmetric(Scope scope, DType dtype, Shape shape, double bound, Rng rng) {
        return shape.elements() == 0 ? scope.zeros(dtype, shape) : scope.uniform(dtype, shape, -bound, bound, rng);
    }

    static Tensor gaussian(Scope scope, DType dtype, Shape shape, double deviation, Rng rng) {
        return shape.elements() == 0 ? scope.zeros(dtype, shape) : scope.normal(dtype, shape, 0, deviation, rng);
    }

    /** Element i is a function of i. */
    static Tensor tensor(Scope scope, DType dtype, Shape shape, IntToDoubleFunction element) {
        if (!dtype.isFloat()) {
            throw new ShapeException("init", "the type must be float32 or float64", dtype.toString());
        }
        int n = Math.toIntExact(shape.elements());
        if (dtype == DType.FLOAT64) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = element.applyAsDouble(i);
            }
            return scope.of(shape, values);
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) element.applyAsDouble(i);
        }
        return scope.of(shape, values);
    }

    /**
     * By rejection: the first number of the stream that is accepted. Candidates are uniform in a range of up to two
     * deviations, which accepts one in five at least, and else normal: one in 44 at least, for a range that begins
     * within two deviations of the mean.
     */
    static double truncated(double mean, double deviation, double low, double high, Rng rng) {
        double from = (low - mean) / deviation;
        double to = (high - mean) / deviation;
        double nearest = Math.max(from, Math.min(to, 0)); // where the density is greatest
        boolean narrow = to - from <= 2;
        for (long attempt = 0; ; attempt++) {
            double z;
            boolean accepted;
            if (narrow) {
                z = from + (to - from) * rng.doubleAt(2 * attempt);
                accepted = rng.doubleAt(2 * attempt + 1) < Math.exp((nearest * nearest - z * z) / 2);
            } else {
                z = rng.gaussianAt(attempt);
                accepted = z >= from && z <= to;
            }
            if (accepted) {
                return Math.max(low, Math.min(high, mean + deviation * z));
            }
        }
    }

    static void requireNormal(double mean, double deviation) {
        if (!Double.isFinite(mean) || !(deviation >= 0) || Double.isInfinite(deviation)) {
            throw new IllegalArgumentException("init: normal numbers need a finite mean and a deviation of at least 0,"
                    + " got " + mean + " and " + deviation);
        }
    }

    static void requireTruncation(double mean, double deviation, double low, double high) {
        requireNormal(mean, deviation);
        if (deviation == 0 || !(low < high)) {
            throw new IllegalArgumentException("init: truncated normal numbers need a deviation above 0 and a low end"
                    + " below the high one, got " + deviation + ", " + low + " and " + high);
        }
        if (!(low < mean + 2 * deviation && high > mean - 2 * deviation)) {
            throw new IllegalArgumentException("init: truncated normal numbers must lie within two deviations of the"
                    + " mean at one end, got mean " + mean + ", deviation " + deviation + " and the range " + low
                    + " to "
                    + high);
        }
    }

    static void requireGain(double gain) {
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("init: the gain must be a number above 0, got " + gain);
        }
    }
}
