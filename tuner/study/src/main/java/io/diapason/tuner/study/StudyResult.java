package io.diapason.tuner.study;

import io.diapason.tuner.trial.TrialRecord;
import io.diapason.tuner.trial.TrialState;
import java.util.List;
import java.util.Optional;

/**
 * What a study found.
 *
 * @param config what the study was
 * @param records its finished trials by number; only after a cancel may numbers be missing
 * @param interventions what ended it early, if anything did
 * @param seconds how long it ran
 */
public record StudyResult(
        StudyConfig config, List<TrialRecord> records, List<Intervention> interventions, double seconds) {
    /**
     * Copies the lists.
     *
     * @param config what the study was
     * @param records its finished trials
     * @param interventions what ended it early
     * @param seconds how long it ran
     */
    public StudyResult {
        records = List.copyOf(records);
        interventions = List.copyOf(interventions);
    }

    /**
     * The complete trial of the best value; of equals, the one of the lowest number.
     *
     * @return the trial, or nothing when none is complete
     */
    public Optional<TrialRecord> best() {
        return config.direction().best(records);
    }

    /**
     * How many trials ended one way.
     *
     * @param state the way
     * @return their number
     */
    public int count(TrialState state) {
        return (int) records.stream().filter(trial -> trial.state() == state).count();
    }
}
