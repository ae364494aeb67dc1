package io.diapason.nn;

import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;

/** Which connections of a weight {@code [in, out]} an initialiser keeps the variance along. */
public enum Fan {
    /** Inputs of each output: activations keep their size in the forward pass. */
    IN,
    /** Outputs of each input: gradients keep their size in the backward pass. */
    OUT;

    /**
     * How many there are.
     *
     * @param weight the shape {@code [in, out]}
     * @return {@code in} or {@code out}
     * @throws ShapeException when the shape is that of no matrix
     */
    public int of(Shape weight) {
        if (weight.rank() != 2) {
            throw new ShapeException("init", "fans are those of a weight [in, out]", weight.toString());
        }
        return weight.size(this == IN ? 0 : 1);
    }
}
