package io.diapason.train;

import java.util.List;

/**
 * What training did. The module holds the state of the best epoch.
 *
 * @param history every finished epoch, in order
 * @param bestEpoch number of the best one; the last when nothing is monitored, 0 when none was finished
 * @param bestValue its monitored value, NaN when nothing is monitored
 * @param end why it ended
 */
public record TrainingResult(List<Epoch> history, int bestEpoch, double bestValue, End end) {
    /** Why a training ended. */
    public enum End {
        /** Every epoch was run. */
        EPOCHS,
        /** Nothing got better for as many epochs as patience allows. */
        PATIENCE,
        /** A listener did not want to go on. */
        LISTENER
    }

    /**
     * An immutable record.
     *
     * @param history every finished epoch
     * @param bestEpoch number of the best one
     * @param bestValue its monitored value
     * @param end why it ended
     */
    public TrainingResult {
        history = List.copyOf(history);
    }

    /**
     * How many epochs were finished.
     *
     * @return at least 1, but when a listener ended the first one
     */
    public int epochs() {
        return history.size();
    }
}
