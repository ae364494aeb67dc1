package io.diapason.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module is made of, by name and in order; immutable. */
public final class Parts {
    private static final Parts NONE = new Parts(Map.of());

    private final Map<String, Part> byName;

    private Parts(Map<String, Part> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Nothing: a module without parameters.
     *
     * @return the empty parts
     */
    public static Parts none() {
        return NONE;
    }

    /**
     * One part.
     *
     * @param name without dots
     * @param part a parameter, a buffer or a module, which takes this name
     * @return the part alone
     * @throws IllegalArgumentException when the name is empty or has a dot
     */
    public static Parts of(String name, Part part) {
        return NONE.and(name, part);
    }

    /**
     * Modules named by their position, from 0.
     *
     * @param modules in order
     * @return the parts {@code 0}, {@code 1}, …
     */
    public static Parts numbered(List<? extends Module> modules) {
        Map<String, Part> byName = new LinkedHashMap<>();
        for (Module module : modules) {
            byName.put(Integer.toString(byName.size()), module);
        }
        return new Parts(byName);
    }

    /**
     * These and one more.
     *
     * @param name without dots, and not yet there
     * @param part a parameter, a buffer or a module, which takes this name; null adds nothing
     * @return all of them
     * @throws IllegalArgumentException when the name is empty, has a dot or is there already
     */
    public Parts and(String name, @Nullable Part part) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("parts: a name must be a word without dots, got «" + name + "»");
        }
        if (part == null) {
            return this;
        }
        Map<String, Part> more = new LinkedHashMap<>(byName);
        if (more.put(name, part) != null) {
            throw new IllegalArgumentException("parts: each name must be used once, got «" + name + "» again");
        }
        return new Parts(more);
    }

    /**
     * The parts.
     *
     * @return by name, in order; unmodifiable
     */
    public Map<String, Part> byName() {
        return byName;
    }

    /** The names, in order. */
    @Override
    public String toString() {
        return "Parts" + byName.keySet();
    }
}
