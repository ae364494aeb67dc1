package io.diapason.tuner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StudyOrderTest {
    private static final StudyConfig CONFIG =
            StudyConfig.minimize(60).parallelism(4).seed(12).workers(1);

    @Test
    void workersAndDurationsNeverChangeAResult() {
        List<TrialRecord> alone = run(new WitnessSampler(), CONFIG, 0);
        assertEquals(60, alone.size());
        for (int workers : new int[] {1, 2, 4, 8}) {
            for (long durations = 1; durations <= 3; durations++) {
                assertEquals(
                        alone,
                        run(new WitnessSampler(), CONFIG.workers(workers), durations),
                        workers + " workers, durations of seed " + durations);
            }
        }
    }

    @Test
    void jobIsDecidedFromExactlyTheResultsOfTheJobsPBefore() {
        for (int parallelism : new int[] {1, 3, 4, 100}) {
            WitnessSampler sampler = new WitnessSampler();
            List<TrialRecord> trials =
                    run(sampler, CONFIG.parallelism(parallelism).workers(8), 5);
            assertEquals(60, sampler.seen.size());
            sampler.seen.forEach((n, history) -> {
                int known = Math.max(0, n - parallelism + 1);
                assertEquals(
                        trials.subList(0, known),
                        history.records().stream()
                                .map(StudyOrderTest::withoutTime)
                                .toList());
                assertEquals(
                        trials.subList(known, n).stream()
                                .map(TrialRecord::params)
                                .toList(),
                        history.pending());
            });
        }
    }

    @Test
    void anotherParallelismIsAnotherStudy() {
        assertTrue(!run(new WitnessSampler(), CONFIG, 0).equals(run(new WitnessSampler(), CONFIG.parallelism(5), 0)));
    }

    @Test
    void theFirstOfEachGroupMayFinishLast() {
        // Trial 4k ends only after 4k+1 … 4k+3 have ended: the worst order that P = 4 allows.
        List<TrialRecord> alone = run(new WitnessSampler(), CONFIG, 0);
        CountDownLatch[] othersEnded =
                Stream.generate(() -> new CountDownLatch(3)).limit(15).toArray(CountDownLatch[]::new);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StudyResult result = new Study(WitnessSampler.SPACE, new WitnessSampler(), CONFIG.workers(8)).run(trial -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            if (trial.number() % 4 == 0) {
                othersEnded[trial.number() / 4].await();
            }
            try {
                return objective(trial);
            } finally {
                running.decrementAndGet();
                if (trial.number() % 4 != 0) {
                    othersEnded[trial.number() / 4].countDown();
                }
            }
        });
        assertEquals(
                alone,
                result.records().stream().map(StudyOrderTest::withoutTime).toList());
        assertTrue(most.get() <= 4, "at most P = 4 jobs may run at once, got " + most);
    }

    @Test
    void theSamplerIsAskedByOneWorkerAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WitnessSampler witness = new WitnessSampler();
        new Study(
                        WitnessSampler.SPACE,
                        (space, history, seed, number) -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            var params = witness.suggest(space, history, seed, number);
                            inside.decrementAndGet();
                            return params;
                        },
                        CONFIG.workers(8))
                .run(StudyOrderTest::objective);
        assertEquals(1, most.get());
    }

    @Test
    void sequenceWaitsForTheJobPBefore() {
        JobSequence jobs = new JobSequence(Direction.MINIMIZE, 3);
        List<TrialRecord> done = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            done.add(new TrialRecord(n, one(n), new Outcome.Complete(n), List.of(), Map.of(), 0));
        }
        for (int n = 0; n < 3; n++) {
            assertTrue(jobs.isReady());
            jobs.decide(one(n));
        }
        jobs.finish(done.get(2));
        jobs.finish(done.get(1));
        assertTrue(!jobs.isReady());
        jobs.finish(done.get(0));
        assertTrue(jobs.isReady());
        // Jobs 1 and 2 are finished as well, but job 3 is decided from job 0 alone.
        History history = jobs.history();
        assertEquals(done.subList(0, 1), history.records());
        assertEquals(List.of(one(1), one(2)), history.pending());
        assertEquals(3, history.nextNumber());
        assertEquals(done.subList(0, 3), jobs.records());
    }

    private static Params one(int n) {
        return Params.empty().with("x", n);
    }

    /** Trials without their times, which no run repeats. */
    private static List<TrialRecord> run(WitnessSampler sampler, StudyConfig config, long durations) {
        StudyResult result = new Study(WitnessSampler.SPACE, sampler, config).run(trial -> {
            work(durations == 0 ? 0 : Rng.of(durations).intAt(trial.number(), 200_000));
            return objective(trial);
        });
        return result.records().stream().map(StudyOrderTest::withoutTime).toList();
    }

    private static double objective(Trial trial) {
        if (trial.number() % 9 == 5) {
            throw new IllegalStateException("ninth");
        }
        trial.report(1, trial.rng().doubleAt(0));
        trial.attribute("best_epoch", trial.number());
        return trial.params().floating("x") + trial.rng().gaussianAt(1);
    }

    /** Some work that no compiler removes: Collatz steps. */
    private static void work(int amount) {
        long x = 27;
        for (int i = 0; i < amount; i++) {
            x = (x & 1) == 0 ? x / 2 : 3 * x + 1;
        }
        if (x < 1) {
            throw new AssertionError(x);
        }
    }

    private static TrialRecord withoutTime(TrialRecord trial) {
        return new TrialRecord(trial.number(), trial.params(), trial.outcome(), trial.reports(), trial.attributes(), 0);
    }
}
