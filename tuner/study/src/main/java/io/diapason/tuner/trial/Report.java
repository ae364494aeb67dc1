package io.diapason.tuner.trial;

/**
 * A value on the way, such as the validation loss after an epoch.
 *
 * @param step at least 0, such as the epoch
 * @param value finite, in the objective's own unit and direction
 */
public record Report(int step, double value) {
    /**
     * A checked report.
     *
     * @param step at least 0
     * @param value finite
     * @throws IllegalArgumentException when one of them is not so
     */
    public Report {
        if (step < 0) {
            throw new IllegalArgumentException("report: step must be at least 0, got " + step);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "report: value must be a finite number, got " + value + " at step " + step);
        }
    }
}
