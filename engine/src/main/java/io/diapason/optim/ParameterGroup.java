package io.diapason.optim;

import io.diapason.nn.Parameter;
import java.util.List;

/**
 * Parameters that are optimised alike.
 *
 * @param name of the group within its optimiser, such as {@code head}; not empty and without dots
 * @param parameters what it holds
 * @param config which optimiser, with which numbers
 */
public record ParameterGroup(String name, List<Parameter> parameters, OptimizerConfig config) {
    /**
     * A checked group.
     *
     * @param name of the group
     * @param parameters copied
     * @param config which optimiser
     * @throws IllegalArgumentException when the name is empty or holds a dot
     */
    public ParameterGroup {
        requireName(name);
        parameters = List.copyOf(parameters);
    }

    static void requireName(String name) {
        if (name.isEmpty() || name.contains(".")) {
            throw new IllegalArgumentException(
                    "group: the name must not be empty and hold no dot, got \"" + name + "\"");
        }
    }
}
