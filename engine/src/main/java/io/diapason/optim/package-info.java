/**
 * Optimisers.
 *
 * <p>An {@link io.diapason.optim.OptimizerConfig} ({@link io.diapason.optim.Sgd}, {@link io.diapason.optim.Adam}, …)
 * says which, with what numbers; the {@link io.diapason.optim.Optimizer} it makes over some parameters holds their
 * state and changes them in place. One step: {@code backward()} finds {@link io.diapason.autograd.Gradients},
 * {@link io.diapason.optim.GradientClip} may shorten them, a schedule ({@link io.diapason.optim.schedule}) sets the
 * optimiser's factors, the optimiser hands parameters, gradients and state to {@link io.diapason.op.Update}, and a
 * {@link io.diapason.optim.WeightAverage} may follow the parameters.
 */
@NullMarked
package io.diapason.optim;

import org.jspecify.annotations.NullMarked;
