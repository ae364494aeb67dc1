package io.diapason.tensor;

import io.diapason.backend.Backend;
import io.diapason.random.Rng;
import java.util.Arrays;

/** Tensors that a {@link Scope} makes by a formula; its methods of these names say which. */
final class Creation {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8; // that virtual machines make

    private Creation() {}

    static Tensor arange(Scope scope, int n) {
        requireCount("arange", 0, n);
        long[] values = new long[n];
        Arrays.setAll(values, i -> i);
        return scope.of(Shape.of(n), values);
    }

    static Tensor linspace(Scope scope, DType dtype, double first, double last, int n) {
        requireCount("linspace", 1, n);
        double[] values = new double[n];
        Arrays.setAll(values, i -> i == n - 1 && n > 1 ? last : first + i * ((last - first) / Math.max(1, n - 1)));
        return ofDoubles(scope, "linspace", dtype, Shape.of(n), values);
    }

    static Tensor eye(Scope scope, DType dtype, int n) {
        requireCount("eye", 0, n);
        Tensor eye = scope.full(dtype, Shape.of(n, n), 0);
        Tensor diagonal = scope.full(dtype, Shape.of(n), 1);
        Backend.of(scope.device())
                .assign(diagonal, eye.viewAs(Layout.dense(Shape.of(n)).stepped(n + 1)));
        diagonal.close();
        return eye;
    }

    static Tensor uniform(Scope scope, DType dtype, Shape shape, double low, double high, Rng rng) {
        boolean single = dtype == DType.FLOAT32;
        // What rounds to the bound must not reach it.
        double last = single ? Math.nextDown((float) high) : Math.nextDown(high);
        if (!(low <= last && high - low < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("uniform: low must be below high in the type's numbers, got " + low
                    + " and " + high + " of " + dtype);
        }
        double[] values = new double[count("uniform", shape)];
        Arrays.setAll(values, i -> Math.min(last, low + (high - low) * (single ? rng.floatAt(i) : rng.doubleAt(i))));
        return ofDoubles(scope, "uniform", dtype, shape, values);
    }

    static Tensor normal(Scope scope, DType dtype, Shape shape, double mean, double deviation, Rng rng) {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("normal: the deviation must be at least 0, got " + deviation);
        }
        double[] values = new double[count("normal", shape)];
        Arrays.setAll(values, i -> mean + deviation * rng.gaussianAt(i));
        return ofDoubles(scope, "normal", dtype, shape, values);
    }

    private static void requireCount(String op, int least, int n) {
        if (n < least) {
            throw new IllegalArgumentException(op + ": the size must be at least " + least + ", got " + n);
        }
    }

    private static int count(String op, Shape shape) {
        if (shape.elements() > LONGEST_ARRAY) {
            throw new IllegalArgumentException(
                    op + ": at most " + LONGEST_ARRAY + " elements are made at once, got shape " + shape);
        }
        return (int) shape.elements();
    }

    private static Tensor ofDoubles(Scope scope, String op, DType dtype, Shape shape, double[] values) {
        if (dtype == DType.FLOAT64) {
            return scope.of(shape, values);
        }
        if (dtype != DType.FLOAT32) {
            throw new ShapeException(op, "the type must be float32 or float64", dtype.toString());
        }
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        return scope.of(shape, singles);
    }
}
