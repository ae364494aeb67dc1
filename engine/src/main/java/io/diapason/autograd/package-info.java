/**
 * Reverse-mode automatic differentiation over recorded operations.
 *
 * <pre>
 * leaf: Tensor.requireGradient ─▶ Autograd.apply ─▶ result with a Node (operation, operands) ─▶ … ─▶ loss
 *                                                                                                     │
 * Gradients: leaf ─▶ gradient ◀─ sums by leaf ◀─ Op.vjp of each node, latest first ◀─ Autograd.backward
 * </pre>
 *
 * <p>{@link io.diapason.autograd.Autograd#apply} runs an {@link io.diapason.op.Op} and, when gradients flow through an
 * operand, leaves a {@link io.diapason.autograd.Node} on the result. {@link io.diapason.autograd.Autograd#backward}
 * walks the nodes in reverse topological order, without recursion, and asks each operation for its vector-Jacobian
 * product; the products are operations themselves, and an operand that was overwritten since refuses to be read. What
 * arrives at leaves is handed out as {@link io.diapason.autograd.Gradients}, which the innermost scope owns; nothing is
 * stored on the leaves. {@link io.diapason.autograd.GradCheck} compares with differences.
 */
@NullMarked
package io.diapason.autograd;

import org.jspecify.annotations.NullMarked;
