package io.diapason.tuner.space;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Parameters in order, some of which may depend on the values of others.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.define(s -> {
 *     s.floating("lr", 1e-5, 1e-1).log();
 *     s.integer("layers", 1, 4);
 *     s.choice("optimizer", "adam", "sgd");
 *     s.floating("momentum", 0, 0.99).when("optimizer", "sgd");
 * });
 * }</pre>
 *
 * <p>A parameter is active when all its conditions hold, for which their parents must be active themselves. Conditions
 * may name parameters that stand later, but must not form a circle.
 */
public final class SearchSpace {
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName;
    private final List<Parameter> parentsFirst;

    /**
     * A space of parameters.
     *
     * @param parameters in order, names all different; none at all is a space of one empty assignment
     * @throws SpaceException when names repeat, a condition names an unknown parent or a value that cannot occur, or
     *     conditions form a circle
     */
    public SearchSpace(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        this.byName = new LinkedHashMap<>();
        for (Parameter parameter : this.parameters) {
            if (byName.put(parameter.name(), parameter) != null) {
                throw new SpaceException(
                        "space: parameters must have different names, got " + parameter.name() + " twice");
            }
        }
        for (Parameter parameter : this.parameters) {
            for (Condition condition : parameter.when()) {
                checkCondition(parameter, condition);
            }
        }
        this.parentsFirst = sortParentsFirst();
    }

    /**
     * Builds a space in Java; see the example at the class.
     *
     * @param definition adds the parameters in order
     * @return the space
     * @throws SpaceException when it does not hold together
     */
    public static SearchSpace define(Consumer<SpaceBuilder> definition) {
        SpaceBuilder builder = new SpaceBuilder();
        definition.accept(builder);
        return builder.build();
    }

    /**
     * Reads a space from the text of a space file.
     *
     * @param json the text
     * @return the space
     * @throws SpaceException when it does not hold together; the sentence begins with «space»
     */
    public static SearchSpace parse(String json) {
        return SpaceReader.read("space", json);
    }

    /**
     * Reads a space file.
     *
     * @param file JSON in UTF-8
     * @return the space
     * @throws SpaceException when it does not hold together; the sentence begins with the file's name
     * @throws IOException when the file cannot be read
     */
    public static SearchSpace read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new SpaceException(file.getFileName() + ": must be text in UTF-8, got other bytes", e);
        }
        return SpaceReader.read(String.valueOf(file.getFileName()), text);
    }

    /**
     * All parameters.
     *
     * @return in the order in which they were declared
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * All parameters, each after those its conditions name; otherwise as they were declared.
     *
     * @return parents before children
     */
    public List<Parameter> parentsFirst() {
        return parentsFirst;
    }

    /**
     * One parameter.
     *
     * @param name its name
     * @return the parameter, or nothing
     */
    public Optional<Parameter> parameter(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Chooses a value for every active parameter, parents before children.
     *
     * @param choice asked once for each active parameter, and for no other
     * @return the values in the space's order
     * @throws SpaceException when a choice is not among the parameter's values
     */
    public Params assign(Function<Parameter, Value> choice) {
        Map<String, Value> chosen = new HashMap<>();
        for (Parameter parameter : parentsFirst) {
            if (isActive(parameter, chosen)) {
                chosen.put(parameter.name(), parameter.accept(choice.apply(parameter)));
            }
        }
        return inOrder(chosen);
    }

    /**
     * Whether a parameter is active under the values of its parents.
     *
     * @param parameter a parameter of this space
     * @param values the values of all active parameters that stand before it in {@link #parentsFirst}
     * @return true when all its conditions hold
     */
    public boolean isActive(Parameter parameter, Map<String, Value> values) {
        for (Condition condition : parameter.when()) {
            Value value = values.get(condition.parent());
            if (value == null || !condition.holds(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks values from outside against this space, and brings them into its order and kinds (1 becomes 1.0 for a
     * float).
     *
     * @param params exactly the active parameters, in any order
     * @return the same values as this space writes them
     * @throws SpaceException when a value is missing, unknown, inactive or not among the parameter's values
     */
    public Params check(Params params) {
        for (String name : params.asMap().keySet()) {
            if (!byName.containsKey(name)) {
                throw new SpaceException(
                        "params: names must be among " + String.join(", ", byName.keySet()) + ", got " + name);
            }
        }
        Params checked = assign(parameter -> params.value(parameter.name())
                .orElseThrow(() -> new SpaceException(
                        "params: must have a value of " + parameter.name() + ", got " + params.toJson())));
        for (String name : params.asMap().keySet()) {
            if (!checked.has(name)) {
                throw new SpaceException("params: must not have a value of " + name
                        + ", which is inactive beside the others, got " + params.toJson());
            }
        }
        return checked;
    }

    /**
     * The space in the space file's form; equal spaces give equal text.
     *
     * @return a JSON object on one line
     */
    public String toJson() {
        return parameters.stream()
                .map(parameter -> JsonText.quote(parameter.name()) + ":" + parameter.toJson())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Params inOrder(Map<String, Value> chosen) {
        Map<String, Value> ordered = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Value value = chosen.get(parameter.name());
            if (value != null) {
                ordered.put(parameter.name(), value);
            }
        }
        return Params.of(ordered);
    }

    private void checkCondition(Parameter parameter, Condition condition) {
        String thing = "parameter " + parameter.name() + ": ";
        Parameter parent = byName.get(condition.parent());
        if (parent == null) {
            throw new SpaceException(thing + "conditions must name parameters of the space ("
                    + String.join(", ", byName.keySet()) + "), got " + condition.parent());
        }
        if (parent instanceof FloatParameter) {
            throw new SpaceException(
                    thing + "conditions must be on an int or a categorical, got the float " + parent.name());
        }
        if (condition instanceof Condition.Between between) {
            if (!(parent instanceof IntParameter range)) {
                throw new SpaceException(
                        thing + "min and max must be conditions on an int, got the categorical " + parent.name());
            }
            checkRange(thing, between, range);
        } else if (condition instanceof Condition.OneOf oneOf) {
            for (Value value : oneOf.values()) {
                try {
                    parent.accept(value);
                } catch (SpaceException e) {
                    throw new SpaceException(
                            thing + "conditions must name values that can occur, got " + value.toJson() + " of "
                                    + parent.toJson() + " for " + parent.name(),
                            e);
                }
            }
        }
    }

    private static void checkRange(String thing, Condition.Between between, IntParameter range) {
        long from = between.min() == null ? range.low() : Math.max(range.low(), between.min());
        long to = between.max() == null ? range.high() : Math.min(range.high(), between.max());
        long offset = Math.max(0, from - range.low());
        long first = range.low() + (offset + range.step() - 1) / range.step() * range.step();
        if (from > to || first > to) {
            throw new SpaceException(thing + "conditions must name values that can occur, got " + between.toJson()
                    + " of " + range.toJson() + " for " + range.name());
        }
    }

    private List<Parameter> sortParentsFirst() {
        Set<Parameter> sorted = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            visit(parameter, new ArrayList<>(), sorted);
        }
        return List.copyOf(sorted);
    }

    private void visit(Parameter parameter, List<String> path, Set<Parameter> sorted) {
        if (sorted.contains(parameter)) {
            return;
        }
        int start = path.indexOf(parameter.name());
        path.add(parameter.name());
        if (start >= 0) {
            throw new SpaceException("space: conditions must not form a circle, got "
                    + String.join(" -> ", path.subList(start, path.size())));
        }
        for (Condition condition : parameter.when()) {
            Parameter parent = byName.get(condition.parent());
            if (parent != null) {
                visit(parent, path, sorted);
            }
        }
        path.remove(path.size() - 1);
        sorted.add(parameter);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace space && parameters.equals(space.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
