package io.diapason.parity.torch;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** {@code torch.nn.utils}: what changes gradients in place. */
public final class TorchClip {
    private TorchClip() {}

    /** {@code clip_grad_norm_} with the Euclidean norm, which is returned. */
    public static double norm(List<TorchTensor> parameters, double limit) {
        return torch.clip_grad_norm_(Torch.vector(parameters), limit, 2, false);
    }

    /** {@code clip_grad_value_}. */
    public static void value(List<TorchTensor> parameters, double limit) {
        torch.clip_grad_value_(Torch.vector(parameters), limit);
    }
}
