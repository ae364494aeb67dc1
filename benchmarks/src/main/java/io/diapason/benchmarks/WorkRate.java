package io.diapason.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to each time what it means for the work done: GF/s (10⁹ floating point operations of matrix products a second),
 * ns per element or ns per cell, of one thread. Ask for it by {@code -prof io.diapason.benchmarks.WorkRate}; it reads
 * average times alone (JMH's mode {@code avgt}, the default here).
 */
public final class WorkRate implements InternalProfiler {
    /** A profiler; JMH makes it. */
    public WorkRate() {}

    @Override
    public String getDescription() {
        return "Work over time: GF/s, ns/element or ns/cell";
    }

    @Override
    public void beforeIteration(BenchmarkParams params, IterationParams iteration) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams params, IterationParams iteration, IterationResult result) {
        @Nullable Work work = Work.of(params);
        // An iteration that threw has no time; JMH then says what was thrown.
        boolean timed = !result.getRawPrimaryResults().isEmpty();
        if (work == null || !timed || params.getMode() != Mode.AverageTime) {
            return List.of();
        }
        double nanoseconds =
                result.getPrimaryResult().getScore() * TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
        return List.of(
                switch (work.unit()) {
                    case FLOATING_POINT_OPERATION -> rate("gflops", work.amount() / nanoseconds, "GF/s");
                    case ELEMENT -> rate("element", nanoseconds / work.amount(), "ns/element");
                    case CELL -> rate("cell", nanoseconds / work.amount(), "ns/cell");
                });
    }

    private static ScalarResult rate(String name, double value, String unit) {
        return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
    }
}
