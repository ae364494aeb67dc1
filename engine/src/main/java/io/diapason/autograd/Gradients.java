package io.diapason.autograd;

import io.diapason.op.Update;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One gradient for each leaf: what {@link Tensor#backward()} found, or what several such calls added up to.
 *
 * <p>The tensors belong to the scope that was innermost when they were found, or to the accumulator's.
 */
public final class Gradients {
    private final IdentityHashMap<Tensor, Tensor> byLeaf;

    Gradients(IdentityHashMap<Tensor, Tensor> byLeaf) {
        this.byLeaf = byLeaf;
    }

    /**
     * Zeros that gradients of several batches are added to by {@link Tensor#backward(Gradients)}.
     *
     * @param scope owns them
     * @param leaves made by {@link Tensor#requireGradient()}
     * @return the accumulator
     */
    public static Gradients accumulator(Scope scope, Collection<Tensor> leaves) {
        IdentityHashMap<Tensor, Tensor> zeros = new IdentityHashMap<>();
        for (Tensor leaf : leaves) {
            zeros.put(leaf, scope.zeros(leaf.dtype(), leaf.shape()));
        }
        return new Gradients(zeros);
    }

    /**
     * The gradient of a leaf.
     *
     * @param leaf a tensor made by {@link Tensor#requireGradient()}
     * @return a dense tensor of its shape and type, or null when the result does not depend on it
     */
    public @Nullable Tensor of(Tensor leaf) {
        return byLeaf.get(leaf);
    }

    /**
     * The gradients of several leaves, for clipping and looking at them.
     *
     * @param leaves in the order wanted
     * @return the gradients of those that have one
     */
    public List<Tensor> of(Collection<Tensor> leaves) {
        List<Tensor> found = new ArrayList<>();
        for (Tensor leaf : leaves) {
            Tensor gradient = byLeaf.get(leaf);
            if (gradient != null) {
                found.add(gradient);
            }
        }
        return found;
    }

    /**
     * Adds other gradients to these, in place.
     *
     * @param others of leaves that these have, too
     * @throws IllegalArgumentException when a leaf is missing here; nothing is added then
     */
    public void add(Gradients others) {
        for (Tensor leaf : others.byLeaf.keySet()) {
            if (!byLeaf.containsKey(leaf)) {
                throw new IllegalArgumentException(
                        "gradients: the accumulator must be made for every leaf, got a gradient of another one, shape "
                                + leaf.shape());
            }
        }
        others.byLeaf.forEach((leaf, gradient) -> Update.add(gradient, Objects.requireNonNull(byLeaf.get(leaf))));
    }

    /**
     * Multiplies all by a number, in place: the mean of several batches.
     *
     * @param factor the number
     */
    public void scale(double factor) {
        byLeaf.values().forEach(gradient -> Update.scale(factor, gradient));
    }

    /** Sets all to 0, in place. */
    public void zero() {
        byLeaf.values().forEach(gradient -> Update.fill(0, gradient));
    }
}
