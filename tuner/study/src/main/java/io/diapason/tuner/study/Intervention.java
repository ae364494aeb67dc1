package io.diapason.tuner.study;

import java.time.Duration;

/** What a clock or a person decided, which the seed does not: a second run is equal only up to it. */
public sealed interface Intervention {
    /**
     * The first job that was not started because of it.
     *
     * @return the job's number
     */
    int beforeJob();

    /**
     * The time budget was used up; running jobs finished.
     *
     * @param beforeJob the first job that was not started
     * @param budget the time budget
     */
    record TimeBudgetReached(int beforeJob, Duration budget) implements Intervention {}

    /**
     * The study was asked to stop; running jobs that did not finish left no record.
     *
     * @param beforeJob the first job that was not started
     */
    record Cancelled(int beforeJob) implements Intervention {}
}
