package io.diapason.loss;

import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/** How far predictions are from targets, as a scalar to minimise. */
@FunctionalInterface
public interface Loss {
    /**
     * The loss of a batch.
     *
     * @param prediction the module's output {@code [batch, out]}
     * @param target what it should have been; its shape and type depend on the loss
     * @return a scalar: the mean over the batch
     */
    Tensor of(Tensor prediction, Tensor target);

    /**
     * Cross-entropy of softmax: {@code L = mean_r −log softmax(z[r, :])[t[r]]}; logits {@code [batch, classes]},
     * targets int64 {@code [batch]}.
     *
     * @return the loss
     */
    static Loss crossEntropy() {
        return io.diapason.op.Softmax::crossEntropy;
    }

    /**
     * Mean squared error over all elements: {@code L = Σ (p − t)² / n}; both of one shape.
     *
     * @return the loss
     */
    static Loss meanSquaredError() {
        return (prediction, target) -> {
            if (!prediction.shape().equals(target.shape())) {
                throw new ShapeException(
                        "meanSquaredError", "both shapes must be equal", prediction.shape() + " and " + target.shape());
            }
            return prediction.minus(target).square().mean();
        };
    }
}
