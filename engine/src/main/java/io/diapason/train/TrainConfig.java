package io.diapason.train;

import io.diapason.loss.Penalty;
import io.diapason.optim.OptimizerConfig;

/**
 * How to train.
 *
 * @param epochs passes over the examples, at least 1; early stopping may end before
 * @param batchSize rows a step, at least 1; the last batch of an epoch may be smaller
 * @param patience epochs without a better validation value before training stops; 0 never stops early
 * @param optimizer which optimiser, with its numbers
 * @param penalty added to the loss
 * @param seed of shuffles and dropout
 */
public record TrainConfig(
        int epochs, int batchSize, int patience, OptimizerConfig optimizer, Penalty penalty, long seed) {
    /**
     * Checked settings.
     *
     * @param epochs at least 1
     * @param batchSize at least 1
     * @param patience at least 0
     * @param optimizer which optimiser
     * @param penalty added to the loss
     * @param seed of shuffles and dropout
     */
    public TrainConfig {
        if (epochs < 1 || batchSize < 1 || patience < 0) {
            throw new IllegalArgumentException(
                    "training: epochs and batch_size must be at least 1 and patience at least 0, got " + epochs + ", "
                            + batchSize + " and " + patience);
        }
    }

    /**
     * The same settings with another number of epochs.
     *
     * @param count at least 1
     * @return the settings
     */
    public TrainConfig withEpochs(int count) {
        return new TrainConfig(count, batchSize, patience, optimizer, penalty, seed);
    }
}
