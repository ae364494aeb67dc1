package io.diapason.loss;

import io.diapason.tensor.Tensor;

/**
 * The absolute error {@code l = |p − t|} of predictions p and targets t; its derivative where they are equal is 0.
 *
 * <p>As {@code torch.nn.L1Loss}. Difference: predictions and targets of different shapes are refused, where PyTorch
 * warns and broadcasts.
 *
 * @param reduction mean or sum over all elements, or one number an element
 */
public record MeanAbsoluteError(Reduce reduction) implements Loss {
    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public MeanAbsoluteError reduced(Reduce other) {
        return new MeanAbsoluteError(other);
    }

    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShapeAndType("meanAbsoluteError", prediction, target);
        return reduction.of(prediction.minus(target).abs());
    }
}
