package io.diapason.nn;

import io.diapason.op.Matmul;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The affine map {@code y = x W + b}; {@code x […, in]}, {@code W [in, out]}, {@code b [out]}.
 *
 * <p>Unless said otherwise weights and biases are float32 and start uniform in ±1/√in, as PyTorch's {@code nn.Linear}
 * (He et al. 2015 with a = √5).
 */
public final class Linear implements Module {
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /**
     * A float32 layer with a bias and random parameters.
     *
     * @param scope owns the parameters
     * @param in number of inputs, at least 1
     * @param out number of outputs, at least 1
     * @param rng their random numbers
     */
    public Linear(Scope scope, int in, int out, Rng rng) {
        this(scope, DType.FLOAT32, in, out, start(DType.FLOAT32, in), start(DType.FLOAT32, in), rng);
    }

    /**
     * A layer whose parameters start as said.
     *
     * @param scope owns the parameters
     * @param dtype float32 or float64
     * @param in number of inputs, at least 1
     * @param out number of outputs, at least 1
     * @param weight how the weight starts, such as {@code Init.kaimingNormal(Fan.IN, Gain.relu())}
     * @param bias how the bias starts, such as {@code Init.zeros()}, or null for a layer without one
     * @param rng their random numbers
     * @throws IllegalArgumentException when a size is below 1, or there are more weights than an array holds
     */
    public Linear(Scope scope, DType dtype, int in, int out, Init weight, @Nullable Init bias, Rng rng) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "linear: inputs and outputs must be at least 1, got " + in + " and " + out);
        }
        if ((long) in * out > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("linear: a layer must have at most " + Integer.MAX_VALUE
                    + " weights, got " + in + " inputs and " + out + " outputs; fewer units need less");
        }
        this.weight = Parameter.weight(weight.draw(scope, dtype, Shape.of(in, out), rng.child("weight")));
        this.bias = bias == null ? null : Parameter.bias(bias.draw(scope, dtype, Shape.of(out), rng.child("bias")));
    }

    /**
     * How weights and biases start by default: uniform in ±1/√in.
     *
     * @param dtype float32 or float64
     * @param in number of inputs
     * @return the initialiser
     */
    public static Init start(DType dtype, int in) {
        double bound = 1 / Math.sqrt(Math.max(1, in));
        double rounded = dtype == DType.FLOAT32 ? (float) bound : bound;
        return Init.uniform(-rounded, rounded);
    }

    /**
     * The factors.
     *
     * @return {@code [in, out]}
     */
    public Parameter weight() {
        return weight;
    }

    /**
     * The summands.
     *
     * @return {@code [out]}, or null in a layer without
     */
    public @Nullable Parameter bias() {
        return bias;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Matmul.linear(x, weight.value(), bias == null ? null : bias.value());
    }

    @Override
    public Parts parts() {
        return Parts.of("weight", weight).and("bias", bias);
    }
}
