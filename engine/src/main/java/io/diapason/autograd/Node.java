package io.diapason.autograd;

import io.diapason.op.Op;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * How a tensor was made.
 *
 * @param op the operation
 * @param inputs its operands, in order
 */
public record Node(Op op, List<Tensor> inputs) {}
