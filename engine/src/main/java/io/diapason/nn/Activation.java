package io.diapason.nn;

import io.diapason.op.Elementwise;
import io.diapason.tensor.Tensor;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Activation functions without numbers to choose, as modules without parameters. Those with some are {@link LeakyRelu},
 * {@link Elu} and {@link Softmax}.
 */
public enum Activation implements Module {
    /** max(x, 0). */
    RELU(Elementwise::relu),
    /** The hyperbolic tangent. */
    TANH(Elementwise::tanh),
    /** x Φ(x), exact. Source: Hendrycks and Gimpel 2016. */
    GELU(Elementwise::gelu),
    /** λ x above 0, λ α (eˣ − 1) below; λ ≈ 1.0507, α ≈ 1.6733. Source: Klambauer et al. 2017. */
    SELU(Elementwise::selu),
    /** x σ(x). Source: Elfwing et al. 2018. */
    SILU(Elementwise::silu),
    /** x tanh(ln(1 + eˣ)). Source: Misra 2019. */
    MISH(Elementwise::mish),
    /** σ(x) = 1 / (1 + e⁻ˣ). */
    SIGMOID(Elementwise::sigmoid),
    /** ln(1 + eˣ), at all x (PyTorch's is x above 20, which differs by 2·10⁻⁹). */
    SOFTPLUS(Elementwise::softplus),
    /** x itself. */
    IDENTITY(UnaryOperator.identity());

    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return function.apply(x);
    }

    @Override
    public Parts parts() {
        return Parts.none();
    }

    /** The name as users write it, such as {@code relu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
