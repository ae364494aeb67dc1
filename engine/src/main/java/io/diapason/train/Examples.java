package io.diapason.train;

import io.diapason.op.Index;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/**
 * Inputs and what they should give, on a device; any number of trainings may read the same examples at once, when they
 * lie in a detached scope.
 *
 * @param features {@code [rows, …]} of any type: float32 or float64 {@code [rows, in]}, or int64 for an embedding
 * @param targets {@code [rows, …]} of any type: int64 classes {@code [rows]}, or values {@code [rows, out]}
 */
public record Examples(Tensor features, Tensor targets) {
    /**
     * Checked examples.
     *
     * @param features {@code [rows, …]}
     * @param targets {@code [rows, …]}
     * @throws ShapeException when one is a scalar, or has not as many rows as the other
     */
    public Examples {
        if (features.shape().rank() == 0
                || targets.shape().rank() == 0
                || features.shape().size(0) != targets.shape().size(0)) {
            throw new ShapeException(
                    "examples",
                    "features and targets must have as many rows",
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

    /**
     * Some consecutive examples.
     *
     * @param from the first row
     * @param to the row after the last
     * @return views of them
     * @throws IndexOutOfBoundsException when the rows are not there
     */
    public Examples rows(int from, int to) {
        return new Examples(features.rows(from, to), targets.rows(from, to));
    }

    /**
     * Some examples in any order.
     *
     * @param index int64 {@code [n]}, each in [0, rows)
     * @return copies, owned by the innermost open scope
     * @throws IndexOutOfBoundsException when an index is no row
     */
    public Examples rows(Tensor index) {
        return new Examples(Index.indexSelect(features, 0, index), Index.indexSelect(targets, 0, index));
    }
}
