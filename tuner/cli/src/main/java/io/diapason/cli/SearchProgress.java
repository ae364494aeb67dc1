package io.diapason.cli;

import io.diapason.metric.Metric;
import io.diapason.tuner.study.StudyEvent;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.TrialRecord;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a search is: what its events have told so far, in words. */
final class SearchProgress {
    private final Metric metric;
    private final LongSupplier nanoTime;
    private long start;
    private Direction direction = Direction.MINIMIZE;
    private int total;
    private int finished;
    private int failed;
    private int epochs;
    private @Nullable TrialRecord best;

    /**
     * Nothing heard yet.
     *
     * @param metric what decides
     * @param nanoTime a clock
     */
    SearchProgress(Metric metric, LongSupplier nanoTime) {
        this.metric = metric;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Takes the next event in. */
    void take(StudyEvent event) {
        if (event instanceof StudyEvent.StudyStarted started) {
            start = nanoTime.getAsLong();
            direction = started.config().direction();
            total = (int) Math.min(started.config().trials(), started.size());
        } else if (event instanceof StudyEvent.TrialReported) {
            epochs++;
        } else if (event instanceof StudyEvent.TrialFinished end) {
            finished++;
            failed += end.trial().outcome() instanceof Outcome.Failed ? 1 : 0;
            best = direction
                    .best(best == null ? List.of(end.trial()) : List.of(best, end.trial()))
                    .orElse(null);
        }
    }

    int total() {
        return total;
    }

    int finished() {
        return finished;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Such as {@code trial 12/30, best accuracy 0.9722 (trial 4), 1 failed, 340 epochs, about 8 s left}. */
    String line() {
        double seconds = (nanoTime.getAsLong() - start) * 1e-9;
        String time = finished >= total
                ? Text.duration(seconds)
                : finished == 0
                        ? Text.duration(seconds) + " so far"
                        : "about " + Text.duration(seconds / finished * (total - finished)) + " left";
        return "trial " + finished + "/" + total + ", " + message() + ", " + Text.count(epochs, "epoch") + ", " + time;
    }

    /** Such as {@code best accuracy 0.9722 (trial 4), 1 failed}. */
    String message() {
        String value = best == null
                ? "no " + metric.label() + " yet"
                : "best " + metric.label() + " " + Text.number(best.value().orElseThrow()) + " (trial " + best.number()
                        + ")";
        return failed == 0 ? value : value + ", " + failed + " failed";
    }
}
