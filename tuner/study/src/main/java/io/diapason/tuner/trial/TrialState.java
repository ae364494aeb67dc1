package io.diapason.tuner.trial;

/** The kinds of {@link Outcome}. */
public enum TrialState {
    /** The trial gave a value. */
    COMPLETE,
    /** The trial came to no value. */
    FAILED,
    /** The trial was stopped early. */
    PRUNED
}
