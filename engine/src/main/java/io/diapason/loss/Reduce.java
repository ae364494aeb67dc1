package io.diapason.loss;

import io.diapason.tensor.Tensor;

/** What a loss makes of the losses of single elements or rows. */
public enum Reduce {
    /** Their mean, NaN of none: what a batch's loss usually is. */
    MEAN,
    /** Their sum, 0 of none. */
    SUM,
    /** Themselves. */
    NONE;

    Tensor of(Tensor each) {
        return switch (this) {
            case MEAN -> each.mean();
            case SUM -> each.sum();
            case NONE -> each;
        };
    }
}
