/**
 * Training: epochs of batches until the validation value stops improving.
 *
 * <p>One step: {@link io.diapason.train.Trainer} gathers a batch of {@link io.diapason.train.Examples}, the module maps
 * it, the loss and the penalty make a scalar, {@code backward()} finds gradients, the optimiser changes the parameters,
 * and the step's scope frees every temporary.
 */
@NullMarked
package io.diapason.train;

import org.jspecify.annotations.NullMarked;
