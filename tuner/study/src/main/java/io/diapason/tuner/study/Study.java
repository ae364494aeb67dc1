package io.diapason.tuner.study;

import io.diapason.tuner.sampler.Sampler;
import io.diapason.tuner.space.SearchSpace;

/**
 * A search for good parameters: a deterministic sequence of trials.
 *
 * <pre>{@code
 * Study study = new Study(space, new RandomSampler(), StudyConfig.minimize(200).seed(42));
 * StudyResult result = study.run(trial -> loss(trial.params().floating("lr")));
 * System.out.println(result.best());
 * }</pre>
 *
 * <p>Job n is decided from the results of jobs 0 … n-P alone (and the parameters of those between), whatever finished
 * first. So, given an objective that repeats itself, equal space, sampler, seed, number of trials and P give equal
 * parameters, values and order, on any number of workers.
 *
 * @param space what may be chosen
 * @param sampler decides each trial
 * @param config how many trials, and how they run
 */
public record Study(SearchSpace space, Sampler sampler, StudyConfig config) {
    /**
     * Runs the study in this process, and waits for it.
     *
     * @param objective what is made small or large
     * @return what was found
     */
    public StudyResult run(Objective objective) {
        return run(objective, StudyListener.none(), new Cancellation());
    }

    /**
     * Runs the study in this process, and waits for it.
     *
     * @param objective what is made small or large
     * @param listener hears what happens, on this thread
     * @return what was found
     */
    public StudyResult run(Objective objective, StudyListener listener) {
        return run(objective, listener, new Cancellation());
    }

    /**
     * Runs the study in this process, and waits for it. Interrupting this thread cancels, too: then the result is what
     * is finished, and the thread's interrupt flag is set again. When it returns, no thread of the study is left.
     *
     * @param objective what is made small or large
     * @param listener hears what happens, on this thread
     * @param cancellation asks the study to stop
     * @return what was found
     * @throws io.diapason.tuner.space.SpaceException when the sampler cannot work on the space
     * @throws RuntimeException what the sampler threw; the listener has heard all finished trials before
     */
    public StudyResult run(Objective objective, StudyListener listener, Cancellation cancellation) {
        return new StudyRun(this, objective, listener, cancellation, System::nanoTime).run();
    }
}
