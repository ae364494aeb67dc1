package io.diapason.op;

import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A differentiable operation with one result. Implementations are immutable. */
public interface Op {
    /**
     * The name that errors begin with.
     *
     * @return such as {@code linear}
     */
    String name();

    /**
     * The shape rule.
     *
     * @param inputs the operands
     * @return the result's shape
     * @throws io.diapason.tensor.ShapeException when the operands do not fit
     */
    Shape shape(Tensor... inputs);

    /**
     * The type of the result; float32 unless an operation says otherwise.
     *
     * @param inputs the operands
     * @return the type
     */
    default DType dtype(Tensor... inputs) {
        return DType.FLOAT32;
    }

    /**
     * Computes the result.
     *
     * @param backend the device's kernels
     * @param inputs the operands, which fit the shape rule
     * @param output written in full
     */
    void forward(Backend backend, Tensor[] inputs, Tensor output);

    /**
     * The vector-Jacobian product: for each operand, how the scalar at the end changes with it.
     *
     * @param inputs the operands of the forward call
     * @param output its result
     * @param upstream the gradient of the scalar with respect to the result, of the result's shape
     * @return for each operand the gradient of its shape, or null where none flows
     */
    @Nullable
    Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream);
}
