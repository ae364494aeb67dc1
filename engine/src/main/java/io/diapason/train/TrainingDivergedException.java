package io.diapason.train;

/** The loss became infinite or NaN; the message says when and what helps. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The loss. */
    private final double loss;

    /** Where it was, from 1. */
    private final int epoch;

    /** Where it was within the epoch, from 1. */
    private final int step;

    TrainingDivergedException(double loss, int epoch, int step) {
        super("training: the loss must stay finite, got " + loss + " in epoch " + epoch + ", step " + step
                + "; a smaller learning rate helps");
        this.loss = loss;
        this.epoch = epoch;
        this.step = step;
    }

    /**
     * What the loss was.
     *
     * @return NaN or an infinity
     */
    public double loss() {
        return loss;
    }

    /**
     * The epoch it was seen in.
     *
     * @return from 1
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The step of the epoch it was seen in; the step was not made.
     *
     * @return from 1
     */
    public int step() {
        return step;
    }
}
