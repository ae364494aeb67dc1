package io.diapason.tuner.study;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.TrialRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a study: workers that take job after job, and the calling thread, which delivers events.
 *
 * <p>One lock guards the sequence and the order of events. The sampler is asked outside of it, by one worker at a time,
 * so that finished trials never wait for a suggestion.
 */
final class StudyRun {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRun.class);

    private final Study study;
    private final StudyConfig config;
    private final StudyListener listener;
    private final Cancellation cancellation;
    private final LongSupplier nanoTime;
    private final TrialRunner runner;
    private final long start;
    private final BlockingQueue<StudyEvent> events = new LinkedBlockingQueue<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock:
    private final JobSequence jobs;
    private final List<Thread> workers = new ArrayList<>();
    private final List<Intervention> interventions = new ArrayList<>();
    private int working;
    private boolean deciding;
    private boolean exhausted;
    private @Nullable Throwable broken;

    StudyRun(
            Study study,
            Objective objective,
            StudyListener listener,
            Cancellation cancellation,
            LongSupplier nanoTime) {
        this.study = study;
        this.config = study.config();
        this.listener = listener;
        this.cancellation = cancellation;
        this.nanoTime = nanoTime;
        this.runner = new TrialRunner(objective, nanoTime);
        this.start = nanoTime.getAsLong();
        this.jobs = new JobSequence(config.direction(), config.parallelism());
    }

    StudyResult run() {
        long size = study.sampler().size(study.space());
        events.add(new StudyEvent.StudyStarted(study.space(), config, size));
        Runnable onCancel = this::interruptWorkers;
        startWorkers();
        cancellation.whenCancelled(onCancel);
        boolean interrupted = false;
        try {
            StudyResult result = null;
            while (result == null) {
                try {
                    StudyEvent event = events.take();
                    interrupted |= deliver(event);
                    if (event instanceof StudyEvent.StudyFinished finished) {
                        result = finished.result();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancellation.cancel();
                }
            }
            interrupted |= join();
            rethrow();
            return result;
        } finally {
            cancellation.forget(onCancel);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- workers

    private void startWorkers() {
        int count = Math.min(config.workers(), Math.min(config.parallelism(), config.trials()));
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                String name = "diapason-" + (config.name() == null ? "study" : config.name()) + "-worker-" + i;
                Thread worker = new Thread(this::work, name);
                worker.setDaemon(true);
                worker.start();
                workers.add(worker);
                working++;
            }
        } catch (OutOfMemoryError e) {
            // No more threads to be had: those that started do all the work, as W never changes a result.
            LOG.warn("study: {} workers must fit into memory, got {}", count, workers.size(), e);
            if (workers.isEmpty()) {
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (Trial trial = take(); trial != null; trial = take()) {
                Optional<TrialRecord> record = runner.run(trial);
                if (!cancellation.isCancelled()) {
                    // An objective may have left its own interrupt behind; the next one starts clean.
                    Thread.interrupted();
                    if (record.isEmpty()) {
                        cancellation.cancel();
                    }
                }
                record.ifPresent(this::finish);
            }
        } catch (Throwable e) {
            breakOff(e);
        } finally {
            leave();
        }
    }

    /** The next job, as soon as it may be decided; null, when there is none any more. */
    private @Nullable Trial take() {
        while (true) {
            History history = awaitTurn();
            if (history == null) {
                return null;
            }
            Trial trial = decide(history);
            if (trial != null) {
                return trial;
            }
        }
    }

    private @Nullable History awaitTurn() {
        lock.lock();
        try {
            while (mayGoOn()) {
                if (!deciding && jobs.isReady()) {
                    deciding = true;
                    return jobs.history();
                }
                changed.await();
            }
            return null;
        } catch (InterruptedException e) {
            cancellation.cancel();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Trial decide(History history) {
        Params params = null;
        Throwable problem = null;
        try {
            params = suggest(history);
        } catch (RuntimeException | Error e) {
            problem = e;
        }
        lock.lock();
        try {
            deciding = false;
            changed.signalAll();
            if (problem != null) {
                broken = problem;
                return null;
            }
            if (params == null) {
                exhausted = true;
                return null;
            }
            if (!mayGoOn()) {
                return null;
            }
            int number = jobs.next();
            jobs.decide(params);
            events.add(new StudyEvent.TrialStarted(number, params));
            return new Trial(
                    number,
                    params,
                    config.seed(),
                    cancellation::isCancelled,
                    report -> events.add(new StudyEvent.TrialReported(number, report)));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Params suggest(History history) {
        int number = history.nextNumber();
        Optional<Params> params = study.sampler().suggest(study.space(), history, config.seed(), number);
        if (params.isEmpty()) {
            return null;
        }
        try {
            return study.space().check(params.get());
        } catch (SpaceException e) {
            throw new SpaceException(
                    "sampler " + study.sampler().getClass().getSimpleName() + ": trial " + number
                            + " must lie in the space, got " + params.get().toJson() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private void finish(TrialRecord trial) {
        lock.lock();
        try {
            jobs.finish(trial);
            events.add(new StudyEvent.TrialFinished(trial));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another job may start; notes what forbids it, if that was no part of the plan. Needs the lock. */
    private boolean mayGoOn() {
        if (broken != null || exhausted || !interventions.isEmpty() || jobs.next() >= config.trials()) {
            return false;
        }
        if (cancellation.isCancelled()) {
            interventions.add(new Intervention.Cancelled(jobs.next()));
        } else if (config.timeBudget() != null
                && Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(config.timeBudget()) >= 0) {
            interventions.add(new Intervention.TimeBudgetReached(jobs.next(), config.timeBudget()));
        }
        return interventions.isEmpty();
    }

    private void breakOff(Throwable problem) {
        lock.lock();
        try {
            broken = problem;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            working--;
            changed.signalAll();
            if (working == 0) {
                List<TrialRecord> records = jobs.records();
                boolean noted = interventions.stream().anyMatch(Intervention.Cancelled.class::isInstance);
                if (!noted && cancellation.isCancelled() && records.size() < jobs.next()) {
                    interventions.add(new Intervention.Cancelled(jobs.next()));
                }
                double seconds = Math.max(0, nanoTime.getAsLong() - start) * 1e-9;
                events.add(new StudyEvent.StudyFinished(new StudyResult(config, records, interventions, seconds)));
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the calling thread

    private void interruptWorkers() {
        lock.lock();
        try {
            changed.signalAll();
            workers.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the listener. A listener that was interrupted has swallowed a request to stop: it is passed on. */
    private boolean deliver(StudyEvent event) {
        try {
            listener.onEvent(event);
            return false;
        } catch (Throwable e) {
            LOG.warn("study: a listener must not throw, got {} at {}; the study goes on", e, event.getClass(), e);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InterruptedException) {
                    cancellation.cancel();
                    return true;
                }
            }
            return false;
        }
    }

    private boolean join() {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        return interrupted;
    }

    private void rethrow() {
        if (broken instanceof RuntimeException exception) {
            throw exception;
        }
        if (broken instanceof Error error) {
            throw error;
        }
    }
}
