package io.diapason.nn;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Stateful;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A differentiable function with parameters. A class of one's own says what it computes and what it is made of; the
 * rest follows from that.
 *
 * <p>Inference may run in several threads at once, each in a scope of its own, when the parameters live in a detached
 * scope. Training belongs to one thread.
 */
public non-sealed interface Module extends Part, Stateful {
    /**
     * Maps a batch.
     *
     * @param x {@code [batch, in]}
     * @param pass training or inference
     * @return {@code [batch, out]}, owned by the innermost open scope
     */
    Tensor forward(Tensor x, Pass pass);

    /**
     * What this is made of: each time the same parameters, buffers and modules, in the same order.
     *
     * @return the parts
     */
    Parts parts();

    /**
     * What an optimiser may change, in the order of the parts. A value that is used in several places is listed once,
     * by its first name.
     *
     * @return the parameters, by qualified names such as {@code 0.weight}
     */
    default List<Parameter> parameters() {
        return Inventory.of(this).parameters();
    }

    /**
     * What belongs to the state and no optimiser changes, in the order of the parts; each value once.
     *
     * @return the buffers, by qualified names such as {@code 1.running_mean}
     */
    default List<Buffer> buffers() {
        return Inventory.of(this).buffers();
    }

    /**
     * A copy of every parameter and buffer.
     *
     * @return by qualified name, in the order of the parts
     */
    @Override
    default Map<String, HeapTensor> state() {
        return Inventory.of(this).state();
    }

    /**
     * Overwrites every parameter and buffer, or none.
     *
     * @param state by qualified name: what {@link #state()} gave, of a module made in the same way
     * @throws IllegalArgumentException when a name is missing or too many, or a type or shape differs; nothing is
     *     changed then
     */
    @Override
    default void restore(Map<String, HeapTensor> state) {
        Inventory.of(this).restore(state);
    }

    /**
     * A function without parameters, the same in training and inference.
     *
     * @param function any operations, such as {@code x -> x.square().plus(1)}
     * @return the module
     */
    static Module of(UnaryOperator<Tensor> function) {
        return new FunctionModule(function);
    }
}
