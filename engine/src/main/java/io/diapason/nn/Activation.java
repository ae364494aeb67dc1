package io.diapason.nn;

import io.diapason.op.Elementwise;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Activation functions, as modules without parameters. */
public enum Activation implements Module {
    /** max(x, 0). */
    RELU(Elementwise::relu),
    /** The hyperbolic tangent. */
    TANH(Elementwise::tanh),
    /** x Φ(x), exact. */
    GELU(Elementwise::gelu);

    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return function.apply(x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    /** The name as users write it, such as {@code relu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
