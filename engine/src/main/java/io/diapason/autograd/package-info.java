/**
 * Reverse-mode automatic differentiation over recorded operations.
 *
 * <p>{@link io.diapason.autograd.Autograd#apply} runs an {@link io.diapason.op.Op} and, when gradients flow through an
 * operand, leaves a {@link io.diapason.autograd.Node} on the result. {@link io.diapason.autograd.Autograd#backward}
 * walks the nodes in reverse order of making and asks each operation for its vector-Jacobian product. The products are
 * operations themselves.
 */
@NullMarked
package io.diapason.autograd;

import org.jspecify.annotations.NullMarked;
