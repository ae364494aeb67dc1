package io.diapason.loss;

import io.diapason.tensor.Tensor;

/**
 * The squared error {@code l = (p − t)²} of predictions p and targets t.
 *
 * <p>As {@code torch.nn.MSELoss}. Difference: predictions and targets of different shapes are refused, where PyTorch
 * warns and broadcasts.
 *
 * @param reduction mean or sum over all elements, or one number an element
 */
public record MeanSquaredError(Reduce reduction) implements Loss {
    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public MeanSquaredError reduced(Reduce other) {
        return new MeanSquaredError(other);
    }

    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShapeAndType("meanSquaredError", prediction, target);
        return reduction.of(prediction.minus(target).square());
    }
}
