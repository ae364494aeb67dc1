package io.diapason.autograd;

import io.diapason.tensor.Tensor;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Autograd#backward} found: one gradient for each leaf that requires one and that the result depends on.
 */
public final class Gradients {
    private final IdentityHashMap<Tensor, Tensor> byLeaf;

    Gradients(IdentityHashMap<Tensor, Tensor> byLeaf) {
        this.byLeaf = byLeaf;
    }

    /**
     * The gradient of a leaf.
     *
     * @param leaf a tensor made by {@link Tensor#requireGradient()}
     * @return a tensor of its shape, or null when the result does not depend on it
     */
    public @Nullable Tensor of(Tensor leaf) {
        return byLeaf.get(leaf);
    }
}
