package io.diapason.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in the form in which they come back from JSON: text, {@code Boolean}, {@code Long} for every integer,
 * {@code Double} for every other number, lists and maps of such. JSON has no NaN and no infinities: they become the
 * texts {@code NaN}, {@code Infinity} and {@code -Infinity}.
 */
final class PlainValues {
    private static final int MOST_DEPTH = JsonReader.MOST_DEPTH - 1; // the document holds them one deep

    private PlainValues() {}

    /**
     * A deep copy.
     *
     * @param values in any order that iterates the same each time
     * @param path what messages call it
     * @throws IllegalArgumentException when a value is something else, null among it, or is nested too deep
     */
    static Map<String, Object> copy(Map<?, ?> values, String path) {
        return map(values, path, 1);
    }

    private static Map<String, Object> map(Map<?, ?> values, String path, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw refused(path + "'s keys must be texts", key);
            }
            copy.put(name, value(value, path + "." + name, depth));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(@Nullable Object value, String path, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "model: " + path + " must be nested at most " + MOST_DEPTH + " deep, got deeper");
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        if (value instanceof Float number) {
            // By its digits: 0.1f is 0.1 to people, not 0.10000000149011612.
            return Float.isFinite(number) ? Double.valueOf(number.toString()) : number.toString();
        }
        if (value instanceof Map<?, ?> nested) {
            return map(nested, path, depth + 1);
        }
        if (value instanceof List<?> elements) {
            List<Object> copy = new ArrayList<>();
            for (Object element : elements) {
                copy.add(value(element, path + "[" + copy.size() + "]", depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        throw refused(path + " must be text, number, boolean, list or map", value);
    }

    private static IllegalArgumentException refused(String what, @Nullable Object value) {
        return new IllegalArgumentException("model: " + what + ", got "
                + (value == null ? "null; leave it out" : value.getClass().getName()));
    }
}
