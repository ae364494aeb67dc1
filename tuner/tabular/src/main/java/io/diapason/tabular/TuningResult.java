package io.diapason.tabular;

import io.diapason.metric.Metric;
import io.diapason.metric.Scores;
import io.diapason.model.TabularModel;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.trial.TrialRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a tuning found. Closing it closes the model.
 *
 * @param metric what decided
 * @param study every trial
 * @param winner the trial whose parameters the model has
 * @param model trained on training and validation rows
 * @param test how good it is on the test rows, or null when there are none
 * @param epochs of all trials together, the last training not counted
 */
public record TuningResult(
        Metric metric,
        StudyResult study,
        TrialRecord winner,
        TabularModel model,
        @Nullable Scores test,
        long epochs) implements AutoCloseable {
    @Override
    public void close() {
        model.close();
    }
}
