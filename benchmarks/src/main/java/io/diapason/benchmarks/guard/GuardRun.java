package io.diapason.benchmarks.guard;

import io.diapason.benchmarks.measure.Answer;
import io.diapason.nativelib.NativeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH over some kernels, in a process that is kept on a core as the processes that JMH starts are: {@code GuardRun
 * FORKS KERNEL…}. Prints a line of JSON: of each kernel a number an iteration.
 */
final class GuardRun {
    private GuardRun() {}

    public static void main(String[] arguments) throws RunnerException {
        List<String> kernels = List.of(arguments).subList(1, arguments.length);
        var options = new OptionsBuilder()
                .include("^" + Guarded.class.getName().replace(".", "\\.") + "\\.")
                .param("kernel", kernels.toArray(String[]::new))
                .forks(Integer.parseInt(arguments[0]))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Map<String, Object> answer = new LinkedHashMap<>();
        for (RunResult run : new Runner(options).run()) {
            Map<String, Object> medians = new LinkedHashMap<>();
            for (String name : List.of("ratio", "oursMicroseconds", "referenceMicroseconds")) {
                medians.put(name, scores(run, name));
            }
            answer.put(run.getParams().getParam("kernel"), medians);
        }
        Answer.print(Map.of("set", NativeLibrary.instructionSet(), "kernels", answer));
    }

    private static List<Double> scores(RunResult run, String name) {
        List<Double> scores = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                scores.add(
                        Objects.requireNonNull(iteration.getSecondaryResults().get(name))
                                .getScore());
            }
        }
        return scores;
    }
}
