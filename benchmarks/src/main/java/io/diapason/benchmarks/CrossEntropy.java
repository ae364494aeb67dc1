package io.diapason.benchmarks;

import io.diapason.op.Softmax;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** Time of the cross-entropy of softmax, eager, in us; an element is a logit. Logits are {@code [batch, classes]}. */
public class CrossEntropy extends EngineBenchmark {
    /** Rows. */
    @Param("128")
    int batch;

    /** Columns. */
    @Param({"2", "10", "1000"})
    int classes;

    private Tensor logits;
    private Tensor targets;

    /** A benchmark without data. */
    public CrossEntropy() {}

    /** Makes logits and targets. */
    @Setup
    public void setup() {
        logits = data.of(Shape.of(batch, classes), uniform("logits", batch * classes))
                .requireGradient();
        targets = data.of(Shape.of(batch), labels("targets", batch, classes));
    }

    /**
     * The loss alone.
     *
     * @param blackhole takes the loss
     */
    @Benchmark
    public void forward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(Softmax.crossEntropy(logits, targets));
        }
    }

    /**
     * The loss and the gradient of the logits.
     *
     * @param blackhole takes the gradient
     */
    @Benchmark
    public void forwardBackward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(Softmax.crossEntropy(logits, targets).backward());
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("batch")) * Integer.parseInt(params.getParam("classes")));
    }
}
