package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Cosine waves from 1 down towards a floor, one after another, each longer than the one before by a factor:
 * {@code floor + (1 − floor) · (1 + cos(π · t / T)) / 2} with t counted from the last restart and T the length of the
 * present wave. PyTorch's CosineAnnealingWarmRestarts, of which the floor is {@code eta_min / base_lr}. Source:
 * Loshchilov and Hutter 2017, ICLR, equation 5.
 *
 * @param first length of the first wave, at least 1
 * @param multiplier how many times longer each wave is than the one before, at least 1
 * @param floor the least factor, from 0 to 1
 */
public record WarmRestarts(long first, int multiplier, double floor) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param first at least 1
     * @param multiplier at least 1
     * @param floor from 0 to 1
     * @throws IllegalArgumentException when a number is out of its range
     */
    public WarmRestarts {
        Ranges.atLeast("warm restarts", "first", 1, first);
        Ranges.atLeast("warm restarts", "multiplier", 1, multiplier);
        Ranges.upToOne("warm restarts", "floor", floor);
    }

    /**
     * Waves of one length, down to 0.
     *
     * @param every steps between restarts, at least 1
     */
    public WarmRestarts(long every) {
        this(every, 1, 0);
    }

    @Override
    public double factor(long step) {
        long since = Steps.check(step);
        long length = first;
        if (multiplier == 1) {
            since %= length;
        }
        while (since >= length) {
            since -= length;
            length = length > Long.MAX_VALUE / multiplier ? Long.MAX_VALUE : length * multiplier;
        }
        return floor + (1 - floor) * Steps.halfCosine((double) since / length);
    }
}
