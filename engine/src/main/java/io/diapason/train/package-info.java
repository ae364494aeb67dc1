/**
 * Training: epochs of batches until the validation value stops improving.
 *
 * <p>One step: {@link io.diapason.train.Trainer} takes a batch of {@link io.diapason.train.Examples}, the module maps
 * it, the loss and the penalty make a scalar, {@code backward()} finds gradients, which may be clipped and are added up
 * over several batches when {@link io.diapason.train.TrainConfig} says so; schedules set the optimiser's factors, the
 * optimiser changes the parameters, averages follow them, and the step's scope frees every temporary. {@code Replay}
 * records the first two steps and has {@code io.diapason.program} replay the others, to the same bits, and
 * {@code Validation} does so with the batches of validation passes. After an epoch the
 * {@link io.diapason.train.Monitor} measures the module, the best state is kept, and a
 * {@link io.diapason.train.TrainListener} hears of it. A {@link io.diapason.train.Checkpoint} is all that the rest of a
 * training depends on; {@code io.diapason.model.CheckpointFile} puts it on the disk.
 *
 * <p>A loop of one's own needs none of it:
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam(0.01).over(scope, module.parameters());
 * for (int step = 0; step < 500; step++) {
 *     try (Scope temporaries = Scope.open()) {
 *         Tensor prediction = module.forward(features, Pass.training(Rng.of(1), step));
 *         Tensor loss = Loss.meanSquaredError().of(prediction, targets);
 *         optimizer.step(loss.backward());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.diapason.train;

import org.jspecify.annotations.NullMarked;
