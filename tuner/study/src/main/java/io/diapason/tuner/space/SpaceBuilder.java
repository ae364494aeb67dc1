package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects parameters for {@link SearchSpace#define}. */
public final class SpaceBuilder {
    private final List<Supplier<Parameter>> parameters = new ArrayList<>();

    SpaceBuilder() {}

    /**
     * Adds a number in [low, high].
     *
     * @param name the parameter's name
     * @param low the lowest value
     * @param high the highest value
     * @return the parameter, to say more about
     */
    public FloatBuilder floating(String name, double low, double high) {
        FloatBuilder builder = new FloatBuilder(name, low, high);
        parameters.add(builder::build);
        return builder;
    }

    /**
     * Adds a whole number in [low, high].
     *
     * @param name the parameter's name
     * @param low the lowest value
     * @param high the highest value
     * @return the parameter, to say more about
     */
    public IntBuilder integer(String name, long low, long high) {
        IntBuilder builder = new IntBuilder(name, low, high);
        parameters.add(builder::build);
        return builder;
    }

    /**
     * Adds one of some choices.
     *
     * @param name the parameter's name
     * @param choices text, numbers, flags, or lists of numbers
     * @return the parameter, to say more about
     */
    public ChoiceBuilder choice(String name, Object... choices) {
        ChoiceBuilder builder = new ChoiceBuilder(name, values(choices));
        parameters.add(builder::build);
        return builder;
    }

    SearchSpace build() {
        return new SearchSpace(parameters.stream().map(Supplier::get).toList());
    }

    private static List<Value> values(Object... objects) {
        return Arrays.stream(objects).map(Value::of).toList();
    }

    /**
     * What all parameters may have: conditions.
     *
     * @param <B> the builder itself
     */
    public abstract static sealed class ParameterBuilder<B extends ParameterBuilder<B>> {
        final String name;
        final List<Condition> when = new ArrayList<>();

        ParameterBuilder(String name) {
            this.name = name;
        }

        abstract B self();

        /**
         * The parameter is there only while its parent has one of some values. Several conditions must all hold.
         *
         * @param parent the name of an int or a categorical
         * @param values at least one value
         * @return this builder
         */
        public B when(String parent, Object... values) {
            when.add(new Condition.OneOf(parent, SpaceBuilder.values(values)));
            return self();
        }

        /**
         * The parameter is there only while its parent is at least a number.
         *
         * @param parent the name of an int
         * @param min the least value
         * @return this builder
         */
        public B whenAtLeast(String parent, long min) {
            when.add(new Condition.Between(parent, min, null));
            return self();
        }

        /**
         * The parameter is there only while its parent is at most a number.
         *
         * @param parent the name of an int
         * @param max the greatest value
         * @return this builder
         */
        public B whenAtMost(String parent, long max) {
            when.add(new Condition.Between(parent, null, max));
            return self();
        }
    }

    /**
     * What numbers may have.
     *
     * @param <B> the builder itself
     */
    public abstract static sealed class NumberBuilder<B extends NumberBuilder<B>> extends ParameterBuilder<B> {
        boolean log;

        @Nullable
        Integer grid;

        Prior prior = Prior.UNIFORM;

        NumberBuilder(String name) {
            super(name);
        }

        /**
         * Factors count instead of differences.
         *
         * @return this builder
         */
        public B log() {
            log = true;
            return self();
        }

        /**
         * How many points a grid tries.
         *
         * @param points at least 1
         * @return this builder
         */
        public B grid(int points) {
            grid = points;
            return self();
        }

        /**
         * A normal prior; see {@link Prior.Normal} for its meaning on a log range.
         *
         * @param mean the middle
         * @param sd the standard deviation
         * @return this builder
         */
        public B normal(double mean, double sd) {
            prior = new Prior.Normal(mean, sd);
            return self();
        }
    }

    /** A number. */
    public static final class FloatBuilder extends NumberBuilder<FloatBuilder> {
        private final double low;
        private final double high;
        private @Nullable Double step;

        private FloatBuilder(String name, double low, double high) {
            super(name);
            this.low = low;
            this.high = high;
        }

        /**
         * The distance of neighbouring values.
         *
         * @param size above 0, dividing the range
         * @return this builder
         */
        public FloatBuilder step(double size) {
            step = size;
            return this;
        }

        @Override
        FloatBuilder self() {
            return this;
        }

        private FloatParameter build() {
            return new FloatParameter(name, low, high, log, step, grid, prior, when);
        }
    }

    /** A whole number. */
    public static final class IntBuilder extends NumberBuilder<IntBuilder> {
        private final long low;
        private final long high;
        private long step = 1;

        private IntBuilder(String name, long low, long high) {
            super(name);
            this.low = low;
            this.high = high;
        }

        /**
         * The distance of neighbouring values.
         *
         * @param size at least 1, dividing the range
         * @return this builder
         */
        public IntBuilder step(long size) {
            step = size;
            return this;
        }

        @Override
        IntBuilder self() {
            return this;
        }

        private IntParameter build() {
            return new IntParameter(name, low, high, log, step, grid, prior, when);
        }
    }

    /** One of some choices. */
    public static final class ChoiceBuilder extends ParameterBuilder<ChoiceBuilder> {
        private final List<Value> choices;
        private List<Double> weights = List.of();

        private ChoiceBuilder(String name, List<Value> choices) {
            super(name);
            this.choices = choices;
        }

        /**
         * How likely each choice is.
         *
         * @param shares one a choice, above 0
         * @return this builder
         */
        public ChoiceBuilder weights(double... shares) {
            weights = Arrays.stream(shares).boxed().toList();
            return this;
        }

        @Override
        ChoiceBuilder self() {
            return this;
        }

        private CategoricalParameter build() {
            return new CategoricalParameter(name, choices, weights, when);
        }
    }
}
