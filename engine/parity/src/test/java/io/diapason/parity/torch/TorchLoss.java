package io.diapason.parity.torch;

import io.diapason.loss.Reduce;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch's losses. */
public final class TorchLoss {
    private TorchLoss() {}

    public static TorchTensor crossEntropy(
            TorchTensor logits,
            TorchTensor target,
            @Nullable TorchTensor weights,
            Reduce reduction,
            long ignored,
            double smoothing) {
        return new TorchTensor(torch.cross_entropy_loss(
                logits.value(), target.value(), TorchLayers.optional(weights), number(reduction), ignored, smoothing));
    }

    public static TorchTensor binaryCrossEntropyWithLogits(
            TorchTensor logits, TorchTensor target, @Nullable TorchTensor positiveWeights, Reduce reduction) {
        return new TorchTensor(torch.binary_cross_entropy_with_logits(
                logits.value(),
                target.value(),
                new TensorOptional(),
                TorchLayers.optional(positiveWeights),
                number(reduction)));
    }

    public static TorchTensor nll(
            TorchTensor logProbabilities,
            TorchTensor target,
            @Nullable TorchTensor weights,
            Reduce reduction,
            long ignored) {
        return new TorchTensor(torch.nll_loss(
                logProbabilities.value(), target.value(), TorchLayers.optional(weights), number(reduction), ignored));
    }

    public static TorchTensor mse(TorchTensor prediction, TorchTensor target, Reduce reduction) {
        return new TorchTensor(torch.mse_loss(prediction.value(), target.value(), number(reduction)));
    }

    public static TorchTensor l1(TorchTensor prediction, TorchTensor target, Reduce reduction) {
        return new TorchTensor(torch.l1_loss(prediction.value(), target.value(), number(reduction)));
    }

    public static TorchTensor huber(TorchTensor prediction, TorchTensor target, Reduce reduction, double delta) {
        return new TorchTensor(torch.huber_loss(prediction.value(), target.value(), number(reduction), delta));
    }

    public static TorchTensor smoothL1(TorchTensor prediction, TorchTensor target, Reduce reduction, double beta) {
        return new TorchTensor(torch.smooth_l1_loss(prediction.value(), target.value(), number(reduction), beta));
    }

    public static TorchTensor cosineEmbedding(
            TorchTensor first, TorchTensor second, TorchTensor target, double margin, Reduce reduction) {
        return new TorchTensor(
                torch.cosine_embedding_loss(first.value(), second.value(), target.value(), margin, number(reduction)));
    }

    /** Some numbers of one, as losses by formula do. */
    public static TorchTensor reduced(TorchTensor each, Reduce reduction) {
        return switch (reduction) {
            case MEAN -> Torch.mean(each, false);
            case SUM -> Torch.sum(each, false);
            case NONE -> each;
        };
    }

    /** As in {@code at::Reduction}. */
    private static int number(Reduce reduction) {
        return switch (reduction) {
            case NONE -> 0;
            case MEAN -> 1;
            case SUM -> 2;
        };
    }
}
