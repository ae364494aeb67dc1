package io.diapason.tuner.sampler;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Condition;
import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A space's grid points: a box with one side for each group of parameters that depend on one another. */
final class Grid {
    private final List<GridGroup> groups;
    private final long size;

    Grid(SearchSpace space) {
        groups = groups(space);
        long product = 1;
        for (GridGroup group : groups) {
            product = EvenOrder.multiply(product, group.size());
        }
        size = product;
    }

    /** How many combinations there are, at most 2^63 - 1. */
    long size() {
        return size;
    }

    /** The values of the active parameters at place {@code index} of the even order. */
    Map<String, Value> at(long index, Rng rng) {
        long[] sizes = groups.stream().mapToLong(GridGroup::size).toArray();
        long[] digits = EvenOrder.at(index, sizes, rng);
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < digits.length; i++) {
            values.putAll(groups.get(i).at(digits[i]));
        }
        return values;
    }

    /** Connected parts of the graph whose edges lead from parameters to the parents in their conditions. */
    private static List<GridGroup> groups(SearchSpace space) {
        Map<String, List<Parameter>> groupOf = new HashMap<>();
        for (Parameter parameter : space.parentsFirst()) {
            List<Parameter> joined = new ArrayList<>();
            for (Condition condition : parameter.when()) {
                List<Parameter> group = groupOf.get(condition.parent());
                if (group != null && !joined.containsAll(group)) {
                    joined.addAll(group);
                }
            }
            joined.add(parameter);
            joined.forEach(member -> groupOf.put(member.name(), joined));
        }
        return space.parentsFirst().stream()
                .map(parameter -> groupOf.getOrDefault(parameter.name(), List.of(parameter)))
                .distinct()
                .map(group -> new GridGroup(
                        space,
                        space.parentsFirst().stream().filter(group::contains).toList()))
                .toList();
    }
}
