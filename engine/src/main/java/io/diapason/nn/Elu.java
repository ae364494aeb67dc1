package io.diapason.nn;

import io.diapason.op.Elementwise;
import io.diapason.tensor.Tensor;

/**
 * x above 0, else alpha · (eˣ − 1). Source: Clevert et al. 2016.
 *
 * @param alpha minus the limit at −∞, finite
 */
public record Elu(double alpha) implements Module {
    /**
     * The function of an alpha.
     *
     * @param alpha minus the limit at −∞, finite
     * @throws IllegalArgumentException when alpha is not finite
     */
    public Elu {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("elu: alpha must be finite, got " + alpha);
        }
    }

    /** The alpha 1, as in PyTorch. */
    public Elu() {
        this(1);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Elementwise.elu(x, alpha);
    }

    @Override
    public Parts parts() {
        return Parts.none();
    }
}
