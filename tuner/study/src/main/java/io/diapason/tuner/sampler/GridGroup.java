package io.diapason.tuner.sampler;

import io.diapason.tuner.space.Condition;
import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All active combinations of parameters that depend on one another, numbered.
 *
 * <p>Every combination of those that decide over others (the parents) makes a branch; in a branch, the active ones
 * among the rest are free of each other, so that a branch is a box.
 */
final class GridGroup {
    private static final int MOST_BRANCHES = 100_000;

    private record Branch(Map<String, Value> parents, List<Parameter> free, long end) {}

    private final Map<String, List<Value>> points = new HashMap<>();
    private final List<Branch> branches = new ArrayList<>();

    /** The group of some parameters, parents first. */
    GridGroup(SearchSpace space, List<Parameter> members) {
        Set<String> parentNames = new HashSet<>();
        for (Parameter member : members) {
            points.put(member.name(), member.gridPoints());
            member.when().stream().map(Condition::parent).forEach(parentNames::add);
        }
        List<Parameter> parents = new ArrayList<>();
        List<Parameter> children = new ArrayList<>();
        for (Parameter member : members) {
            (parentNames.contains(member.name()) ? parents : children).add(member);
        }
        addBranches(space, parents, children, 0, new HashMap<>());
    }

    /** How many combinations there are, at most 2^63 - 1. */
    long size() {
        return branches.get(branches.size() - 1).end();
    }

    /** The values of the active parameters of one combination. */
    Map<String, Value> at(long index) {
        int low = 0;
        int high = branches.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index < branches.get(middle).end()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Branch branch = branches.get(low);
        long rest = low == 0 ? index : index - branches.get(low - 1).end();
        Map<String, Value> values = new HashMap<>(branch.parents());
        for (Parameter parameter : branch.free()) {
            List<Value> choices = pointsOf(parameter);
            values.put(parameter.name(), choices.get((int) (rest % choices.size())));
            rest /= choices.size();
        }
        return values;
    }

    private void addBranches(
            SearchSpace space, List<Parameter> parents, List<Parameter> children, int next, Map<String, Value> chosen) {
        if (next == parents.size()) {
            addBranch(space, children, chosen);
            return;
        }
        Parameter parent = parents.get(next);
        if (!space.isActive(parent, chosen)) {
            addBranches(space, parents, children, next + 1, chosen);
            return;
        }
        for (Value value : pointsOf(parent)) {
            chosen.put(parent.name(), value);
            addBranches(space, parents, children, next + 1, chosen);
        }
        chosen.remove(parent.name());
    }

    private void addBranch(SearchSpace space, List<Parameter> children, Map<String, Value> chosen) {
        if (branches.size() == MOST_BRANCHES) {
            throw new SpaceException("grid: parameters that decide over others must have at most " + MOST_BRANCHES
                    + " combinations, got more; give them fewer grid points");
        }
        List<Parameter> free =
                children.stream().filter(child -> space.isActive(child, chosen)).toList();
        long size = 1;
        for (Parameter parameter : free) {
            size = EvenOrder.multiply(size, pointsOf(parameter).size());
        }
        long start = branches.isEmpty() ? 0 : size();
        long end = size > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + size;
        branches.add(new Branch(Map.copyOf(chosen), free, end));
    }

    private List<Value> pointsOf(Parameter parameter) {
        List<Value> values = points.get(parameter.name());
        if (values == null) {
            throw new IllegalStateException("grid: parameter must be of this group, got " + parameter.name());
        }
        return values;
    }
}
