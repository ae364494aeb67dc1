package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value for each active parameter, in the space's order. Immutable; equal when names, values and order are.
 *
 * <p>An inactive parameter is absent: ask with {@link #has} before reading a conditional one.
 */
public final class Params {
    private static final Params EMPTY = new Params(Map.of());

    private final Map<String, Value> values;

    private Params(Map<String, Value> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The assignment of nothing.
     *
     * @return no values
     */
    public static Params empty() {
        return EMPTY;
    }

    /**
     * An assignment in the map's order.
     *
     * @param values names and values, each anything that {@link Value#of} takes
     * @return the assignment
     */
    public static Params of(Map<String, ?> values) {
        LinkedHashMap<String, Value> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> copy.put(name, Value.of(value)));
        return new Params(copy);
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @param json a JSON object of numbers, text, flags and lists of numbers
     * @return the assignment
     * @throws SpaceException when it is anything else
     */
    public static Params parse(String json) {
        Map<String, Object> tree = JsonTree.object("params", json);
        tree.forEach((name, value) -> {
            if (value instanceof Map) {
                throw new SpaceException(
                        "params: " + name + " must be a number, text, a flag or a list of numbers, got an object");
            }
        });
        return of(tree);
    }

    /**
     * This assignment and one more value, at the end or in the place of the old one.
     *
     * @param name the parameter
     * @param value anything that {@link Value#of} takes
     * @return the new assignment
     */
    public Params with(String name, Object value) {
        LinkedHashMap<String, Value> copy = new LinkedHashMap<>(values);
        copy.put(name, Value.of(value));
        return new Params(copy);
    }

    /**
     * Whether a parameter has a value.
     *
     * @param name the parameter
     * @return false when it is inactive or unknown
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A parameter's value.
     *
     * @param name the parameter
     * @return the value, or nothing when it is inactive or unknown
     */
    public Optional<Value> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * All names and values.
     *
     * @return an unmodifiable map in order
     */
    public Map<String, Value> asMap() {
        return values;
    }

    /**
     * A number.
     *
     * @param name the parameter
     * @return its value
     * @throws SpaceException when it has none, or one that is no number
     */
    public double floating(String name) {
        if (required(name) instanceof Value.Numeric number) {
            return number.asDouble();
        }
        throw wrong(name, "a number");
    }

    /**
     * A whole number of 32 bits.
     *
     * @param name the parameter
     * @return its value
     * @throws SpaceException when it has none, or one that is no whole number of 32 bits
     */
    public int integer(String name) {
        if (required(name) instanceof Value.Integral integral && (int) integral.number() == integral.number()) {
            return (int) integral.number();
        }
        throw wrong(name, "a whole number of 32 bits");
    }

    /**
     * A whole number of 64 bits.
     *
     * @param name the parameter
     * @return its value
     * @throws SpaceException when it has none, or one that is no whole number
     */
    public long longInteger(String name) {
        if (required(name) instanceof Value.Integral integral) {
            return integral.number();
        }
        throw wrong(name, "a whole number");
    }

    /**
     * Text.
     *
     * @param name the parameter
     * @return its value
     * @throws SpaceException when it has none, or one that is no text
     */
    public String text(String name) {
        if (required(name) instanceof Value.Text text) {
            return text.text();
        }
        throw wrong(name, "text");
    }

    /**
     * True or false.
     *
     * @param name the parameter
     * @return its value
     * @throws SpaceException when it has none, or one that is no flag
     */
    public boolean flag(String name) {
        if (required(name) instanceof Value.Flag flag) {
            return flag.flag();
        }
        throw wrong(name, "true or false");
    }

    /**
     * A list of numbers.
     *
     * @param name the parameter
     * @return its items
     * @throws SpaceException when it has none, or one that is no list of numbers
     */
    public List<Double> floatings(String name) {
        if (required(name) instanceof Value.Numbers numbers) {
            return numbers.items().stream().map(Value.Numeric::asDouble).toList();
        }
        throw wrong(name, "a list of numbers");
    }

    /**
     * A list of whole numbers, such as the widths of hidden layers.
     *
     * @param name the parameter
     * @return its items
     * @throws SpaceException when it has none, or one that is no list of whole numbers of 32 bits
     */
    public List<Integer> integers(String name) {
        if (!(required(name) instanceof Value.Numbers numbers)) {
            throw wrong(name, "a list of whole numbers");
        }
        List<Integer> items = new ArrayList<>();
        for (Value.Numeric item : numbers.items()) {
            if (!(item instanceof Value.Integral integral) || (int) integral.number() != integral.number()) {
                throw wrong(name, "a list of whole numbers of 32 bits");
            }
            items.add((int) integral.number());
        }
        return List.copyOf(items);
    }

    /**
     * Canonical JSON: equal assignments give equal text. Floats are written so that they read back as floats (1.0).
     *
     * @return a JSON object on one line, without spaces
     */
    public String toJson() {
        return JsonText.object(values);
    }

    private Value required(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new SpaceException("params: must have a value of " + name + ", got " + toJson()
                    + "; it is inactive or not in the space");
        }
        return value;
    }

    private SpaceException wrong(String name, String what) {
        return new SpaceException("params: " + name + " must be " + what + ", got "
                + required(name).toJson());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Params params
                && List.copyOf(values.entrySet()).equals(List.copyOf(params.values.entrySet()));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
