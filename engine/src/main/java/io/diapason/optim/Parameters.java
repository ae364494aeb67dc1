package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** What must hold of the parameters of one optimiser. */
final class Parameters {
    private Parameters() {}

    static void check(String op, Collection<Parameter> parameters) {
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(op + ": parameters must have names of their own, got "
                        + parameter.name() + " twice; within(prefix) gives them other names");
            }
            if (!parameter.value().layout().isDense()) {
                throw new IllegalArgumentException(op + ": parameters must be dense, got " + parameter.name() + ", "
                        + parameter.value().layout());
            }
        });
        checkValues(op, parameters);
    }

    static void checkValues(String op, Collection<Parameter> parameters) {
        Set<Tensor> values = Collections.newSetFromMap(new IdentityHashMap<>());
        parameters.forEach(parameter -> {
            if (!values.add(parameter.value())) {
                throw new IllegalArgumentException(
                        op + ": a parameter must be there once, got the tensor of " + parameter.name() + " twice");
            }
        });
    }
}
