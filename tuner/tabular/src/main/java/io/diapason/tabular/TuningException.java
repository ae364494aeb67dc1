package io.diapason.tabular;

import io.diapason.tuner.study.StudyResult;
import java.util.List;

/** A study ended without a model; the message says why. */
public final class TuningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TuningException(String message) {
        super(message);
    }

    static TuningException noneComplete(StudyResult study) {
        String got = study.records().stream()
                .findFirst()
                .map(first -> "none of " + study.records().size() + " (trial " + first.number() + ": "
                        + first.reason().orElseThrow() + ")")
                .orElse("none that ended; more time helps");
        return new TuningException("tuning: at least one trial must be complete, got " + got);
    }

    static TuningException noneTrainsAgain(List<String> reasons) {
        return new TuningException(
                "tuning: at least one complete trial must train again on training and validation rows"
                        + " together, got none of " + reasons.size() + " (the best: " + reasons.get(0) + ")");
    }
}
