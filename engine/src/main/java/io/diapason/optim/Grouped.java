package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Several optimisers at once, each for the parameters it is chosen for: another learning rate for one layer, no weight
 * decay for another.
 *
 * <pre>{@code
 * OptimizerConfig slowStart = Grouped.of(new Adam(1e-3))
 *         .and("first", parameter -> parameter.name().startsWith("0."), new Adam(1e-4));
 * }</pre>
 *
 * <p>{@link Frozen} leaves a group as it is. A schedule multiplies the learning rates of all groups. {@link Lbfgs}
 * cannot be one of them. The optimiser's state is that of the groups, under {@code name.}; what no group took is under
 * {@code rest.}.
 *
 * @param rest for the parameters that no group takes
 * @param groups in the order in which they choose; a parameter belongs to the first that takes it
 */
public record Grouped(OptimizerConfig rest, List<Group> groups) implements OptimizerConfig {
    private static final String REST = "rest";

    /**
     * Which parameters are optimised how.
     *
     * @param name of the group, not empty, without dots and not {@code rest}
     * @param chosen which parameters
     * @param config how
     */
    public record Group(String name, Predicate<Parameter> chosen, OptimizerConfig config) {
        /**
         * A checked group.
         *
         * @param name of the group
         * @param chosen which parameters
         * @param config how
         * @throws IllegalArgumentException when the name is empty or holds a dot
         */
        public Group {
            if (name.isEmpty() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "group: the name must not be empty and hold no dot, got \"" + name + "\"");
            }
        }
    }

    /**
     * Checked groups.
     *
     * @param rest for the parameters that no group takes
     * @param groups in the order in which they choose
     * @throws IllegalArgumentException when two have one name, or one is named {@code rest}
     */
    public Grouped {
        groups = List.copyOf(groups);
        List<String> names = new ArrayList<>(List.of(REST));
        for (Group group : groups) {
            if (names.contains(group.name())) {
                throw new IllegalArgumentException(
                        "groups: each must have a name of its own that is not " + REST + ", got " + group.name());
            }
            names.add(group.name());
        }
    }

    /**
     * One optimiser for all parameters, to which groups are added.
     *
     * @param rest for the parameters that no group takes
     * @return the configuration
     */
    public static Grouped of(OptimizerConfig rest) {
        return new Grouped(rest, List.of());
    }

    /**
     * The same with one more group, which chooses after the others.
     *
     * @param name of the group, without dots
     * @param chosen which parameters
     * @param config how they are optimised
     * @return the configuration
     * @throws IllegalArgumentException when the name is taken, empty or holds a dot
     */
    public Grouped and(String name, Predicate<Parameter> chosen, OptimizerConfig config) {
        List<Group> more = new ArrayList<>(groups);
        more.add(new Group(name, chosen, config));
        return new Grouped(rest, more);
    }

    /**
     * The learning rate of the parameters that no group takes.
     *
     * @return above 0
     */
    @Override
    public double learningRate() {
        return rest.learningRate();
    }

    /**
     * The same with other learning rates, in the same proportions.
     *
     * @param value that of the parameters that no group takes, above 0
     * @return the changed copy
     */
    @Override
    public Grouped withLearningRate(double value) {
        double factor = value / rest.learningRate();
        return new Grouped(
                rest.withLearningRate(value),
                groups.stream()
                        .map(group -> new Group(
                                group.name,
                                group.chosen,
                                group.config.withLearningRate(group.config.learningRate() * factor)))
                        .toList());
    }

    @Override
    public List<Parameter> trained(List<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter ->
                        !config(groupOf(parameter)).trained(List.of(parameter)).isEmpty())
                .toList();
    }

    /**
     * One optimiser for each group that has parameters, stepped together.
     *
     * @param scope owns the state
     * @param parameters what they will change; dense, each once
     * @return the optimiser
     * @throws IllegalArgumentException when a group has a name or a parameter twice, a parameter is not dense, or a
     *     group's method needs the whole loss ({@link Lbfgs})
     */
    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        Parameters.checkValues("groups", parameters);
        Map<String, List<Parameter>> members = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            members.computeIfAbsent(groupOf(parameter), none -> new ArrayList<>())
                    .add(parameter);
        }
        Map<String, Optimizer> optimizers = new LinkedHashMap<>();
        members.forEach((name, some) -> {
            OptimizerConfig config = config(name);
            if (config instanceof Lbfgs) {
                throw new IllegalArgumentException("groups: lbfgs must optimise all parameters by itself, got group "
                        + name + "; its line search needs the whole loss");
            }
            optimizers.put(name, config.over(scope, some));
        });
        return new GroupOptimizer(optimizers);
    }

    private String groupOf(Parameter parameter) {
        return groups.stream()
                .filter(group -> group.chosen.test(parameter))
                .map(Group::name)
                .findFirst()
                .orElse(REST);
    }

    private OptimizerConfig config(String name) {
        return groups.stream()
                .filter(group -> group.name.equals(name))
                .map(Group::config)
                .findFirst()
                .orElse(rest);
    }
}
