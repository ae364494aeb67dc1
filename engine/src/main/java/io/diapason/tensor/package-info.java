/**
 * Tensors: arrays of numbers on a device, their shapes and layouts, and who owns their memory.
 *
 * <pre>
 * heap arrays ─ Scope.of, HeapTensor.in ─▶ Storage ◀─ Scope: takes it of a Backend, and frees it when it is closed
 *                                            ▲
 *             Shape ─▶ Layout ─▶ Tensor ─────┘ ─ item, toFloatArray, HeapTensor.copyOf ─▶ heap arrays
 *                                  │
 *                                  └─ plus, matmul, sum, slice, … ─▶ io.diapason.op ─▶ another Tensor, of the innermost scope
 * </pre>
 *
 * <p>A {@link io.diapason.tensor.Scope} owns {@link io.diapason.tensor.Storage}, and a
 * {@link io.diapason.tensor.Tensor} looks at it through a {@link io.diapason.tensor.Layout}: strides, an offset and a
 * {@link io.diapason.tensor.Shape}. Views are further layouts of the same storage. Closing the scope frees the storage;
 * whoever then touches a tensor of it gets an exception that names the shape and the place of the closing. What
 * outlives scopes, such as checkpoints, is copied to the heap as {@link io.diapason.tensor.HeapTensor}s. Arithmetic
 * lives in {@code io.diapason.op}, gradients in {@code io.diapason.autograd}; the methods of Tensor that offer them
 * only forward.
 */
@NullMarked
package io.diapason.tensor;

import org.jspecify.annotations.NullMarked;
