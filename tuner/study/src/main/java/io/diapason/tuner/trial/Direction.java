package io.diapason.tuner.trial;

import java.util.List;
import java.util.Optional;

/** Whether small or large values are good. */
public enum Direction {
    /** Small values are good. */
    MINIMIZE,
    /** Large values are good. */
    MAXIMIZE;

    /**
     * Whether one value is better than another.
     *
     * @param value a value
     * @param other another value
     * @return true when it is strictly better
     */
    public boolean isBetter(double value, double other) {
        return this == MINIMIZE ? value < other : value > other;
    }

    /**
     * The best complete trial; of equals, the one of the lowest number.
     *
     * @param records any trials in any order
     * @return the best, or nothing when none is complete
     */
    public Optional<TrialRecord> best(List<TrialRecord> records) {
        TrialRecord best = null;
        double bestValue = Double.NaN;
        for (TrialRecord trial : records) {
            if (trial.outcome() instanceof Outcome.Complete complete) {
                double value = complete.value();
                if (best == null
                        || isBetter(value, bestValue)
                        || (value == bestValue && trial.number() < best.number())) {
                    best = trial;
                    bestValue = value;
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
