package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Down to 0 in given steps: {@code (1 − min(step, steps) / steps)^power}. A power of 1 is a straight line. PyTorch's
 * PolynomialLR.
 *
 * @param steps until the factor is 0, at least 1
 * @param power above 0
 */
public record PolynomialDecay(long steps, double power) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param steps at least 1
     * @param power above 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public PolynomialDecay {
        Ranges.atLeast("polynomial decay", "steps", 1, steps);
        Ranges.positive("polynomial decay", "power", power);
    }

    @Override
    public double factor(long step) {
        long done = Math.min(Steps.check(step), steps);
        return StrictMath.pow(1 - (double) done / steps, power);
    }
}
