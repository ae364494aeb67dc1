package io.diapason.peers;

import io.diapason.benchmarks.NetworkShape;
import io.diapason.benchmarks.compare.Chunks;
import io.diapason.benchmarks.measure.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Times libtorch's eager training step: forward with ReLU and dropout, cross-entropy, backward, Adam, over batches that
 * lie ready. {@code TorchSteps SHAPE DROPOUT}.
 */
final class TorchSteps implements Chunks.Training {
    private final NetworkShape shape;
    private final double dropout;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Tensor> targets = new ArrayList<>();
    private Network network;
    private long seed;
    private double loss;

    private TorchSteps(NetworkShape shape, double dropout) {
        this.shape = shape;
        this.dropout = dropout;
        torch.manual_seed(0);
        for (int batch = 0; batch < Chunks.BATCHES; batch++) {
            SplittableRandom random = new SplittableRandom(batch);
            inputs.add(torch.randn(shape.batch(), shape.in()));
            targets.add(
                    Tensor.create(random.longs(shape.batch(), 0, shape.out()).toArray()));
        }
        network = new Network(shape, seed);
    }

    public static void main(String[] arguments) {
        torch.set_num_threads(1);
        TorchSteps steps = new TorchSteps(NetworkShape.valueOf(arguments[0]), Double.parseDouble(arguments[1]));
        Chunks chunks = Chunks.time(steps, steps.shape == NetworkShape.E ? 8 : Chunks.BATCHES);
        Map<String, Object> answer = chunks.answer(steps.loss, TorchSettings.lines());
        answer.put("name", TorchSettings.name());
        Answer.print(answer);
        // Not a plain return: libtorch's own threads and JavaCPP's would be waited for.
        System.exit(0);
    }

    @Override
    public void begin() {
        network.scope.close();
        network = new Network(shape, ++seed);
    }

    /** Layers and optimiser, freed together. */
    private static final class Network {
        final PointerScope scope = new PointerScope();
        final List<LinearImpl> layers;
        final Adam optimizer;

        Network(NetworkShape shape, long seed) {
            torch.manual_seed(seed);
            layers = List.of(
                    new LinearImpl(shape.in(), shape.hidden()),
                    new LinearImpl(shape.hidden(), shape.hidden()),
                    new LinearImpl(shape.hidden(), shape.out()));
            TensorVector parameters = new TensorVector();
            for (LinearImpl layer : layers) {
                parameters.push_back(layer.weight());
                parameters.push_back(layer.bias());
            }
            optimizer = new Adam(parameters, new AdamOptions(1e-3));
        }
    }

    @Override
    public void step(int batch) {
        try (PointerScope scope = new PointerScope()) {
            Tensor hidden = activated(network.layers.get(0).forward(inputs.get(batch)));
            hidden = activated(network.layers.get(1).forward(hidden));
            Tensor value = torch.cross_entropy_loss(network.layers.get(2).forward(hidden), targets.get(batch));
            network.optimizer.zero_grad();
            value.backward();
            network.optimizer.step();
            if (batch == Chunks.BATCHES - 1) {
                loss = value.item_float();
            }
        }
    }

    private Tensor activated(Tensor x) {
        Tensor y = torch.relu(x);
        return dropout > 0 ? torch.dropout(y, dropout, true) : y;
    }
}
