package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One parameter with what its optimiser keeps for it: the steps it took, tensors of its shape, and numbers. */
final class Slot {
    private static final String STEPS = ".steps";

    private final Parameter parameter;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, double[]> numbers = new LinkedHashMap<>(); // one each, without a box a step
    private long steps;

    /**
     * What a method keeps.
     *
     * @param name within the parameter, such as {@code m}
     * @param initial its first value
     * @param perElement whether it is a tensor of the parameter's shape, or one number
     */
    record Kept(String name, double initial, boolean perElement) {
        static Kept tensor(String name) {
            return tensor(name, 0);
        }

        static Kept tensor(String name, double initial) {
            return new Kept(name, initial, true);
        }

        static Kept number(String name, double initial) {
            return new Kept(name, initial, false);
        }
    }

    Slot(Scope scope, Parameter parameter, List<Kept> kept) {
        this.parameter = parameter;
        for (Kept one : kept) {
            if (one.perElement()) {
                Tensor value = parameter.value();
                tensors.put(one.name(), scope.full(value.dtype(), value.shape(), one.initial()));
            } else {
                numbers.put(one.name(), new double[] {one.initial()});
            }
        }
    }

    Tensor value() {
        return parameter.value();
    }

    /** Begins a step: its number, from 1. */
    long nextStep() {
        return ++steps;
    }

    /** The decay that applies to this parameter. */
    double decay(double weightDecay) {
        return parameter.kind() == Parameter.Kind.WEIGHT ? weightDecay : 0;
    }

    Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("optimizer: " + name + " must be kept");
        }
        return tensor;
    }

    @Nullable
    Tensor tensorIfKept(String name) {
        return tensors.get(name);
    }

    /** Multiplies a number that is kept. */
    double multiply(String name, double factor) {
        double[] number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("optimizer: " + name + " must be kept");
        }
        return number[0] *= factor;
    }

    void into(Map<String, HeapTensor> state) {
        state.put(parameter.name() + STEPS, HeapTensor.of(steps));
        tensors.forEach((name, tensor) -> state.put(parameter.name() + "." + name, HeapTensor.copyOf(tensor)));
        numbers.forEach((name, number) -> state.put(parameter.name() + "." + name, HeapTensor.of(number[0])));
    }

    /** What must hold of a state with the right names, types and shapes. */
    void check(String op, Map<String, HeapTensor> state) {
        States.count(op, state, parameter.name() + STEPS);
    }

    void restore(String op, Map<String, HeapTensor> state) {
        steps = States.count(op, state, parameter.name() + STEPS);
        tensors.forEach((name, tensor) ->
                States.get(state, parameter.name() + "." + name).copyTo(tensor));
        numbers.forEach((name, number) ->
                number[0] = States.get(state, parameter.name() + "." + name).asDouble());
    }
}
