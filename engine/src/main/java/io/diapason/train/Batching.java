package io.diapason.train;

/**
 * How examples become the batches of a step.
 *
 * @param size rows a batch, at least 1; the last batch of an epoch may be smaller
 * @param accumulation batches a step, at least 1: their gradients are added up as if they were one batch
 * @param shuffle whether each epoch has an order of rows of its own
 * @param dropLast whether a last batch that is smaller is left out; a single batch never is
 */
public record Batching(int size, int accumulation, boolean shuffle, boolean dropLast) {
    /**
     * Checked settings.
     *
     * @param size at least 1
     * @param accumulation at least 1
     * @param shuffle whether each epoch has an order of its own
     * @param dropLast whether a last batch that is smaller is left out
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Batching {
        if (size < 1 || accumulation < 1) {
            throw new IllegalArgumentException(
                    "training: batch_size and accumulation must be at least 1, got " + size + " and " + accumulation);
        }
    }

    /**
     * Shuffled batches of which each makes a step.
     *
     * @param size rows a batch, at least 1
     * @return the settings
     */
    public static Batching of(int size) {
        return new Batching(size, 1, true, false);
    }
}
