package io.diapason.backend;

import static io.diapason.backend.CpuCalls.code;
import static io.diapason.backend.NativeCall.Operand.at;
import static io.diapason.backend.NativeCall.Operand.ifGiven;

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
        calls().run(
                        "sgd",
                        new OptimizerCalls.Sgd(
                                code(p),
                                p.elements(),
                                at(p),
                                at(g),
                                ifGiven(velocity),
                                learningRate,
                                momentum,
                                dampening,
                                nesterov ? 1 : 0,
                                weightDecay));
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
        calls().run(
                        "adam",
                        new OptimizerCalls.Adam(
                                code(p),
                                p.elements(),
                                at(p),
                                at(g),
                                at(m),
                                at(v),
                                ifGiven(largestV),
                                learningRate,
                                beta1,
                                beta2,
                                epsilon,
                                stepSize,
                                gradientStep,
                                inverseCorrection,
                                weightDecay));
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
        calls().run(
                        "rmsprop",
                        new OptimizerCalls.Rmsprop(
                                code(p),
                                p.elements(),
                                at(p),
                                at(g),
                                at(s),
                                ifGiven(mean),
                                ifGiven(velocity),
                                learningRate,
                                alpha,
                                epsilon,
                                momentum,
                                weightDecay));
    }

    @Override
    default void adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay) {
        calls().run(
                        "adagrad",
                        new OptimizerCalls.Adagrad(
                                code(p), p.elements(), at(p), at(g), at(s), learningRate, epsilon, weightDecay));
    }
}
