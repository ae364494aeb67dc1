package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.tensor.Tensor;

/**
 * The loss at some parameters, and how it changes there.
 *
 * @param loss its value
 * @param gradients with respect to the parameters
 */
public record Evaluation(double loss, Gradients gradients) {
    /**
     * Reads a loss and finds its gradients.
     *
     * @param loss a scalar that depends on parameters
     * @return its value and its gradients, which the innermost open scope owns
     * @throws IllegalStateException when it is no scalar or depends on nothing that requires a gradient
     */
    public static Evaluation of(Tensor loss) {
        Gradients gradients = loss.backward();
        return new Evaluation(loss.item(), gradients);
    }
}
