package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one element: {@code y = f(x)}, any shape; {@code vjp = upstream · f'(x)}. The formulas stand in
 * formulas.h.
 */
public final class Elementwise {
    private Elementwise() {}

    /**
     * −x.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor negate(Tensor x) {
        return Autograd.apply(new Function("negate", Kernels.DP_NEGATE), x);
    }

    /**
     * |x|; its derivative at 0 is 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor abs(Tensor x) {
        return Autograd.apply(new Function("abs", Kernels.DP_ABS), x);
    }

    /**
     * x².
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor square(Tensor x) {
        return Autograd.apply(new Function("square", Kernels.DP_SQUARE), x);
    }

    /**
     * √x, NaN below 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor sqrt(Tensor x) {
        return Autograd.apply(new Function("sqrt", Kernels.DP_SQRT), x);
    }

    /**
     * eˣ.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor exp(Tensor x) {
        return Autograd.apply(new Function("exp", Kernels.DP_EXP), x);
    }

    /**
     * The natural logarithm, NaN below 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor log(Tensor x) {
        return Autograd.apply(new Function("log", Kernels.DP_LOG), x);
    }

    /**
     * max(x, 0); its derivative at 0 is 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor relu(Tensor x) {
        return Autograd.apply(new Function("relu", Kernels.DP_RELU), x);
    }

    /**
     * The hyperbolic tangent.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor tanh(Tensor x) {
        return Autograd.apply(new Function("tanh", Kernels.DP_TANH), x);
    }

    /**
     * x Φ(x) with the exact normal distribution function Φ. Source: Hendrycks and Gimpel 2016, arXiv 1606.08415.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor gelu(Tensor x) {
        return Autograd.apply(new Function("gelu", Kernels.DP_GELU), x);
    }

    /** dy · sign(x). */
    static Tensor absBackward(Tensor x, Tensor dy) {
        return Autograd.apply(new Derivative("abs", Kernels.DP_ABS), x, x, dy);
    }

    private record Function(String name, int code) implements Op {
        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name, DType.FLOAT32, inputs[0]);
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.unary(code, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Autograd.apply(new Derivative(name, code), inputs[0], output, upstream)};
        }
    }

    /** {@code dx = dy · f'(x)} of (x, y, dy). */
    private record Derivative(String function, int code) implements Op {
        @Override
        public String name() {
            return function + "Backward";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.unaryBackward(code, inputs[0], inputs[1], inputs[2], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            throw Unsupported.secondDerivative(name());
        }
    }
}
