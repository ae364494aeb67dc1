package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One value of a parameter: a number, a whole number, text, a flag, or a list of numbers. */
public sealed interface Value {
    /** A value that is one number. */
    sealed interface Numeric extends Value {
        /**
         * The number as a double; exact up to 2^53.
         *
         * @return the number
         */
        double asDouble();
    }

    /**
     * A finite number; minus zero becomes zero.
     *
     * @param number the number
     */
    record Floating(double number) implements Numeric {
        /**
         * Checks that the number is finite.
         *
         * @param number the number
         * @throws SpaceException when one of them does not hold
         */
        public Floating {
            if (!Double.isFinite(number)) {
                throw new SpaceException("value: number must be finite, got " + number);
            }
            number += 0.0; // -0.0 + 0.0 is 0.0: equal numbers have equal text
        }

        @Override
        public double asDouble() {
            return number;
        }
    }

    /**
     * A whole number.
     *
     * @param number the number
     */
    record Integral(long number) implements Numeric {
        @Override
        public double asDouble() {
            return number;
        }
    }

    /**
     * Text.
     *
     * @param text any text
     */
    record Text(String text) implements Value {}

    /**
     * True or false.
     *
     * @param flag the truth
     */
    record Flag(boolean flag) implements Value {}

    /**
     * A list of numbers, such as the widths of hidden layers.
     *
     * @param items the numbers in order, possibly none
     */
    record Numbers(List<Numeric> items) implements Value {
        /**
         * Copies the list.
         *
         * @param items the numbers
         */
        public Numbers {
            items = List.copyOf(items);
        }
    }

    /**
     * The value of a Java object: Double, Float, Integer, Long, Short, Byte, String, Boolean, a list of numbers, or a
     * value already.
     *
     * @param object the object
     * @return the value
     * @throws SpaceException when the object is anything else, or a number is not finite
     */
    static Value of(Object object) {
        if (object instanceof Value value) {
            return value;
        }
        if (object instanceof Double || object instanceof Float) {
            return new Floating(((Number) object).doubleValue());
        }
        if (object instanceof Integer || object instanceof Long || object instanceof Short || object instanceof Byte) {
            return new Integral(((Number) object).longValue());
        }
        if (object instanceof String text) {
            return new Text(text);
        }
        if (object instanceof Boolean flag) {
            return new Flag(flag);
        }
        if (object instanceof List<?> list) {
            List<Numeric> items = new ArrayList<>();
            for (Object item : list) {
                if (!(of(item) instanceof Numeric number)) {
                    throw new SpaceException("value: a list must hold numbers alone, got " + item);
                }
                items.add(number);
            }
            return new Numbers(items);
        }
        throw new SpaceException("value: must be a number, text, a flag or a list of numbers, got an object of "
                + object.getClass().getName());
    }

    /**
     * Whether two values mean the same: numbers by their size, so that 1 is the same as 1.0; all else by equality.
     *
     * @param other the other value
     * @return true when they mean the same
     */
    default boolean sameAs(Value other) {
        if (equals(other)) {
            return true;
        }
        if (this instanceof Numeric mine && other instanceof Numeric theirs) {
            return getClass() != other.getClass() && mine.asDouble() == theirs.asDouble();
        }
        if (this instanceof Numbers mine && other instanceof Numbers theirs) {
            int size = mine.items().size();
            if (size != theirs.items().size()) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                if (!mine.items().get(i).sameAs(theirs.items().get(i))) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /**
     * Canonical JSON: the fewest digits for numbers, with a point or an exponent unless they are whole by kind.
     *
     * @return the text
     */
    default String toJson() {
        return this instanceof Text text ? JsonText.quote(text.text()) : toText();
    }

    /**
     * The value as a word on a command line: JSON, but text without its quotes.
     *
     * @return the text
     */
    default String toText() {
        if (this instanceof Floating floating) {
            return JsonText.number(floating.number());
        }
        if (this instanceof Integral integral) {
            return Long.toString(integral.number());
        }
        if (this instanceof Flag flag) {
            return Boolean.toString(flag.flag());
        }
        if (this instanceof Numbers numbers) {
            return numbers.items().stream().map(Value::toText).collect(Collectors.joining(",", "[", "]"));
        }
        return ((Text) this).text();
    }
}
