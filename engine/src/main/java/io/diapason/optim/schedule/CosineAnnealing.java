package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Half a cosine wave from 1 down to a floor: {@code floor + (1 − floor) · (1 + cos(π · step / steps)) / 2}. Later steps
 * follow the wave up again, as in PyTorch's CosineAnnealingLR, of which the floor is {@code eta_min / base_lr}. Source:
 * Loshchilov and Hutter 2017, ICLR, equation 5, without restarts.
 *
 * @param steps to the floor, at least 1
 * @param floor the least factor, from 0 to 1
 */
public record CosineAnnealing(long steps, double floor) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param steps at least 1
     * @param floor from 0 to 1
     * @throws IllegalArgumentException when a number is out of its range
     */
    public CosineAnnealing {
        Ranges.atLeast("cosine annealing", "steps", 1, steps);
        Ranges.upToOne("cosine annealing", "floor", floor);
    }

    /**
     * Annealing to 0.
     *
     * @param steps to 0, at least 1
     */
    public CosineAnnealing(long steps) {
        this(steps, 0);
    }

    @Override
    public double factor(long step) {
        return floor + (1 - floor) * Steps.halfCosine((double) Steps.check(step) / steps);
    }
}
