package io.diapason.nn;

import io.diapason.op.Elementwise;
import io.diapason.tensor.Tensor;

/**
 * x above 0, else slope · x. Source: Maas et al. 2013.
 *
 * @param slope the factor of what lies below 0, finite
 */
public record LeakyRelu(double slope) implements Module {
    /**
     * The function of a slope.
     *
     * @param slope the factor of what lies below 0, finite
     * @throws IllegalArgumentException when the slope is not finite
     */
    public LeakyRelu {
        if (!Double.isFinite(slope)) {
            throw new IllegalArgumentException("leakyRelu: the slope must be finite, got " + slope);
        }
    }

    /** The slope 0.01, as in PyTorch. */
    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Elementwise.leakyRelu(x, slope);
    }

    @Override
    public Parts parts() {
        return Parts.none();
    }
}
