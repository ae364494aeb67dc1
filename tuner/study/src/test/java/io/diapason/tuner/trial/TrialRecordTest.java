package io.diapason.tuner.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tuner.space.Params;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrialRecordTest {
    @Test
    void stateValueAndReasonFollowTheOutcome() {
        TrialRecord complete = trial(0, new Outcome.Complete(1.5));
        assertEquals(TrialState.COMPLETE, complete.state());
        assertEquals(OptionalDouble.of(1.5), complete.value());
        assertEquals(Optional.empty(), complete.reason());
        TrialRecord failed = trial(0, new Outcome.Failed("out of paper"));
        assertEquals(TrialState.FAILED, failed.state());
        assertEquals(OptionalDouble.empty(), failed.value());
        assertEquals(Optional.of("out of paper"), failed.reason());
        TrialRecord pruned = trial(0, new Outcome.Pruned("hopeless"));
        assertEquals(TrialState.PRUNED, pruned.state());
        assertEquals(OptionalDouble.empty(), pruned.value());
        assertEquals(Optional.of("hopeless"), pruned.reason());
    }

    @Test
    void bestFollowsTheDirectionAndTiesGoToTheLowestNumber() {
        List<TrialRecord> trials = List.of(
                trial(4, new Outcome.Complete(1)),
                trial(3, new Outcome.Complete(2)),
                trial(1, new Outcome.Complete(1)),
                trial(2, new Outcome.Complete(2)),
                trial(0, new Outcome.Failed("broken")));
        assertEquals(1, Direction.MINIMIZE.best(trials).orElseThrow().number());
        assertEquals(2, Direction.MAXIMIZE.best(trials).orElseThrow().number());
        assertEquals(Optional.empty(), Direction.MINIMIZE.best(trials.subList(4, 5)));
    }

    @Test
    void impossibleRecordsAreRefused() {
        assertEquals("trial: number must be at least 0, got -1", refusal(() -> trial(-1, new Outcome.Failed("x"))));
        assertEquals(
                "trial: seconds must be at least 0, got NaN",
                refusal(() ->
                        new TrialRecord(0, Params.empty(), new Outcome.Failed("x"), List.of(), Map.of(), Double.NaN)));
        assertEquals(
                "objective: value must be a finite number, got NaN", refusal(() -> new Outcome.Complete(Double.NaN)));
        assertEquals("report: step must be at least 0, got -1", refusal(() -> new Report(-1, 0)));
        assertEquals(
                "report: value must be a finite number, got Infinity at step 2",
                refusal(() -> new Report(2, Double.POSITIVE_INFINITY)));
    }

    private static TrialRecord trial(int number, Outcome outcome) {
        return new TrialRecord(number, Params.empty(), outcome, List.of(), Map.of(), 0);
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
