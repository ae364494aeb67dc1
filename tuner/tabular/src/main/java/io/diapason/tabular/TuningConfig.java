package io.diapason.tabular;

import io.diapason.data.TaskChoice;
import io.diapason.metric.Metric;
import io.diapason.tuner.sampler.GridSampler;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.sampler.Sampler;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.StudyConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to predict, and how to look for the model that does it best.
 *
 * <pre>{@code
 * TuningConfig config = TuningConfig.target("price").trials(50).seed(42).build();
 * }</pre>
 *
 * @param target the column to predict
 * @param drop columns to leave out
 * @param task what to predict, or auto
 * @param test which rows judge the winner
 * @param sampler decides each trial
 * @param trials how many, at least 1
 * @param parallelism the P of the study
 * @param workers trials at a time, at least 1; never changes a result
 * @param seed of everything random
 * @param time no trial is started after it, or null
 * @param space what is searched, or null for the default space
 * @param fixed values that win over the space
 * @param metric what decides, or null for log_loss or rmse
 * @param epochs the most epochs of a trial, at least 1
 * @param patience epochs without a better validation value before a trial stops; 0 never stops early
 */
public record TuningConfig(
        String target,
        List<String> drop,
        TaskChoice task,
        TestPart test,
        Sampler sampler,
        int trials,
        int parallelism,
        int workers,
        long seed,
        @Nullable Duration time,
        @Nullable SearchSpace space,
        Params fixed,
        @Nullable Metric metric,
        int epochs,
        int patience) {
    /** Epochs of a trial when nothing else is said. */
    public static final int DEFAULT_EPOCHS = 100;
    /** Patience when nothing else is said; TabM's (Gorishniy et al. 2024). */
    public static final int DEFAULT_PATIENCE = 16;
    /** Trials when nothing else is said. */
    public static final int DEFAULT_TRIALS = 30;
    /** The part of a table that judges the winner when nothing else is said. */
    public static final double DEFAULT_TEST_FRACTION = 0.2;

    /**
     * A checked configuration.
     *
     * @param target the column to predict
     * @param drop columns to leave out
     * @param task what to predict
     * @param test which rows judge the winner
     * @param sampler decides each trial
     * @param trials at least 1
     * @param parallelism at least 1
     * @param workers at least 1
     * @param seed of everything random
     * @param time above 0, or null
     * @param space what is searched, or null
     * @param fixed values that win over the space
     * @param metric what decides, or null
     * @param epochs at least 1
     * @param patience at least 0
     */
    public TuningConfig {
        drop = List.copyOf(drop);
        requireAtLeast("trials", 1, trials);
        requireAtLeast("parallelism", 1, parallelism);
        requireAtLeast("workers", 1, workers);
        requireAtLeast("epochs", 1, epochs);
        requireAtLeast("patience", 0, patience);
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("time: must be above 0, got " + time);
        }
    }

    private static void requireAtLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": must be at least " + least + ", got " + value);
        }
    }

    /**
     * A configuration with defaults, to be changed before it is built.
     *
     * @param target the column to predict
     * @return the builder
     */
    public static Builder target(String target) {
        return new Builder(target);
    }

    /** Changes defaults. */
    public static final class Builder {
        private final String target;
        private List<String> drop = List.of();
        private TaskChoice task = TaskChoice.AUTO;
        private TestPart test = new TestPart.Fraction(DEFAULT_TEST_FRACTION);
        private Sampler sampler = new RandomSampler();
        private int trials = DEFAULT_TRIALS;
        private @Nullable Integer parallelism;
        private int workers = Runtime.getRuntime().availableProcessors();
        private long seed;
        private @Nullable Duration time;
        private @Nullable SearchSpace space;
        private Params fixed = Params.empty();
        private @Nullable Metric metric;
        private int epochs = DEFAULT_EPOCHS;
        private int patience = DEFAULT_PATIENCE;

        private Builder(String target) {
            this.target = target;
        }

        /**
         * Columns to leave out.
         *
         * @param columns their names
         * @return this builder
         */
        public Builder drop(List<String> columns) {
            this.drop = columns;
            return this;
        }

        /**
         * What to predict.
         *
         * @param choice auto asks the target's values
         * @return this builder
         */
        public Builder task(TaskChoice choice) {
            this.task = choice;
            return this;
        }

        /**
         * Which rows judge the winner.
         *
         * @param part a fifth of the table unless changed
         * @return this builder
         */
        public Builder test(TestPart part) {
            this.test = part;
            return this;
        }

        /**
         * Who decides each trial.
         *
         * @param decider random unless changed
         * @return this builder
         */
        public Builder sampler(Sampler decider) {
            this.sampler = decider;
            return this;
        }

        /**
         * Every point of the space's grid, or an even part of it.
         *
         * @return this builder
         */
        public Builder grid() {
            return sampler(new GridSampler());
        }

        /**
         * How many trials.
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder trials(int count) {
            this.trials = count;
            return this;
        }

        /**
         * The P of the study: job n is decided from jobs 0 … n−P.
         *
         * @param p at least 1
         * @return this builder
         */
        public Builder parallelism(int p) {
            this.parallelism = p;
            return this;
        }

        /**
         * Trials at a time.
         *
         * @param count at least 1; the machine's cores unless changed
         * @return this builder
         */
        public Builder workers(int count) {
            this.workers = count;
            return this;
        }

        /**
         * The seed of everything random.
         *
         * @param number any
         * @return this builder
         */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        /**
         * Starts no trial after some time.
         *
         * @param budget above 0
         * @return this builder
         */
        public Builder time(@Nullable Duration budget) {
            this.time = budget;
            return this;
        }

        /**
         * What is searched.
         *
         * @param searched names of {@link Hyperparameter}, or null for the default space
         * @return this builder
         */
        public Builder space(@Nullable SearchSpace searched) {
            this.space = searched;
            return this;
        }

        /**
         * Values that win over the space.
         *
         * @param values of {@link Hyperparameter}
         * @return this builder
         */
        public Builder fixed(Params values) {
            this.fixed = values;
            return this;
        }

        /**
         * What decides.
         *
         * @param decider a metric of the task, or null for log_loss or rmse
         * @return this builder
         */
        public Builder metric(@Nullable Metric decider) {
            this.metric = decider;
            return this;
        }

        /**
         * The most epochs of a trial.
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder epochs(int count) {
            this.epochs = count;
            return this;
        }

        /**
         * Epochs without a better validation value before a trial stops.
         *
         * @param count at least 0; 0 never stops early
         * @return this builder
         */
        public Builder patience(int count) {
            this.patience = count;
            return this;
        }

        /**
         * The configuration.
         *
         * @return a checked one
         */
        public TuningConfig build() {
            requireAtLeast("trials", 1, trials);
            int p = parallelism == null ? StudyConfig.defaultParallelism(trials) : parallelism;
            return new TuningConfig(
                    target, drop, task, test, sampler, trials, p, workers, seed, time, space, fixed, metric, epochs,
                    patience);
        }
    }
}
