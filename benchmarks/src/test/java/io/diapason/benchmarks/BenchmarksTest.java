package io.diapason.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs everything once, tiny; the times mean nothing. */
class BenchmarksTest {
    @Test
    void everyBenchmarkRunsAndStatesItsRate(@TempDir Path folder) throws RunnerException {
        var options = new OptionsBuilder()
                .include("^io\\.diapason\\.benchmarks\\.[A-Z]")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .param("batch", "8")
                .param("in", "16")
                .param("elements", "256")
                .param("classes", "2")
                .param("shape", "A")
                .param("rows", "20")
                .param("m", "8")
                .param("n", "16")
                .param("k", "8")
                .addProfiler(WorkRate.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .output(folder.resolve("jmh.txt").toString())
                .build();

        Collection<RunResult> runs = new Runner(options).run();

        Set<String> ran = new TreeSet<>();
        for (RunResult run : runs) {
            String benchmark = run.getParams().getBenchmark();
            ran.add(benchmark.substring(EngineBenchmark.class.getPackageName().length() + 1));
            assertPositive(benchmark, run.getPrimaryResult());
            assertEquals(1, run.getSecondaryResults().size(), benchmark + " has one rate");
            run.getSecondaryResults().values().forEach(rate -> assertPositive(benchmark, rate));
        }
        assertEquals(
                Set.of(
                        "ActivationDropout.backward",
                        "ActivationDropout.forward",
                        "ActivationFunctions.forward",
                        "ActivationFunctions.forwardBackward",
                        "Adam.step",
                        "CrossEntropy.forward",
                        "CrossEntropy.forwardBackward",
                        "Dropout.forward",
                        "Dropout.forwardBackward",
                        "Gather.pick",
                        "Gemm.multiply",
                        "Linear.forward",
                        "Linear.forwardBackward",
                        "Predict.eager",
                        "Predict.replayed",
                        "ReadTable.read",
                        "ReplayedStep.train",
                        "Sgd.step",
                        "Step.train"),
                ran);
    }

    private static void assertPositive(String benchmark, Result<?> result) {
        double score = result.getScore();
        assertTrue(score > 0 && Double.isFinite(score), benchmark + " " + result.getLabel() + " is " + score);
    }
}
