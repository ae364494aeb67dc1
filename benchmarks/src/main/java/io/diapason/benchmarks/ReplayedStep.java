package io.diapason.benchmarks;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.optim.Adam;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.train.Examples;
import io.diapason.train.TrainConfig;
import io.diapason.train.Trainer;
import io.diapason.train.TrainingResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Time of one training step as the {@link Trainer} makes it, in us: a batch of shuffled rows, forward with ReLU and
 * dropout, cross-entropy, backward, Adam. A call is a whole training of {@value #STEPS} steps, of which the first two
 * are recorded and the others replayed, and is divided by their number.
 */
public class ReplayedStep extends EngineBenchmark {
    private static final int BATCHES = 64;
    private static final int EPOCHS = 10;
    private static final int STEPS = EPOCHS * BATCHES;

    /** Perceptron and batch, as those of {@link Step}. */
    @Param
    NetworkShape shape;

    /** Rate of dropout after each hidden layer, in [0, 1). */
    @Param("0.2")
    double dropout;

    private Examples examples;

    /** A benchmark without data. */
    public ReplayedStep() {}

    /** Makes the rows. */
    @Setup
    public void setup() {
        int rows = BATCHES * shape.batch();
        examples = new Examples(
                data.of(shape.input(rows), uniform("x", rows * shape.in())),
                data.of(shape.target(rows), labels("labels", rows, shape.out())));
    }

    /**
     * One training of a new network.
     *
     * @return what was done
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public TrainingResult train() {
        try (Scope weights = Scope.detached(Device.CPU)) {
            Mlp network = new Mlp(weights, shape.config(Activation.RELU, dropout), random("weights"));
            TrainConfig config = TrainConfig.of(EPOCHS, shape.batch(), new Adam(1e-3), 1);
            return new Trainer(network, Loss.crossEntropy(), config).fit(examples);
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.flops(NetworkShape.valueOf(params.getParam("shape")).flopsOfStep());
    }
}
