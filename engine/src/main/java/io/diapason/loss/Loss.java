package io.diapason.loss;

import io.diapason.op.Softmax;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * How far predictions are from targets, to be minimised. The losses here are records, and their numbers are changed by
 * methods that return another record:
 *
 * <pre>{@code
 * Loss plain = Loss.crossEntropy();
 * Loss rareCountsMore = Loss.crossEntropy().weighted(1, 5).smoothed(0.1);
 * Loss ofEachRow = Loss.huber(1).reduced(Reduce.NONE);
 * Loss own = (prediction, target) -> prediction.minus(target).pow(4).mean();
 * }</pre>
 *
 * <p>They are those of PyTorch 2.13 by another name; each says where it differs.
 */
@FunctionalInterface
public interface Loss {
    /**
     * The loss of a batch.
     *
     * @param prediction the module's output {@code [batch, out]}
     * @param target what it should have been; its shape and type depend on the loss
     * @return a scalar, the mean over the batch; with {@link Reduce#NONE} one number an element or row
     * @throws io.diapason.tensor.ShapeException when prediction and target do not fit each other or the loss
     */
    Tensor of(Tensor prediction, Tensor target);

    /**
     * What is made of the losses of single elements or rows; a trainer that accumulates gradients asks.
     *
     * @return {@link Reduce#MEAN} unless a loss says otherwise
     */
    default Reduce reduction() {
        return Reduce.MEAN;
    }

    /**
     * How much a batch counts beside others: the mean over several batches is {@code Σ weight · loss / Σ weight}.
     *
     * @param target of the batch, {@code [batch, …]}
     * @return its rows, or where rows count differently the sum of what they count; at least 0
     */
    default double weight(Tensor target) {
        return target.shape().size(0);
    }

    /**
     * Cross-entropy of softmax: {@code L = mean_r −log softmax(z[r, :])[t[r]]}.
     *
     * @return the loss, of logits {@code [batch, classes]} and targets int64 {@code [batch]}
     */
    static CrossEntropy crossEntropy() {
        return new CrossEntropy(List.of(), Softmax.IGNORED, 0, Reduce.MEAN);
    }

    /**
     * Binary cross-entropy of the sigmoid: {@code L = mean −t log σ(z) − (1 − t) log(1 − σ(z))}, computed without σ.
     *
     * @return the loss, of logits and targets in [0, 1] of one shape
     */
    static BinaryCrossEntropy binaryCrossEntropyWithLogits() {
        return new BinaryCrossEntropy(List.of(), Reduce.MEAN);
    }

    /**
     * Negative log-likelihood: {@code L = mean_r −p[r, t[r]]} of logarithms of probabilities.
     *
     * @return the loss, of log-probabilities {@code [batch, classes]} and targets int64 {@code [batch]}
     */
    static NegativeLogLikelihood negativeLogLikelihood() {
        return new NegativeLogLikelihood(List.of(), Softmax.IGNORED, Reduce.MEAN);
    }

    /**
     * Mean squared error over all elements: {@code L = Σ (p − t)² / n}.
     *
     * @return the loss, of predictions and targets of one shape
     */
    static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError(Reduce.MEAN);
    }

    /**
     * Mean absolute error over all elements: {@code L = Σ |p − t| / n}.
     *
     * @return the loss, of predictions and targets of one shape
     */
    static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError(Reduce.MEAN);
    }

    /**
     * Huber's loss: squared near 0, absolute beyond.
     *
     * @param delta where the one becomes the other, above 0; PyTorch's default is 1
     * @return the loss, of predictions and targets of one shape
     * @throws IllegalArgumentException when delta is not above 0
     */
    static Huber huber(double delta) {
        return new Huber(delta, Reduce.MEAN);
    }

    /**
     * The smooth absolute error: Huber's loss over its delta.
     *
     * @param beta where squared becomes absolute, at least 0; 0 is the absolute error; PyTorch's default is 1
     * @return the loss, of predictions and targets of one shape
     * @throws IllegalArgumentException when beta is below 0
     */
    static SmoothL1 smoothL1(double beta) {
        return new SmoothL1(beta, Reduce.MEAN);
    }

    /**
     * The pinball loss, whose minimum is a quantile.
     *
     * @param levels of the quantiles, each in (0, 1), one for each output; 0.5 is the median
     * @return the loss, of predictions {@code [batch, levels]} and targets {@code [batch, 1]}
     * @throws IllegalArgumentException when a level is not in (0, 1), or there is none
     */
    static Quantile quantile(double... levels) {
        return new Quantile(Arrays.stream(levels).boxed().toList(), Reduce.MEAN);
    }

    /**
     * One minus the cosine between prediction and target: {@code L = mean_r 1 − cos(p[r, :], t[r, :])}.
     *
     * @return the loss, of predictions and targets {@code [batch, features]}
     */
    static Cosine cosine() {
        return new Cosine(Reduce.MEAN);
    }

    /**
     * The loss of pairs that are alike or not, by their cosine.
     *
     * @param margin in [−1, 1]: the cosine up to which an unlike pair costs nothing; PyTorch's default is 0
     * @return the loss, of pairs {@code [batch, 2, features]} and targets 1 or −1 {@code [batch]}
     * @throws IllegalArgumentException when the margin is out of range
     */
    static CosineEmbedding cosineEmbedding(double margin) {
        return new CosineEmbedding(margin, Reduce.MEAN);
    }
}
