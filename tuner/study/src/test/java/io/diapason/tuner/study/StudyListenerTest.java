package io.diapason.tuner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tuner.sampler.GridSampler;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StudyListenerTest {
    private static final SearchSpace SPACE = SearchSpace.define(s -> s.integer("x", 0, 9));
    private static final StudyConfig CONFIG = StudyConfig.minimize(30).workers(4);

    @Test
    void eventsComeInOrderOneAtATimeOnTheCallersThread() {
        List<StudyEvent> heard = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        Thread caller = Thread.currentThread();
        StudyResult result = new Study(SPACE, new RandomSampler(), CONFIG)
                .run(
                        trial -> {
                            trial.report(1, 1);
                            trial.report(2, 2);
                            return trial.number();
                        },
                        event -> {
                            assertEquals(1, inside.incrementAndGet());
                            assertSame(caller, Thread.currentThread());
                            heard.add(event);
                            inside.decrementAndGet();
                        });
        assertEquals(2 + 4 * 30, heard.size());
        assertEquals(new StudyEvent.StudyStarted(SPACE, CONFIG, Long.MAX_VALUE), heard.get(0));
        assertEquals(new StudyEvent.StudyFinished(result), heard.get(heard.size() - 1));
        int started = 0;
        Map<Integer, String> story = new HashMap<>();
        for (StudyEvent event : heard.subList(1, heard.size() - 1)) {
            if (event instanceof StudyEvent.TrialStarted start) {
                assertEquals(started++, start.number());
                assertEquals(result.records().get(start.number()).params(), start.params());
                story.merge(start.number(), "s", String::concat);
            } else if (event instanceof StudyEvent.TrialReported reported) {
                story.merge(reported.number(), "" + reported.report().step(), String::concat);
            } else if (event instanceof StudyEvent.TrialFinished finished) {
                assertSame(result.records().get(finished.trial().number()), finished.trial());
                story.merge(finished.trial().number(), "f", String::concat);
            }
        }
        assertEquals(30, story.size());
        story.values().forEach(one -> assertEquals("s12f", one));
    }

    @Test
    void theSizeOfAGridIsSaidBeforeItStarts() {
        List<StudyEvent> heard = new ArrayList<>();
        new Study(SPACE, new GridSampler(), CONFIG).run(trial -> 1, heard::add);
        assertEquals(new StudyEvent.StudyStarted(SPACE, CONFIG, 10), heard.get(0));
    }

    @Test
    void whatAListenerThrowsLosesNoTrial() {
        AtomicInteger heard = new AtomicInteger();
        StudyResult result = new Study(SPACE, new RandomSampler(), CONFIG).run(trial -> 1, event -> {
            int number = heard.incrementAndGet();
            if (number == 3) {
                throw new OutOfMemoryError("test");
            }
            if (number % 10 == 0) {
                throw new IllegalStateException("test");
            }
        });
        assertEquals(30, result.records().size());
        assertEquals(2 + 2 * 30, heard.get());
    }

    @Test
    void trainingDoesNotWaitForAListener() {
        // The listener stays at the first event until all trials have run: that can only end if none waits for it.
        CountDownLatch ran = new CountDownLatch(30);
        StudyResult result = new Study(SPACE, new RandomSampler(), CONFIG)
                .run(
                        trial -> {
                            ran.countDown();
                            return 1;
                        },
                        event -> {
                            try {
                                ran.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertEquals(30, result.records().size());
    }

    @Test
    void aListenerMayCancel() {
        Cancellation cancellation = new Cancellation();
        StudyResult result = new Study(
                        SPACE,
                        new RandomSampler(),
                        StudyConfig.minimize(100_000).workers(2))
                .run(
                        trial -> 1,
                        event -> {
                            if (event instanceof StudyEvent.TrialFinished) {
                                cancellation.cancel();
                            }
                        },
                        cancellation);
        assertTrue(result.records().size() < 100_000);
        assertEquals(1, result.interventions().size());
    }

    @Test
    void anInterruptInsideAListenerIsNotLost() {
        StudyResult result = new Study(
                        SPACE,
                        new RandomSampler(),
                        StudyConfig.minimize(100_000).workers(2))
                .run(trial -> 1, event -> {
                    if (event instanceof StudyEvent.StudyStarted) {
                        throw new IllegalStateException(new InterruptedException());
                    }
                });
        assertTrue(Thread.interrupted(), "the caller's flag must be set");
        assertTrue(result.interventions().get(0) instanceof Intervention.Cancelled);
    }
}
