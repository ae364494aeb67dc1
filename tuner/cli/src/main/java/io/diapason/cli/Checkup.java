package io.diapason.cli;

import io.diapason.nativelib.LibraryExtractor;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the machine has, and what of it does not work.
 *
 * @param findings by name, as JSON has them
 * @param problems one sentence each, with what helps
 */
record Checkup(Map<String, @Nullable Object> findings, List<String> problems) {
    private static final int SIDE = 512;
    private static final long MEASURED_NANOS = 200_000_000L;

    /**
     * Looks at the machine.
     *
     * @param traces where stack traces of problems go, or null
     */
    static Checkup of(@Nullable PrintStream traces) {
        Checkup checkup = new Checkup(new LinkedHashMap<>(), new ArrayList<>());
        checkup.lookAtMachine();
        checkup.lookAtLibrary(traces);
        checkup.lookAtCache();
        checkup.findings.put("device", "cpu");
        checkup.findings.put("healthy", checkup.problems.isEmpty());
        return checkup;
    }

    private void lookAtMachine() {
        findings.put("version", Version.number());
        findings.put(
                "java",
                System.getProperty("java.vm.name") + " " + Runtime.version() + " (" + System.getProperty("java.home")
                        + ")");
        findings.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        findings.put("cores", Runtime.getRuntime().availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            findings.put("memory_bytes", system.getTotalMemorySize());
        }
        findings.put("java_heap_bytes", Runtime.getRuntime().maxMemory());
    }

    private void lookAtLibrary(@Nullable PrintStream traces) {
        findings.put("native_library", null);
        findings.put("instruction_sets", List.of());
        findings.put("instruction_set", null);
        findings.put("matmul_gflops", null);
        try {
            NativeLibrary.load();
            findings.put("native_library", NativeLibrary.file().toString());
            findings.put("instruction_sets", NativeLibrary.instructionSets());
            findings.put("instruction_set", NativeLibrary.instructionSet());
            multiply();
        } catch (NativeLoadException | LinkageError e) {
            problem(e, String.valueOf(e.getMessage()), traces);
        } catch (RuntimeException e) {
            problem(e, "kernels: must multiply matrices, got " + e, traces);
        }
    }

    private void problem(Throwable thrown, String sentence, @Nullable PrintStream traces) {
        problems.add(sentence);
        if (traces != null) {
            thrown.printStackTrace(traces);
        }
    }

    /** A product of small whole numbers, which floats hold exactly, so that every sum of any order is the same. */
    private void multiply() {
        float[] a = wholeNumbers("a");
        float[] b = wholeNumbers("b");
        try (Scope scope = Scope.open(Device.CPU)) {
            Shape square = Shape.of(SIDE, SIDE);
            Tensor left = scope.of(square, a);
            Tensor right = scope.of(square, b);
            float[] product = left.matmul(right).toFloatArray();
            for (int i = 0; i < SIDE; i += 37) {
                for (int j = 0; j < SIDE; j += 29) {
                    requireExact(a, b, product, i, j);
                }
            }
            double best = Double.POSITIVE_INFINITY;
            long end = System.nanoTime() + MEASURED_NANOS;
            while (System.nanoTime() < end) {
                try (Scope temporary = Scope.open(Device.CPU)) {
                    long start = System.nanoTime();
                    left.matmul(right);
                    best = Math.min(best, System.nanoTime() - start);
                }
            }
            findings.put("matmul_gflops", Math.round(20.0 * SIDE * SIDE * SIDE / best) / 10.0);
        }
    }

    private static float[] wholeNumbers(String name) {
        Rng rng = Rng.of(1).child(name);
        float[] numbers = new float[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.floorMod(rng.longAt(i), 9) - 4;
        }
        return numbers;
    }

    private void requireExact(float[] a, float[] b, float[] product, int i, int j) {
        float expected = 0;
        for (int k = 0; k < SIDE; k++) {
            expected += a[i * SIDE + k] * b[k * SIDE + j];
        }
        float actual = product[i * SIDE + j];
        if (actual != expected) {
            throw new IllegalStateException("element [" + i + ", " + j + "] " + actual + " instead of " + expected
                    + "; choose other kernels with DIAPASON_ISA=portable, and report it");
        }
    }

    private void lookAtCache() {
        Path cache = LibraryExtractor.cache();
        findings.put("cache", cache.toString());
        Path existing = cache.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean writable = existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
        findings.put("cache_writable", writable);
    }

    /** One line a finding. */
    void print(PrintStream out) {
        out.println("diapason  " + findings.get("version"));
        out.println("java      " + findings.get("java"));
        out.println("system    " + findings.get("system"));
        out.println("cores     " + findings.get("cores"));
        if (findings.get("memory_bytes") instanceof Long bytes) {
            out.println("memory    " + gigabytes(bytes) + ", of which Java's heap may take "
                    + gigabytes(Runtime.getRuntime().maxMemory()));
        }
        Object library = findings.get("native_library");
        out.println("library   " + (library == null ? "BROKEN: see below" : library));
        if (findings.get("instruction_sets") instanceof List<?> sets && !sets.isEmpty()) {
            out.println("kernels   " + findings.get("instruction_set") + " in use; this machine has "
                    + String.join(", ", sets.stream().map(String::valueOf).toList()));
        }
        if (findings.get("matmul_gflops") instanceof Double speed) {
            out.printf(
                    Locale.ROOT,
                    "speed     %.1f GF/s on one core: float32 product of %d x %d matrices, found right%n",
                    speed,
                    SIDE,
                    SIDE);
        }
        out.println("device    " + findings.get("device"));
        out.println("cache     " + findings.get("cache")
                + (Boolean.TRUE.equals(findings.get("cache_writable"))
                        ? ""
                        : " (cannot be written; the temporary folder takes its place)"));
        out.println(problems.isEmpty() ? "all is well" : Text.count(problems.size(), "problem") + ":");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
