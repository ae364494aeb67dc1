package io.diapason.loss;

import io.diapason.op.Arithmetic;
import io.diapason.op.Elementwise;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Binary cross-entropy of the sigmoid of logits, for yes or no, or several of them at once: {@code l = −w t log σ(z) −
 * (1 − t) log(1 − σ(z))} with the weight w of positive targets, computed as {@code w t softplus(−z) + (1 − t)
 * softplus(z)}, which neither overflows nor loses digits for large |z|, and neither does its gradient.
 *
 * <p>As {@code torch.nn.BCEWithLogitsLoss}. Differences: targets of bool or integers are converted; predictions and
 * targets of different shapes are refused.
 *
 * @param positiveWeights how much a positive target counts beside a negative one, each at least 0: one for all, or one
 *     for each position along the last axis; none means 1
 * @param reduction mean or sum over all elements, or one number an element
 */
public record BinaryCrossEntropy(List<Double> positiveWeights, Reduce reduction) implements Loss {
    private static final String NAME = "binaryCrossEntropyWithLogits";

    /**
     * A checked loss.
     *
     * @param positiveWeights each at least 0
     * @param reduction mean or sum over all elements, or one number an element
     * @throws IllegalArgumentException when a weight is out of its range
     */
    public BinaryCrossEntropy {
        positiveWeights = Numbers.requireWeights(NAME, positiveWeights);
    }

    /**
     * The same loss with weights of positive targets.
     *
     * @param each one number for all, or one for each position along the last axis; at least 0
     * @return the loss
     */
    public BinaryCrossEntropy positiveWeighted(double... each) {
        return new BinaryCrossEntropy(Arrays.stream(each).boxed().toList(), reduction);
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean or sum over all elements, or one number an element
     * @return the loss
     */
    public BinaryCrossEntropy reduced(Reduce other) {
        return new BinaryCrossEntropy(positiveWeights, other);
    }

    /**
     * The loss of a batch.
     *
     * @param prediction logits, {@code [batch, outputs]} or {@code [batch]}
     * @param target of the same shape, each in [0, 1]
     * @return a scalar, or the prediction's shape with {@link Reduce#NONE}
     * @throws ShapeException when the shapes differ, or the weights are neither one nor one an output
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        Numbers.requireOneShape(NAME, prediction, target);
        Tensor t = target.dtype().isFloat() ? target : target.to(prediction.dtype());
        Numbers.requireOneType(NAME, prediction, t);
        Tensor yes = t.times(Elementwise.softplus(prediction.negate()));
        if (!positiveWeights.isEmpty()) {
            yes = yes.times(positive(prediction));
        }
        return reduction.of(Arithmetic.subtract(1, t)
                .times(Elementwise.softplus(prediction))
                .plus(yes));
    }

    private Tensor positive(Tensor prediction) {
        int rank = prediction.shape().rank();
        int count = positiveWeights.size();
        if (count > 1 && (rank == 0 || prediction.shape().size(rank - 1) != count)) {
            throw new ShapeException(
                    NAME,
                    "positive weights must be one, or as many as the last axis has",
                    count + " for shape " + prediction.shape());
        }
        return count == 1
                ? Numbers.scalar(positiveWeights.get(0), prediction)
                : Numbers.vector(positiveWeights, prediction);
    }
}
