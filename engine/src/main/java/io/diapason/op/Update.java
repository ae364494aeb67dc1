package io.diapason.op;

import io.diapason.backend.Backend;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Optimiser steps: the operations that write their operand. The formulas stand in {@code diapason.h}; weight decay is
 * decoupled (Loshchilov and Hutter 2019) in all of them.
 */
public final class Update {
    private Update() {}

    /**
     * One step of stochastic gradient descent.
     *
     * @param p parameters, changed
     * @param g their gradient, of the same shape
     * @param velocity state of the same shape, changed; null without momentum
     * @param learningRate step size
     * @param momentum in [0, 1)
     * @param nesterov whether the step looks ahead
     * @param weightDecay at least 0
     */
    public static void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay) {
        requireSame("sgd", p, g);
        Backend.of(p.device()).sgd(p, g, velocity, learningRate, momentum, nesterov, weightDecay);
    }

    /**
     * One step of Adam.
     *
     * @param p parameters, changed
     * @param g their gradient, of the same shape
     * @param m first moment of the same shape, changed
     * @param v second moment of the same shape, changed
     * @param t the step, from 1
     * @param learningRate step size
     * @param beta1 decay of m, in [0, 1)
     * @param beta2 decay of v, in [0, 1)
     * @param epsilon added to the root
     * @param weightDecay at least 0
     */
    public static void adam(
            Tensor p,
            Tensor g,
            Tensor m,
            Tensor v,
            long t,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        requireSame("adam", p, g);
        double stepSize = learningRate / (1 - StrictMath.pow(beta1, (double) t));
        double inverseCorrection = 1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) t));
        Backend.of(p.device())
                .adam(p, g, m, v, learningRate, beta1, beta2, epsilon, stepSize, inverseCorrection, weightDecay);
    }

    /**
     * One step of RMSprop.
     *
     * @param p parameters, changed
     * @param g their gradient, of the same shape
     * @param s mean square of the same shape, changed
     * @param velocity state of the same shape, changed; null without momentum
     * @param learningRate step size
     * @param alpha decay of s, in [0, 1)
     * @param epsilon added to the root
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     */
    public static void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay) {
        requireSame("rmsprop", p, g);
        Backend.of(p.device()).rmsprop(p, g, s, velocity, learningRate, alpha, epsilon, momentum, weightDecay);
    }

    private static void requireSame(String op, Tensor p, Tensor g) {
        Check.floats(op, p);
        Check.sameType(op, p, g);
        if (!p.shape().equals(g.shape())) {
            throw new ShapeException(
                    op, "parameters and gradient must have one shape", p.shape() + " and " + g.shape());
        }
    }
}
