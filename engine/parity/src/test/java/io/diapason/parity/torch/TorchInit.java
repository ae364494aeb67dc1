package io.diapason.parity.torch;

import io.diapason.tensor.DType;
import org.bytedeco.pytorch.FanModeType;
import org.bytedeco.pytorch.Nonlinearity;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kFanIn;
import org.bytedeco.pytorch.kFanOut;
import org.bytedeco.pytorch.kLeakyReLU;
import org.bytedeco.pytorch.kLinear;
import org.bytedeco.pytorch.kReLU;
import org.bytedeco.pytorch.kTanh;

/** {@code torch.nn.init}, of weights {@code [out, in]}. */
public final class TorchInit {
    private TorchInit() {}

    /** From now on random numbers begin anew. */
    public static void seed(long seed) {
        torch.manual_seed(seed);
    }

    public static TorchTensor uniform(DType dtype, int out, int in, double low, double high) {
        return new TorchTensor(torch.uniform_(empty(dtype, out, in), low, high));
    }

    public static TorchTensor normal(DType dtype, int out, int in, double mean, double deviation) {
        return new TorchTensor(torch.normal_(empty(dtype, out, in), mean, deviation));
    }

    /** For leaky ReLU of the given slope. */
    public static TorchTensor kaimingUniform(DType dtype, int out, int in, double slope, boolean fanIn) {
        return new TorchTensor(
                torch.kaiming_uniform_(empty(dtype, out, in), slope, fan(fanIn), new Nonlinearity(new kLeakyReLU())));
    }

    /** For leaky ReLU of the given slope. */
    public static TorchTensor kaimingNormal(DType dtype, int out, int in, double slope, boolean fanIn) {
        return new TorchTensor(
                torch.kaiming_normal_(empty(dtype, out, in), slope, fan(fanIn), new Nonlinearity(new kLeakyReLU())));
    }

    public static TorchTensor xavierUniform(DType dtype, int out, int in, double gain) {
        return new TorchTensor(torch.xavier_uniform_(empty(dtype, out, in), gain));
    }

    public static TorchTensor xavierNormal(DType dtype, int out, int in, double gain) {
        return new TorchTensor(torch.xavier_normal_(empty(dtype, out, in), gain));
    }

    public static TorchTensor orthogonal(DType dtype, int out, int in, double gain) {
        return new TorchTensor(torch.orthogonal_(empty(dtype, out, in), gain));
    }

    public static double gainOfLinear() {
        return torch.calculate_gain(new Nonlinearity(new kLinear()), 0);
    }

    public static double gainOfTanh() {
        return torch.calculate_gain(new Nonlinearity(new kTanh()), 0);
    }

    public static double gainOfRelu() {
        return torch.calculate_gain(new Nonlinearity(new kReLU()), 0);
    }

    public static double gainOfLeakyRelu(double slope) {
        return torch.calculate_gain(new Nonlinearity(new kLeakyReLU()), slope);
    }

    private static FanModeType fan(boolean in) {
        return in ? new FanModeType(new kFanIn()) : new FanModeType(new kFanOut());
    }

    private static Tensor empty(DType dtype, int out, int in) {
        return TorchTensor.of(dtype, new double[out * in], out, in).value();
    }
}
