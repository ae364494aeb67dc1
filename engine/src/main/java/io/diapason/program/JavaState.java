package io.diapason.program;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What modules and losses keep in Java: fields that are not final, elements of arrays and collections, counters, and
 * all that can be reached through them. Replayed steps do not run their code, so whatever changes there must be noticed
 * from outside.
 *
 * <p>Not seen are static fields, what the JDK keeps private, objects of modules that are closed to reflection, elements
 * of arrays and collections of more than 100,000, and what is beyond the first 10,000 objects.
 */
public final class JavaState {
    private static final int MOST_OBJECTS = 10_000;
    private static final int MOST_ELEMENTS = 100_000;

    private final List<Watched> watched = new ArrayList<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean foreign;
    private @Nullable String generator;

    private JavaState() {}

    /** A place whose content may change, and what was there. */
    private record Watched(
            String name, Content content, @Nullable Object before) {
        boolean isChanged() {
            Object now = content.read();
            return now != before && !(isValue(now) && Objects.equals(now, before));
        }
    }

    @FunctionalInterface
    private interface Content {
        @Nullable
        Object read();
    }

    /** Elements, compared one by one: by value where they are values, by identity elsewhere. */
    private record Elements(List<@Nullable Object> elements) {
        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Elements more) || more.elements.size() != elements.size()) {
                return false;
            }
            for (int i = 0; i < elements.size(); i++) {
                Object one = elements.get(i);
                Object another = more.elements.get(i);
                if (one != another && !(isValue(one) && Objects.equals(one, another))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            return elements.size();
        }
    }

    /** An array of primitives, compared by value: a hash would not see that {0, 31} became {1, 0}. */
    private record Numbers(Object array) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Numbers more && Objects.deepEquals(array, more.array);
        }

        @Override
        public int hashCode() {
            return Array.getLength(array);
        }
    }

    /**
     * What there is now.
     *
     * @param roots modules, losses and whatever else runs in a step
     * @return to be asked later what has changed
     */
    public static JavaState of(Object... roots) {
        JavaState state = new JavaState();
        for (Object root : roots) {
            state.visit(root.getClass().getSimpleName(), root);
        }
        state.visited.clear();
        return state;
    }

    /**
     * Whether there is code that is not the engine's.
     *
     * @return whether
     */
    public boolean isForeign() {
        return foreign;
    }

    /**
     * What has changed since.
     *
     * @return a name, such as {@code field count of Own}, or null when nothing has
     */
    public @Nullable String change() {
        for (int i = 0; i < watched.size(); i++) {
            if (watched.get(i).isChanged()) {
                return watched.get(i).name();
            }
        }
        return null;
    }

    /**
     * A generator of random numbers that gives others at each use; {@link io.diapason.random.Rng} does not.
     *
     * @return its name, or null when there is none
     */
    public @Nullable String generator() {
        return generator;
    }

    // ---- the walk

    private void visit(String name, @Nullable Object object) {
        visit(name, object, false);
    }

    private void visit(String name, @Nullable Object object, boolean ours) {
        if (object == null || isValue(object) || visited.size() >= MOST_OBJECTS || !visited.add(object)) {
            return;
        }
        Class<?> type = object.getClass();
        if (object instanceof RandomGenerator) {
            generator = generator == null ? name + ", a " + type.getName() : generator;
        } else if (type.isArray()) {
            visitArray(name, object, type);
        } else if (object instanceof Number || object instanceof AtomicBoolean) { // AtomicInteger, LongAdder
            watch(name, object::toString);
        } else if (object instanceof AtomicReference<?> reference) {
            watch(name, reference::get);
            visit(name, reference.get());
        } else if (isOfJdk(type)) {
            visitOfJdk(name, object, ours);
        } else if (!isOfKernels(type.getPackageName())) {
            Kind kind = Kind.KINDS.get(type);
            foreign |= !kind.engines;
            visitFields(object, kind);
        }
    }

    private void visitArray(String name, Object array, Class<?> type) {
        int length = Array.getLength(array);
        if (length > MOST_ELEMENTS) {
            return;
        }
        if (type.getComponentType().isPrimitive()) {
            watched.add(new Watched(name, () -> new Numbers(array), new Numbers(copy(array, length))));
            return;
        }
        Object[] elements = (Object[]) array;
        watch(name, () -> new Elements(Arrays.asList(elements.clone())));
        for (Object element : elements) {
            visit("an element of " + name, element);
        }
    }

    private static Object copy(Object array, int length) {
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    private void visitOfJdk(String name, Object object, boolean ours) {
        boolean immutable = ours || object.getClass().getName().startsWith("java.util.ImmutableCollections$");
        if (object instanceof Collection<?> collection) {
            visitElements(name, () -> new ArrayList<>(collection), collection.size(), immutable);
        } else if (object instanceof Map<?, ?> map) {
            visitElements(
                    name,
                    () -> {
                        List<@Nullable Object> all = new ArrayList<>(map.keySet());
                        all.addAll(map.values());
                        return all;
                    },
                    map.size(),
                    immutable);
        }
    }

    @FunctionalInterface
    private interface Listing {
        List<@Nullable Object> list();
    }

    private void visitElements(String name, Listing listing, int size, boolean immutable) {
        if (size > MOST_ELEMENTS) {
            return;
        }
        if (!immutable) {
            watch(name, () -> new Elements(listing.list()));
        }
        for (Object element : listing.list()) {
            visit("an element of " + name, element);
        }
    }

    /** Collections that the engine's objects hold for good are never changed. */
    private void visitFields(Object object, Kind kind) {
        for (Field field : kind.fields) {
            boolean mayChange = !Modifier.isFinal(field.getModifiers());
            boolean primitive = field.getType().isPrimitive();
            if (!mayChange && primitive) {
                continue;
            }
            String name = "field " + field.getName() + " of "
                    + field.getDeclaringClass().getSimpleName();
            if (mayChange) {
                watch(name, () -> read(field, object));
            }
            if (!primitive) {
                visit(name, read(field, object), kind.engines && !mayChange);
            }
        }
    }

    /** What is the same for all objects of a class: fields that can be read, and whose code it is. */
    private record Kind(List<Field> fields, boolean engines) {
        private static final @Nullable CodeSource ENGINE =
                JavaState.class.getProtectionDomain().getCodeSource();
        private static final ClassValue<Kind> KINDS = new ClassValue<>() {
            @Override
            protected Kind computeValue(Class<?> type) {
                return Kind.of(type);
            }
        };

        private static Kind of(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
                        fields.add(field);
                    }
                }
            }
            boolean engines =
                    ENGINE != null && ENGINE.equals(type.getProtectionDomain().getCodeSource());
            return new Kind(fields, engines);
        }
    }

    private static @Nullable Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("program: " + field + " must be readable", e);
        }
    }

    private void watch(String name, Content content) {
        watched.add(new Watched(name, content, content.read()));
    }

    /** What is equal when it looks equal, and never changes by itself; or elements, compared one by one. */
    private static boolean isValue(@Nullable Object object) {
        return object instanceof Elements
                || object instanceof Numbers
                || object instanceof String
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum
                || object instanceof Class
                || (object instanceof Number
                        && object.getClass().getPackageName().startsWith("java.lang"));
    }

    /** Numbers of tensors are read by kernels, and what runs these keeps nothing of a step. */
    private static boolean isOfKernels(String name) {
        return name.equals("io.diapason.tensor") || name.equals("io.diapason.backend");
    }

    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
