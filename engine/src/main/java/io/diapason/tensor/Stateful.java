package io.diapason.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/** What can be saved and carried on later, bit for bit: modules, optimisers, schedules, averages, trainers. */
public interface Stateful {
    /**
     * A copy of everything that the future depends on.
     *
     * @return tensors by name, in a fixed order; counts and numbers are scalars
     */
    Map<String, HeapTensor> state();

    /**
     * Goes back to a state.
     *
     * @param state what {@link #state()} gave, of an object made in the same way
     * @throws IllegalArgumentException when a name is missing or too many, or a type or shape differs; nothing is
     *     changed then
     */
    void restore(Map<String, HeapTensor> state);

    /**
     * The part of a state that belongs to one of several owners.
     *
     * @param prefix what the owner's names begin with, such as {@code optimizer.}
     * @param state of all owners
     * @return the owner's tensors by their names without the prefix, in the state's order
     */
    static Map<String, HeapTensor> under(String prefix, Map<String, HeapTensor> state) {
        Map<String, HeapTensor> part = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }
}
