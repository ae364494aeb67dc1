package io.diapason.nn;

import io.diapason.random.Rng;
import io.diapason.tensor.Tensor;

/**
 * Drops elements while training, and divides the others by the probability of being kept; float32 and float64. A rate
 * of 1, which PyTorch allows, is refused: nothing would be left to learn from. Source: Srivastava et al. 2014, JMLR 15.
 *
 * @param rate probability of dropping, in [0, 1)
 */
public record Dropout(double rate) implements Module {
    /**
     * A layer with a rate.
     *
     * @param rate in [0, 1)
     * @throws IllegalArgumentException when the rate is out of its range
     */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: the rate must be at least 0 and below 1, got " + rate);
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.isTraining() || rate == 0) {
            return x;
        }
        Rng random = pass.nextRandom();
        return io.diapason.op.Dropout.dropout(x, (float) rate, random.seed(), random.stream());
    }

    @Override
    public Parts parts() {
        return Parts.none();
    }
}
