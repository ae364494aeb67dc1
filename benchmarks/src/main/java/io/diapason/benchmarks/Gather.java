package io.diapason.benchmarks;

import io.diapason.op.Index;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** Time of picking the rows of a batch, {@code [batch, in]}, out of 4,096 in any order, eager, in us. */
public class Gather extends EngineBenchmark {
    private static final int ROWS = 4096;

    /** Rows picked. */
    @Param("128")
    int batch;

    /** Columns. */
    @Param({"64", "784"})
    int in;

    private Tensor x;
    private Tensor index;

    /** A benchmark without data. */
    public Gather() {}

    /** Makes the rows, and which are picked. */
    @Setup
    public void setup() {
        x = data.of(Shape.of(ROWS, in), uniform("x", ROWS * in));
        index = data.of(Shape.of(batch), labels("index", batch, ROWS));
    }

    /**
     * One batch.
     *
     * @param blackhole takes it
     */
    @Benchmark
    public void pick(Blackhole blackhole) {
        try (Scope scope = Scope.open()) {
            blackhole.consume(Index.indexSelect(x, 0, index));
        }
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("batch")) * Integer.parseInt(params.getParam("in")));
    }
}
