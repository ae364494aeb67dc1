/**
 * Optimisers.
 *
 * <pre>
 * OptimizerConfig ─ over(scope, parameters) ─▶ Optimizer ◀─ learningRateFactor, momentumFactor ─ schedule.Schedule
 *                                                │
 * loss.backward() ─▶ Gradients ─ GradientClip ─▶ step ─▶ io.diapason.op.Update: parameters and state, in place
 *                                                │
 *                                  parameters ─ WeightAverage.update ─▶ averages;   state(), restore() ─▶ checkpoints
 * </pre>
 *
 * <p>An {@link io.diapason.optim.OptimizerConfig} ({@link io.diapason.optim.Sgd}, {@link io.diapason.optim.Adam}, …,
 * {@link io.diapason.optim.Grouped} of several) says which, with what numbers; the {@link io.diapason.optim.Optimizer}
 * it makes over some parameters holds their state and changes them in place. One step: {@code backward()} finds
 * {@link io.diapason.autograd.Gradients}, {@link io.diapason.optim.GradientClip} may shorten them, a schedule
 * ({@link io.diapason.optim.schedule}) sets the optimiser's factors, the optimiser hands parameters, gradients and
 * state to {@link io.diapason.op.Update}, and a {@link io.diapason.optim.WeightAverage} may follow the parameters.
 * {@link io.diapason.optim.Lbfgs} alone evaluates the loss itself, several times a step.
 */
@NullMarked
package io.diapason.optim;

import org.jspecify.annotations.NullMarked;
