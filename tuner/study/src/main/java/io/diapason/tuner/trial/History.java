package io.diapason.tuner.trial;

import io.diapason.tuner.space.Params;
import java.util.List;

/**
 * All that job n may be decided from: the results of jobs 0 … n-P in job order, and the parameters, but not the values,
 * of jobs n-P+1 … n-1. P is the study's parallelism. Which job finished first, and when, is not in it.
 *
 * @param direction whether small or large values are good
 * @param records the results of jobs 0 … n-P; element i is job i
 * @param pending the parameters of the jobs after those, in job order; fewer than P
 */
public record History(Direction direction, List<TrialRecord> records, List<Params> pending) {
    /**
     * Copies the lists.
     *
     * @param direction whether small or large values are good
     * @param records the results
     * @param pending the parameters of the jobs after those
     */
    public History {
        records = List.copyOf(records);
        pending = List.copyOf(pending);
    }

    /**
     * The history of a study's first job.
     *
     * @param direction whether small or large values are good
     * @return no records and nothing pending
     */
    public static History none(Direction direction) {
        return new History(direction, List.of(), List.of());
    }

    /**
     * The number n of the job that this history is for.
     *
     * @return how many jobs were decided before
     */
    public int nextNumber() {
        return records.size() + pending.size();
    }
}
