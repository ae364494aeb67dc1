package io.diapason.tuner.study;

/** What a study makes small or large. Called by several threads at once, each with a trial of its own. */
@FunctionalInterface
public interface Objective {
    /**
     * The value of a trial's parameters.
     *
     * <p>A value that is no finite number, any exception and any error end the trial as failed, and the study goes on.
     * For the study to repeat itself, every random number comes from {@link Trial#rng}.
     *
     * @param trial the parameters, random numbers, and where reports go
     * @return the value
     * @throws TrialPruned when the trial is not worth going on
     * @throws InterruptedException ends the study: it was asked to stop
     * @throws Exception ends the trial as failed
     */
    double evaluate(Trial trial) throws Exception;
}
