package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON into maps in order, lists, text, flags, Long and Double; refuses null, and one key twice.
 *
 * <p>Written over the token stream, because the sentence of a refusal must name the key and where it stands.
 */
final class JsonTree {
    private final String source;
    private final JsonParser parser;

    private JsonTree(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Reads one object.
     *
     * @param source what the text is called in errors
     * @param text the JSON
     * @return keys and values in order
     */
    static Map<String, Object> object(String source, String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            JsonTree tree = new JsonTree(source, parser);
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new SpaceException(source + ": must be a JSON object, got "
                        + (first == null ? "nothing" : describe(tree.value(first, ""))));
            }
            Map<String, Object> object = tree.object("");
            if (parser.nextToken() != null) {
                throw new SpaceException(source + ": must be one JSON object, got more after it");
            }
            return object;
        } catch (JacksonException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            String where = e.getLocation() == null
                    ? ""
                    : " line " + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr();
            throw new SpaceException(
                    source + where + ": must be JSON, got "
                            + problem.substring(0, Math.min(1, problem.length()))
                                    .toLowerCase(Locale.ROOT)
                            + problem.substring(Math.min(1, problem.length())),
                    e);
        }
    }

    /** What a value is, for the end of a sentence. */
    static String describe(Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        return Value.of(value).toJson();
    }

    private Map<String, Object> object(String path) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inside = path.isEmpty() ? key : path + "." + key;
            Object value = value(parser.nextToken(), inside);
            if (object.put(key, value) != null) {
                throw new SpaceException(source + ": every key must stand once, got " + JsonText.quote(key) + " twice"
                        + (path.isEmpty() ? "" : " in " + path));
            }
        }
        return object;
    }

    private Object value(JsonToken token, String path) {
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(next, path));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(path);
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue(), path);
            default ->
                throw new SpaceException(
                        source + ": values must not be null, got null" + (path.isEmpty() ? "" : " for " + path));
        };
    }

    private Object whole(String path) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> finite(parser.getDoubleValue(), path);
        };
    }

    private Double finite(double number, String path) {
        if (!Double.isFinite(number)) {
            throw new SpaceException(source + ": numbers must be finite, got " + parser.getString() + " for " + path);
        }
        return number;
    }
}
