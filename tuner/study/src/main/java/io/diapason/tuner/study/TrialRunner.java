package io.diapason.tuner.study;

import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.TrialRecord;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one trial, and makes a record of whatever comes of it. */
final class TrialRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);
    private static final int LONGEST_REASON = 500;

    private final Objective objective;
    private final LongSupplier nanoTime;

    TrialRunner(Objective objective, LongSupplier nanoTime) {
        this.objective = objective;
        this.nanoTime = nanoTime;
    }

    /**
     * Runs the objective.
     *
     * @return the record; nothing, when the study was asked to stop and the objective broke off
     */
    Optional<TrialRecord> run(Trial trial) {
        long start = nanoTime.getAsLong();
        Optional<Outcome> outcome = outcome(trial);
        trial.end();
        double seconds = Math.max(0, nanoTime.getAsLong() - start) * 1e-9;
        return outcome.map(how ->
                new TrialRecord(trial.number(), trial.params(), how, trial.reports(), trial.attributes(), seconds));
    }

    // Errors, too: out of memory or a stack overflow in one trial must not cost the others.
    private Optional<Outcome> outcome(Trial trial) {
        try {
            double value = objective.evaluate(trial);
            return Optional.of(
                    Double.isFinite(value)
                            ? new Outcome.Complete(value)
                            : new Outcome.Failed("objective: value must be a finite number, got " + value));
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (TrialPruned e) {
            return Optional.of(new Outcome.Pruned(oneLine(String.valueOf(e.getMessage()))));
        } catch (Throwable e) {
            if (trial.isCancelled()) {
                // Whether the request to stop broke it cannot be known; it leaves no record, and can run again.
                return Optional.empty();
            }
            LOG.debug("trial {} failed", trial.number(), e);
            if (e instanceof TrialFailed) {
                return Optional.of(new Outcome.Failed(oneLine(String.valueOf(e.getMessage()))));
            }
            return Optional.of(new Outcome.Failed("objective: must not throw, got " + describe(e)));
        }
    }

    private static String describe(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException e) {
            LOG.debug("the message of {} cannot be read", name, e);
            message = null;
        }
        return message == null || message.isBlank() ? name : name + ": " + oneLine(message);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + " …";
    }
}
