package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An optimiser whose rule treats each parameter by itself. */
final class RuleOptimizer extends Scheduled {
    private final String op;
    private final List<Slot> slots;
    private final Rule rule;

    /** How one parameter is changed along its gradient. */
    @FunctionalInterface
    interface Rule {
        void step(Slot slot, Tensor gradient, Factors factors);
    }

    RuleOptimizer(String op, Scope scope, List<Parameter> parameters, List<Slot.Kept> kept, Rule rule) {
        this.op = op;
        this.rule = rule;
        Parameters.check(op, parameters);
        this.slots = parameters.stream()
                .map(parameter -> new Slot(scope, parameter, kept))
                .toList();
    }

    @Override
    public void step(Gradients gradients) {
        for (int i = 0; i < slots.size(); i++) { // an iterator would be garbage a step
            Slot slot = slots.get(i);
            Tensor gradient = gradients.of(slot.value());
            if (gradient != null) {
                rule.step(slot, gradient, factors);
            }
        }
    }

    @Override
    public Map<String, HeapTensor> state() {
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        slots.forEach(slot -> slot.into(state));
        factors.into(state);
        return state;
    }

    @Override
    public void restore(Map<String, HeapTensor> state) {
        States.requireLike(op, state(), state);
        slots.forEach(slot -> slot.check(op, state));
        factors = Factors.of(state);
        slots.forEach(slot -> slot.restore(op, state));
    }
}
