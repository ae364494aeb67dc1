package io.diapason.benchmarks;

import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks share: how long they run, their unit, and the scope that owns their data. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public abstract class EngineBenchmark {
    private static final long SEED = 1;

    /** Owns what outlives an invocation: weights, inputs, optimiser state. */
    final Scope data = Scope.detached(Device.CPU);

    /** A benchmark without data. */
    protected EngineBenchmark() {}

    /** Frees the data. */
    @TearDown
    public void close() {
        data.close();
    }

    /** Random numbers that are the same in every run. */
    static Rng random(String name) {
        return Rng.of(SEED).child(name);
    }

    /** Numbers uniform in [-1, 1). */
    static float[] uniform(String name, int n) {
        Rng random = random(name);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.floatAt(i) - 1;
        }
        return values;
    }

    /** Classes uniform in [0, classes). */
    static int[] labels(String name, int n, int classes) {
        Rng random = random(name);
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.intAt(i, classes);
        }
        return values;
    }
}
