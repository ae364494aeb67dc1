package io.diapason.optim.schedule;

import io.diapason.optim.Optimizer;

/**
 * A factor of the learning rate for each step, as a function of the step's number alone. Steps are whatever the caller
 * counts, batches or epochs, from 0.
 *
 * <p>Any {@code step -> factor} is one. PyTorch's schedulers give learning rates in place of factors: the configured
 * rate is its {@code base_lr}, for {@link OneCycle} its {@code max_lr}.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * What the learning rate is multiplied with.
     *
     * @param step from 0
     * @return at least 0
     * @throws IllegalArgumentException when the step is negative
     */
    double factor(long step);

    /**
     * What the momentum, or beta1, is multiplied with.
     *
     * @param step from 0
     * @return above 0 and at most 1; 1 unless the schedule cycles momentum
     * @throws IllegalArgumentException when the step is negative
     */
    default double momentumFactor(long step) {
        return 1;
    }

    /**
     * Sets an optimiser's factors for a step.
     *
     * @param optimizer about to make the step
     * @param step its number, from 0
     */
    default void apply(Optimizer optimizer, long step) {
        optimizer.learningRateFactor(factor(step));
        optimizer.momentumFactor(momentumFactor(step));
    }

    /**
     * This schedule for some steps, then another, which counts its own steps from 0: a warm-up before a decay.
     * PyTorch's SequentialLR.
     *
     * @param steps how long this one holds, at least 0
     * @param next what follows
     * @return both in a row
     * @throws IllegalArgumentException when the number of steps is negative
     */
    default Schedule then(long steps, Schedule next) {
        return new Sequence(this, steps, next);
    }

    /**
     * The product of this schedule and another. PyTorch's ChainedScheduler.
     *
     * @param other at the same steps
     * @return both at once
     */
    default Schedule times(Schedule other) {
        return new Product(this, other);
    }
}
