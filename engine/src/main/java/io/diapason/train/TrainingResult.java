package io.diapason.train;

import java.util.List;

/**
 * What training did. The module holds the parameters of the best epoch.
 *
 * @param history every epoch, in order
 * @param bestEpoch number of the best one; the last when nothing is monitored
 * @param bestValue its monitored value, NaN when nothing is monitored
 */
public record TrainingResult(List<Epoch> history, int bestEpoch, double bestValue) {
    /**
     * An immutable record.
     *
     * @param history every epoch
     * @param bestEpoch number of the best one
     * @param bestValue its monitored value
     */
    public TrainingResult {
        history = List.copyOf(history);
    }

    /**
     * How many epochs were run.
     *
     * @return at least 1
     */
    public int epochs() {
        return history.size();
    }
}
