package io.diapason.loss;

import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * The pinball loss {@code l = max(q e, (q − 1) e)} of the error {@code e = t − p} at the quantile level q; the
 * prediction that minimises its mean is the q-quantile of the targets. Several levels are learned at once, one output
 * each. The derivative with respect to p where both are equal is {@code 1 − q}.
 *
 * <p>PyTorch has no such loss. Source: Koenker and Bassett 1978, Econometrica 46(1).
 *
 * @param levels each in (0, 1), one for each output
 * @param reduction mean or sum over all elements, or one number an element
 */
public record Quantile(List<Double> levels, Reduce reduction) implements Loss {
    /**
     * A checked loss.
     *
     * @param levels each in (0, 1), at least one
     * @param reduction mean or sum over all elements, or one number an element
     * @throws IllegalArgumentException when there is no level, or one is out of its range
     */
    public Quantile {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || !levels.stream().allMatch(level -> level > 0 && level < 1)) {
            throw new IllegalArgumentException("quantile: levels must be above 0 and below 1, got " + levels);
        }
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public Quantile reduced(Reduce other) {
        return new Quantile(levels, other);
    }

    /**
     * The loss of a batch.
     *
     * @param prediction one output a level, {@code [batch, levels]}
     * @param target {@code [batch, 1]} or {@code [batch]}
     * @return a scalar, or {@code [batch, levels]} with {@link Reduce#NONE}
     * @throws ShapeException when the shapes do not fit
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (shape.rank() != 2
                || shape.size(1) != levels.size()
                || target.elements() != shape.size(0)
                || target.shape().rank() == 0
                || target.shape().size(0) != shape.size(0)) {
            throw new ShapeException(
                    "quantile",
                    "predictions must be [batch, " + levels.size() + "], one a level, and targets [batch, 1]",
                    shape + " and " + target.shape());
        }
        Numbers.requireOneType("quantile", prediction, target);
        Tensor error = target.reshape(shape.size(0), 1).minus(prediction);
        // max(q e, (q − 1) e) = (q − 1) e + max(e, 0)
        return reduction.of(
                error.times(Numbers.vector(levels, prediction).minus(1)).plus(error.relu()));
    }
}
