package io.diapason.tabular;

import io.diapason.tuner.study.StudyResult;
import org.jspecify.annotations.Nullable;

/** A study ended without a model; the message says why. */
public final class TuningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TuningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static TuningException of(StudyResult result, @Nullable RuntimeException refit) {
        if (refit != null) {
            return new TuningException(
                    "tuning: the best trials must train again on all rows, but each diverged (" + refit.getMessage()
                            + ")",
                    refit);
        }
        String reason = result.records().stream()
                .flatMap(trial -> trial.reason().stream())
                .findFirst()
                .map(first -> "all " + result.records().size() + " failed, the first with: " + first)
                .orElse("none finished");
        return new TuningException("tuning: at least one trial must come to a value, but " + reason, null);
    }
}
