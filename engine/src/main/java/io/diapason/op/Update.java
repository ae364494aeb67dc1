package io.diapason.op;

import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What writes its operand, and counts the change: optimiser steps, and what accumulation, clipping and averaging need.
 * All operands are dense, of one type (float32 or float64) and one shape; nothing is recorded for {@code backward()}.
 * The formulas of the steps stand in {@code diapason.h}; weight decay is decoupled in all of them: {@code p −=
 * learningRate · weightDecay · p} first.
 */
public final class Update {
    private Update() {}

    /**
     * One step of stochastic gradient descent: {@code v = momentum · v + (1 − dampening) · g; p −= learningRate · v},
     * or with Nesterov's look-ahead {@code p −= learningRate · (g + momentum · v)}.
     *
     * @param p parameters, changed
     * @param g their gradient
     * @param velocity v, changed; null without momentum
     * @param learningRate step size
     * @param momentum in [0, 1)
     * @param dampening in [0, 1]
     * @param nesterov whether the step looks ahead
     * @param weightDecay at least 0
     * @throws ShapeException when operands differ in type or shape, or are not dense
     */
    public static void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay) {
        check("sgd", p);
        checkLike("sgd", p, g);
        checkLike("sgd", p, velocity);
        countChange(p);
        countChange(velocity);
        Backend.of(p.device()).sgd(p, g, velocity, learningRate, momentum, dampening, nesterov, weightDecay);
    }

    /**
     * One step of Adam and its relatives: {@code m = beta1 · m + (1 − beta1) · g; v = beta2 · v + (1 − beta2) · g²};
     * {@code p −= (stepSize · m + gradientStep · g) / (√v · inverseCorrection + epsilon)}.
     *
     * @param p parameters, changed
     * @param g their gradient
     * @param m first moment, changed
     * @param v second moment, changed
     * @param largestV the greatest v so far, changed, which takes the place of v in the root (AMSGrad); or null
     * @param learningRate of the decay
     * @param beta1 decay of m, in [0, 1)
     * @param beta2 decay of v, in [0, 1)
     * @param epsilon added to the root
     * @param stepSize factor of the first moment
     * @param gradientStep factor of the gradient itself
     * @param inverseCorrection factor of the root
     * @param weightDecay at least 0
     * @throws ShapeException when operands differ in type or shape, or are not dense
     */
    public static void adam(
            Tensor p,
            Tensor g,
            Tensor m,
            Tensor v,
            @Nullable Tensor largestV,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double stepSize,
            double gradientStep,
            double inverseCorrection,
            double weightDecay) {
        check("adam", p);
        checkLike("adam", p, g);
        checkLike("adam", p, m);
        checkLike("adam", p, v);
        checkLike("adam", p, largestV);
        countChange(p);
        countChange(m);
        countChange(v);
        countChange(largestV);
        Backend.of(p.device())
                .adam(
                        p,
                        g,
                        m,
                        v,
                        largestV,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        stepSize,
                        gradientStep,
                        inverseCorrection,
                        weightDecay);
    }

    /**
     * One step of RMSprop: {@code s = alpha · s + (1 − alpha) · g²; u = g / (√s + epsilon)}, where the root is
     * {@code √max(s − mean², 0)} when a mean is kept; {@code v = momentum · v + u; p −= learningRate · v}.
     *
     * @param p parameters, changed
     * @param g their gradient
     * @param s mean square, changed
     * @param mean mean gradient, changed; null when it is not subtracted
     * @param velocity v, changed; null without momentum
     * @param learningRate step size
     * @param alpha decay of s and of the mean, in [0, 1)
     * @param epsilon added to the root
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     * @throws ShapeException when operands differ in type or shape, or are not dense
     */
    public static void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor mean,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay) {
        check("rmsprop", p);
        checkLike("rmsprop", p, g);
        checkLike("rmsprop", p, s);
        checkLike("rmsprop", p, mean);
        checkLike("rmsprop", p, velocity);
        countChange(p);
        countChange(s);
        countChange(mean);
        countChange(velocity);
        Backend.of(p.device()).rmsprop(p, g, s, mean, velocity, learningRate, alpha, epsilon, momentum, weightDecay);
    }

    /**
     * One step of Adagrad: {@code s += g²; p −= learningRate · g / (√s + epsilon)}.
     *
     * @param p parameters, changed
     * @param g their gradient
     * @param s sum of squares, changed
     * @param learningRate step size
     * @param epsilon added to the root
     * @param weightDecay at least 0
     * @throws ShapeException when operands differ in type or shape, or are not dense
     */
    public static void adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay) {
        check("adagrad", p);
        checkLike("adagrad", p, g);
        checkLike("adagrad", p, s);
        countChange(p);
        countChange(s);
        Backend.of(p.device()).adagrad(p, g, s, learningRate, epsilon, weightDecay);
    }

    /**
     * y = value.
     *
     * @param value every element
     * @param y changed
     * @throws ShapeException when y is not dense, or of another type than float32 and float64
     */
    public static void fill(double value, Tensor y) {
        check("fill in place", y);
        countChange(y);
        Backend.of(y.device()).fill(value, y);
    }

    /**
     * y += x.
     *
     * @param x what is added
     * @param y changed
     * @throws ShapeException when operands differ in type or shape, or are not dense
     */
    public static void add(Tensor x, Tensor y) {
        check("add in place", y);
        checkLike("add in place", y, x);
        countChange(y);
        Backend.of(y.device()).add(x, y);
    }

    /**
     * y ·= factor.
     *
     * @param factor a number
     * @param y changed
     * @throws ShapeException when y is not dense, or of another type than float32 and float64
     */
    public static void scale(double factor, Tensor y) {
        check("scale in place", y);
        countChange(y);
        Backend.of(y.device()).scale(factor, y);
    }

    /**
     * y = min(max(y, low), high); NaN stays NaN.
     *
     * @param low the least result
     * @param high the greatest result
     * @param y changed
     * @throws ShapeException when y is not dense, or of another type than float32 and float64
     */
    public static void clamp(double low, double high, Tensor y) {
        check("clamp in place", y);
        countChange(y);
        Backend.of(y.device()).unary(Kernels.DP_CLAMP, low, high, y, y);
    }

    /**
     * sum += Σx². Where that overflows float32 it is summed in float64.
     *
     * @param x float32 or float64
     * @param sum float64 of one element, changed
     * @throws ShapeException when x is not dense, or a type is another
     */
    public static void addSquares(Tensor x, Tensor sum) {
        check("addSquares", x);
        checkSquares("addSquares", sum);
        countChange(sum);
        Backend.of(x.device()).addSquares(x, sum);
    }

    /**
     * y ·= r where r = limit / (√squares + 1e-6) is below 1 or NaN; else y stays as it is.
     *
     * @param limit above 0
     * @param squares float64 of one element
     * @param y changed
     * @throws ShapeException when y is not dense, or a type is another
     */
    public static void scaleToNorm(double limit, Tensor squares, Tensor y) {
        check("scaleToNorm", y);
        checkSquares("scaleToNorm", squares);
        countChange(y);
        Backend.of(y.device()).scaleToNorm(limit, squares, y);
    }

    private static void checkSquares(String op, Tensor squares) {
        if (squares.dtype() != DType.FLOAT64 || squares.elements() != 1) {
            throw new ShapeException(op, "the sum of squares must be one float64", squares.toString());
        }
    }

    private static void countChange(@Nullable Tensor changed) {
        if (changed != null) {
            changed.storage().countChange();
        }
    }

    private static void check(String op, Tensor changed) {
        Check.floats(op, changed);
        checkDense(op, changed);
    }

    private static void checkLike(String op, Tensor changed, @Nullable Tensor other) {
        if (other == null) {
            return;
        }
        if (other.dtype() != changed.dtype() || !other.shape().equals(changed.shape())) {
            throw new ShapeException(
                    op,
                    "all types and shapes must be equal",
                    changed.dtype() + " " + changed.shape() + " and " + other.dtype() + " " + other.shape());
        }
        checkDense(op, other);
    }

    private static void checkDense(String op, Tensor tensor) {
        if (!tensor.layout().isDense()) {
            throw new ShapeException(
                    op, "operands must be dense", tensor.layout() + "; contiguous() makes a dense copy");
        }
    }
}
