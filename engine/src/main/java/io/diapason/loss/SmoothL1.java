package io.diapason.loss;

import io.diapason.tensor.Tensor;

/**
 * The smooth absolute error of {@code e = p − t}: {@code l = ½ e² / β} where {@code |e| < β}, else {@code |e| − ½ β};
 * with β = 0 the absolute error. It is {@link Huber}'s loss divided by its δ.
 *
 * <p>As {@code torch.nn.SmoothL1Loss}. Difference: predictions and targets of different shapes are refused, where
 * PyTorch warns and broadcasts.
 *
 * <p>Source: Girshick 2015, ICCV, equation 3.
 *
 * @param beta where squared becomes absolute, at least 0
 * @param reduction mean or sum over all elements, or one number an element
 */
public record SmoothL1(double beta, Reduce reduction) implements Loss {
    /**
     * A checked loss.
     *
     * @param beta at least 0
     * @param reduction mean or sum over all elements, or one number an element
     * @throws IllegalArgumentException when beta is out of its range
     */
    public SmoothL1 {
        if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("smoothL1: beta must be at least 0 and finite, got " + beta);
        }
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public SmoothL1 reduced(Reduce other) {
        return new SmoothL1(beta, other);
    }

    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShapeAndType("smoothL1", prediction, target);
        Tensor error = prediction.minus(target);
        return reduction.of(beta == 0 ? error.abs() : Huber.each(error, beta).dividedBy(beta));
    }
}
