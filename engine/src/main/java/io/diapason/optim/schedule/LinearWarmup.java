package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * A straight line up to 1: {@code start + (1 − start) · min(step, steps) / steps}. PyTorch's LinearLR with an end
 * factor of 1. What follows is attached by {@link #then(Schedule)}.
 *
 * @param steps until the factor is 1, at least 1
 * @param start the first factor, from 0 to 1
 */
public record LinearWarmup(long steps, double start) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param steps at least 1
     * @param start from 0 to 1
     * @throws IllegalArgumentException when a number is out of its range
     */
    public LinearWarmup {
        Ranges.atLeast("linear warm-up", "steps", 1, steps);
        Ranges.upToOne("linear warm-up", "start", start);
    }

    /**
     * A warm-up from a third, PyTorch's start.
     *
     * @param steps until the factor is 1, at least 1
     */
    public LinearWarmup(long steps) {
        this(steps, 1.0 / 3);
    }

    @Override
    public double factor(long step) {
        long done = Math.min(Steps.check(step), steps);
        return start + (1 - start) * ((double) done / steps);
    }

    /**
     * The warm-up, then another schedule from its step 0 on.
     *
     * @param next what follows
     * @return both in a row
     */
    public Schedule then(Schedule next) {
        return then(steps, next);
    }
}
