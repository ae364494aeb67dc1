package io.diapason.benchmarks;

import io.diapason.autograd.Autograd;
import io.diapason.inference.Predictor;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Pass;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Time of a prediction by a perceptron 32-256-256-256-10 with ReLU, in us: from rows on the heap, {@code [rows, 32]},
 * to logits on the heap, {@code [rows, 10]}.
 */
public class Predict extends EngineBenchmark {
    private static final int IN = 32;
    private static final int HIDDEN = 256;
    private static final int OUT = 10;

    /** Rows of one call. */
    @Param({"1", "4096"})
    int rows;

    private Mlp network;
    private float[] features;
    private float[] logits;
    private Predictor predictor;

    /** A benchmark without data. */
    public Predict() {}

    /** Makes the network and the rows. */
    @Setup
    public void setup() {
        Mlp.Config config = new Mlp.Config(IN, List.of(HIDDEN, HIDDEN, HIDDEN), OUT, Activation.RELU, 0);
        network = new Mlp(data, config, random("weights"));
        features = uniform("features", rows * IN);
        logits = new float[rows * OUT];
        predictor = new Predictor(network, Shape.of(rows, IN));
    }

    /** Frees what the predictor holds. */
    @TearDown
    public void free() {
        predictor.close();
    }

    /**
     * One call of a predictor.
     *
     * @return the logits
     */
    @Benchmark
    public float[] replayed() {
        predictor.predict(features, logits);
        return logits;
    }

    /**
     * One forward pass of the module.
     *
     * @return the logits
     */
    @Benchmark
    public float[] eager() {
        try (Scope scope = Scope.open()) {
            return Autograd.noGrad(() -> network.forward(scope.of(Shape.of(rows, IN), features), Pass.inference())
                    .toFloatArray());
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.flops(
                2.0 * Integer.parseInt(params.getParam("rows")) * (IN * HIDDEN + 2 * HIDDEN * HIDDEN + HIDDEN * OUT));
    }
}
