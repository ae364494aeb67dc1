package io.diapason.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict JSON to plain values: {@code Map<String, Object>} in the document's order, {@code List<Object>},
 * {@code String}, {@code Boolean}, {@link JsonNull}, {@code Long} for a number without point and exponent, else
 * {@code Double}. A key that repeats within an object, a number that neither type holds, and anything nested more than
 * {@value #MOST_DEPTH} deep are refused.
 *
 * <p>Source: RFC 8259.
 */
final class JsonReader {
    /** The longest document read: values take a small multiple of it in memory. */
    static final int MOST_BYTES = 1 << 26;

    static final int MOST_DEPTH = 64;

    private static final int LONGEST_SHOWN = 30;

    private final String text;
    private final String place;
    private int at;

    private JsonReader(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /**
     * The value of a whole document.
     *
     * @param utf8 the document in UTF-8, without a byte order mark
     * @param place what messages call it
     * @throws ModelFileException with line and column, when it is not strict JSON
     */
    static Object read(byte[] utf8, String place) {
        if (utf8.length > MOST_BYTES) {
            throw new ModelFileException(place + ": must have at most " + MOST_BYTES + " bytes, got " + utf8.length);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelFileException(place + ": must be UTF-8 text, got bytes that are not", e);
        }
        JsonReader reader = new JsonReader(text, place);
        Object value = reader.value(0);
        if (reader.at < text.length()) {
            throw reader.wrong("must end after its value");
        }
        return value;
    }

    /** A value with the blanks around it. */
    private Object value(int depth) {
        if (depth > MOST_DEPTH) {
            throw wrong("must be nested at most " + MOST_DEPTH + " deep");
        }
        skipBlanks();
        Object value = switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", JsonNull.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("must have a value here");
        };
        skipBlanks();
        return value;
    }

    private Map<String, Object> object(int depth) {
        at++;
        skipBlanks();
        if (peek() == '}') {
            at++;
            return Map.of();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        do {
            skipBlanks();
            int start = at;
            if (peek() != '"') {
                throw wrong("must have a key in quotes here");
            }
            String key = string();
            skipBlanks();
            expect(':');
            Object value = value(depth + 1);
            if (members.put(key, value) != null) {
                at = start;
                throw wrong("must have each key once in an object");
            }
        } while (goesOn('}'));
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array(int depth) {
        at++;
        skipBlanks();
        if (peek() == ']') {
            at++;
            return List.of();
        }
        List<Object> elements = new ArrayList<>();
        do {
            elements.add(value(depth + 1));
        } while (goesOn(']'));
        return Collections.unmodifiableList(elements);
    }

    /** Steps over a comma, or over the end. */
    private boolean goesOn(char end) {
        char c = peek();
        if (c != ',' && c != end) {
            throw wrong("must have «,» or «" + end + "» here");
        }
        at++;
        return c == ',';
    }

    private String string() {
        at++;
        StringBuilder characters = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw wrong("must close every quote");
            }
            char c = text.charAt(at);
            if (c < ' ') {
                throw wrong("must escape control characters in text");
            }
            at++;
            if (c == '"') {
                return characters.toString();
            }
            characters.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> {
                at--;
                throw wrong("must have one of \"\\/bfnrtu after a backslash");
            }
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            // Character.digit alone would take digits of other scripts.
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw wrong("must have four hexadecimal digits after \\u");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("must have a value here");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (peek() == '.') {
            whole = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String spelling = text.substring(start, at);
        if (whole && !spelling.equals("-0")) { // a double keeps the sign of zero
            try {
                return Long.parseLong(spelling);
            } catch (NumberFormatException e) {
                at = start;
                throw wrong("must have integers of at most 64 bits");
            }
        }
        double value = Double.parseDouble(spelling);
        if (Double.isInfinite(value)) {
            at = start;
            throw wrong("must have numbers that a double holds");
        }
        return value;
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("must have a digit here");
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("must have «" + c + "» here");
        }
        at++;
    }

    /** The next character; a NUL, which is nowhere right, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private ModelFileException wrong(String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String rest = text.substring(at, Math.min(text.length(), at + LONGEST_SHOWN));
        String got = rest.isEmpty() ? "the end" : JsonWriter.quoted(rest);
        return new ModelFileException(
                place + " line " + line + " column " + (at - lineStart + 1) + ": " + what + ", got " + got);
    }
}
