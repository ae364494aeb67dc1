package io.diapason.backend;

import io.diapason.backend.NativeCall.Operand;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Calls of optimisers' steps. What a listener is told of them stands in static methods, so that telling of a step that
 * is not made leaves no garbage.
 */
final class OptimizerCalls {
    private OptimizerCalls() {}

    private static void tensor(CallListener to, Tensor tensor) {
        to.place(tensor.storage(), tensor.layout().offset() * tensor.dtype().bytes());
    }

    private static void tensorIfGiven(CallListener to, @Nullable Tensor tensor) {
        if (tensor == null) {
            to.place(null, 0);
        } else {
            tensor(to, tensor);
        }
    }

    record Sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_sgd(
                    CpuCalls.code(p),
                    p.elements(),
                    Operand.at(p).pointer(),
                    Operand.at(g).pointer(),
                    Operand.pointerIfGiven(velocity),
                    learningRate,
                    momentum,
                    dampening,
                    nesterov ? 1 : 0,
                    weightDecay);
        }

        @Override
        public void tell(CallListener to) {
            tellSgd(to, p, g, velocity, learningRate, momentum, dampening, nesterov, weightDecay);
        }
    }

    static void tellSgd(
            CallListener to,
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay) {
        to.begins("sgd", Kernels.DP_OP_SGD);
        to.word(CpuCalls.code(p));
        to.word(p.elements());
        tensor(to, p);
        tensor(to, g);
        tensorIfGiven(to, velocity);
        to.real(learningRate);
        to.real(momentum);
        to.real(dampening);
        to.word(nesterov ? 1 : 0);
        to.real(weightDecay);
        to.ends();
    }

    record Adam(
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
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_adam(
                    CpuCalls.code(p),
                    p.elements(),
                    Operand.at(p).pointer(),
                    Operand.at(g).pointer(),
                    Operand.at(m).pointer(),
                    Operand.at(v).pointer(),
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
        public void tell(CallListener to) {
            tellAdam(
                    to,
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

    static void tellAdam(
            CallListener to,
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
        to.begins("adam", Kernels.DP_OP_ADAM);
        to.word(CpuCalls.code(p));
        to.word(p.elements());
        tensor(to, p);
        tensor(to, g);
        tensor(to, m);
        tensor(to, v);
        tensorIfGiven(to, largestV);
        to.real(learningRate);
        to.real(beta1);
        to.real(beta2);
        to.real(epsilon);
        to.real(stepSize);
        to.real(gradientStep);
        to.real(inverseCorrection);
        to.real(weightDecay);
        to.ends();
    }

    record Rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor mean,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_rmsprop(
                    CpuCalls.code(p),
                    p.elements(),
                    Operand.at(p).pointer(),
                    Operand.at(g).pointer(),
                    Operand.at(s).pointer(),
                    Operand.pointerIfGiven(mean),
                    Operand.pointerIfGiven(velocity),
                    learningRate,
                    alpha,
                    epsilon,
                    momentum,
                    weightDecay);
        }

        @Override
        public void tell(CallListener to) {
            tellRmsprop(to, p, g, s, mean, velocity, learningRate, alpha, epsilon, momentum, weightDecay);
        }
    }

    static void tellRmsprop(
            CallListener to,
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
        to.begins("rmsprop", Kernels.DP_OP_RMSPROP);
        to.word(CpuCalls.code(p));
        to.word(p.elements());
        tensor(to, p);
        tensor(to, g);
        tensor(to, s);
        tensorIfGiven(to, mean);
        tensorIfGiven(to, velocity);
        to.real(learningRate);
        to.real(alpha);
        to.real(epsilon);
        to.real(momentum);
        to.real(weightDecay);
        to.ends();
    }

    record Adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_adagrad(
                    CpuCalls.code(p),
                    p.elements(),
                    Operand.at(p).pointer(),
                    Operand.at(g).pointer(),
                    Operand.at(s).pointer(),
                    learningRate,
                    epsilon,
                    weightDecay);
        }

        @Override
        public void tell(CallListener to) {
            tellAdagrad(to, p, g, s, learningRate, epsilon, weightDecay);
        }
    }

    static void tellAdagrad(
            CallListener to, Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay) {
        to.begins("adagrad", Kernels.DP_OP_ADAGRAD);
        to.word(CpuCalls.code(p));
        to.word(p.elements());
        tensor(to, p);
        tensor(to, g);
        tensor(to, s);
        to.real(learningRate);
        to.real(epsilon);
        to.real(weightDecay);
        to.ends();
    }
}
