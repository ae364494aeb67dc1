package io.diapason.loss;

import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Negative log-likelihood of log-probabilities, such as {@link io.diapason.op.Softmax#logSoftmax} gives: {@code l[r] =
 * −w[t[r]] · p[r, t[r]]}, {@code L = Σ_r l[r] / Σ_r w[t[r]]} with the class weights w (1 when there are none). Rows
 * whose target is {@code ignored} count nowhere.
 *
 * <p>As {@code torch.nn.NLLLoss}: the mean is NaN when no row counts. Differences: predictions of more axes are to be
 * reshaped to {@code [rows, classes]} first.
 *
 * @param weights how much a row of each class counts, each at least 0; none means 1
 * @param ignored the target of rows that do not count
 * @param reduction mean by weight, sum, or one number a row
 */
public record NegativeLogLikelihood(List<Double> weights, long ignored, Reduce reduction) implements Loss {
    private static final String NAME = "negativeLogLikelihood";

    /**
     * A checked loss.
     *
     * @param weights each at least 0
     * @param ignored the target of rows that do not count
     * @param reduction mean by weight, sum, or one number a row
     * @throws IllegalArgumentException when a weight is out of its range
     */
    public NegativeLogLikelihood {
        weights = Numbers.requireWeights(NAME, weights);
    }

    /**
     * The same loss with class weights; {@link ClassWeights} computes balanced ones.
     *
     * @param each one number a class, at least 0
     * @return the loss
     */
    public NegativeLogLikelihood weighted(List<Double> each) {
        return new NegativeLogLikelihood(each, ignored, reduction);
    }

    /**
     * The same loss with class weights.
     *
     * @param each one number a class, at least 0
     * @return the loss
     */
    public NegativeLogLikelihood weighted(double... each) {
        return weighted(Arrays.stream(each).boxed().toList());
    }

    /**
     * The same loss with another target that does not count.
     *
     * @param target of rows that are ignored; a class or not
     * @return the loss
     */
    public NegativeLogLikelihood ignoring(long target) {
        return new NegativeLogLikelihood(weights, target, reduction);
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean by weight, sum, or one number a row
     * @return the loss
     */
    public NegativeLogLikelihood reduced(Reduce other) {
        return new NegativeLogLikelihood(weights, ignored, other);
    }

    /**
     * The loss of a batch.
     *
     * @param prediction log-probabilities {@code [batch, classes]}
     * @param target classes, int64 {@code [batch]}
     * @return a scalar, or {@code [batch]} with {@link Reduce#NONE}
     * @throws IndexOutOfBoundsException when a target that is not ignored is no class
     * @throws io.diapason.tensor.ShapeException when the shapes or types do not fit, or the weights are not one a class
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        ClassTargets targets = ClassTargets.of(NAME, prediction, target, weights, ignored);
        return targets.reduced(targets.pick(prediction).negate(), reduction);
    }

    @Override
    public double weight(Tensor target) {
        return ClassTargets.total(target, weights, ignored);
    }
}
