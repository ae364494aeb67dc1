package io.diapason.tuner.trial;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A trial that has ended.
 *
 * @param number its number in the study, from 0
 * @param params its values of the space's parameters
 * @param outcome how it ended
 * @param reports values on the way, by rising step
 * @param attributes small things kept with it, such as {@code best_epoch}, in the order in which they were set
 * @param seconds how long it ran; the only part that a second run of the study does not repeat, so samplers leave it
 */
public record TrialRecord(
        int number,
        Params params,
        Outcome outcome,
        List<Report> reports,
        Map<String, Value> attributes,
        double seconds) {
    /**
     * A checked record.
     *
     * @param number at least 0
     * @param params the values
     * @param outcome how it ended
     * @param reports values on the way
     * @param attributes small things
     * @param seconds at least 0
     * @throws IllegalArgumentException when number or seconds are below 0
     */
    public TrialRecord {
        if (number < 0) {
            throw new IllegalArgumentException("trial: number must be at least 0, got " + number);
        }
        if (!(seconds >= 0)) {
            throw new IllegalArgumentException("trial: seconds must be at least 0, got " + seconds);
        }
        reports = List.copyOf(reports);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * The kind of its outcome.
     *
     * @return the state
     */
    public TrialState state() {
        if (outcome instanceof Outcome.Complete) {
            return TrialState.COMPLETE;
        }
        return outcome instanceof Outcome.Failed ? TrialState.FAILED : TrialState.PRUNED;
    }

    /**
     * The objective's value.
     *
     * @return the value of a complete trial, else nothing
     */
    public OptionalDouble value() {
        return outcome instanceof Outcome.Complete complete
                ? OptionalDouble.of(complete.value())
                : OptionalDouble.empty();
    }

    /**
     * Why there is no value.
     *
     * @return one sentence for a failed or pruned trial, else nothing
     */
    public Optional<String> reason() {
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.reason());
        }
        return outcome instanceof Outcome.Pruned pruned ? Optional.of(pruned.reason()) : Optional.empty();
    }
}
