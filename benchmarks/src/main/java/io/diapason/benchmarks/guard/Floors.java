package io.diapason.benchmarks.guard;

import io.diapason.benchmarks.measure.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The committed table of floors, {@code benchmarks/guard-floors.txt}: a line for each instruction set, kind of
 * processor and kernel. A processor that nobody has calibrated for takes the lines of {@value #ANY}, which are lower.
 */
final class Floors {
    /** Of what was measured: a kernel made 20 % slower has 0.83 of its ratio left. */
    private static final double SHARE = 0.88;

    /** The same for a processor that nothing was measured on. */
    private static final double SHARE_ELSEWHERE = 0.6;

    private static final String HEAD = """
            # Floors of the guard: how many times as fast as its frozen reference a kernel must be. Written by
            # `benchmarks/run guard --calibrate` (benchmarks/README.md): ratio is what was measured, floor what must be reached.
            # set processor kernel ratio floor
            """;

    /** A line. */
    record Floor(String set, String processor, String kernel, double ratio, double floor) {
        static Floor parse(String line) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length != 5) {
                throw new IllegalArgumentException(
                        "floors: a line must be set, processor, kernel, ratio and floor, got " + line);
            }
            return new Floor(words[0], words[1], words[2], Double.parseDouble(words[3]), Double.parseDouble(words[4]));
        }

        String text() {
            return String.format(Locale.ROOT, "%-8s %-20s %-28s %7.3f %7.3f", set, processor, kernel, ratio, floor);
        }
    }

    private final List<Floor> lines;

    private Floors(List<Floor> lines) {
        this.lines = lines;
    }

    static Floors of(List<Floor> lines) {
        return new Floors(List.copyOf(lines));
    }

    static Floors read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Floors(List.of());
        }
        return new Floors(Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Floor::parse)
                .toList());
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file, HEAD + String.join("\n", lines.stream().map(Floor::text).toList()) + "\n");
    }

    /** Whether lines of this kind of processor are there. */
    boolean knows(String set, String processor) {
        return lines.stream()
                .anyMatch(line -> line.set().equals(set) && line.processor().equals(processor));
    }

    /** The floor of a kernel: this kind's, or what follows from other kinds', or none for a kernel that has no line. */
    OptionalDouble floor(String set, String processor, String kernel) {
        Stream<Floor> ofKernel = lines.stream()
                .filter(line -> line.set().equals(set) && line.kernel().equals(kernel));
        return knows(set, processor)
                ? ofKernel.filter(line -> line.processor().equals(processor))
                        .mapToDouble(Floor::floor)
                        .findFirst()
                : ofKernel.mapToDouble(line -> SHARE_ELSEWHERE * line.ratio()).min();
    }

    /** The table with other lines for a set and a kind of processor. */
    Floors calibrated(String set, String processor, Map<String, Summary> ratios) {
        Stream<Floor> others = lines.stream()
                .filter(line -> !(line.set().equals(set) && line.processor().equals(processor)));
        Stream<Floor> own = ratios.entrySet().stream().map(entry -> {
            double ratio = entry.getValue().median();
            return new Floor(set, processor, entry.getKey(), ratio, SHARE * ratio);
        });
        return new Floors(Stream.concat(others, own)
                .sorted(Comparator.comparing(Floor::set).thenComparing(Floor::processor))
                .toList());
    }
}
