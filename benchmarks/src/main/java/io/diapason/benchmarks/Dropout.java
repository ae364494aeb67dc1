package io.diapason.benchmarks;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time of inverted dropout with a fresh Philox mask in each call, eager, in us. The way back computes the mask again.
 */
public class Dropout extends EngineBenchmark {
    /** Elements of the operand. */
    @Param({"4096", "262144"})
    int elements;

    /** Probability of dropping, in [0, 1). */
    @Param("0.2")
    float rate;

    private Tensor x;
    private long stream;

    /** A benchmark without data. */
    public Dropout() {}

    /** Makes the operand. */
    @Setup
    public void setup() {
        x = data.of(Shape.of(elements), uniform("x", elements)).requireGradient();
    }

    /**
     * Dropout alone.
     *
     * @param blackhole takes the result
     */
    @Benchmark
    public void forward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(io.diapason.op.Dropout.dropout(x, rate, 1, stream++));
        }
    }

    /**
     * Dropout, the sum of its result (a gradient needs a scalar), and the gradient.
     *
     * @param blackhole takes the gradient
     */
    @Benchmark
    public void forwardBackward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(
                    io.diapason.op.Dropout.dropout(x, rate, 1, stream++).sum().backward());
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("elements")));
    }
}
