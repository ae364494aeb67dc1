package io.diapason.backend;

import io.diapason.backend.NativeCall.Operand;
import io.diapason.nativelib.generated.Kernels;
import org.jspecify.annotations.Nullable;

/** Calls of optimisers' steps. */
final class OptimizerCalls {
    private OptimizerCalls() {}

    record Sgd(
            int dtype,
            long n,
            Operand p,
            Operand g,
            @Nullable Operand velocity,
            double learningRate,
            double momentum,
            double dampening,
            int nesterov,
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_sgd(
                    dtype,
                    n,
                    p.pointer(),
                    g.pointer(),
                    Operand.pointerIfGiven(velocity),
                    learningRate,
                    momentum,
                    dampening,
                    nesterov,
                    weightDecay);
        }

        @Override
        public KernelCall described() {
            return new Described("sgd", Kernels.DP_OP_SGD)
                    .words(dtype, n)
                    .places(p, g, velocity)
                    .reals(learningRate, momentum, dampening)
                    .words(nesterov)
                    .reals(weightDecay)
                    .call();
        }
    }

    record Adam(
            int dtype,
            long n,
            Operand p,
            Operand g,
            Operand m,
            Operand v,
            @Nullable Operand largestV,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double stepSize,
            double gradientStep,
            double inverseCorrection,
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_adam(
                    dtype,
                    n,
                    p.pointer(),
                    g.pointer(),
                    m.pointer(),
                    v.pointer(),
                    Operand.pointerIfGiven(largestV),
                    learningRate,
                    beta1,
                    beta2,
                    epsilon,
                    stepSize,
                    gradientStep,
                    inverseCorrection,
                    weightDecay);
        }

        @Override
        public KernelCall described() {
            return new Described("adam", Kernels.DP_OP_ADAM)
                    .words(dtype, n)
                    .places(p, g, m, v, largestV)
                    .reals(learningRate, beta1, beta2, epsilon, stepSize, gradientStep, inverseCorrection, weightDecay)
                    .call();
        }
    }

    record Rmsprop(
            int dtype,
            long n,
            Operand p,
            Operand g,
            Operand s,
            @Nullable Operand mean,
            @Nullable Operand velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_rmsprop(
                    dtype,
                    n,
                    p.pointer(),
                    g.pointer(),
                    s.pointer(),
                    Operand.pointerIfGiven(mean),
                    Operand.pointerIfGiven(velocity),
                    learningRate,
                    alpha,
                    epsilon,
                    momentum,
                    weightDecay);
        }

        @Override
        public KernelCall described() {
            return new Described("rmsprop", Kernels.DP_OP_RMSPROP)
                    .words(dtype, n)
                    .places(p, g, s, mean, velocity)
                    .reals(learningRate, alpha, epsilon, momentum, weightDecay)
                    .call();
        }
    }

    record Adagrad(
            int dtype, long n, Operand p, Operand g, Operand s, double learningRate, double epsilon, double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_adagrad(
                    dtype, n, p.pointer(), g.pointer(), s.pointer(), learningRate, epsilon, weightDecay);
        }

        @Override
        public KernelCall described() {
            return new Described("adagrad", Kernels.DP_OP_ADAGRAD)
                    .words(dtype, n)
                    .places(p, g, s)
                    .reals(learningRate, epsilon, weightDecay)
                    .call();
        }
    }
}
