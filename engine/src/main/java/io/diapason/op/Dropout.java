package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Inverted dropout: each element is 0 with the given probability, else divided by the probability of being kept. The
 * mask is a function of (seed, stream, index), so the backward pass computes it again instead of storing it.
 *
 * <p>Source: Srivastava et al. 2014, JMLR 15; the mask's layout stands in {@code diapason.h}.
 */
public final class Dropout {
    private Dropout() {}

    /**
     * Drops elements. Gradient: the same mask and factor on g.
     *
     * @param x any shape, float32 or float64
     * @param rate probability of dropping, in [0, 1); it is rounded to a multiple of 2^-16
     * @param seed of the mask
     * @param stream of the mask: another for each layer and step
     * @return the result, of the same shape
     */
    public static Tensor dropout(Tensor x, float rate, long seed, long stream) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: the rate must be at least 0 and below 1, got " + rate);
        }
        return Autograd.apply(new Mask(rate, seed, stream), x);
    }

    private record Mask(float rate, long seed, long stream) implements KernelOp {
        @Override
        public String name() {
            return "dropout";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.floats(name(), inputs[0]);
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.dropout(rate, seed, stream, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Autograd.apply(this, upstream)};
        }
    }
}
