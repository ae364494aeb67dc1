package io.diapason.backend;

import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link CpuBackend} that makes optimisers' steps. */
interface CpuOptimizers extends OptimizerKernels {
    /** How native functions are called. */
    CpuCalls calls();

    @Override
    default void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay) {
        CallListener hearer = calls().hearer();
        if (hearer == null) {
            calls().run(
                            "sgd",
                            new OptimizerCalls.Sgd(
                                    p, g, velocity, learningRate, momentum, dampening, nesterov, weightDecay));
        } else {
            OptimizerCalls.tellSgd(hearer, p, g, velocity, learningRate, momentum, dampening, nesterov, weightDecay);
        }
    }

    @Override
    default void adam(
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
        CallListener hearer = calls().hearer();
        if (hearer == null) {
            calls().run(
                            "adam",
                            new OptimizerCalls.Adam(
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
                                    weightDecay));
        } else {
            OptimizerCalls.tellAdam(
                    hearer,
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
    }

    @Override
    default void rmsprop(
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
        CallListener hearer = calls().hearer();
        if (hearer == null) {
            calls().run(
                            "rmsprop",
                            new OptimizerCalls.Rmsprop(
                                    p, g, s, mean, velocity, learningRate, alpha, epsilon, momentum, weightDecay));
        } else {
            OptimizerCalls.tellRmsprop(
                    hearer, p, g, s, mean, velocity, learningRate, alpha, epsilon, momentum, weightDecay);
        }
    }

    @Override
    default void adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay) {
        CallListener hearer = calls().hearer();
        if (hearer == null) {
            calls().run("adagrad", new OptimizerCalls.Adagrad(p, g, s, learningRate, epsilon, weightDecay));
        } else {
            OptimizerCalls.tellAdagrad(hearer, p, g, s, learningRate, epsilon, weightDecay);
        }
    }
}
