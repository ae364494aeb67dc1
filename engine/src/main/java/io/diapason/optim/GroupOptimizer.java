package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Stateful;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The optimisers of several groups, stepped together; the state is theirs, each under {@code name.}. */
final class GroupOptimizer implements Optimizer {
    private static final String OP = "groups";

    private final Map<String, Optimizer> groups;
    private final List<Optimizer> each; // in the groups' order, to be stepped without garbage

    GroupOptimizer(Map<String, Optimizer> groups) {
        this.groups = groups;
        this.each = List.copyOf(groups.values());
    }

    @Override
    public void step(Gradients gradients) {
        for (int i = 0; i < each.size(); i++) {
            each.get(i).step(gradients);
        }
    }

    @Override
    public void learningRateFactor(double factor) {
        for (int i = 0; i < each.size(); i++) {
            each.get(i).learningRateFactor(factor);
        }
    }

    @Override
    public void momentumFactor(double factor) {
        for (int i = 0; i < each.size(); i++) {
            each.get(i).momentumFactor(factor);
        }
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
        groups.forEach((name, group) -> group.restore(Stateful.under(name + ".", state)));
    }
}
