package io.diapason.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CpuBackendTest {
    /**
     * JDK 24 and newer warn, on the child's output, about native access that is not granted; older ones need nothing.
     */
    static final String NATIVE_ACCESS =
            Runtime.version().feature() >= 24 ? "--enable-native-access=ALL-UNNAMED" : "-Xshare:auto";

    private static MemoryUse memory() {
        return Backend.of(Device.CPU).memory();
    }

    @Test
    void closingAScopeGivesItsMemoryBack() {
        long before = memory().used();
        try (Scope scope = Scope.open()) {
            scope.zeros(Shape.of(1000));
            scope.zeros(Shape.of(0));
            scope.zeros(Shape.scalar());
            assertTrue(memory().used() >= before + 4004, "used " + memory().used() + ", before " + before);
            assertTrue(memory().peak() >= memory().used());
        }
        assertEquals(before, memory().used());
    }

    @Test
    void aFreedBlockServesTheNextRequestOfItsSize() {
        try (Scope scope = Scope.open()) {
            scope.zeros(Shape.of(12_345));
        }
        long cached = memory().cached();
        try (Scope scope = Scope.open()) {
            scope.zeros(Shape.of(12_345));
            assertTrue(memory().cached() < cached);
        }
        assertEquals(cached, memory().cached());
    }

    @Test
    void sizeClassesWasteAtMostAQuarter() {
        for (long bytes = 1; bytes < 1 << 20; bytes += 1 + bytes / 7) {
            long size = CpuMemory.sizeClass(bytes);
            assertTrue(size >= bytes && size <= Math.max(64, bytes + bytes / 4), bytes + " bytes get " + size);
            assertEquals(size, CpuMemory.sizeClass(size), "a class holds itself: " + size);
        }
    }

    @Test
    void whatTheMachineCannotHoldIsRefusedWithASentence() {
        try (Scope scope = Scope.open()) {
            long before = memory().used();
            for (Shape shape : List.of(
                    Shape.of(1 << 30, 1 << 28), Shape.of(Integer.MAX_VALUE, 1 << 30), Shape.of(1 << 30, 1 << 30, 2))) {
                String message = assertThrows(OutOfDeviceMemoryException.class, () -> scope.empty(DType.FLOAT32, shape))
                        .getMessage();
                assertTrue(message.startsWith("memory: the CPU must have "), message);
                assertTrue(message.endsWith("; smaller batches or layers, or fewer workers, need less"), message);
                assertTrue(!message.contains("-"), message);
            }
            assertEquals(before, memory().used());
            assertEquals(3f, scope.full(Shape.of(3), 1).sum().item());
        }
    }

    @Test
    void severalThreadsShareThePool() throws Exception {
        long before = memory().used();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> jobs = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                jobs.add(() -> {
                    for (int i = 0; i < 2000; i++) {
                        try (Scope scope = Scope.open()) {
                            Tensor x = scope.full(Shape.of(1 + (i * 37 + number) % 300), number);
                            // A block that two threads held at once would show the other's numbers.
                            for (float value : x.plus(1).toFloatArray()) {
                                if (value != number + 1) {
                                    return false;
                                }
                            }
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> job : pool.invokeAll(jobs)) {
                assertTrue(job.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(before, memory().used());
        assertTrue(memory().cached() >= 0);
    }

    @Test
    void whatIsChangedInPlaceMustBeDense() {
        try (Scope scope = Scope.open()) {
            Backend backend = Backend.of(Device.CPU);
            Tensor x = scope.of(Shape.of(2, 2), 1, 2, 3, 4f);
            backend.add(scope.of(Shape.of(2, 2), 1, 3, 2, 4f).transpose(), x.rows(0, 2));
            assertArrayEquals(new float[] {2, 4, 6, 8}, x.toFloatArray());
            backend.scale(2, x);
            backend.fill(7, x.rows(1, 2));
            assertArrayEquals(new float[] {4, 8, 7, 7}, x.toFloatArray());
            Tensor column = x.select(1, 0);
            String got = ": the target must be dense, got [2] strides [2] offset 0";
            assertEquals(
                    "fill" + got,
                    assertThrows(ShapeException.class, () -> backend.fill(0, column))
                            .getMessage());
            assertEquals(
                    "scale" + got,
                    assertThrows(ShapeException.class, () -> backend.scale(2, column))
                            .getMessage());
            assertEquals(
                    "add" + got,
                    assertThrows(ShapeException.class, () -> backend.add(column, column))
                            .getMessage());
        }
    }

    /** A child JVM in which the library refuses to load: every use must say why, not only the first. */
    static final class Refused {
        private Refused() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (Scope scope = Scope.open()) {
                    System.out.println("opened " + scope.device());
                } catch (NativeLoadException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void aLibraryThatCannotBeLoadedSaysWhyAtEveryUse() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        NATIVE_ACCESS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Refused.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("DIAPASON_ISA", "sse9");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String sentence = "native library: DIAPASON_ISA must name an instruction set of this machine ("
                + String.join(", ", NativeLibrary.instructionSets()) + "), got sse9\n";
        assertEquals(sentence + sentence, output);
    }

    @Test
    void permutationsAreThoseOfTheGenerator() {
        try (Scope scope = Scope.open()) {
            for (int n : new int[] {0, 1, 7, 512, 3000}) {
                Rng rng = Rng.of(5, 1000 + n);
                Tensor order = scope.zeros(DType.INT64, Shape.of(n));
                Backend.of(Device.CPU).permutation(rng.seed(), rng.stream(), order);
                assertArrayEquals(
                        Arrays.stream(rng.permutation(n)).asLongStream().toArray(), order.toLongArray());
            }
        }
    }
}
