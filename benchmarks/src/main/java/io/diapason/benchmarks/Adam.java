package io.diapason.benchmarks;

import io.diapason.op.Update;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** Time of one step of Adam over one tensor of parameters, its gradient and two moments, in us. */
public class Adam extends EngineBenchmark {
    /** Elements of each of the four. */
    @Param({"4096", "262144"})
    int elements;

    private Tensor parameters;
    private Tensor gradient;
    private Tensor first;
    private Tensor second;
    private long step;

    /** A benchmark without data. */
    public Adam() {}

    /** Makes parameters, a gradient that stays, and moments of zero. */
    @Setup
    public void setup() {
        Shape shape = Shape.of(elements);
        parameters = data.of(shape, uniform("parameters", elements));
        gradient = data.of(shape, uniform("gradient", elements));
        first = data.zeros(shape);
        second = data.zeros(shape);
    }

    /**
     * One step.
     *
     * @param blackhole takes the changed parameters
     */
    @Benchmark
    public void step(Blackhole blackhole) {
        step++;
        double stepSize = 1e-3 / (1 - StrictMath.pow(0.9, (double) step));
        double inverseCorrection = 1 / Math.sqrt(1 - StrictMath.pow(0.999, (double) step));
        Update.adam(
                parameters, gradient, first, second, null, 1e-3, 0.9, 0.999, 1e-8, stepSize, 0, inverseCorrection, 0);
        blackhole.consume(parameters);
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("elements")));
    }
}
