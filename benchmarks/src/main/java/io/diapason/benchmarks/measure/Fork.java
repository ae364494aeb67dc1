package io.diapason.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that is timed, with one thread on one core.
 *
 * @param command program and arguments
 * @param environment variables beyond ours
 */
public record Fork(List<String> command, Map<String, String> environment) {
    private static final Map<String, String> ONE_THREAD = Map.of(
            "OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "MKL_THREADING_LAYER", "GNU");

    /**
     * What a process that has ended left.
     *
     * @param output all it wrote
     * @param seconds from its start to its end
     */
    public record Ended(String output, double seconds) {}

    /**
     * A Java process.
     *
     * @param classPath jars and folders
     * @param options of Java
     * @param main the class that is run
     * @param arguments of the class
     * @return the process, not started
     */
    public static Fork java(String classPath, List<String> options, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return new Fork(command, Map.of());
    }

    /**
     * The same with further variables.
     *
     * @param variables names and values
     * @return the process, not started
     */
    public Fork with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variables);
        return new Fork(command, all);
    }

    /**
     * Runs it to its end.
     *
     * @param cores that it is kept on, such as {@code 1} or {@code 0,1}
     * @return what it left
     * @throws IllegalStateException when it does not end with 0
     */
    public Ended run(String cores) {
        List<String> pinned = new ArrayList<>();
        if (Machine.canPin()) {
            pinned.addAll(List.of("taskset", "-c", cores));
        }
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(ONE_THREAD);
        builder.environment().putAll(environment);
        builder.redirectInput(new File("/dev/null"));
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException(
                        "benchmark: a timed process must end with 0, got " + exit + " of " + this + "\n" + output);
            }
            return new Ended(output, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("benchmark: interrupted", e);
        }
    }

    /**
     * Runs it to its end and reads what it answered.
     *
     * @param cores that it is kept on
     * @return the last line it printed that begins as JSON does
     * @throws IllegalStateException when it does not end with 0, or does not answer
     */
    public JsonNode answer(String cores) {
        return answerOf(run(cores).output());
    }

    /**
     * What a process answered.
     *
     * @param output all it printed
     * @return the last line that begins as JSON does
     * @throws IllegalStateException when there is none
     */
    public static JsonNode answerOf(String output) {
        int line = Math.max(output.lastIndexOf("\n{"), output.startsWith("{") ? 0 : -1);
        if (line < 0) {
            throw new IllegalStateException("benchmark: a timed process must answer, got " + output);
        }
        return new JsonMapper().readTree(output.substring(line));
    }
}
