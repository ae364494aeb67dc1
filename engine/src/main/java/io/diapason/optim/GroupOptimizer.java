package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One optimiser a group, stepped together. */
final class GroupOptimizer implements Optimizer {
    private static final String OP = "groups";

    private final Map<String, Optimizer> groups = new LinkedHashMap<>();

    GroupOptimizer(Scope scope, List<ParameterGroup> groups) {
        Parameters.checkValues(
                OP,
                groups.stream().flatMap(group -> group.parameters().stream()).toList());
        for (ParameterGroup group : groups) {
            if (group.config() instanceof Lbfgs) {
                throw new IllegalArgumentException("groups: lbfgs must optimise all parameters by itself, got group "
                        + group.name() + "; its line search needs the whole loss");
            }
            if (this.groups.put(group.name(), group.config().over(scope, group.parameters())) != null) {
                throw new IllegalArgumentException(
                        "groups: groups must have names of their own, got " + group.name() + " twice");
            }
        }
    }

    @Override
    public void step(Gradients gradients) {
        groups.values().forEach(group -> group.step(gradients));
    }

    @Override
    public void learningRateFactor(double factor) {
        groups.values().forEach(group -> group.learningRateFactor(factor));
    }

    @Override
    public void momentumFactor(double factor) {
        groups.values().forEach(group -> group.momentumFactor(factor));
    }

    @Override
    public Map<String, HeapTensor> state() {
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        groups.forEach((name, group) -> group.state().forEach((part, tensor) -> state.put(name + "." + part, tensor)));
        return state;
    }

    /** All or nothing over the groups, too: what was restored is taken back when a later group refuses its part. */
    @Override
    public void restore(Map<String, HeapTensor> state) {
        Map<String, HeapTensor> before = state();
        States.requireLike(OP, before, state);
        try {
            restoreGroups(state);
        } catch (IllegalArgumentException e) {
            restoreGroups(before);
            throw e;
        }
    }

    private void restoreGroups(Map<String, HeapTensor> state) {
        groups.forEach((name, group) -> group.restore(States.under(name + ".", state)));
    }
}
