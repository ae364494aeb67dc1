package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.guard.Guard;
import io.diapason.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code benchmarks/run} starts, with its arguments. */
public final class Main {
    private static final int STEP_ROUNDS = 5;
    private static final int JOB_ROUNDS = 3;
    private static final int TURNS = 30;
    private static final int GUARD_FORKS = 3;
    private static final int CALIBRATION_FORKS = 8;

    private Main() {}

    /**
     * Runs benchmarks, prints their tables and writes their numbers.
     *
     * @param arguments of {@code benchmarks/run}
     * @throws IOException when the file of numbers cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (UsageException e) {
            System.err.println("benchmarks/run: " + e.getMessage());
            System.exit(2);
            return;
        }
        Map<String, Object> machine = Machine.json();
        machine.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        boolean passed = true;
        for (String name : options.names()) {
            switch (name) {
                case "steps" -> {
                    Steps steps = new Steps(options.peers(), Machine.core(), options.rounds(STEP_ROUNDS));
                    json.put("steps", steps.run(options.lines()));
                    json.put("settings", steps.settings());
                }
                case "gemm" -> {
                    String core = Machine.core();
                    Map<String, Object> gemm = new Products(options.peers(), core, options.rounds(TURNS)).run();
                    gemm.putAll(new Predictions(options.peers(), core, options.rounds(STEP_ROUNDS)).run());
                    json.put("gemm", gemm);
                }
                case "job" ->
                    json.put("job", new Job(options.peers(), options.table(), options.rounds(JOB_ROUNDS)).run());
                case "guard" -> passed &= guard(options, json);
                default -> throw new IllegalStateException(name);
            }
        }
        if (options.json() != null) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Files.writeString(options.json(), mapper.writeValueAsString(json) + "\n");
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean guard(Options options, Map<String, Object> json) throws IOException {
        Path floors = Path.of(System.getProperty("diapason.root", ".")).resolve("benchmarks/guard-floors.txt");
        if (options.calibrate()) {
            new Guard(floors, options.rounds(CALIBRATION_FORKS)).calibrate();
            return true;
        }
        Guard.Outcome outcome = new Guard(floors, options.rounds(GUARD_FORKS)).guard();
        json.put("guard", outcome.json());
        return outcome.passed();
    }
}
