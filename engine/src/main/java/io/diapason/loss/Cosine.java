package io.diapason.loss;

import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/**
 * One minus the cosine of the angle between rows: {@code l[r] = 1 − p[r]·t[r] / √((|p[r]|² + ε)(|t[r]|² + ε))}, ε =
 * 1e−12; 0 for the same direction, 2 for the opposite.
 *
 * <p>As {@code torch.nn.CosineEmbeddingLoss} with targets of 1, whose ε it has; {@code torch.nn.CosineSimilarity}
 * bounds the lengths from below instead, which differs for lengths near 0 alone.
 *
 * @param reduction mean or sum over the rows, or one number a row
 */
public record Cosine(Reduce reduction) implements Loss {
    private static final double EPSILON = 1e-12;

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over the rows, or one number a row
     * @return the loss
     */
    public Cosine reduced(Reduce other) {
        return new Cosine(other);
    }

    /**
     * The loss of a batch.
     *
     * @param prediction {@code [batch, features]}
     * @param target {@code [batch, features]}
     * @return a scalar, or {@code [batch]} with {@link Reduce#NONE}
     * @throws ShapeException when the shapes differ, or there is no row
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShapeAndType("cosine", prediction, target);
        if (prediction.shape().rank() == 0) {
            throw new ShapeException("cosine", "predictions must have rows of features", "a scalar");
        }
        return reduction.of(between(prediction, target).negate().plus(1));
    }

    /** The cosines along the last axis. */
    static Tensor between(Tensor a, Tensor b) {
        Tensor lengths = squared(a).times(squared(b)).sqrt();
        return a.times(b).sum(-1).dividedBy(lengths);
    }

    private static Tensor squared(Tensor x) {
        return x.square().sum(-1).plus(EPSILON);
    }
}
