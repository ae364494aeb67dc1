package io.diapason.tuner.study;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.Report;
import io.diapason.tuner.trial.TrialRecord;

/**
 * What happens in a study. StudyStarted comes first and StudyFinished last; trials start in the order of their numbers;
 * a trial's reports come by rising step between its start and its end.
 */
public sealed interface StudyEvent {
    /**
     * The study begins.
     *
     * @param space what may be chosen
     * @param config what the study is
     * @param size how many trials the sampler has in all; {@link Long#MAX_VALUE} when it never ends
     */
    record StudyStarted(SearchSpace space, StudyConfig config, long size) implements StudyEvent {}

    /**
     * A trial begins.
     *
     * @param number its number
     * @param params its parameters
     */
    record TrialStarted(int number, Params params) implements StudyEvent {}

    /**
     * A trial has reported a value on the way.
     *
     * @param number its number
     * @param report the step and the value
     */
    record TrialReported(int number, Report report) implements StudyEvent {}

    /**
     * A trial has ended. One that a cancel broke off never does.
     *
     * @param trial its record
     */
    record TrialFinished(TrialRecord trial) implements StudyEvent {}

    /**
     * The study has ended.
     *
     * @param result what it found
     */
    record StudyFinished(StudyResult result) implements StudyEvent {}
}
