package io.diapason.benchmarks;

import io.diapason.nn.Activation;
import io.diapason.nn.Pass;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** Time of an activation function over numbers uniform in [-1, 1), eager, in us. */
public class ActivationFunctions extends EngineBenchmark {
    /** Which function. */
    @Param
    Activation function;

    /** Elements of the operand. */
    @Param({"4096", "262144"})
    int elements;

    private Tensor x;

    /** A benchmark without data. */
    public ActivationFunctions() {}

    /** Makes the operand. */
    @Setup
    public void setup() {
        x = data.of(Shape.of(elements), uniform("x", elements)).requireGradient();
    }

    /**
     * The function alone.
     *
     * @param blackhole takes the result
     */
    @Benchmark
    public void forward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(function.forward(x, Pass.inference()));
        }
    }

    /**
     * The function, the sum of its result (a gradient needs a scalar), and the gradient.
     *
     * @param blackhole takes the gradient
     */
    @Benchmark
    public void forwardBackward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(function.forward(x, Pass.inference()).sum().backward());
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("elements")));
    }
}
