package io.diapason.op;

import io.diapason.tensor.Layout;
import io.diapason.tensor.Tensor;

/** An operation whose result is its operand's memory in another layout. */
public non-sealed interface ViewOp extends Op {
    /**
     * The result's layout, over the operand's storage.
     *
     * @param input the operand
     * @return the layout
     * @throws io.diapason.tensor.ShapeException when the operand does not fit
     */
    Layout layout(Tensor input);
}
