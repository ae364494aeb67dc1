package io.diapason.tuner.study;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of jobs: which may be decided next, and from what. Knows no thread and no clock; its user guards it.
 *
 * <p>Job n may be decided as soon as jobs 0 … n-P are finished, and from no more than them, even if more are.
 */
final class JobSequence {
    private final Direction direction;
    private final int parallelism;
    private final List<Params> decided = new ArrayList<>();
    private final List<TrialRecord> withoutGap = new ArrayList<>();
    private final Map<Integer, TrialRecord> beyondGap = new TreeMap<>();

    JobSequence(Direction direction, int parallelism) {
        this.direction = direction;
        this.parallelism = parallelism;
    }

    /** The number of the next job to decide. */
    int next() {
        return decided.size();
    }

    /** Whether the results that the next job is decided from are all there. */
    boolean isReady() {
        return withoutGap.size() >= seen();
    }

    /** What the next job is decided from. */
    History history() {
        if (!isReady()) {
            throw new IllegalStateException("job " + next() + ": jobs before " + seen()
                    + " must be finished, got a gap at " + withoutGap.size());
        }
        return new History(direction, withoutGap.subList(0, seen()), decided.subList(seen(), next()));
    }

    /** Fixes the next job. */
    void decide(Params params) {
        decided.add(params);
    }

    /** Takes the result of a job that was decided. */
    void finish(TrialRecord trial) {
        if (trial.number() >= next()
                || trial.number() < withoutGap.size()
                || beyondGap.putIfAbsent(trial.number(), trial) != null) {
            throw new IllegalStateException(
                    "job " + trial.number() + ": must be decided and not yet finished, got " + trial);
        }
        TrialRecord following = beyondGap.remove(withoutGap.size());
        while (following != null) {
            withoutGap.add(following);
            following = beyondGap.remove(withoutGap.size());
        }
    }

    /** All results by number. */
    List<TrialRecord> records() {
        List<TrialRecord> records = new ArrayList<>(withoutGap);
        records.addAll(beyondGap.values());
        return records;
    }

    /** How many results the next job is decided from: those of jobs 0 … n-P. */
    private int seen() {
        return Math.max(0, next() - parallelism + 1);
    }
}
