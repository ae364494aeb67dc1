package io.diapason.parity.torch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The functions below libtorch's layers. */
public final class TorchLayers {
    private TorchLayers() {}

    /** {@code torch.nn.functional.batch_norm}; running statistics are changed in training. */
    public static TorchTensor batchNorm(
            TorchTensor x,
            @Nullable TorchTensor weight,
            @Nullable TorchTensor bias,
            @Nullable TorchTensor runningMean,
            @Nullable TorchTensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        return new TorchTensor(torch.batch_norm(
                x.value(),
                optional(weight),
                optional(bias),
                optional(runningMean),
                optional(runningVariance),
                training,
                momentum,
                epsilon,
                false));
    }

    /** {@code torch.nn.BatchNorm1d} as it is made, over {@code [batch, features]}. */
    public static TorchTensor batchNormInTraining(TorchTensor x) {
        return new TorchTensor(new BatchNorm1dImpl(new BatchNormOptions(x.shape()[1])).forward(x.value()));
    }

    /** {@code torch.nn.functional.layer_norm}. */
    public static TorchTensor layerNorm(
            TorchTensor x, int[] shape, @Nullable TorchTensor weight, @Nullable TorchTensor bias, double epsilon) {
        LongPointer sizes = new LongPointer(TorchTensor.longs(shape));
        return new TorchTensor(torch.layer_norm(
                x.value(), new LongArrayRef(sizes, shape.length), optional(weight), optional(bias), epsilon, false));
    }

    /** {@code torch.nn.functional.embedding}; a padding index of -1 is none. */
    public static TorchTensor embedding(TorchTensor table, TorchTensor index, int padding) {
        return new TorchTensor(torch.embedding(table.value(), index.value(), padding, false, false));
    }

    static TensorOptional optional(@Nullable TorchTensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.value());
    }
}
