/**
 * How learning rate and momentum change over training.
 *
 * <p>The number of a step goes in, factors of the configured numbers come out, and
 * {@link io.diapason.optim.schedule.Schedule#apply} sets them on an {@link io.diapason.optim.Optimizer} before the
 * step. A schedule is a function of the step alone: it has no state, so nothing of it is saved, and a resumed training
 * asks it for the step it is at. {@link io.diapason.optim.schedule.ReduceOnPlateau} instead takes a measured value
 * after each epoch, as {@link io.diapason.optim.schedule.Plateau} says, and keeps what it saw; where there are both,
 * their factors multiply.
 */
@NullMarked
package io.diapason.optim.schedule;

import org.jspecify.annotations.NullMarked;
