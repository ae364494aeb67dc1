package io.diapason.tensor;

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
}
