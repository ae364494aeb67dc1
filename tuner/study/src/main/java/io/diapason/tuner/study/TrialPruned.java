package io.diapason.tuner.study;

import java.io.Serial;

/** Thrown by an objective to end its trial as pruned. It controls flow, so it has no stack trace. */
public final class TrialPruned extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A pruning with its reason.
     *
     * @param reason one sentence
     */
    public TrialPruned(String reason) {
        super(reason, null, false, false);
    }
}
