package io.diapason.benchmarks.guard;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hot kernel and its reference in turns. What counts is {@code ratio}, how many times as fast as its reference the
 * kernel is; the time that JMH gives is that of a turn of both. (JMH's own report adds counters up over iterations;
 * {@code benchmarks/run guard} takes each iteration by itself.)
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 60, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 60, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class Guarded {
    /** Which kernel. */
    @Param
    HotKernel kernel;

    private final Memory memory = new Memory();
    private Duel duel;

    /** A benchmark without data. */
    public Guarded() {}

    /** Makes operands for the instruction set in use. */
    @Setup
    public void setup() {
        NativeLibrary.load();
        duel = kernel.duel(memory, Kernels.dp_isa_current());
    }

    /** Frees them. */
    @TearDown
    public void close() {
        memory.close();
    }

    /**
     * A turn of both, or several.
     *
     * @param turns what is noted of them
     */
    @Benchmark
    public void turn(Turns turns) {
        duel.fight(turns);
    }
}
