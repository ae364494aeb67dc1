package io.diapason.loss;

import io.diapason.op.Comparison;
import io.diapason.op.Select;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/**
 * The loss of pairs of rows that should be alike (target 1) or not (target −1): {@code l[r] = 1 − cos(a[r], b[r])} for
 * like pairs, {@code max(cos(a[r], b[r]) − margin, 0)} for unlike ones; the cosine is that of {@link Cosine}. Any other
 * target costs nothing.
 *
 * <p>As {@code torch.nn.CosineEmbeddingLoss}, whose two inputs are the two rows of each pair here.
 *
 * @param margin the cosine up to which an unlike pair costs nothing, in [−1, 1]
 * @param reduction mean or sum over the pairs, or one number a pair
 */
public record CosineEmbedding(double margin, Reduce reduction) implements Loss {
    private static final String NAME = "cosineEmbedding";

    /**
     * A checked loss.
     *
     * @param margin in [−1, 1]
     * @param reduction mean or sum over the pairs, or one number a pair
     * @throws IllegalArgumentException when the margin is out of its range
     */
    public CosineEmbedding {
        if (!(margin >= -1 && margin <= 1)) {
            throw new IllegalArgumentException(NAME + ": the margin must be in [-1, 1], got " + margin);
        }
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over the pairs, or one number a pair
     * @return the loss
     */
    public CosineEmbedding reduced(Reduce other) {
        return new CosineEmbedding(margin, other);
    }

    /**
     * The loss of a batch of pairs.
     *
     * @param prediction {@code [batch, 2, features]}
     * @param target 1 or −1, {@code [batch]}, of any number type
     * @return a scalar, or {@code [batch]} with {@link Reduce#NONE}
     * @throws ShapeException when the shapes do not fit
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (shape.rank() != 3 || shape.size(1) != 2) {
            throw new ShapeException(NAME, "predictions must be pairs [batch, 2, features]", shape.toString());
        }
        return of(prediction.select(1, 0), prediction.select(1, 1), target);
    }

    /**
     * The loss of a batch of pairs in two tensors.
     *
     * @param first {@code [batch, features]}
     * @param second {@code [batch, features]}
     * @param target 1 or −1, {@code [batch]}, of any number type
     * @return a scalar, or {@code [batch]} with {@link Reduce#NONE}
     * @throws ShapeException when the shapes do not fit
     */
    public Tensor of(Tensor first, Tensor second, Tensor target) {
        if (first.shape().rank() != 2
                || !second.shape().equals(first.shape())
                || !target.shape().equals(Shape.of(first.shape().size(0)))) {
            throw new ShapeException(
                    NAME,
                    "both rows of a pair must be [batch, features] and targets [batch]",
                    first.shape() + ", " + second.shape() + " and " + target.shape());
        }
        Tensor cosine = Cosine.between(first, second);
        Tensor like = Select.where(Comparison.equal(target, 1), cosine.negate().plus(1), 0);
        Tensor unlike =
                Select.where(Comparison.equal(target, -1), cosine.minus(margin).relu(), 0);
        return reduction.of(like.plus(unlike));
    }
}
