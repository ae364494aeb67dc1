package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import io.diapason.data.Table;
import io.diapason.tensor.Device;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.sampler.Sampler;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.Intervention;
import io.diapason.tuner.study.StudyEvent;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.TrialRecord;
import io.diapason.tuner.trial.TrialState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tunings end otherwise than well, and that none leaves memory behind. */
class TuningEndTest {
    /** Steps of 1e30 leave float32 at once. */
    private static final Params DIVERGING = Params.of(Map.of("optimizer", "sgd", "lr", 1e30));

    private static final String DIVERGED =
            "training: the loss must stay finite, got NaN in" + " epoch 1, step 2; a smaller learning rate helps";

    /** More trials than can end before a listener is heard. */
    private static final int MANY = 10_000;

    private long usedBefore;

    private static long used() {
        return Backend.of(Device.CPU).memory().used();
    }

    @BeforeEach
    void readMemory() {
        usedBefore = used();
    }

    @AfterEach
    void allMemoryIsGivenBack() {
        assertEquals(usedBefore, used());
    }

    @Test
    void aModelHoldsMemoryUntilItsResultIsClosed() {
        try (TuningResult result = TuningTest.run(
                TestTables.line(80, 1), TestTables.quick("y").epochs(2).build())) {
            assertTrue(used() > usedBefore, result.toString());
        }
        assertEquals(usedBefore, used());
    }

    @Test
    void aTrialThatDivergesFailsAndTheStudyGoesOn() {
        SearchSpace space = SearchSpace.define(s -> {
            s.choice("lr", 0.01, 1e30);
            s.choice("units", 4);
        });
        TuningConfig config = TestTables.quick("label")
                .space(space)
                .fixed(Params.of(Map.of("optimizer", "sgd")))
                .trials(12)
                .build();
        try (TuningResult result = TuningTest.run(TestTables.clouds(2, 150, 1), config)) {
            int failed = 0;
            for (TrialRecord trial : result.study().records()) {
                boolean diverges = trial.params().floating("lr") > 1;
                assertEquals(diverges ? TrialState.FAILED : TrialState.COMPLETE, trial.state());
                assertEquals(diverges ? Optional.of(DIVERGED) : Optional.empty(), trial.reason());
                failed += diverges ? 1 : 0;
            }
            assertTrue(failed > 0 && failed < 12, "seed 11 drew " + failed + " diverging trials of 12");
            assertEquals(0.01, result.winner().params().floating("lr"));
        }
    }

    @Test
    void whenEveryTrialFailsTheFirstReasonIsTold() {
        TuningConfig config =
                TestTables.quick("label").fixed(DIVERGING).trials(3).build();
        assertEquals(
                "tuning: at least one trial must be complete, got none of 3 (trial 0: " + DIVERGED + ")",
                assertThrows(TuningException.class, () -> TuningTest.run(TestTables.clouds(2, 150, 1), config))
                        .getMessage());
    }

    @Test
    void aStudyThatIsCancelledBeforeAnythingEndsHasNoResult() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Tuning tuning = Tuning.prepare(
                TestTables.clouds(2, 60, 1), TestTables.quick("label").build());
        assertEquals(
                "tuning: at least one trial must be complete, got none that ended; more time helps",
                assertThrows(TuningException.class, () -> tuning.run(StudyListener.none(), cancellation))
                        .getMessage());
    }

    @Test
    void cancellationKeepsFinishedTrialsAndDropsRunningOnes() {
        Table table = TestTables.line(100, 1);
        TuningConfig.Builder config = TestTables.quick("y").epochs(8);
        Cancellation cancellation = new Cancellation();
        StudyListener inTheThird = event -> {
            if (event instanceof StudyEvent.TrialReported reported
                    && reported.number() >= 2
                    && reported.report().step() == 3) {
                cancellation.cancel();
            }
        };
        try (TuningResult part =
                Tuning.prepare(table, config.trials(MANY).build()).run(inTheThird, cancellation)) {
            List<TrialRecord> kept = part.study().records();
            assertTrue(!kept.isEmpty() && kept.size() < MANY, kept.size() + " were kept");
            assertInstanceOf(
                    Intervention.Cancelled.class, part.study().interventions().get(0));
            assertEquals(part.study().best().orElseThrow(), part.winner());
            int most = kept.get(kept.size() - 1).number() + 1;
            try (TuningResult whole = TuningTest.run(table, config.trials(most).build())) {
                List<List<Object>> all = TestTables.repeatable(whole.study());
                for (List<Object> record : TestTables.repeatable(part.study())) {
                    assertEquals(all.get((int) record.get(0)), record, "no trial was cut short");
                }
            }
        }
    }

    @Test
    void anInterruptedCallerHasTheResultOfWhatFinished() {
        TuningConfig config = TestTables.quick("y").trials(MANY).epochs(3).build();
        StudyListener interrupting = event -> {
            if (event instanceof StudyEvent.TrialFinished finished
                    && finished.trial().number() == 1) {
                Thread.currentThread().interrupt();
            }
        };
        try (TuningResult result =
                Tuning.prepare(TestTables.line(100, 1), config).run(interrupting, new Cancellation())) {
            assertTrue(Thread.interrupted(), "the flag is set again");
            assertTrue(result.study().records().size() < MANY);
        }
    }

    @Test
    void aSamplerThatThrowsEndsTheTuningWithItsException() {
        Sampler broken = new Sampler() {
            @Override
            public Optional<Params> suggest(SearchSpace space, History history, long seed, int number) {
                if (number == 2) {
                    throw new IllegalStateException("broken at 2");
                }
                return new RandomSampler().suggest(space, history, seed, number);
            }
        };
        TuningConfig config = TestTables.quick("y").sampler(broken).epochs(2).build();
        assertEquals(
                "broken at 2",
                assertThrows(IllegalStateException.class, () -> TuningTest.run(TestTables.line(80, 1), config))
                        .getMessage());
    }
}
