package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Stateful;
import java.util.function.Supplier;

/**
 * Changes parameters along their gradients; holds the state that belongs to them.
 *
 * <p>An optimiser that was restored from another's {@link #state()} goes on bit for bit as the other would have. Made
 * by {@link OptimizerConfig#over}; users may implement it, too.
 */
public interface Optimizer extends Stateful {
    /**
     * One step over every parameter that has a gradient; the others stay as they are, and so does their state.
     *
     * @param gradients of the loss
     * @throws UnsupportedOperationException when the method must evaluate the loss itself ({@link Lbfgs}); use
     *     {@link #step(Supplier)}
     */
    void step(Gradients gradients);

    /**
     * One step that evaluates the loss itself: once for most methods, as often as it takes for {@link Lbfgs}. What an
     * evaluation computes is freed right after it was used.
     *
     * <pre>{@code
     * double loss = optimizer.step(() -> Evaluation.of(lossOf(batch)));
     * }</pre>
     *
     * @param closure computes loss and gradients at the parameters' present values; the same function each time it is
     *     called within one step
     * @return the loss before the step
     */
    default double step(Supplier<Evaluation> closure) {
        try (Scope temporaries = Scope.open()) {
            Evaluation evaluation = closure.get();
            step(evaluation.gradients());
            return evaluation.loss();
        }
    }

    /**
     * From now on steps are made with the configured learning rate times a factor: how schedules act. Part of the
     * state.
     *
     * @param factor at least 0; 1 at first
     * @throws IllegalArgumentException when it is negative or not finite
     */
    void learningRateFactor(double factor);

    /**
     * From now on steps are made with the configured momentum times a factor; beta1 is the momentum of Adam and its
     * relatives. Methods without momentum take no notice (PyTorch's one-cycle schedule refuses them). Part of the
     * state.
     *
     * @param factor above 0 and at most 1; 1 at first
     * @throws IllegalArgumentException when it is out of its range
     */
    void momentumFactor(double factor);
}
