package io.diapason.op;

import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation with one result, run and remembered by {@link io.diapason.autograd.Autograd#apply}.
 * Implementations are immutable.
 *
 * <p>Three kinds: a {@link KernelOp} computes by one call of a back end, a {@link ViewOp} only looks at the same memory
 * in another way, and a {@link CustomOp} is written by users, in other operations or in plain Java.
 */
public sealed interface Op permits KernelOp, ViewOp, CustomOp {
    /**
     * The name that errors begin with.
     *
     * @return such as {@code linear}
     */
    String name();

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
