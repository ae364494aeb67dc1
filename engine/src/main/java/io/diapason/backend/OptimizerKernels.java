package io.diapason.backend;

import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A device's kernels of optimisers: one step each, in place, of dense operands of one type and shape. The formulas
 * stand in {@code diapason.h}.
 */
public interface OptimizerKernels {
    /**
     * One step of stochastic gradient descent.
     *
     * @param p parameters
     * @param g their gradient
     * @param velocity state, or null without momentum
     * @param learningRate step size
     * @param momentum in [0, 1)
     * @param dampening of the gradient's part in the velocity
     * @param nesterov whether the step looks ahead
     * @param weightDecay decoupled
     */
    void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay);

    /**
     * One step of Adam, or of a relative of it with other step sizes.
     *
     * @param p parameters
     * @param g their gradient
     * @param m first moment
     * @param v second moment
     * @param largestV the greatest v so far, which takes the place of v; or null
     * @param learningRate of the decay
     * @param beta1 decay of m
     * @param beta2 decay of v
     * @param epsilon added to the root
     * @param stepSize factor of m / the root
     * @param gradientStep factor of g / the root
     * @param inverseCorrection factor of √v
     * @param weightDecay decoupled
     */
    void adam(
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
            double weightDecay);

    /**
     * One step of RMSprop.
     *
     * @param p parameters
     * @param g their gradient
     * @param s mean square
     * @param mean mean gradient, or null when it is not subtracted
     * @param velocity state, or null without momentum
     * @param learningRate step size
     * @param alpha decay of s and of the mean
     * @param epsilon added to the root
     * @param momentum in [0, 1)
     * @param weightDecay decoupled
     */
    void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor mean,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay);

    /**
     * One step of Adagrad.
     *
     * @param p parameters
     * @param g their gradient
     * @param s sum of squares
     * @param learningRate step size
     * @param epsilon added to the root
     * @param weightDecay decoupled
     */
    void adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay);
}
