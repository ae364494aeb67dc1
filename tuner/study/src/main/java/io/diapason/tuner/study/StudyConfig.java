package io.diapason.tuner.study;

import io.diapason.tuner.trial.Direction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a study is, and how it runs.
 *
 * <pre>{@code StudyConfig.minimize(200).seed(42).workers(4)}</pre>
 *
 * @param name what the study is called, or null
 * @param direction whether small or large values are good
 * @param trials how many trials in all, at least 1; fewer when the sampler is exhausted before
 * @param parallelism P: job n is decided from the results of jobs 0 … n-P, so at most P run at once; at least 1. Part
 *     of the study: another P gives other trials
 * @param workers how many jobs run at once, at least 1; more than P do not help. Never changes a result
 * @param seed of all random numbers
 * @param timeBudget no job starts after it, and running jobs finish; or null for no end
 */
public record StudyConfig(
        @Nullable String name,
        Direction direction,
        int trials,
        int parallelism,
        int workers,
        long seed,
        @Nullable Duration timeBudget) {
    private static final int LEAST_PARALLELISM = 8;
    private static final int MOST_PARALLELISM = 64;

    /**
     * A checked configuration.
     *
     * @param name what the study is called, or null
     * @param direction whether small or large values are good
     * @param trials at least 1
     * @param parallelism at least 1
     * @param workers at least 1
     * @param seed any number
     * @param timeBudget above 0, or null
     * @throws IllegalArgumentException when one of them is not so
     */
    public StudyConfig {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("study: name must not be blank, got \"" + name + "\"");
        }
        if (trials < 1) {
            throw new IllegalArgumentException("study: trials must be at least 1, got " + trials);
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("study: parallelism must be at least 1, got " + parallelism);
        }
        if (workers < 1) {
            throw new IllegalArgumentException("study: workers must be at least 1, got " + workers);
        }
        if (timeBudget != null && (timeBudget.isNegative() || timeBudget.isZero())) {
            throw new IllegalArgumentException("study: time budget must be above 0, got " + timeBudget);
        }
    }

    /**
     * A study that looks for small values: no name, seed 0, {@link #defaultParallelism}, one worker a core, no time
     * budget.
     *
     * @param trials how many trials in all
     * @return the configuration
     */
    public static StudyConfig minimize(int trials) {
        return of(Direction.MINIMIZE, trials);
    }

    /**
     * A study that looks for large values, otherwise as {@link #minimize}.
     *
     * @param trials how many trials in all
     * @return the configuration
     */
    public static StudyConfig maximize(int trials) {
        return of(Direction.MAXIMIZE, trials);
    }

    /**
     * A tenth of the trials, at least 8 and at most 64: never a matter of the machine.
     *
     * @param trials how many trials in all
     * @return the parallelism
     */
    public static int defaultParallelism(int trials) {
        return Math.max(LEAST_PARALLELISM, Math.min(MOST_PARALLELISM, trials / 10));
    }

    private static StudyConfig of(Direction direction, int trials) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new StudyConfig(null, direction, trials, defaultParallelism(trials), cores, 0, null);
    }

    /**
     * This configuration with a name.
     *
     * @param name what the study is called
     * @return the new configuration
     */
    public StudyConfig name(String name) {
        return new StudyConfig(name, direction, trials, parallelism, workers, seed, timeBudget);
    }

    /**
     * This configuration with another parallelism.
     *
     * @param parallelism at least 1
     * @return the new configuration
     */
    public StudyConfig parallelism(int parallelism) {
        return new StudyConfig(name, direction, trials, parallelism, workers, seed, timeBudget);
    }

    /**
     * This configuration with another number of workers.
     *
     * @param workers at least 1
     * @return the new configuration
     */
    public StudyConfig workers(int workers) {
        return new StudyConfig(name, direction, trials, parallelism, workers, seed, timeBudget);
    }

    /**
     * This configuration with another seed.
     *
     * @param seed any number
     * @return the new configuration
     */
    public StudyConfig seed(long seed) {
        return new StudyConfig(name, direction, trials, parallelism, workers, seed, timeBudget);
    }

    /**
     * This configuration with a time budget.
     *
     * @param timeBudget above 0
     * @return the new configuration
     */
    public StudyConfig timeBudget(Duration timeBudget) {
        return new StudyConfig(name, direction, trials, parallelism, workers, seed, timeBudget);
    }
}
