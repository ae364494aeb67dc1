package io.diapason.train;

import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/**
 * Inputs and what they should give, on a device; any number of trainings may read the same examples at once.
 *
 * @param features float32 {@code [rows, in]}
 * @param targets {@code [rows, …]}: int64 classes {@code [rows]}, or float32 values {@code [rows, out]}
 */
public record Examples(Tensor features, Tensor targets) {
    /**
     * Checked examples.
     *
     * @param features {@code [rows, in]}
     * @param targets {@code [rows, …]}
     */
    public Examples {
        if (features.shape().rank() != 2
                || targets.shape().rank() == 0
                || features.shape().size(0) != targets.shape().size(0)) {
            throw new ShapeException(
                    "examples",
                    "features must be a matrix with as many rows as targets",
                    "features " + features.shape() + " and targets " + targets.shape());
        }
    }

    /**
     * How many examples.
     *
     * @return rows
     */
    public int rows() {
        return features.shape().size(0);
    }
}
