package io.diapason.train;

/** The loss became infinite or NaN, or the last step a parameter; the message says when and what helps. */
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
                + (epoch == 1 && step == 1
                        ? "; no step was made before, so look at the examples and at how parameters start"
                        : "; a smaller learning rate helps"));
        this.loss = loss;
        this.epoch = epoch;
        this.step = step;
    }

    /** A parameter that the last step spoiled. */
    TrainingDivergedException(String parameter, int epochs) {
        super("training: parameters must stay finite, got NaN or an infinity in " + parameter + " after epoch " + epochs
                + "; a smaller learning rate helps");
        this.loss = Double.NaN;
        this.epoch = epochs;
        this.step = 0;
    }

    /**
     * What the loss was.
     *
     * @return NaN or an infinity; NaN where a parameter is the reason
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
     * @return from 1; 0 where a parameter was seen after the last epoch
     */
    public int step() {
        return step;
    }
}
