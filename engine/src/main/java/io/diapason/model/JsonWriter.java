package io.diapason.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Plain values to JSON that {@link JsonReader} reads back as equal values. The text depends on the values alone, not on
 * the Java version, whose spelling of doubles has changed.
 */
final class JsonWriter {
    private static final String INDENT = "  ";
    private static final int MOST_DIGITS = 17; // as many tell any two doubles apart

    private final StringBuilder text = new StringBuilder();
    private final boolean lines;

    private JsonWriter(boolean lines) {
        this.lines = lines;
    }

    /** On one line, without blanks. */
    static String compact(Object value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value, 0);
        return writer.text.toString();
    }

    /** For people: a member a line, lists of texts and numbers on one line, and a line's end at the end. */
    static String pretty(Object value) {
        JsonWriter writer = new JsonWriter(true);
        writer.write(value, 0);
        return writer.text.append('\n').toString();
    }

    /** A text in quotes. */
    static String quoted(String value) {
        JsonWriter writer = new JsonWriter(false);
        writer.string(value);
        return writer.text.toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> members) {
            object(members, depth);
        } else if (value instanceof List<?> elements) {
            array(elements, depth);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Double number) {
            text.append(spelling(number));
        } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof JsonNull) {
            text.append(value);
        } else {
            throw new IllegalArgumentException(
                    "json: values must be maps, lists, texts, numbers, booleans or null, got " + value.getClass());
        }
    }

    private void object(Map<?, ?> members, int depth) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator);
            newLine(depth + 1);
            string((String) member.getKey());
            text.append(lines ? ": " : ":");
            write(member.getValue(), depth + 1);
            separator = ",";
        }
        if (!members.isEmpty()) {
            newLine(depth);
        }
        text.append('}');
    }

    private void array(List<?> elements, int depth) {
        boolean nested = elements.stream().anyMatch(element -> element instanceof Map || element instanceof List);
        text.append('[');
        for (Iterator<?> rest = elements.iterator(); rest.hasNext(); ) {
            if (nested) {
                newLine(depth + 1);
            }
            write(rest.next(), depth + 1);
            if (rest.hasNext()) {
                text.append(lines && !nested ? ", " : ",");
            }
        }
        if (nested) {
            newLine(depth);
        }
        text.append(']');
    }

    private void newLine(int depth) {
        if (lines) {
            text.append('\n').append(INDENT.repeat(depth));
        }
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || isLone(value, i)) {
                        text.append("\\u")
                                .append(Character.forDigit(c >> 12, 16))
                                .append(Character.forDigit(c >> 8 & 15, 16))
                                .append(Character.forDigit(c >> 4 & 15, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Half of a surrogate pair without its other half: UTF-8 cannot hold it. */
    private static boolean isLone(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** The fewest digits that read back as the same double, always with a point or an exponent. */
    private static String spelling(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("json: numbers must be finite, got " + value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        int digits = 1;
        BigDecimal rounded = exact.round(new MathContext(digits));
        while (digits < MOST_DIGITS && rounded.doubleValue() != value) {
            rounded = exact.round(new MathContext(++digits));
        }
        String spelling = rounded.stripTrailingZeros().toString();
        return spelling.contains(".") || spelling.contains("E") ? spelling : spelling + ".0";
    }
}
