package io.diapason.loss;

import io.diapason.op.Softmax;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy of softmax, for one class out of several:
 *
 * <pre>
 * l[r] = (1 − s) · w[t[r]] · −log p[r, t[r]]  +  s / classes · Σ_c w[c] · −log p[r, c],   p = softmax of row r
 * L    = Σ_r l[r] / Σ_r w[t[r]]
 * </pre>
 *
 * <p>with the class weights w (1 when there are none) and the label smoothing s; rows whose target is {@code ignored}
 * count nowhere. Logits are {@code [batch, classes]}; targets int64 {@code [batch]}, or probabilities {@code [batch,
 * classes]} q of the logits' type, when {@code −log p[r, t[r]]} is {@code −Σ_c q[r, c] log p[r, c]}, weights apply to
 * each term, nothing is ignored, and the mean is over rows.
 *
 * <p>As {@code torch.nn.CrossEntropyLoss}: the mean is NaN when no row counts. Differences: logits of more axes are to
 * be reshaped to {@code [rows, classes]} first.
 *
 * <p>Source: label smoothing, Szegedy et al. 2016, CVPR, section 7.
 *
 * @param weights how much a row of each class counts, each at least 0; none means 1
 * @param ignored the target of rows that do not count
 * @param smoothing how much of a row's target goes to all classes equally, in [0, 1]
 * @param reduction mean by weight, sum, or one number a row
 */
public record CrossEntropy(List<Double> weights, long ignored, double smoothing, Reduce reduction) implements Loss {
    private static final String NAME = "crossEntropy";

    /**
     * A checked loss.
     *
     * @param weights each at least 0
     * @param ignored the target of rows that do not count
     * @param smoothing in [0, 1]
     * @param reduction mean by weight, sum, or one number a row
     * @throws IllegalArgumentException when a weight or the smoothing is out of its range
     */
    public CrossEntropy {
        weights = Numbers.requireWeights(NAME, weights);
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException(NAME + ": smoothing must be in [0, 1], got " + smoothing);
        }
    }

    /**
     * The same loss with class weights; {@link ClassWeights} computes balanced ones.
     *
     * @param each one number a class, at least 0
     * @return the loss
     */
    public CrossEntropy weighted(List<Double> each) {
        return new CrossEntropy(each, ignored, smoothing, reduction);
    }

    /**
     * The same loss with class weights.
     *
     * @param each one number a class, at least 0
     * @return the loss
     */
    public CrossEntropy weighted(double... each) {
        return weighted(Arrays.stream(each).boxed().toList());
    }

    /**
     * The same loss with label smoothing.
     *
     * @param share how much of a row's target goes to all classes equally, in [0, 1]
     * @return the loss
     */
    public CrossEntropy smoothed(double share) {
        return new CrossEntropy(weights, ignored, share, reduction);
    }

    /**
     * The same loss with another target that does not count.
     *
     * @param target of rows that are ignored; a class or not
     * @return the loss
     */
    public CrossEntropy ignoring(long target) {
        return new CrossEntropy(weights, target, smoothing, reduction);
    }

    /**
     * The same loss with another reduction.
     *
     * @param other mean by weight, sum, or one number a row
     * @return the loss
     */
    public CrossEntropy reduced(Reduce other) {
        return new CrossEntropy(weights, ignored, smoothing, other);
    }

    /**
     * The loss of a batch.
     *
     * @param prediction logits {@code [batch, classes]}
     * @param target classes, int64 {@code [batch]}, or probabilities {@code [batch, classes]}
     * @return a scalar, or {@code [batch]} with {@link Reduce#NONE}
     * @throws IndexOutOfBoundsException when a target that is not ignored is no class
     * @throws io.diapason.tensor.ShapeException when the shapes or types do not fit, or the weights are not one a class
     */
    @Override
    public Tensor of(Tensor prediction, Tensor target) {
        if (target.dtype().isFloat()) {
            return ofProbabilities(prediction, target);
        }
        ClassTargets.requireShapes(NAME, prediction, target, weights);
        if (reduction == Reduce.MEAN && smoothing < 1) { // one kernel
            return Softmax.crossEntropy(
                    prediction,
                    target,
                    weights.isEmpty() ? null : Numbers.vector(weights, prediction),
                    ignored,
                    smoothing);
        }
        ClassTargets targets = ClassTargets.of(NAME, prediction, target, weights, ignored);
        Tensor logs = Softmax.logSoftmax(prediction, 1);
        Tensor each = targets.pick(logs).times(smoothing - 1);
        if (smoothing > 0) {
            each = each.plus(weightedSum(logs, prediction)
                    .times(-smoothing / prediction.shape().size(1)));
        }
        return targets.reduced(each, reduction);
    }

    private Tensor ofProbabilities(Tensor prediction, Tensor target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new ShapeException(
                    NAME,
                    "targets must be whole numbers [rows], or probabilities of the predictions' shape",
                    prediction.shape() + " and " + target.dtype() + " " + target.shape()
                            + "; to(DType.INT64) makes classes of floats");
        }
        Numbers.requireOneType(NAME, prediction, target);
        Tensor probabilities = smoothing == 0
                ? target
                : target.times(1 - smoothing)
                        .plus(smoothing / prediction.shape().size(1));
        return reduction.of(weightedSum(Softmax.logSoftmax(prediction, 1).times(probabilities), prediction)
                .negate());
    }

    /** Σ_c w[c] · x[r, c]. */
    private Tensor weightedSum(Tensor x, Tensor like) {
        return (weights.isEmpty() ? x : x.times(Numbers.vector(weights, like))).sum(1);
    }

    @Override
    public double weight(Tensor target) {
        return target.dtype().isFloat() ? target.shape().size(0) : ClassTargets.total(target, weights, ignored);
    }
}
