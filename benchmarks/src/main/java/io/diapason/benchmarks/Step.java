package io.diapason.benchmarks;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Time of one eager training step of a perceptron, in us: forward with ReLU and dropout, cross-entropy, backward, Adam.
 * The batch is a view of rows that lie ready; nothing is gathered.
 */
public class Step extends EngineBenchmark {
    /** So many that a network does not learn them by heart, whereupon gradients would vanish and time would change. */
    private static final int BATCHES = 64;

    /**
     * Perceptron and batch: A 16-64-64-2 of 32, B 64-128-128-10 of 64, C 64-256-256-10 of 128, D 784-512-512-10 of 128,
     * E 1024-2048-2048-1000 of 256.
     */
    @Param
    NetworkShape shape;

    /** Rate of dropout after each hidden layer, in [0, 1). */
    @Param("0.2")
    double dropout;

    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Tensor> targets = new ArrayList<>();
    private final Rng masks = random("dropout");
    private Mlp network;
    private Optimizer optimizer;
    private long step;

    /** A benchmark without data. */
    public Step() {}

    /** Makes the network, its optimiser and the batches. */
    @Setup
    public void setup() {
        network = new Mlp(data, shape.config(Activation.RELU, dropout), random("weights"));
        optimizer = new Adam(1e-3).over(data, network.parameters());
        int batch = shape.batch();
        int rows = BATCHES * batch;
        Tensor x = data.of(shape.input(rows), uniform("x", rows * shape.in()));
        Tensor labels = data.of(shape.target(rows), labels("labels", rows, shape.out()));
        for (int from = 0; from < rows; from += batch) {
            inputs.add(x.rows(from, from + batch));
            targets.add(labels.rows(from, from + batch));
        }
    }

    /**
     * One step on the next batch.
     *
     * @return the loss before the step
     */
    @Benchmark
    public double train() {
        int batch = (int) (step % BATCHES);
        try (Scope scope = Scope.open()) {
            Tensor logits = network.forward(inputs.get(batch), Pass.training(masks, step));
            Tensor loss = Loss.crossEntropy().of(logits, targets.get(batch));
            optimizer.step(loss.backward());
            step++;
            return loss.item();
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.flops(NetworkShape.valueOf(params.getParam("shape")).flopsOfStep());
    }
}
