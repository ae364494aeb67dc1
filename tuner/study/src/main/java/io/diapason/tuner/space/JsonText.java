package io.diapason.tuner.space;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.io.NumberOutput;

/** Canonical JSON text: equal values give equal bytes on every Java version. */
final class JsonText {
    private JsonText() {}

    /**
     * The fewest digits that read back as the same number. Double.toString is not used: before Java 19 it gives more
     * digits than needed for some numbers, and a study must read the same everywhere.
     */
    static String number(double number) {
        return NumberOutput.toString(number, true).replace(".0E", "e").replace("E", "e");
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    // Lone surrogates have no UTF-8 form; escaped, they survive.
                    if (c < ' ' || (Character.isSurrogate(c) && !inPair(text, i))) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    static String object(Map<String, Value> values) {
        return values.entrySet().stream()
                .map(entry -> quote(entry.getKey()) + ":" + entry.getValue().toJson())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean inPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
