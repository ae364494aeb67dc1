package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.metric.Metric;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.StudyEvent;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.Report;
import io.diapason.tuner.trial.TrialRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LineProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long seconds;
    private final LineProgress progress = new LineProgress(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            new SearchProgress(Metric.ACCURACY, () -> seconds * 1_000_000_000L));
    private final StudyConfig config = StudyConfig.maximize(10).workers(2);

    private void finish(int number, Outcome outcome) {
        progress.onEvent(
                new StudyEvent.TrialFinished(new TrialRecord(number, Params.empty(), outcome, List.of(), Map.of(), 1)));
    }

    private void start(long size) {
        progress.onEvent(new StudyEvent.StudyStarted(new SearchSpace(List.of()), config, size));
    }

    @Test
    void startAndEndAreSaidAndBetweenThemOneLineInFiveSeconds() {
        start(Long.MAX_VALUE);
        for (seconds = 1; seconds <= 9; seconds++) {
            progress.onEvent(new StudyEvent.TrialReported((int) seconds, new Report(1, 0.5)));
            finish((int) seconds - 1, seconds == 3 ? new Outcome.Failed("x") : new Outcome.Complete(0.1 * seconds));
        }
        finish(9, new Outcome.Complete(0.2));
        progress.onEvent(new StudyEvent.StudyFinished(new StudyResult(config, List.of(), List.of(), 1)));
        assertEquals("""
                search: 10 trials, 2 at a time
                trial 4/10, best accuracy 0.4000 (trial 3), 1 failed, 5 epochs, about 7.5 s left
                trial 10/10, best accuracy 0.9000 (trial 8), 1 failed, 9 epochs, 10 s
                """, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aGridOfFewerPointsIsTheTotal() {
        start(6);
        seconds = 2;
        finish(0, new Outcome.Failed("x"));
        progress.onEvent(new StudyEvent.StudyFinished(new StudyResult(config, List.of(), List.of(), 1)));
        assertEquals("""
                search: 6 trials, 2 at a time
                trial 1/6, no accuracy yet, 1 failed, 0 epochs, about 10 s left
                """, bytes.toString(StandardCharsets.UTF_8));
    }
}
