package io.diapason.tuner.study;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by an objective to end its trial as failed, with a reason of its own: what it tried cannot come to a value.
 * Any other exception fails the trial, too, with a reason that says it was not meant.
 */
public final class TrialFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A failure with its reason.
     *
     * @param reason one sentence
     * @param cause what happened below, or null
     */
    public TrialFailed(String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
    }
}
