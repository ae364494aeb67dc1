package io.diapason.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Gradients;
import io.diapason.op.Matmul;
import io.diapason.op.Softmax;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The CPU's memory to the byte: what is used, cached and was used at most. */
class MemoryTest {
    private static final boolean FULL = Boolean.getBoolean("diapason.full");

    private static MemoryUse memory() {
        return Backend.of(Device.CPU).memory();
    }

    @Test
    void everyBlockIsCountedByItsSizeClass() {
        // The smallest of 4/4, 5/4, 6/4 and 7/4 of a power of two that holds the bytes, at least 64.
        long[][] bytesAndClasses = {
            {0, 64},
            {1, 64},
            {64, 64},
            {65, 80},
            {81, 96},
            {97, 112},
            {113, 128},
            {129, 160},
            {1000, 1024},
            {1025, 1280},
            {4000, 4096},
            {5121, 6144},
            {1_000_000, 1_048_576}
        };
        for (long[] one : bytesAndClasses) {
            MemoryUse before = memory();
            try (Scope scope = Scope.open()) {
                scope.empty(DType.BOOL, Shape.of((int) one[0]));
                assertEquals(before.used() + one[1], memory().used(), one[0] + " bytes");
            }
            assertEquals(before.used(), memory().used());
        }
    }

    @Test
    void usedCachedAndPeakAreExact() {
        MemoryUse start = memory();
        int bytes = (int) (start.peak() - start.used() + (1 << 20)); // more than was ever used
        long size = CpuMemory.sizeClass(bytes);
        MemoryUse open;
        try (Scope scope = Scope.open()) {
            scope.empty(DType.BOOL, Shape.of(bytes));
            open = memory();
            assertEquals(start.used() + size, open.used());
            assertEquals(open.used(), open.peak());
            assertTrue(open.cached() <= start.cached());
        }
        MemoryUse closed = memory();
        assertEquals(start.used(), closed.used());
        assertEquals(open.peak(), closed.peak());
        // Nothing above the peak is kept: the freed block waits alone where the others would have been too many.
        assertEquals(open.cached() + size <= open.peak() ? open.cached() + size : size, closed.cached());
        try (Scope scope = Scope.open()) {
            scope.empty(DType.BOOL, Shape.of(bytes));
            assertEquals(closed.cached() - size, memory().cached(), "the block serves again");
            assertEquals(open.peak(), memory().peak());
        }
    }

    @Test
    void neverMoreThanThePeakIsKept() {
        // Blocks of ever other classes, of which the pool could serve none again.
        int peak = (int) Math.max(1 << 22, memory().peak());
        for (int eighth = 1; eighth < 8; eighth++) {
            try (Scope scope = Scope.open()) {
                scope.empty(DType.BOOL, Shape.of(peak / 8 * eighth));
            }
            assertTrue(memory().cached() <= memory().peak(), memory().toString());
        }
    }

    /** A step of training: batches of two sizes, a hidden layer, backward and an update in place. */
    private static void step(List<Tensor> parameters, int number) {
        Backend backend = Backend.of(Device.CPU);
        try (Scope scope = Scope.open()) {
            int rows = number % 5 == 4 ? 3 : 8;
            Tensor x = scope.uniform(DType.FLOAT32, Shape.of(rows, 4), -1, 1, Rng.of(1, number));
            Tensor hidden =
                    Matmul.linear(x, parameters.get(0), parameters.get(1)).tanh();
            Tensor logits = Matmul.linear(hidden, parameters.get(2), null);
            Tensor targets = scope.full(DType.INT64, Shape.of(rows), number % 3);
            Tensor loss = Softmax.crossEntropy(logits, targets)
                    .plus(parameters.get(0).square().mean().times(0.01));
            Gradients gradients = loss.backward();
            for (Tensor parameter : parameters) {
                Tensor gradient = gradients.of(parameter);
                backend.scale(-0.1, gradient);
                backend.add(gradient, parameter);
            }
        }
    }

    @Test
    void trainingHoldsNativeMemoryConstantToTheByte() {
        try (Scope model = Scope.detached(Device.CPU)) {
            List<Tensor> parameters = List.of(
                    model.normal(DType.FLOAT32, Shape.of(4, 16), 0, 0.5, Rng.of(2))
                            .requireGradient(),
                    model.zeros(Shape.of(16)).requireGradient(),
                    model.normal(DType.FLOAT32, Shape.of(16, 3), 0, 0.5, Rng.of(3))
                            .requireGradient());
            for (int number = 0; number < 20; number++) {
                step(parameters, number);
            }
            MemoryUse warm = memory();
            for (int number = 20; number < (FULL ? 200_000 : 20_000); number++) {
                step(parameters, number);
                assertEquals(warm, memory(), "step " + number);
            }
        }
    }

    /** A child JVM of a small heap, because a leak of a few bytes a tensor would not show in a large one. */
    static final class Cycles {
        private Cycles() {}

        public static void main(String[] arguments) {
            int count = Integer.parseInt(arguments[0]);
            cycle(1000);
            MemoryUse warm = memory();
            long heap = heap();
            cycle(count);
            System.out.println(warm.used() + " used, " + warm.cached() + " cached");
            System.out.println(memory().used() + " used, " + memory().cached() + " cached");
            System.out.println(heap() - heap < 500_000 ? "flat" : "the heap grew by " + (heap() - heap) + " bytes");
        }

        private static long heap() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }

        /** A quarter each: in a scope of its own, closed early in a block's scope and a detached one, and as a view. */
        private static void cycle(int count) {
            try (Scope block = Scope.open();
                    Scope detached = Scope.detached(Device.CPU)) {
                Tensor stays = block.zeros(Shape.of(4, 4));
                Shape shape = Shape.of(3, 5);
                for (int i = 0; i < count / 4; i++) {
                    try (Scope inner = Scope.open()) {
                        inner.empty(DType.FLOAT32, shape);
                    }
                    block.empty(DType.FLOAT64, shape).close();
                    detached.empty(DType.INT64, shape).close();
                    stays.transpose().rows(1, 2);
                }
            }
        }
    }

    @Test
    void aMillionTensorsComeAndGoWithoutATrace() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        CpuBackendTest.NATIVE_ACCESS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cycles.class.getName(),
                        "1000000")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        String[] lines =
                output.lines().filter(line -> !line.startsWith("SLF4J")).toArray(String[]::new);
        assertEquals(3, lines.length, output);
        assertEquals(lines[0], lines[1]);
        assertTrue(lines[0].startsWith("0 used, "), output);
        assertEquals("flat", lines[2]);
    }
}
