package io.diapason.nn;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every parameter and buffer within a module under its qualified name, each value once, in the order of the parts. */
final class Inventory {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final Map<String, Tensor> values = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Inventory() {}

    static Inventory of(Module module) {
        Inventory inventory = new Inventory();
        inventory.visit("", module);
        return inventory;
    }

    private void visit(String prefix, Module module) {
        if (!seen.add(module)) {
            return; // shared: everything in it is listed already
        }
        module.parts().byName().forEach((name, part) -> {
            String qualified = prefix + name;
            if (part instanceof Module child) {
                visit(qualified + ".", child);
            } else if (part instanceof Parameter parameter && seen.add(parameter.value())) {
                parameters.add(parameter.named(qualified));
                values.put(qualified, parameter.value());
            } else if (part instanceof Buffer buffer && seen.add(buffer.value())) {
                buffers.add(buffer.named(qualified));
                values.put(qualified, buffer.value());
            }
        });
    }

    List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    List<Buffer> buffers() {
        return Collections.unmodifiableList(buffers);
    }

    Map<String, HeapTensor> state() {
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        values.forEach((name, value) -> state.put(name, HeapTensor.copyOf(value)));
        return state;
    }

    /** Looks at everything before it changes anything. */
    void restore(Map<String, HeapTensor> state) {
        List<Runnable> changes = new ArrayList<>();
        values.forEach((name, value) -> {
            HeapTensor tensor = state.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("restore: the state must hold every parameter and buffer of the"
                        + " module, got none named " + name);
            }
            if (tensor.dtype() != value.dtype() || !tensor.shape().equals(value.shape())) {
                throw new IllegalArgumentException(
                        "restore: " + name + " must be " + value.dtype() + " " + value.shape() + ", got " + tensor);
            }
            value.storage(); // refuses what is closed
            changes.add(() -> tensor.copyTo(value));
        });
        for (String name : state.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "restore: the state must hold nothing but the module's parameters and buffers, got " + name);
            }
        }
        changes.forEach(Runnable::run);
    }
}
