package io.diapason.benchmarks;

import io.diapason.op.Update;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time of one step of stochastic gradient descent with momentum over one tensor of parameters, its gradient and
 * velocity, in us.
 */
public class Sgd extends EngineBenchmark {
    /** Elements of each of the three. */
    @Param({"4096", "262144"})
    int elements;

    private Tensor parameters;
    private Tensor gradient;
    private Tensor velocity;

    /** A benchmark without data. */
    public Sgd() {}

    /** Makes parameters, a gradient that stays, and a velocity of zero. */
    @Setup
    public void setup() {
        Shape shape = Shape.of(elements);
        parameters = data.of(shape, uniform("parameters", elements));
        gradient = data.of(shape, uniform("gradient", elements));
        velocity = data.zeros(shape);
    }

    /**
     * One step.
     *
     * @param blackhole takes the changed parameters
     */
    @Benchmark
    public void step(Blackhole blackhole) {
        Update.sgd(parameters, gradient, velocity, 1e-3, 0.9, 0, false, 0);
        blackhole.consume(parameters);
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("elements")));
    }
}
