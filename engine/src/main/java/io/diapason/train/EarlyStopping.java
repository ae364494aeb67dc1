package io.diapason.train;

/**
 * When training stops before its last epoch.
 *
 * @param patience epochs without a better validation value before training stops; 0 never stops early
 * @param minDelta by how much a value must be better to count for patience, at least 0; the best epoch is the best all
 *     the same
 */
public record EarlyStopping(int patience, double minDelta) {
    /**
     * Checked settings.
     *
     * @param patience at least 0
     * @param minDelta at least 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public EarlyStopping {
        if (patience < 0 || !(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "training: patience and min_delta must be at least 0, got " + patience + " and " + minDelta);
        }
    }

    /** Whether so many epochs without progress are too many. */
    boolean isDue(int epochsWithoutProgress) {
        return patience > 0 && epochsWithoutProgress >= patience;
    }
}
