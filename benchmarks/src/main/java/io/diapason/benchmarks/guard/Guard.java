package io.diapason.benchmarks.guard;

import io.diapason.benchmarks.measure.Fork;
import io.diapason.benchmarks.measure.Machine;
import io.diapason.benchmarks.measure.Summary;
import io.diapason.benchmarks.measure.TextTable;
import io.diapason.nativelib.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Measures hot kernels against their references and says which are too slow; or writes the floors. */
public final class Guard {
    private final Path file;
    private final Floors floors;
    private final int forks;
    private final String core;

    /**
     * A guard.
     *
     * @param file of floors
     * @param forks processes of each kernel, at least 1
     * @throws IOException when the file cannot be read
     */
    public Guard(Path file, int forks) throws IOException {
        this.file = file;
        this.floors = Floors.read(file);
        this.forks = forks;
        this.core = Machine.core();
    }

    /** What was measured of a kernel: how fast it is, and how long a call and a reference's call take. */
    record Measured(Summary ratio, Summary ours, Summary reference) {
        static Measured of(JsonNode medians) {
            return new Measured(
                    summary(medians.get("ratio")),
                    summary(medians.get("oursMicroseconds")),
                    summary(medians.get("referenceMicroseconds")));
        }

        private static Summary summary(JsonNode numbers) {
            return Summary.of(numbers.valueStream().map(JsonNode::asDouble).toList());
        }
    }

    /** A line of the result. */
    record Line(HotKernel kernel, OptionalDouble floor, List<Measured> measured) {
        Verdict verdict() {
            return floor.isEmpty()
                    ? Verdict.PASS
                    : Verdict.of(
                            floor.getAsDouble(),
                            measured.stream().map(Measured::ratio).toList());
        }

        Measured last() {
            return measured.get(measured.size() - 1);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ours_us", last().ours().rounded());
            json.put("peer_us", last().reference().rounded());
            json.put("peer", "the frozen plain kernel of the same instruction set");
            json.put("ratio", last().ratio().rounded());
            json.put("floor", floor.isPresent() ? floor.getAsDouble() : null);
            json.put("passed", verdict() == Verdict.PASS);
            json.put(
                    "ratios", measured.stream().map(each -> each.ratio().json()).toList());
            return json;
        }
    }

    /**
     * What the guard found.
     *
     * @param json names and values of every kernel
     * @param passed whether all are as fast as they must be
     */
    public record Outcome(Map<String, Object> json, boolean passed) {}

    // ---- guarding

    /**
     * Measures every kernel on the best instruction set of the machine, and those that are too slow again.
     *
     * @return what was found; it was also printed
     */
    public Outcome guard() {
        String set = NativeLibrary.instructionSet();
        String processor = Machine.kind();
        if (!floors.knows(set, processor)) {
            System.out.println("There are no floors for " + set + " on " + processor + " in " + file.getFileName()
                    + ": lower ones hold, which only a kernel slower by a third or more falls below."
                    + " benchmarks/run guard --calibrate adds some.");
        }
        List<HotKernel> kernels = List.of(HotKernel.values());
        Map<HotKernel, Measured> first = measure(set, kernels);
        List<Line> lines = new ArrayList<>(kernels.stream()
                .map(kernel ->
                        new Line(kernel, floors.floor(set, processor, kernel.title()), List.of(first.get(kernel))))
                .toList());
        List<HotKernel> slow = lines.stream()
                .filter(line -> line.verdict() == Verdict.MEASURE_AGAIN)
                .map(Line::kernel)
                .toList();
        if (!slow.isEmpty()) {
            Map<HotKernel, Measured> second = measure(set, slow);
            lines.replaceAll(line -> slow.contains(line.kernel())
                    ? new Line(line.kernel(), line.floor(), List.of(line.last(), second.get(line.kernel())))
                    : line);
        }
        System.out.println(table(set, lines));
        lines.stream().filter(line -> line.verdict() == Verdict.FAIL).forEach(Guard::complain);
        Map<String, Object> json = new LinkedHashMap<>();
        lines.forEach(line -> json.put(line.kernel().title(), line.json()));
        return new Outcome(json, lines.stream().noneMatch(line -> line.verdict() == Verdict.FAIL));
    }

    private static void complain(Line line) {
        System.err.println("guard: " + line.kernel().title() + " must be at least "
                + Summary.digits(line.floor().getAsDouble()) + " times as fast as its reference, got "
                + line.measured().stream()
                        .map(measured -> measured.ratio().text())
                        .collect(Collectors.joining(" and then ")));
    }

    private static String table(String set, List<Line> lines) {
        TextTable table = new TextTable("kernel, " + set, "Diapason us", "reference us", "ratio", "floor", "");
        for (Line line : lines) {
            table.add(
                    line.kernel().title(),
                    Summary.digits(line.last().ours().median()),
                    Summary.digits(line.last().reference().median()),
                    line.last().ratio().text(),
                    line.floor().isPresent() ? Summary.digits(line.floor().getAsDouble()) : "none",
                    line.verdict() == Verdict.FAIL ? "too slow" : "");
        }
        return table.text();
    }

    // ---- calibrating

    /**
     * Measures every kernel on every instruction set of the machine and writes the floors of this kind of processor.
     *
     * @throws IOException when they cannot be written
     */
    public void calibrate() throws IOException {
        Floors calibrated = floors;
        for (String set : NativeLibrary.instructionSets()) {
            Map<String, Summary> ratios = new LinkedHashMap<>();
            measure(set, List.of(HotKernel.values()))
                    .forEach((kernel, measured) -> ratios.put(kernel.title(), measured.ratio()));
            calibrated = calibrated.calibrated(set, Machine.kind(), ratios);
            System.out.println(set + ": " + ratios.size() + " kernels measured");
        }
        calibrated.write(file);
        System.out.println("floors for " + Machine.kind() + " written to " + file);
    }

    private Map<HotKernel, Measured> measure(String set, List<HotKernel> kernels) {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(forks)));
        kernels.forEach(kernel -> arguments.add(kernel.name()));
        JsonNode answer = Fork.java(
                        System.getProperty("java.class.path"),
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        GuardRun.class.getName(),
                        arguments)
                .with(Map.of("DIAPASON_ISA", set))
                .answer(core);
        if (!answer.get("set").asString().equals(set)) {
            throw new IllegalStateException("guard: kernels must be of " + set + ", got " + answer);
        }
        return Arrays.stream(HotKernel.values())
                .filter(kernels::contains)
                .collect(Collectors.toMap(
                        Function.identity(),
                        kernel -> Measured.of(answer.get("kernels").get(kernel.name())),
                        (a, b) -> a,
                        LinkedHashMap::new));
    }
}
