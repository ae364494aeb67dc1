package io.diapason.nn;

import io.diapason.op.Elementwise;
import io.diapason.tensor.DType;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What normalisations share. */
final class Norms {
    private Norms() {}

    /**
     * {@code (x − mean) / √(variance + epsilon) · weight + bias}.
     *
     * @param x any shape
     * @param mean broadcasts to x
     * @param variance broadcasts to x
     * @param weight broadcasts to x, or null for 1
     * @param bias broadcasts to x, or null for 0
     */
    static Tensor normalise(
            Tensor x, Tensor mean, Tensor variance, double epsilon, @Nullable Tensor weight, @Nullable Tensor bias) {
        Tensor factor = Elementwise.reciprocal(variance.plus(epsilon).sqrt());
        return affine(x.minus(mean).times(factor), weight, bias);
    }

    /** x · weight + bias, where there are such. */
    static Tensor affine(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
        Tensor scaled = weight == null ? x : x.times(weight);
        return bias == null ? scaled : scaled.plus(bias);
    }

    static void requireType(String op, Tensor x, DType dtype) {
        if (x.dtype() != dtype) {
            throw new ShapeException(op, "the input must be of the layer's type " + dtype, x.dtype() + " " + x.shape());
        }
    }

    static void requireEpsilon(String op, double epsilon) {
        if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException(op + ": epsilon must be a number of at least 0, got " + epsilon);
        }
    }
}
