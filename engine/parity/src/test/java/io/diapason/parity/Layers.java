package io.diapason.parity;

import io.diapason.nn.Activation;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.BatchNormConfig;
import io.diapason.nn.Dropout;
import io.diapason.nn.Elu;
import io.diapason.nn.Init;
import io.diapason.nn.LayerNorm;
import io.diapason.nn.LeakyRelu;
import io.diapason.nn.Linear;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchLayers;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Random layers. */
final class Layers {
    private Layers() {}

    static Layer linear(Case drawn, int in, int out, boolean bias) {
        Operand weight = drawn.dense(1 / Math.sqrt(in), in, out);
        if (!bias) {
            return new Layer(
                    "linear without bias",
                    List.of(weight),
                    dtype -> new Linear(Scope.current(), dtype, in, out, Init.zeros(), null, Rng.of(1)),
                    (x, p) -> Torch.linear(x, p.get(0)));
        }
        return new Layer(
                "linear",
                List.of(weight, drawn.dense(0.5, out)),
                dtype -> new Linear(Scope.current(), dtype, in, out, Init.zeros(), Init.zeros(), Rng.of(1)),
                (x, p) -> Torch.linear(x, p.get(0), p.get(1)));
    }

    /** With statistics of the batch in training, of a mean of 0 and a variance of 1 in inference. */
    static Layer batchNorm(Case drawn, int features, boolean training) {
        double epsilon = drawn.oneOf(1e-5, 1e-5, 1e-3);
        return new Layer(
                "batchNorm1d",
                List.of(scales(drawn, features), drawn.dense(0.5, features)),
                dtype -> new BatchNorm1d(
                        Scope.current(),
                        BatchNormConfig.of(features).withEpsilon(epsilon).withType(dtype)),
                (x, p) -> TorchLayers.batchNorm(
                        x,
                        p.get(0),
                        p.get(1),
                        constant(x, 0, features),
                        constant(x, 1, features),
                        training,
                        0.1,
                        epsilon));
    }

    static Layer layerNorm(Case drawn, int... shape) {
        double epsilon = drawn.oneOf(1e-5, 1e-5, 1e-3);
        boolean weight = drawn.chance(0.8);
        boolean bias = weight && drawn.chance(0.8);
        List<Operand> both = List.of(scales(drawn, shape), drawn.dense(0.5, shape));
        return new Layer(
                "layerNorm",
                both.subList(0, bias ? 2 : weight ? 1 : 0),
                dtype -> new LayerNorm(Scope.current(), dtype, Shape.of(shape), epsilon, weight, bias),
                (x, p) -> TorchLayers.layerNorm(x, shape, weight ? p.get(0) : null, bias ? p.get(1) : null, epsilon));
    }

    static Layer activation(Case drawn) {
        return drawn.chance(0.08) ? Layer.of(Activation.IDENTITY, x -> x) : nonlinearity(drawn);
    }

    static Layer nonlinearity(Case drawn) {
        double number = drawn.uniform(0.01, 0.9);
        return switch (drawn.between(0, 9)) {
            case 0 -> Layer.of(Activation.RELU, Torch::relu);
            case 1 -> Layer.of(Activation.TANH, Torch::tanh);
            case 2 -> Layer.of(Activation.GELU, Torch::gelu);
            case 3 -> Layer.of(Activation.SELU, Torch::selu);
            case 4 -> Layer.of(Activation.SILU, Torch::silu);
            case 5 -> Layer.of(Activation.MISH, Torch::mish);
            case 6 -> Layer.of(Activation.SIGMOID, Torch::sigmoid);
            case 7 -> Layer.of(Activation.SOFTPLUS, Torch::softplus);
            case 8 -> Layer.of(new LeakyRelu(number), x -> Torch.leakyRelu(x, number));
            default -> Layer.of(new Elu(number), x -> Torch.elu(x, number));
        };
    }

    /** In inference, where it does nothing. */
    static Layer dropout(Case drawn) {
        return Layer.of(new Dropout(drawn.uniform(0, 0.9)), x -> x);
    }

    private static Operand scales(Case drawn, int... shape) {
        return Operand.of(drawn.numbers(() -> drawn.uniform(0.5, 1.5), Case.elements(shape)), shape);
    }

    private static TorchTensor constant(TorchTensor like, double value, int n) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return TorchTensor.of(like.dtype(), values, n);
    }
}
