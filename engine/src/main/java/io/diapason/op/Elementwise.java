package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one element: {@code y = f(x)}, any shape and layout, float32 or float64 (integers, too, where said);
 * {@code vjp = upstream · f'(x)}. The formulas stand in formulas.h, their accuracy in {@code diapason.h}.
 */
public final class Elementwise {
    private Elementwise() {}

    /**
     * −x; integers, too.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor negate(Tensor x) {
        return Autograd.apply(new Function("negate", Kernels.DP_NEGATE, true), x);
    }

    /**
     * |x|; its derivative at 0 is 0; integers, too.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor abs(Tensor x) {
        return Autograd.apply(new Function("abs", Kernels.DP_ABS, true), x);
    }

    /**
     * −1, 0 or 1 as x is below, at or above 0; NaN stays NaN; its derivative is 0; integers, too.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor sign(Tensor x) {
        return Autograd.apply(new Function("sign", Kernels.DP_SIGN, true), x);
    }

    /**
     * x²; integers, too.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor square(Tensor x) {
        return Autograd.apply(new Function("square", Kernels.DP_SQUARE, true), x);
    }

    /**
     * √x, NaN below 0; its derivative at 0 is infinite.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor sqrt(Tensor x) {
        return Autograd.apply(new Function("sqrt", Kernels.DP_SQRT), x);
    }

    /**
     * 1 / x.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor reciprocal(Tensor x) {
        return Autograd.apply(new Function("reciprocal", Kernels.DP_RECIPROCAL), x);
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
     * eˣ − 1, exact near 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor expm1(Tensor x) {
        return Autograd.apply(new Function("expm1", Kernels.DP_EXPM1), x);
    }

    /**
     * The natural logarithm, −∞ at 0, NaN below.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor log(Tensor x) {
        return Autograd.apply(new Function("log", Kernels.DP_LOG), x);
    }

    /**
     * log(1 + x), exact near 0.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor log1p(Tensor x) {
        return Autograd.apply(new Function("log1p", Kernels.DP_LOG1P), x);
    }

    /**
     * The sine of an angle in radians.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor sin(Tensor x) {
        return Autograd.apply(new Function("sin", Kernels.DP_SIN), x);
    }

    /**
     * The cosine of an angle in radians.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor cos(Tensor x) {
        return Autograd.apply(new Function("cos", Kernels.DP_COS), x);
    }

    /**
     * The error function 2/√π ∫₀ˣ e^(−t²) dt.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor erf(Tensor x) {
        return Autograd.apply(new Function("erf", Kernels.DP_ERF), x);
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
     * x above 0, else slope · x; its derivative at 0 is the slope. Source: Maas, Hannun and Ng 2013, ICML.
     *
     * @param x any shape
     * @param slope the factor of what lies below 0
     * @return the result, of the same shape
     */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Autograd.apply(new Function("leakyRelu", Kernels.DP_LEAKY_RELU, slope, 0, false), x);
    }

    /**
     * x above 0, else alpha · (eˣ − 1). Source: Clevert, Unterthiner and Hochreiter 2016, arXiv 1511.07289.
     *
     * @param x any shape
     * @param alpha minus the limit at −∞
     * @return the result, of the same shape
     */
    public static Tensor elu(Tensor x, double alpha) {
        return Autograd.apply(new Function("elu", Kernels.DP_ELU, alpha, 0, false), x);
    }

    /**
     * λ times ELU with α, whose constants keep mean 0 and variance 1. Source: Klambauer et al. 2017, arXiv 1706.02515.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor selu(Tensor x) {
        return Autograd.apply(new Function("selu", Kernels.DP_SELU), x);
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

    /**
     * x · sigmoid(x). Source: Elfwing, Uchibe and Doya 2018, arXiv 1702.03118.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor silu(Tensor x) {
        return Autograd.apply(new Function("silu", Kernels.DP_SILU), x);
    }

    /**
     * x · tanh(softplus(x)). Source: Misra 2019, arXiv 1908.08681.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor mish(Tensor x) {
        return Autograd.apply(new Function("mish", Kernels.DP_MISH), x);
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
     * The logistic function 1 / (1 + e⁻ˣ).
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor sigmoid(Tensor x) {
        return Autograd.apply(new Function("sigmoid", Kernels.DP_SIGMOID), x);
    }

    /**
     * log(1 + eˣ), without overflow.
     *
     * @param x any shape
     * @return the result, of the same shape
     */
    public static Tensor softplus(Tensor x) {
        return Autograd.apply(new Function("softplus", Kernels.DP_SOFTPLUS), x);
    }

    /**
     * x to a power; of negative x with whole exponents alone, else NaN.
     *
     * @param x any shape
     * @param exponent a number
     * @return the result, of the same shape
     */
    public static Tensor pow(Tensor x, double exponent) {
        return Autograd.apply(new Function("pow", Kernels.DP_POWER, exponent, 0, false), x);
    }

    /**
     * min(max(x, low), high); its derivative is 1 inside and on the bounds, else 0; integers, too.
     *
     * @param x any shape
     * @param low the least result
     * @param high the greatest result, at least low
     * @return the result, of the same shape
     * @throws IllegalArgumentException when low is above high, or a bound is NaN
     */
    public static Tensor clamp(Tensor x, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: low must be at most high, got " + low + " and " + high);
        }
        return Autograd.apply(new Function("clamp", Kernels.DP_CLAMP, low, high, true), x);
    }

    /** factor · x + summand. */
    static Tensor affine(Tensor x, double factor, double summand) {
        return Autograd.apply(new Function("affine", Kernels.DP_AFFINE, factor, summand, true), x);
    }

    private record Function(String name, int code, double alpha, double beta, boolean ofIntegers) implements KernelOp {
        Function(String name, int code) {
            this(name, code, 0, 0, false);
        }

        Function(String name, int code, boolean ofIntegers) {
            this(name, code, 0, 0, ofIntegers);
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor x = inputs[0];
            if (ofIntegers) {
                Check.numbers(name, x);
                if (code == Kernels.DP_AFFINE) {
                    Check.wholeOfType(name, x, alpha);
                    Check.wholeOfType(name, x, beta);
                } else if (code == Kernels.DP_CLAMP) { // whose bounds may lie beyond all numbers
                    Check.whole(name, x, alpha);
                    Check.whole(name, x, beta);
                }
            } else {
                Check.floats(name, x);
            }
            return x.shape();
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.unary(code, alpha, beta, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {
                switch (code) {
                    case Kernels.DP_NEGATE -> negate(upstream);
                    case Kernels.DP_AFFINE -> alpha == 1 ? upstream : affine(upstream, alpha, 0);
                    default -> Autograd.apply(new Derivative(this), inputs[0], output, upstream);
                }
            };
        }
    }

    /** {@code dx = dy · f'(x)} of (x, y, dy). */
    private record Derivative(Function function) implements KernelOp {
        @Override
        public String name() {
            return function.name + "Backward";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.unaryBackward(
                    function.code, function.alpha, function.beta, inputs[0], inputs[1], inputs[2], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            throw Unsupported.secondDerivative(name());
        }
    }
}
