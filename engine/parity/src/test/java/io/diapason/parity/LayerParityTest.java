package io.diapason.parity;

import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.BatchNormConfig;
import io.diapason.nn.Buffer;
import io.diapason.nn.Embedding;
import io.diapason.nn.Init;
import io.diapason.nn.Module;
import io.diapason.nn.Softmax;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchLayers;
import io.diapason.parity.torch.TorchLoss;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LayerParityTest {
    @Test
    void layersAlone() {
        Family.run("layers", 2, (family, drawn) -> {
            switch (drawn.kind(7)) {
                case 0 -> {
                    int in = drawn.positiveSize();
                    int out = drawn.positiveSize();
                    if (Math.min(in, out) <= 3) {
                        drawn.lean();
                    }
                    one(family, drawn, Layers.linear(drawn, in, out, drawn.chance(0.7)), with(drawn.shape(0, 2), in));
                }
                case 1, 2 -> batchNorm(family, drawn);
                case 3 -> {
                    // Over two numbers nothing but epsilon keeps the gradient from 0.
                    int[] shape = new int[drawn.between(1, 2)];
                    Arrays.setAll(shape, axis -> drawn.between(3, 33));
                    one(family, drawn, Layers.layerNorm(drawn, shape), with(drawn.shape(0, 2), shape));
                }
                case 4 -> embedding(family, drawn);
                case 5 -> one(family, drawn, Layers.activation(drawn), drawn.shape(1, 3));
                default -> {
                    int[] shape = drawn.shape(1, 3);
                    int axis = drawn.between(-shape.length, shape.length - 1);
                    one(family, drawn, Layer.of(new Softmax(axis), x -> Torch.softmax(x, axis)), shape);
                }
            }
        });
    }

    @Test
    void perceptronsFromInputToLoss() {
        Family.run("perceptrons end to end", (family, drawn) -> {
            boolean training = drawn.chance(0.5);
            int rows = drawn.between(8, 40);
            List<Layer> layers = new ArrayList<>();
            int in = drawn.between(2, 33);
            int width = in;
            for (int i = drawn.between(1, 3); i > 0; i--) {
                int next = drawn.between(4, 33);
                int norm = drawn.between(0, 3);
                // A bias before a batch norm has a gradient of rounding errors alone: the mean takes it away.
                layers.add(Layers.linear(drawn, width, next, norm != 0 && drawn.chance(0.8)));
                width = next;
                switch (norm) {
                    case 0 -> layers.add(Layers.batchNorm(drawn, width, training));
                    case 1 -> layers.add(Layers.layerNorm(drawn, width));
                    default -> {}
                }
                layers.add(Layers.nonlinearity(drawn));
                if (!training) {
                    layers.add(Layers.dropout(drawn));
                }
                if (drawn.chance(0.3)) {
                    layers.add(Layer.sequential(
                                    List.of(Layers.linear(drawn, width, width, true), Layers.nonlinearity(drawn)))
                            .residual());
                }
            }
            int classes = drawn.between(4, 10);
            layers.add(Layers.linear(drawn, width, classes, true));
            Layer network = Layer.sequential(layers);
            boolean classification = drawn.chance(0.5);
            Operand target = classification
                    ? drawn.indices(classes, rows)
                    : drawn.dense(1, rows, classes).constant();
            Operand x = drawn.viewedWithoutRepeating(drawn::normal, rows, in);
            List<Operand> operands = network.operands(x);
            operands.add(target);
            family.compare(
                    drawn,
                    network.name() + (training ? ", training" : ", inference"),
                    operands,
                    withLoss(network, training, classification));
        });
    }

    private static Computation withLoss(Layer network, boolean training, boolean classification) {
        return new Computation() {
            @Override
            public Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views) {
                int last = leaves.size() - 1;
                Module module = network.ours().apply(leaves.get(0).dtype());
                List<Tensor> traced = Layer.assign(module, leaves.subList(0, last));
                Tensor output = module.forward(views.get(0), Layer.pass(training));
                Loss loss = classification ? Loss.crossEntropy() : Loss.meanSquaredError();
                return new Traced<>(List.of(loss.of(output, views.get(last)), output), traced);
            }

            @Override
            public Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views) {
                int last = leaves.size() - 1;
                TorchTensor output = network.theirs().apply(views.get(0), views.subList(1, last));
                TorchTensor target = views.get(last);
                TorchTensor loss = classification
                        ? TorchLoss.crossEntropy(output, target, null, Reduce.MEAN, -100, 0)
                        : TorchLoss.mse(output, target, Reduce.MEAN);
                return new Traced<>(List.of(loss, output), leaves.subList(0, last));
            }
        };
    }

    private static void one(Family family, Case drawn, Layer layer, int... shape) {
        family.compare(
                drawn,
                layer.name(),
                layer.operands(drawn.viewedWithoutRepeating(drawn::centred, shape)),
                layer.computation(true));
    }

    /** Outputs, gradients and the running statistics after one or two passes. */
    private static void batchNorm(Family family, Case drawn) {
        int features = drawn.between(1, 20);
        boolean training = drawn.chance(0.6);
        // Few weights now and then have gradients all near 0 by chance: sums of what has no mean.
        boolean affine = features > 3 && drawn.chance(0.8);
        boolean cumulative = drawn.chance(0.3);
        double momentum = drawn.uniform(0.05, 0.9);
        double epsilon = drawn.oneOf(1e-5, 1e-3, 0.1);
        int passes = drawn.between(1, 2);
        int rows = training ? drawn.between(4, 40) : drawn.between(0, 40);
        int[] shape = drawn.chance(0.5)
                ? new int[] {rows, features}
                : new int[] {rows, features, training ? drawn.between(1, 5) : drawn.between(0, 5)};
        List<Operand> operands = new ArrayList<>();
        operands.add(drawn.viewedWithoutRepeating(drawn::normal, shape));
        if (affine) {
            operands.add(Operand.of(drawn.numbers(() -> drawn.uniform(0.5, 1.5), features), features));
            operands.add(drawn.dense(1, features));
        }
        operands.add(drawn.dense(1, features).constant());
        operands.add(Operand.of(drawn.numbers(() -> drawn.uniform(0.1, 2), features), features)
                .constant());
        int statistics = affine ? 3 : 1;
        family.compare(
                drawn,
                "batchNorm1d " + (training ? "training" : "inference") + (cumulative ? ", cumulative" : ""),
                operands,
                new Computation() {
                    @Override
                    public Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views) {
                        BatchNormConfig config = BatchNormConfig.of(features)
                                .withEpsilon(epsilon)
                                .withMomentum(momentum)
                                .withType(leaves.get(0).dtype());
                        config = affine ? config : config.withoutAffine();
                        config = cumulative ? config.cumulative() : config;
                        BatchNorm1d module = new BatchNorm1d(Scope.current(), config);
                        List<Tensor> traced = Layer.assign(module, leaves);
                        List<Buffer> buffers = module.buffers();
                        buffers.get(0).value().assign(leaves.get(statistics));
                        buffers.get(1).value().assign(leaves.get(statistics + 1));
                        Tensor y = module.forward(views.get(0), Layer.pass(training));
                        for (int i = 1; i < passes; i++) {
                            y = module.forward(views.get(0), Layer.pass(training));
                        }
                        return new Traced<>(
                                List.of(
                                        y,
                                        buffers.get(0).value(),
                                        buffers.get(1).value()),
                                traced);
                    }

                    @Override
                    public Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views) {
                        TorchTensor y = null;
                        for (int i = 1; i <= passes; i++) {
                            y = TorchLayers.batchNorm(
                                    views.get(0),
                                    affine ? leaves.get(1) : null,
                                    affine ? leaves.get(2) : null,
                                    leaves.get(statistics),
                                    leaves.get(statistics + 1),
                                    training,
                                    cumulative ? 1.0 / i : momentum,
                                    epsilon);
                        }
                        return new Traced<>(
                                List.of(y, leaves.get(statistics), leaves.get(statistics + 1)),
                                leaves.subList(0, statistics));
                    }
                });
    }

    private static void embedding(Family family, Case drawn) {
        int count = drawn.between(1, 30);
        int width = drawn.positiveSize();
        OptionalInt padding = drawn.chance(0.5) ? OptionalInt.of(drawn.between(0, count - 1)) : OptionalInt.empty();
        family.compare(
                drawn,
                "embedding " + padding,
                List.of(drawn.indices(count, drawn.shape(0, 2)), drawn.dense(1, count, width)),
                new Computation() {
                    @Override
                    public Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views) {
                        DType dtype = leaves.get(1).dtype();
                        Embedding module =
                                new Embedding(Scope.current(), dtype, count, width, padding, Init.zeros(), Rng.of(1));
                        List<Tensor> traced = Layer.assign(module, leaves);
                        return new Traced<>(List.of(module.forward(views.get(0), Layer.pass(true))), traced);
                    }

                    @Override
                    public Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views) {
                        return new Traced<>(
                                List.of(TorchLayers.embedding(views.get(1), views.get(0), padding.orElse(-1))), leaves);
                    }
                });
    }

    private static int[] with(int[] batch, int... sizes) {
        int[] shape = Arrays.copyOf(batch, batch.length + sizes.length);
        System.arraycopy(sizes, 0, shape, batch.length, sizes.length);
        return shape;
    }
}
