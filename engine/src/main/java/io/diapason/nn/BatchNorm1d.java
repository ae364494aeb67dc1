package io.diapason.nn;

import io.diapason.autograd.Autograd;
import io.diapason.op.Reduction;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation: {@code y = (x − mean) / √(variance + epsilon) · weight + bias} for each feature; {@code x
 * [batch, features]} or {@code [batch, features, length]}, everything else {@code [features]}.
 *
 * <p>In training, mean and variance are those of the batch (the variance with divisor n, where n = batch · length), and
 * the running statistics move towards them: {@code running ← (1 − momentum) · running + momentum · statistic}, where
 * the variance has divisor n − 1. Without a momentum they are averages over all batches. In inference mean and variance
 * are the running ones, so rows do not depend on each other. Buffers: {@code running_mean}, {@code running_var} and
 * {@code num_batches_tracked} (int64), as PyTorch names them.
 *
 * <p>A training pass over a single value a feature is refused, one over none changes no statistic. Training passes must
 * not run in several threads at once.
 *
 * <p>Source: Ioffe and Szegedy 2015, «Batch normalization», algorithms 1 and 2; PyTorch's {@code nn.BatchNorm1d}.
 */
public final class BatchNorm1d implements Module {
    private static final String OP = "batchNorm1d";

    private final BatchNormConfig config;
    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;
    private final @Nullable RunningStatistics running;

    /**
     * A layer with PyTorch's defaults.
     *
     * @param scope owns its tensors
     * @param features how many, at least 1
     */
    public BatchNorm1d(Scope scope, int features) {
        this(scope, BatchNormConfig.of(features));
    }

    /**
     * A layer as configured; weight and running variance start as 1, bias and running mean as 0.
     *
     * @param scope owns its tensors
     * @param config what it looks like
     */
    public BatchNorm1d(Scope scope, BatchNormConfig config) {
        this.config = config;
        Shape shape = Shape.of(config.features());
        DType dtype = config.dtype();
        this.weight =
                config.affine() ? new Parameter("weight", scope.full(dtype, shape, 1), Parameter.Kind.NORM) : null;
        this.bias = config.affine() ? new Parameter("bias", scope.zeros(dtype, shape), Parameter.Kind.NORM) : null;
        this.running = config.tracked() ? new RunningStatistics(scope, dtype, shape, config.momentum()) : null;
    }

    /**
     * What this layer looks like.
     *
     * @return the configuration it was made from
     */
    public BatchNormConfig config() {
        return config;
    }

    /**
     * Normalises.
     *
     * @param x {@code [batch, features]} or {@code [batch, features, length]} of the layer's type
     * @param pass a training pass normalises by the batch and changes the running statistics
     * @return of the same shape
     * @throws ShapeException when the input has another shape or type, or one value a feature where statistics of the
     *     batch are needed
     */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        requireInput(x);
        if (running != null && !pass.isTraining()) {
            return normalised(x, running.mean().value(), running.variance().value());
        }
        long count = x.elements() / config.features();
        if (count == 1) {
            throw new ShapeException(
                    OP,
                    "there must be more than 1 value a feature to normalise by the batch",
                    x.shape() + "; a last batch of one row can be dropped");
        }
        if (count == 0) {
            if (running != null) {
                running.count();
            }
            return Norms.affine(x, aligned(weight, x), aligned(bias, x));
        }
        int[] axes = x.shape().rank() == 2 ? new int[] {0} : new int[] {0, 2};
        Tensor mean = Reduction.mean(x, false, axes);
        Tensor variance = Reduction.variance(x, 0, false, axes);
        if (running != null) {
            Autograd.noGrad(() -> running.update(mean.detach(), variance.detach(), count));
        }
        return normalised(x, mean, variance);
    }

    private Tensor normalised(Tensor x, Tensor mean, Tensor variance) {
        return Norms.normalise(
                x, aligned(mean, x), aligned(variance, x), config.epsilon(), aligned(weight, x), aligned(bias, x));
    }

    /** A vector of the features so that it broadcasts to the input. */
    private static Tensor aligned(Tensor vector, Tensor x) {
        return x.shape().rank() == 2 ? vector : vector.unsqueeze(-1);
    }

    private static @Nullable Tensor aligned(@Nullable Parameter parameter, Tensor x) {
        return parameter == null ? null : aligned(parameter.value(), x);
    }

    private void requireInput(Tensor x) {
        int rank = x.shape().rank();
        if ((rank != 2 && rank != 3) || x.shape().size(1) != config.features()) {
            int features = config.features();
            throw new ShapeException(
                    OP,
                    "the input must be [batch, " + features + "] or [batch, " + features + ", length]",
                    x.shape().toString());
        }
        Norms.requireType(OP, x, config.dtype());
    }

    @Override
    public Parts parts() {
        Parts parts = Parts.none().and("weight", weight).and("bias", bias);
        return running == null
                ? parts
                : parts.and("running_mean", running.mean())
                        .and("running_var", running.variance())
                        .and("num_batches_tracked", running.batches());
    }
}
