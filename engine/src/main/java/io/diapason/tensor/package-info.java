/**
 * Tensors: dense arrays of numbers on a device, their shapes, and who owns their memory.
 *
 * <p>A {@link io.diapason.tensor.Scope} owns {@link io.diapason.tensor.Storage}, a {@link io.diapason.tensor.Tensor}
 * looks at it through a {@link io.diapason.tensor.Shape}. Closing the scope frees the storage; whoever then touches a
 * tensor of it gets an exception that names the shape and the place of the closing. Arithmetic lives in
 * {@code io.diapason.op}, gradients in {@code io.diapason.autograd}; the methods of Tensor that offer them only
 * forward.
 */
@NullMarked
package io.diapason.tensor;

import org.jspecify.annotations.NullMarked;
