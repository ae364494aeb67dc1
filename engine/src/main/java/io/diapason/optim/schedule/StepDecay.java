package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Shrinks at equal intervals: {@code gamma^⌊step / every⌋}. PyTorch's StepLR.
 *
 * @param every steps between changes, at least 1
 * @param gamma what each change multiplies with, above 0
 */
public record StepDecay(long every, double gamma) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param every at least 1
     * @param gamma above 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public StepDecay {
        Ranges.atLeast("step decay", "every", 1, every);
        Ranges.positive("step decay", "gamma", gamma);
    }

    @Override
    public double factor(long step) {
        long changes = Steps.check(step) / every;
        return StrictMath.pow(gamma, (double) changes);
    }
}
