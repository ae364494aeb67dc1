package io.diapason.optim;

import io.diapason.autograd.Gradients;

/** Changes parameters along their gradients; holds the state that belongs to them. */
public interface Optimizer {
    /**
     * One step over every parameter that has a gradient.
     *
     * @param gradients of the loss
     */
    void step(Gradients gradients);
}
