package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * When {@link ReduceOnPlateau} shrinks the learning rate, and by how much.
 *
 * @param maximize whether larger values are better
 * @param factor what each reduction multiplies with, above 0 and below 1
 * @param patience how many values in a row may fail to be better before a reduction, at least 0
 * @param threshold what counts as better: by more than this, at least 0
 * @param relative whether the threshold is a fraction of the best value, or absolute
 * @param cooldown how many values after a reduction do not count as failures, at least 0
 * @param minimum the least factor of the configured rate, from 0 to 1
 */
public record Plateau(
        boolean maximize,
        double factor,
        long patience,
        double threshold,
        boolean relative,
        long cooldown,
        double minimum) {
    /**
     * Checked numbers.
     *
     * @param maximize whether larger values are better
     * @param factor above 0 and below 1
     * @param patience at least 0
     * @param threshold at least 0
     * @param relative whether the threshold is a fraction of the best value
     * @param cooldown at least 0
     * @param minimum from 0 to 1
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Plateau {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("plateau: factor must be above 0 and below 1, got " + factor);
        }
        Ranges.atLeast("plateau", "patience", 0, patience);
        Ranges.atLeastZero("plateau", "threshold", threshold);
        Ranges.atLeast("plateau", "cooldown", 0, cooldown);
        Ranges.upToOne("plateau", "minimum", minimum);
    }

    /**
     * PyTorch's numbers for a value of which small is good, such as a loss: a tenth after more than 10 values that are
     * not better by a ten-thousandth.
     *
     * @return the settings
     */
    public static Plateau minimizing() {
        return new Plateau(false, 0.1, 10, 1e-4, true, 0, 0);
    }

    /**
     * PyTorch's numbers for a value of which large is good, such as an accuracy.
     *
     * @return the settings
     */
    public static Plateau maximizing() {
        return new Plateau(true, 0.1, 10, 1e-4, true, 0, 0);
    }

    /**
     * The same with another factor.
     *
     * @param value above 0 and below 1
     * @return the changed copy
     */
    public Plateau withFactor(double value) {
        return new Plateau(maximize, value, patience, threshold, relative, cooldown, minimum);
    }

    /**
     * The same with another patience.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Plateau withPatience(long value) {
        return new Plateau(maximize, factor, value, threshold, relative, cooldown, minimum);
    }

    /**
     * The same with a threshold that is a fraction of the best value.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Plateau withRelativeThreshold(double value) {
        return new Plateau(maximize, factor, patience, value, true, cooldown, minimum);
    }

    /**
     * The same with a threshold in the value's own unit.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Plateau withAbsoluteThreshold(double value) {
        return new Plateau(maximize, factor, patience, value, false, cooldown, minimum);
    }

    /**
     * The same with another cooldown.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Plateau withCooldown(long value) {
        return new Plateau(maximize, factor, patience, threshold, relative, value, minimum);
    }

    /**
     * The same with another minimum.
     *
     * @param value from 0 to 1
     * @return the changed copy
     */
    public Plateau withMinimum(double value) {
        return new Plateau(maximize, factor, patience, threshold, relative, cooldown, value);
    }

    /** Whether a value is better than the best so far by more than the threshold. NaN never is. */
    boolean better(double value, double best) {
        if (relative) {
            return maximize ? value > best * (1 + threshold) : value < best * (1 - threshold);
        }
        return maximize ? value > best + threshold : value < best - threshold;
    }

    /** Worse than every number. */
    double worst() {
        return maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
