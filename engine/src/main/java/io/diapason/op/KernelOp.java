package io.diapason.op;

import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;

/** An operation that one kernel of a back end computes into new memory. */
public non-sealed interface KernelOp extends Op {
    /**
     * The shape rule, which checks types, too.
     *
     * @param inputs the operands
     * @return the result's shape
     * @throws io.diapason.tensor.ShapeException when the operands do not fit
     */
    Shape shape(Tensor... inputs);

    /**
     * The type of the result; that of the first operand unless an operation says otherwise.
     *
     * @param inputs the operands
     * @return the type
     */
    default DType dtype(Tensor... inputs) {
        return inputs[0].dtype();
    }

    /**
     * Whether the kernel reads operands of any layout. Where not, it is handed dense copies of those that are not
     * dense.
     *
     * @return false unless an operation says otherwise
     */
    default boolean readsStrides() {
        return false;
    }

    /**
     * Computes the result.
     *
     * @param backend the device's kernels
     * @param inputs the operands, which fit the shape rule
     * @param output dense, written in full
     */
    void forward(Backend backend, Tensor[] inputs, Tensor output);
}
