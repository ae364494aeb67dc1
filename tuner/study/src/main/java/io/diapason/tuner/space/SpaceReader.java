package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the space file: an object of parameters, each an object with a type, or a list of choices. */
final class SpaceReader {
    private static final Set<String> NUMBER_KEYS =
            Set.of("type", "low", "high", "log", "step", "grid", "prior", "mean", "sd", "when");
    private static final Set<String> CATEGORICAL_KEYS = Set.of("type", "choices", "weights", "when");

    private SpaceReader() {}

    static SearchSpace read(String source, String text) {
        Map<String, Object> tree = JsonTree.object(source, text);
        if (tree.isEmpty()) {
            throw new SpaceException(source + ": must hold at least one parameter, got none");
        }
        try {
            List<Parameter> parameters = new ArrayList<>();
            tree.forEach((name, node) -> parameters.add(parameter(name, node)));
            return new SearchSpace(parameters);
        } catch (SpaceException e) {
            throw new SpaceException(source + ": " + e.getMessage(), e);
        }
    }

    private static Parameter parameter(String name, Object node) {
        if (node instanceof List<?> choices) {
            return new CategoricalParameter(name, values(name, "choices", choices), List.of(), List.of());
        }
        if (!(node instanceof Map<?, ?> map)) {
            throw new SpaceException(
                    "parameter " + name + ": must be an object or a list of choices, got " + JsonTree.describe(node));
        }
        Keys keys = new Keys(name, map);
        String type = keys.text("type");
        if ("float".equals(type)) {
            keys.mustBeAmong(NUMBER_KEYS);
            return new FloatParameter(
                    name,
                    keys.required("low", keys.number("low")),
                    keys.required("high", keys.number("high")),
                    keys.flag("log"),
                    keys.number("step"),
                    keys.count("grid"),
                    prior(keys),
                    when(name, keys));
        }
        if ("int".equals(type)) {
            keys.mustBeAmong(NUMBER_KEYS);
            Long step = keys.whole("step");
            return new IntParameter(
                    name,
                    keys.required("low", keys.whole("low")),
                    keys.required("high", keys.whole("high")),
                    keys.flag("log"),
                    step == null ? 1 : step,
                    keys.count("grid"),
                    prior(keys),
                    when(name, keys));
        }
        if ("categorical".equals(type)) {
            keys.mustBeAmong(CATEGORICAL_KEYS);
            List<Double> weights = new ArrayList<>();
            List<?> shares = keys.list("weights");
            for (Object weight : shares == null ? List.of() : shares) {
                weights.add(Keys.asNumber(name, "weights", weight));
            }
            List<?> choices = keys.required("choices", keys.list("choices"));
            if (shares != null && shares.isEmpty()) {
                throw new SpaceException("parameter " + name + ": there must be one weight a choice, got 0 weights and "
                        + choices.size() + " choices");
            }
            return new CategoricalParameter(name, values(name, "choices", choices), weights, when(name, keys));
        }
        throw new SpaceException("parameter " + name + ": type must be \"float\", \"int\" or \"categorical\", got "
                + (type == null ? "none" : JsonText.quote(type)));
    }

    private static Prior prior(Keys keys) {
        String prior = keys.text("prior");
        Double mean = keys.number("mean");
        Double sd = keys.number("sd");
        if ("normal".equals(prior)) {
            return new Prior.Normal(keys.required("mean", mean), keys.required("sd", sd));
        }
        if (prior != null && !"uniform".equals(prior)) {
            throw new SpaceException("parameter " + keys.parameter + ": prior must be \"uniform\" or \"normal\", got "
                    + JsonText.quote(prior));
        }
        if (mean != null || sd != null) {
            throw new SpaceException("parameter " + keys.parameter
                    + ": mean and sd must stand beside \"prior\":\"normal\", got "
                    + (mean != null ? "mean " + JsonText.number(mean) : "sd " + JsonText.number(sd == null ? 0 : sd))
                    + " without it");
        }
        return Prior.UNIFORM;
    }

    private static List<Condition> when(String name, Keys keys) {
        Object node = keys.map.get("when");
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Map<?, ?> parents) || parents.isEmpty()) {
            throw new SpaceException("parameter " + name + ": when must be an object of parents and their values, got "
                    + (node instanceof Map ? "an empty one" : JsonTree.describe(node)));
        }
        List<Condition> conditions = new ArrayList<>();
        parents.forEach((parent, test) -> conditions.add(condition(name, (String) parent, test)));
        return conditions;
    }

    private static Condition condition(String name, String parent, Object test) {
        if (test instanceof List<?> list) {
            if (list.isEmpty()) {
                throw new SpaceException(
                        "parameter " + name + ": when." + parent + " must name at least one value, got an empty list");
            }
            return new Condition.OneOf(parent, values(name, "when." + parent, list));
        }
        if (test instanceof Map<?, ?> map) {
            Keys keys = new Keys(name, map);
            for (Object key : map.keySet()) {
                if (!key.equals("min") && !key.equals("max")) {
                    throw new SpaceException("parameter " + name + ": when." + parent
                            + " must have min, max or both, got " + JsonText.quote((String) key));
                }
            }
            if (map.isEmpty()) {
                throw new SpaceException(
                        "parameter " + name + ": when." + parent + " must have min, max or both, got none");
            }
            return new Condition.Between(parent, keys.whole("min"), keys.whole("max"));
        }
        throw new SpaceException("parameter " + name + ": when." + parent
                + " must be a list of values or an object of min and max, got " + JsonTree.describe(test));
    }

    private static List<Value> values(String name, String key, List<?> nodes) {
        List<Value> values = new ArrayList<>();
        for (Object node : nodes) {
            if (node instanceof Map
                    || (node instanceof List<?> list && !list.stream().allMatch(item -> item instanceof Number))) {
                throw new SpaceException("parameter " + name + ": " + key
                        + " must be text, numbers, flags or lists of numbers, got "
                        + (node instanceof Map ? "an object" : "a list of other things"));
            }
            values.add(Value.of(node));
        }
        return values;
    }

    /** One object's keys, read with their types. */
    private record Keys(String parameter, Map<?, ?> map) {
        void mustBeAmong(Set<String> known) {
            for (Object key : map.keySet()) {
                if (!known.contains(key)) {
                    throw new SpaceException("parameter " + parameter + ": keys must be among "
                            + String.join(", ", new TreeSet<>(known)) + ", got " + JsonText.quote((String) key));
                }
            }
        }

        <T> T required(String key, @Nullable T value) {
            if (value == null) {
                throw new SpaceException("parameter " + parameter + ": " + key + " must be given, got none");
            }
            return value;
        }

        @Nullable
        String text(String key) {
            Object value = map.get(key);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw wrong(key, "text", value);
        }

        boolean flag(String key) {
            Object value = map.get(key);
            if (value == null || value instanceof Boolean) {
                return Boolean.TRUE.equals(value);
            }
            throw wrong(key, "true or false", value);
        }

        @Nullable
        Double number(String key) {
            Object value = map.get(key);
            return value == null ? null : (Double) asNumber(parameter, key, value);
        }

        @Nullable
        Long whole(String key) {
            Object value = map.get(key);
            if (value == null || value instanceof Long) {
                return (Long) value;
            }
            if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= 0x1p53) {
                return number.longValue();
            }
            throw wrong(key, "a whole number", value);
        }

        @Nullable
        Integer count(String key) {
            Long value = whole(key);
            if (value == null) {
                return null;
            }
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
        }

        @Nullable
        List<?> list(String key) {
            Object value = map.get(key);
            if (value == null) {
                return null;
            }
            if (value instanceof List<?> list) {
                return list;
            }
            throw wrong(key, "a list", value);
        }

        static double asNumber(String parameter, String key, Object value) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            throw new SpaceException(
                    "parameter " + parameter + ": " + key + " must be a number, got " + JsonTree.describe(value));
        }

        private SpaceException wrong(String key, String what, Object value) {
            return new SpaceException(
                    "parameter " + parameter + ": " + key + " must be " + what + ", got " + JsonTree.describe(value));
        }
    }
}
