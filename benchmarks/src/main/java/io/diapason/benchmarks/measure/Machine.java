package io.diapason.benchmarks.measure;

import io.diapason.nativelib.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The machine that times are of. */
public final class Machine {
    private Machine() {}

    /**
     * Whether processes can be kept on a core.
     *
     * @return true where there is {@code taskset}
     */
    public static boolean canPin() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    }

    /**
     * The cores that this process may use.
     *
     * @return their numbers in ascending order, none where that is not known
     */
    public static List<Integer> cores() {
        return lines("/proc/self/status").stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .flatMap(line ->
                        Stream.of(line.substring(line.indexOf(':') + 1).strip().split(",", -1)))
                .flatMap(Machine::range)
                .toList();
    }

    private static Stream<Integer> range(String text) {
        int first = Integer.parseInt(text.replaceAll("-.*", ""));
        int last = Integer.parseInt(text.replaceAll(".*-", ""));
        return IntStream.rangeClosed(first, last).boxed();
    }

    /**
     * The core that is timed: the last one, as interrupts like the first.
     *
     * @return its number
     */
    public static String core() {
        List<Integer> cores = cores();
        return Integer.toString(cores.isEmpty() ? 0 : cores.get(cores.size() - 1));
    }

    /**
     * The processor's kind.
     *
     * @return vendor, family and model, such as {@code AuthenticAMD-25-17}
     */
    public static String kind() {
        return info("vendor_id") + "-" + info("cpu family") + "-" + info("model");
    }

    /**
     * The machine for people.
     *
     * @return names and values
     */
    public static Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processor", info("model name"));
        json.put("kind", kind());
        json.put("core", canPin() ? core() : "not pinned, as there is no taskset");
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("instruction_set", NativeLibrary.instructionSet());
        return json;
    }

    private static String info(String name) {
        return lines("/proc/cpuinfo").stream()
                .filter(line -> line.contains(":")
                        && line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
