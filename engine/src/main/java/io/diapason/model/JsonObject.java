package io.diapason.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document, read by the names and types of its members; what is not as asked is refused with its
 * path, such as {@code wine.diapason: model.json: columns[3].mean must be a number, got "7"}.
 */
final class JsonObject {
    private static final int LONGEST_SHOWN = 60;

    private final Map<?, ?> members;
    private final String document;
    private final String path;

    private JsonObject(Map<?, ?> members, String document, String path) {
        this.members = members;
        this.document = document;
        this.path = path;
    }

    /** The object that a document is. */
    static JsonObject of(Object value, String document) {
        if (value instanceof Map<?, ?> members) {
            return new JsonObject(members, document, "");
        }
        throw new ModelFileException(document + ": must be an object, got " + shown(value));
    }

    /** Refuses members of other names. */
    void allowOnly(String... names) {
        Set<Object> unknown = new TreeSet<>(members.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new ModelFileException(document + ": " + (path.isEmpty() ? "the document" : path)
                    + " must have no members but " + String.join(", ", names) + ", got "
                    + shown(unknown.iterator().next()));
        }
    }

    String text(String name) {
        if (member(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    boolean truth(String name) {
        if (member(name) instanceof Boolean truth) {
            return truth;
        }
        throw wrong(name, "true or false");
    }

    double number(String name) {
        if (member(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "a number");
    }

    /** An integer of at least 1. */
    int count(String name) {
        if (member(name) instanceof Long count && isCount(count)) {
            return count.intValue();
        }
        throw wrong(name, "an integer from 1 to 2^31-1");
    }

    List<Integer> counts(String name) {
        List<Integer> counts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Long count) || !isCount(count)) {
                throw wrong(name, "a list of integers from 1 to 2^31-1");
            }
            counts.add(count.intValue());
        }
        return counts;
    }

    /** Integers of at least 0. */
    List<Long> integers(String name) {
        List<Long> integers = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Long integer) || integer < 0) {
                throw wrong(name, "a list of integers of at least 0");
            }
            integers.add(integer);
        }
        return integers;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    JsonObject object(String name) {
        if (member(name) instanceof Map<?, ?> object) {
            return new JsonObject(object, document, pathOf(name));
        }
        throw wrong(name, "an object");
    }

    List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> object)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new JsonObject(object, document, pathOf(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** The members as they are. */
    Map<?, ?> members() {
        return members;
    }

    /** Why a member is refused: {@code DOCUMENT: PATH must be WHAT, got VALUE}. */
    ModelFileException wrong(String name, String what) {
        @Nullable Object value = members.get(name);
        return new ModelFileException(document + ": " + pathOf(name) + " must be " + what + ", got "
                + (value == null ? "nothing" : shown(value)));
    }

    /** Why the object is refused for what its members say together. */
    ModelFileException wrong(IllegalArgumentException cause) {
        String message = String.valueOf(cause.getMessage());
        return new ModelFileException(
                document + ": " + (path.isEmpty() ? "" : path + ": ")
                        + shortened(message, 4 * LONGEST_SHOWN).replaceAll("\\p{Cntrl}", " "),
                cause);
    }

    private @Nullable Object member(String name) {
        return members.get(name);
    }

    private List<?> list(String name) {
        if (member(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    private String pathOf(String name) {
        String shown = shortened(name, LONGEST_SHOWN).replaceAll("\\p{Cntrl}", " ");
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static boolean isCount(long value) {
        return value >= 1 && value <= Integer.MAX_VALUE;
    }

    /** A value as messages show it: on one line, its beginning if it is long. */
    static String shown(Object value) {
        if (value instanceof Map || value instanceof List) {
            return value instanceof Map ? "an object" : "a list";
        }
        return shortened(value instanceof String text ? JsonWriter.quoted(text) : value.toString(), LONGEST_SHOWN);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
