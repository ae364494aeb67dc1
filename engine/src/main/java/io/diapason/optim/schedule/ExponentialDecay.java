package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Shrinks at every step: {@code gamma^step}. PyTorch's ExponentialLR.
 *
 * @param gamma what each step multiplies with, above 0
 */
public record ExponentialDecay(double gamma) implements Schedule {
    /**
     * A checked number.
     *
     * @param gamma above 0
     * @throws IllegalArgumentException when it is out of its range
     */
    public ExponentialDecay {
        Ranges.positive("exponential decay", "gamma", gamma);
    }

    @Override
    public double factor(long step) {
        return StrictMath.pow(gamma, (double) Steps.check(step));
    }
}
