package io.diapason.nn;

import io.diapason.op.Matmul;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * The affine map {@code y = x W + b}; {@code x [batch, in]}, {@code W [in, out]}, {@code b [out]}.
 *
 * <p>Weights and biases start uniform in ±1/√in, as PyTorch's {@code nn.Linear} (He et al. 2015 with a = √5).
 */
public final class Linear implements Module {
    private final Parameter weight;
    private final Parameter bias;

    /**
     * A layer with random parameters.
     *
     * @param scope owns the parameters
     * @param in number of inputs, at least 1
     * @param out number of outputs, at least 1
     * @param rng their random numbers
     */
    public Linear(Scope scope, int in, int out, Rng rng) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "linear: inputs and outputs must be at least 1, got " + in + " and " + out);
        }
        if ((long) in * out > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("linear: a layer must have at most " + Integer.MAX_VALUE
                    + " weights, got " + in + " inputs and " + out + " outputs; fewer units need less");
        }
        float bound = (float) (1 / Math.sqrt(in));
        this.weight = new Parameter(
                "weight",
                scope.of(Shape.of(in, out), uniform(Math.multiplyExact(in, out), bound, rng.child("weight"))),
                Parameter.Kind.WEIGHT);
        this.bias = new Parameter(
                "bias", scope.of(Shape.of(out), uniform(out, bound, rng.child("bias"))), Parameter.Kind.BIAS);
    }

    private static float[] uniform(int n, float bound, Rng rng) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (2 * rng.floatAt(i) - 1) * bound;
        }
        return values;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Matmul.linear(x, weight.value(), bias.value());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
