/**
 * Every operation, stated once: its name, its shape rule, its kernel and its vector-Jacobian product side by side, one
 * file a family.
 *
 * <pre>
 * Matmul.linear(x, weight, bias) ─▶ Op ─▶ Autograd.apply ─▶ shape rule ─▶ Backend kernel ─▶ the result, which remembers its Op
 *                                                                                             │
 *                        gradients of x, weight and bias ◀─ vjp, in operations again ◀─ Autograd.backward
 * </pre>
 *
 * <p>The static methods are what {@code nn}, {@code loss} and users call; each makes an {@link io.diapason.op.Op} of
 * its numbers and hands it with its operands to {@link io.diapason.autograd.Autograd#apply}. There the operation checks
 * shapes and types, and a kernel of {@link io.diapason.backend.Backend} writes a new tensor of the innermost scope
 * ({@link io.diapason.op.KernelOp}), or another layout shows the same memory ({@link io.diapason.op.ViewOp}), or a
 * user's code makes the result ({@link io.diapason.op.CustomOp}). {@link io.diapason.op.Update} alone changes what it
 * is given, and is never recorded.
 *
 * <p>Operands that do not fit are refused by a {@link io.diapason.tensor.ShapeException} that names the operation, the
 * rule, and what it got: whether or not a method says so, types are never promoted and shapes must broadcast.
 */
@NullMarked
package io.diapason.op;

import org.jspecify.annotations.NullMarked;
