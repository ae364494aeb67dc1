/**
 * How learning rate and momentum change over training.
 *
 * <p>A {@link io.diapason.optim.schedule.Schedule} is a function from the number of a step to factors of the configured
 * numbers: it has no state, so nothing of it is saved, and a resumed training asks it for the step it is at.
 * {@link io.diapason.optim.schedule.ReduceOnPlateau} instead follows a measured value, and keeps what it saw.
 */
@NullMarked
package io.diapason.optim.schedule;

import org.jspecify.annotations.NullMarked;
