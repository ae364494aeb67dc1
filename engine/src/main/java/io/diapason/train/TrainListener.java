package io.diapason.train;

import java.util.function.Predicate;

/**
 * Hears of a training while it runs, in its thread: each step, after the last step of an epoch the epoch, at last the
 * end. A listener that returns false ends the training there; what it kept in a {@link Checkpoint} can be resumed.
 */
public interface TrainListener {
    /**
     * A step was made.
     *
     * @param step the step
     * @return whether to go on
     */
    default boolean onStep(Step step) {
        return true;
    }

    /**
     * An epoch was finished, and measured when there is a monitor.
     *
     * @param epoch the epoch
     * @return whether to go on
     */
    default boolean onEpoch(Epoch epoch) {
        return true;
    }

    /**
     * Training is over and the module holds its result. Not called when an exception ends it.
     *
     * @param result what was done
     */
    default void onEnd(TrainingResult result) {}

    /**
     * A listener that hears nothing.
     *
     * @return the listener
     */
    static TrainListener none() {
        return new EpochListener(epoch -> true);
    }

    /**
     * A listener of epochs.
     *
     * @param goOn called after each epoch; false ends the training
     * @return the listener
     */
    static TrainListener epochs(Predicate<Epoch> goOn) {
        return new EpochListener(goOn);
    }

    /**
     * This listener and another one, which hears each event after this; both hear it even when one ends the training.
     *
     * @param next the other
     * @return both
     */
    default TrainListener and(TrainListener next) {
        TrainListener first = this;
        return new TrainListener() {
            @Override
            public boolean onStep(Step step) {
                boolean goesOn = first.onStep(step);
                return next.onStep(step) && goesOn;
            }

            @Override
            public boolean onEpoch(Epoch epoch) {
                boolean goesOn = first.onEpoch(epoch);
                return next.onEpoch(epoch) && goesOn;
            }

            @Override
            public void onEnd(TrainingResult result) {
                first.onEnd(result);
                next.onEnd(result);
            }
        };
    }
}
