package io.diapason.loss;

import io.diapason.tensor.Tensor;

/**
 * Huber's loss of the error {@code e = p − t}: {@code l = ½ e²} where {@code |e| ≤ δ}, else {@code δ (|e| − ½ δ)}.
 *
 * <p>As {@code torch.nn.HuberLoss}. Difference: predictions and targets of different shapes are refused, where PyTorch
 * warns and broadcasts.
 *
 * <p>Source: Huber 1964, The Annals of Mathematical Statistics 35(1).
 *
 * @param delta where squared becomes absolute, above 0
 * @param reduction mean or sum over all elements, or one number an element
 */
public record Huber(double delta, Reduce reduction) implements Loss {
    /**
     * A checked loss.
     *
     * @param delta above 0
     * @param reduction mean or sum over all elements, or one number an element
     * @throws IllegalArgumentException when delta is out of its range
     */
    public Huber {
        if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("huber: delta must be above 0 and finite, got " + delta);
        }
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public Huber reduced(Reduce other) {
        return new Huber(delta, other);
    }

    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShapeAndType("huber", prediction, target);
        return reduction.of(each(prediction.minus(target), delta));
    }

    /** With {@code c = min(|e|, δ)} both cases are {@code c (|e| − ½ c)}. */
    static Tensor each(Tensor error, double delta) {
        Tensor absolute = error.abs();
        Tensor capped = absolute.clamp(0, delta);
        return capped.times(absolute.minus(capped.times(0.5)));
    }
}
