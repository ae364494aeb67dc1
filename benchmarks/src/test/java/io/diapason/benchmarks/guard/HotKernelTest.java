package io.diapason.benchmarks.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That kernels and references run, and that references do the work they stand for. The times mean nothing. */
class HotKernelTest {
    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    @ParameterizedTest
    @EnumSource
    void bothHaveATurn(HotKernel kernel) {
        try (Memory memory = new Memory()) {
            Turns turns = new Turns();

            kernel.duel(memory, Kernels.dp_isa_current()).fight(turns);

            assertTrue(turns.ratio() > 0 && turns.ratio() < Double.POSITIVE_INFINITY, "ratio " + turns.ratio());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theReferenceProductIsAProduct(int transposeA) {
        try (Memory memory = new Memory()) {
            FloatPointer a = memory.floats(16 * 64);
            FloatPointer b = memory.floats(64 * 48);
            FloatPointer ours = memory.floats(16 * 48);
            LongStream.rangeClosed(0, Kernels.dp_isa_current()).forEach(isa -> {
                FloatPointer reference = memory.floats(16 * 48);
                Reference.reference_gemm((int) isa, transposeA, 16, 48, 64, a, b, reference);
                Kernels.dp_gemm(Kernels.DP_FLOAT32, 1, transposeA, 0, 16, 48, 64, a, 0, b, 0, null, 0, ours);

                assertClose(ours, reference, 16 * 48, 1e-4);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theReferenceAdamIsAdam(int isa) {
        if (Kernels.dp_isa_supported(isa) == 0) {
            System.out.println("not tested: this machine has not set " + isa);
            return;
        }
        try (Memory memory = new Memory()) {
            FloatPointer g = memory.floats(64);
            FloatPointer ours = memory.zeros(64);
            FloatPointer reference = memory.zeros(64);
            Kernels.dp_adam(
                    Kernels.DP_FLOAT32,
                    64,
                    ours,
                    g,
                    memory.zeros(64),
                    memory.zeros(64),
                    null,
                    0.1,
                    0.9,
                    0.999,
                    1e-8,
                    0.1,
                    0,
                    1,
                    0);
            Reference.reference_adam(
                    isa, 64, reference, g, memory.zeros(64), memory.zeros(64), 0.1f, 0.9f, 0.999f, 1, 1e-8f);

            assertClose(ours, reference, 64, 1e-5);
        }
    }

    private static void assertClose(FloatPointer expected, FloatPointer actual, long n, double tolerance) {
        for (long i = 0; i < n; i++) {
            assertEquals(expected.get(i), actual.get(i), tolerance, "element " + i);
        }
    }
}
