package io.diapason.train;

/** The loss became infinite or NaN; the message says when and what helps. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingDivergedException(double loss, int epoch, int step) {
        super("training: the loss must stay finite, got " + loss + " in epoch " + epoch + ", step " + step
                + "; a smaller learning rate helps");
    }
}
