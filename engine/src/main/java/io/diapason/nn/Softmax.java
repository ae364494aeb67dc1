package io.diapason.nn;

import io.diapason.tensor.Tensor;

/**
 * exp(x) / Σ exp(x) along an axis. For training use the cross-entropy of logits, which needs no softmax before it.
 *
 * @param axis which, from 0, or from -1 (the last) downwards
 */
public record Softmax(int axis) implements Module {
    /** Along the last axis. */
    public Softmax() {
        this(-1);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return io.diapason.op.Softmax.softmax(x, axis);
    }

    @Override
    public Parts parts() {
        return Parts.none();
    }
}
