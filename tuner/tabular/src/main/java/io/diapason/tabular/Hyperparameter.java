package io.diapason.tabular;

import io.diapason.data.DidYouMean;
import io.diapason.tuner.space.CategoricalParameter;
import io.diapason.tuner.space.FloatParameter;
import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Every number and choice of a perceptron that may be set or searched: its name, what it may be, and what that means.
 */
public enum Hyperparameter {
    /** How many hidden layers, all of {@link #UNITS} units. */
    LAYERS("a whole number from 0 to 100", Values.wholeNumber(0, 100)),
    /** Units of each hidden layer. */
    UNITS("a whole number from 1 to 65536", Values.wholeNumber(1, 65536)),
    /** Units of each hidden layer, first to last, none for a linear model; excludes layers and units. */
    HIDDEN("at most 100 whole numbers from 1 to 65536, such as 128,64", Values::isHidden),
    /** The function after each hidden layer. */
    ACTIVATION("relu, tanh or gelu", Values.word("relu", "tanh", "gelu")),
    /** Probability of dropping a unit, after each hidden layer. */
    DROPOUT("a number of at least 0 and below 1", Values.number(x -> x >= 0 && x < 1)),
    /** The learning rate. */
    LR("a number above 0", Values.number(x -> x > 0)),
    /** Rows of a step. */
    BATCH_SIZE("a whole number from 1 to 1000000", Values.wholeNumber(1, 1_000_000)),
    /** The optimiser. */
    OPTIMIZER("adam, adamw, sgd or rmsprop", Values.word("adam", "adamw", "sgd", "rmsprop")),
    /** Momentum of sgd and rmsprop. */
    MOMENTUM("a number of at least 0 and below 1", Values.number(x -> x >= 0 && x < 1)),
    /** Whether sgd's momentum looks ahead. */
    NESTEROV("true or false", value -> value instanceof Value.Flag),
    /** Decay of Adam's first moment. */
    BETA1("a number of at least 0 and below 1", Values.number(x -> x >= 0 && x < 1)),
    /** Decay of Adam's second moment, and of RMSprop's mean square. */
    BETA2("a number of at least 0 and below 1", Values.number(x -> x >= 0 && x < 1)),
    /** Decoupled weight decay. */
    WEIGHT_DECAY("a number of at least 0", Values.number(x -> x >= 0)),
    /** Factor of the sum of the weights' absolutes in the loss. */
    L1("a number of at least 0", Values.number(x -> x >= 0)),
    /** Factor of half the sum of the weights' squares in the loss. */
    L2("a number of at least 0", Values.number(x -> x >= 0)),
    /** The most epochs of a training; wins over the option of that name. */
    EPOCHS("a whole number from 1 to 1000000", Values.wholeNumber(1, 1_000_000));

    private final String range;
    private final Predicate<Value> accepts;

    Hyperparameter(String range, Predicate<Value> accepts) {
        this.range = range;
        this.accepts = accepts;
    }

    /**
     * The name in spaces, on the command line and in files.
     *
     * @return such as {@code batch_size}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The hyperparameter of a name.
     *
     * @param label such as {@code lr}
     * @return the hyperparameter
     * @throws SpaceException when none is so named, with the nearest name or all names
     */
    public static Hyperparameter named(String label) {
        List<String> labels = Arrays.stream(values()).map(Hyperparameter::label).toList();
        return Arrays.stream(values())
                .filter(hyperparameter -> hyperparameter.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new SpaceException("parameter: must name a hyperparameter, got «" + label + "»; "
                        + DidYouMean.help(label, labels)));
    }

    /**
     * Refuses a value that this hyperparameter cannot have.
     *
     * @param value the value
     * @return the value
     * @throws SpaceException when it cannot have it
     */
    public Value check(Value value) {
        if (!accepts.test(value)) {
            throw new SpaceException("parameter " + label() + ": must be " + range + ", got " + value.toJson());
        }
        return value;
    }

    /**
     * Refuses a parameter of a space that could have a value that this hyperparameter cannot.
     *
     * @param parameter of this name
     * @throws SpaceException when it could
     */
    void check(Parameter parameter) {
        if (parameter instanceof CategoricalParameter choice) {
            choice.choices().forEach(this::check);
        } else if (parameter instanceof FloatParameter && isWholeNumber()) {
            throw new SpaceException(
                    "parameter " + label() + ": must be of type int or categorical in a space, got type float");
        } else {
            // What a number may be has no gaps: with both ends all between them is legal.
            check(parameter.atQuantile(0));
            check(parameter.atQuantile(1));
        }
    }

    private boolean isWholeNumber() {
        return this == LAYERS || this == UNITS || this == BATCH_SIZE || this == EPOCHS;
    }

    /**
     * Reads a value as users type it: a number, true or false, a word, or numbers with commas between, in brackets or
     * not.
     *
     * @param text such as {@code 1e-3} or {@code 128,64}
     * @return the value
     * @throws SpaceException when this hyperparameter cannot have it
     */
    public Value parse(String text) {
        if (this == HIDDEN) {
            return check(parseHidden(text));
        }
        if (text.equals("true") || text.equals("false")) {
            return check(new Value.Flag(text.equals("true")));
        }
        if (text.matches("[+-]?\\d{1,18}")) {
            return check(new Value.Integral(Long.parseLong(text)));
        }
        if (text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            return check(new Value.Floating(Double.parseDouble(text)));
        }
        return check(new Value.Text(text));
    }

    private static Value parseHidden(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String widths = (bracketed ? text.substring(1, text.length() - 1) : text)
                .strip()
                .replaceAll("\\s*,\\s*", ",");
        if (widths.isEmpty()) {
            return new Value.Numbers(List.of());
        }
        if (!widths.matches("\\d{1,9}(,\\d{1,9})*")) {
            return new Value.Text(text);
        }
        return new Value.Numbers(Arrays.stream(widths.split(",", -1))
                .<Value.Numeric>map(width -> new Value.Integral(Long.parseLong(width)))
                .toList());
    }

    /** What values may be. */
    private static final class Values {
        static Predicate<Value> number(Predicate<Double> range) {
            return value -> value instanceof Value.Numeric number && range.test(number.asDouble());
        }

        static Predicate<Value> wholeNumber(long least, long most) {
            return value -> value instanceof Value.Integral whole && whole.number() >= least && whole.number() <= most;
        }

        static Predicate<Value> word(String... words) {
            return value -> value instanceof Value.Text text && List.of(words).contains(text.text());
        }

        static boolean isHidden(Value value) {
            return value instanceof Value.Numbers widths
                    && widths.items().size() <= 100
                    && widths.items().stream().allMatch(wholeNumber(1, 65536));
        }
    }
}
