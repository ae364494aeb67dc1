package io.diapason.benchmarks;

import io.diapason.op.Matmul;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time of the affine map {@code x W + b} of one layer, eager, in us. {@code x [batch, in]}, {@code W [in, out]}.
 *
 * <p>The defaults hold the hidden layers of the shapes A to D of {@link Step}: (32, 64, 64), (64, 128, 128), (128, 256,
 * 256), (128, 512, 512). Work: {@code 2 batch in out} floating point operations forward, three times as many with the
 * way back.
 */
public class Linear extends EngineBenchmark {
    /** Rows of x. */
    @Param({"32", "64", "128"})
    int batch;

    /** Columns of x. */
    @Param({"64", "128", "256", "512"})
    int in;

    /** Columns of the result: a number, or {@code in} for as many as x has. */
    @Param("in")
    String out;

    private Tensor x;
    private Tensor weight;
    private Tensor bias;

    /** A benchmark without data. */
    public Linear() {}

    /** Makes input and parameters; gradients flow to all three, as in a hidden layer. */
    @Setup
    public void setup() {
        int columns = columns(in, out);
        x = data.of(Shape.of(batch, in), uniform("x", batch * in)).requireGradient();
        weight = data.of(Shape.of(in, columns), uniform("weight", in * columns)).requireGradient();
        bias = data.of(Shape.of(columns), uniform("bias", columns)).requireGradient();
    }

    /**
     * The map alone, remembered for a way back that does not come.
     *
     * @param blackhole takes the result
     */
    @Benchmark
    public void forward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(Matmul.linear(x, weight, bias));
        }
    }

    /**
     * The map, the sum of its result (a gradient needs a scalar), and the gradients of x, W and b.
     *
     * @param blackhole takes the gradients
     */
    @Benchmark
    public void forwardBackward(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(Matmul.linear(x, weight, bias).sum().backward());
        }
    }

    static Work work(BenchmarkParams params) {
        int in = Integer.parseInt(params.getParam("in"));
        double product = 2.0 * Integer.parseInt(params.getParam("batch")) * in * columns(in, params.getParam("out"));
        return Work.flops(params.getBenchmark().endsWith("Backward") ? 3 * product : product);
    }

    private static int columns(int in, String out) {
        return out.equals("in") ? in : Integer.parseInt(out);
    }
}
