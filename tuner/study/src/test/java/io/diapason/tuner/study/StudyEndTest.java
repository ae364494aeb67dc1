package io.diapason.tuner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tuner.sampler.GridSampler;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.sampler.Sampler;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.TrialRecord;
import io.diapason.tuner.trial.TrialState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How trials and studies end: well, badly, early; and that no thread stays behind. */
@Timeout(60)
class StudyEndTest {
    private static final SearchSpace SPACE = SearchSpace.define(s -> s.integer("x", 0, 9));
    private static final StudyConfig TEN = StudyConfig.minimize(10).workers(4);

    @AfterEach
    void noThreadIsLeftBehind() {
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("diapason-"))
                .toList();
        assertEquals(List.of(), left);
    }

    @Test
    void whateverAnObjectiveDoesEndsItsTrialOnly() {
        StudyResult result = study(TEN).run(trial -> switch (trial.number()) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> throw new IOException("disk\n   full");
            case 3 -> throw new OutOfMemoryError("Java heap space");
            case 4 -> recurse(0);
            case 5 -> throw new AssertionError();
            case 6 -> throw new TrialPruned("worse than the median");
            case 7 ->
                throw new IllegalStateException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new UnsupportedOperationException();
                    }
                };
            case 8 -> {
                Thread.currentThread().interrupt();
                yield 8;
            }
            default -> 9;
        });
        assertEquals(
                List.of(
                        "objective: value must be a finite number, got NaN",
                        "objective: value must be a finite number, got -Infinity",
                        "objective: must not throw, got IOException: disk full",
                        "objective: must not throw, got OutOfMemoryError: Java heap space",
                        "objective: must not throw, got StackOverflowError",
                        "objective: must not throw, got AssertionError",
                        "worse than the median",
                        "objective: must not throw, got ",
                        "",
                        ""),
                result.records().stream()
                        .map(trial -> trial.reason().orElse(""))
                        .toList());
        assertEquals(7, result.count(TrialState.FAILED));
        assertEquals(1, result.count(TrialState.PRUNED));
        assertEquals(2, result.count(TrialState.COMPLETE));
        assertEquals(8, result.best().orElseThrow().number());
        assertEquals(List.of(), result.interventions());
    }

    @Test
    void thereIsNoBestWhenAllFailed() {
        StudyResult result = study(TEN).run(trial -> Double.NaN);
        assertEquals(Optional.empty(), result.best());
        assertEquals(10, result.count(TrialState.FAILED));
    }

    @Test
    void wrongReportsAndLongAttributesFailTheTrialInASentence() {
        StudyResult result = study(TEN.workers(1)).run(trial -> {
            switch (trial.number()) {
                case 0 -> trial.report(3, Double.NaN);
                case 1 -> {
                    trial.report(3, 1);
                    trial.report(3, 1);
                }
                case 2 -> trial.attribute("log", "x".repeat(1001));
                default -> {
                    trial.report(0, 0.5);
                    trial.report(4, 0.25);
                    trial.attribute("best_epoch", 4);
                    trial.attribute("r2", Double.NaN);
                    trial.attribute("note", "fine");
                    trial.attribute("accuracy", 0.5);
                }
            }
            return 1;
        });
        String thrown = "objective: must not throw, got IllegalArgumentException: ";
        assertEquals(
                thrown + "report: value must be a finite number, got NaN at step 3",
                result.records().get(0).reason().orElseThrow());
        assertEquals(
                thrown + "report: steps must rise, got step 3 after step 3",
                result.records().get(1).reason().orElseThrow());
        assertEquals(1, result.records().get(1).reports().size());
        assertEquals(
                thrown + "attribute log: text must have at most 1000 characters, got 1001; keep large things in files",
                result.records().get(2).reason().orElseThrow());
        TrialRecord fine = result.records().get(3);
        assertEquals(
                "[Report[step=0, value=0.5], Report[step=4, value=0.25]]",
                fine.reports().toString());
        assertEquals(
                List.of("best_epoch", "r2", "note", "accuracy"),
                List.copyOf(fine.attributes().keySet()));
        assertEquals(new Value.Text("NaN"), fine.attributes().get("r2"));
        assertEquals(new Value.Integral(4), fine.attributes().get("best_epoch"));
    }

    @Test
    void anEndedTrialTakesNoMoreReports() {
        AtomicReference<Trial> kept = new AtomicReference<>();
        study(TEN.workers(1)).run(trial -> {
            kept.set(trial);
            return 0;
        });
        Trial last = kept.get();
        assertNotNull(last);
        assertEquals(
                "report: the trial must be running, got trial 9, which ended",
                assertThrows(IllegalStateException.class, () -> last.report(1, 1))
                        .getMessage());
        assertEquals(
                "attribute: the trial must be running, got trial 9, which ended",
                assertThrows(IllegalStateException.class, () -> last.attribute("a", 1))
                        .getMessage());
    }

    @Test
    void detachedTrialDrawsTheNumbersOfItsStudy() {
        List<Double> drawn = new ArrayList<>();
        study(TEN.workers(1).seed(6)).run(trial -> {
            drawn.add(trial.rng().doubleAt(5));
            return 0;
        });
        assertEquals(drawn.get(7), Trial.detached(7, Params.empty(), 6).rng().doubleAt(5));
        assertEquals(10, drawn.stream().distinct().count());
    }

    @Test
    void anExhaustedGridEndsTheStudy() {
        StudyResult result = new Study(
                        SPACE, new GridSampler(), StudyConfig.maximize(50).workers(4))
                .run(trial -> trial.params().integer("x"));
        assertEquals(10, result.records().size());
        assertEquals(9, result.best().orElseThrow().value().orElseThrow());
        assertEquals(List.of(), result.interventions());
    }

    @Test
    void cancelKeepsWhatIsFinishedAndInterruptsTheRest() {
        Cancellation cancellation = new Cancellation();
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(2);
        StudyResult result = study(TEN)
                .run(
                        trial -> {
                            if (trial.number() == 1 || trial.number() == 3) {
                                stuck.countDown();
                                never.await();
                            }
                            if (trial.number() == 5) {
                                stuck.await();
                                cancellation.cancel();
                                assertTrue(trial.isCancelled());
                                return 5;
                            }
                            return trial.number();
                        },
                        StudyListener.none(),
                        cancellation);
        List<Integer> finished =
                result.records().stream().map(TrialRecord::number).toList();
        assertTrue(finished.containsAll(List.of(0, 2, 4, 5)), finished.toString());
        assertFalse(finished.contains(1) || finished.contains(3), finished.toString());
        assertEquals(1, result.interventions().size());
        assertTrue(result.interventions().get(0) instanceof Intervention.Cancelled);
    }

    @Test
    void aStudyCancelledBeforeStartsNothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        StudyResult result = study(TEN).run(trial -> 1, StudyListener.none(), cancellation);
        assertEquals(List.of(), result.records());
        assertEquals(List.of(new Intervention.Cancelled(0)), result.interventions());
    }

    @Test
    void cancelOfTheLastTrialsIsNotedAsWell() {
        CountDownLatch never = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        StudyResult result = study(StudyConfig.minimize(2).workers(2))
                .run(
                        trial -> {
                            if (trial.number() == 1) {
                                cancellation.cancel();
                            }
                            never.await();
                            return 0;
                        },
                        StudyListener.none(),
                        cancellation);
        assertEquals(List.of(), result.records());
        assertEquals(List.of(new Intervention.Cancelled(2)), result.interventions());
    }

    @Test
    void interruptingTheCallerCancelsAndKeepsItsFlag() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<StudyResult> result = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            result.set(study(TEN.workers(1)).run(trial -> {
                if (trial.number() == 2) {
                    running.countDown();
                    never.await();
                }
                return trial.number();
            }));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        running.await();
        caller.interrupt();
        caller.join();
        assertEquals(2, result.get().records().size());
        assertEquals(List.of(new Intervention.Cancelled(3)), result.get().interventions());
        assertEquals(true, flag.get());
    }

    @Test
    void anObjectiveThatIsInterruptedEndsTheStudy() {
        StudyResult result = study(TEN.workers(1)).run(trial -> {
            if (trial.number() == 4) {
                throw new InterruptedException();
            }
            return 0;
        });
        assertEquals(4, result.records().size());
        assertEquals(List.of(new Intervention.Cancelled(5)), result.interventions());
    }

    @Test
    void noJobStartsAfterTheTimeBudgetAndRunningOnesFinish() {
        AtomicLong now = new AtomicLong(1_000);
        StudyConfig config = TEN.workers(1).timeBudget(Duration.ofSeconds(5));
        StudyResult result = new StudyRun(
                        study(config),
                        trial -> {
                            now.addAndGet(Duration.ofSeconds(2).toNanos());
                            return 1;
                        },
                        StudyListener.none(),
                        new Cancellation(),
                        now::get)
                .run();
        assertEquals(3, result.records().size());
        assertEquals(2.0, result.records().get(2).seconds(), 1e-9);
        assertEquals(6.0, result.seconds(), 1e-9);
        assertEquals(List.of(new Intervention.TimeBudgetReached(3, Duration.ofSeconds(5))), result.interventions());
    }

    @Test
    void aBrokenSamplerEndsTheRunWithItsOwnException() {
        List<StudyEvent> heard = new ArrayList<>();
        Study study = new Study(
                SPACE,
                (space, history, seed, number) -> {
                    if (number == 3) {
                        throw new ArithmeticException("singular");
                    }
                    return Optional.of(Params.empty().with("x", number));
                },
                TEN.parallelism(1));
        assertEquals(
                "singular",
                assertThrows(ArithmeticException.class, () -> study.run(trial -> 1, heard::add))
                        .getMessage());
        assertEquals(
                3,
                heard.stream()
                        .filter(StudyEvent.TrialFinished.class::isInstance)
                        .count());
    }

    private enum Outside implements Sampler {
        SAMPLER;

        @Override
        public Optional<Params> suggest(SearchSpace space, History history, long seed, int number) {
            return Optional.of(Params.empty().with("x", 10));
        }
    }

    @Test
    void aSuggestionOutsideTheSpaceIsTheSamplersFault() {
        SpaceException e =
                assertThrows(SpaceException.class, () -> new Study(SPACE, Outside.SAMPLER, TEN).run(trial -> 1));
        assertEquals(
                "sampler Outside: trial 0 must lie in the space, got {\"x\":10} (parameter x: value must be a whole"
                        + " number from 0 to 9, got 10)",
                e.getMessage());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static double recurse(double depth) {
        return 1 + recurse(depth + 1);
    }

    private static Study study(StudyConfig config) {
        return new Study(SPACE, new RandomSampler(), config);
    }
}
