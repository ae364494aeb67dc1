package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.junit.jupiter.api.Test;

/** Which instruction sets there are, and that they agree with one another. */
class InstructionSetTest {
    @Test
    void portableIsAlwaysThereAndTheLibraryHasItsAbiVersion() {
        NativeLibrary.load();
        assertEquals(Kernels.DP_ABI_VERSION, Kernels.dp_abi_version());
        assertEquals(1, Kernels.dp_isa_supported(Kernels.DP_ISA_PORTABLE));
        assertEquals(0, Kernels.dp_isa_requested_invalid());
        List<String> names = NativeLibrary.instructionSets();
        assertEquals("portable", names.get(0));
        assertEquals(Isa.supported().count(), names.size());
        assertTrue(names.contains(NativeLibrary.instructionSet()), names.toString());
        Isa.supported().forEach(isa -> {
            try (Isa.Selection selection = isa.select()) {
                assertEquals(isa.name().toLowerCase(java.util.Locale.ROOT), NativeLibrary.instructionSet());
            }
        });
        for (Isa isa : Isa.values()) {
            if (Kernels.dp_isa_supported(isa.code()) == 0) {
                System.out.println("not tested, this machine lacks it: " + isa);
            }
        }
    }

    @Test
    void anUnknownSetIsNeitherSupportedNorSelected() {
        int before = Kernels.dp_isa_current();
        for (int code : new int[] {-1, 3, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals(0, Kernels.dp_isa_supported(code));
            assertTrue(Kernels.dp_isa_select(code) != Kernels.DP_OK, "code " + code);
            assertEquals(before, Kernels.dp_isa_current());
        }
        for (Isa isa : Isa.values()) {
            if (Kernels.dp_isa_supported(isa.code()) == 0) {
                assertEquals(Kernels.DP_UNSUPPORTED, Kernels.dp_isa_select(isa.code()));
                assertEquals(before, Kernels.dp_isa_current());
            }
        }
    }

    /** What each set makes of the same inputs: results that must be equal, and results that must be close. */
    private record Results(List<float[]> equal, List<float[]> close, List<String> names) {}

    private static Results compute(Isa isa) {
        Draws draws = new Draws("agreement");
        Results results = new Results(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (Isa.Selection selection = isa.select()) {
            for (int n : new int[] {1, 17, 128, 1000, 4097}) {
                float[] x = draws.uniform(n, -5, 5);
                float[] ones = draws.uniform(n, 1, 2);
                Floats in = Floats.of(x);
                Floats other = Floats.of(ones);
                Floats y = Floats.zeros(n);
                ok(FloatKernels.dropout(n, 0.3f, 1, 2, in.pointer(), y.pointer()));
                results.equal.add(y.values());
                IntPointer words = new IntPointer(n);
                ok(Kernels.dp_random_words(n, 3, 4, 5, words));
                float[] asFloats = new float[n];
                for (int i = 0; i < n; i++) {
                    asFloats[i] = (words.get(i) >>> 8) * 0x1.0p-24f;
                }
                results.equal.add(asFloats);
                for (int op = Kernels.DP_ADD; op <= Kernels.DP_DIVIDE; op++) {
                    ok(FloatKernels.binary(op, n, in.pointer(), other.pointer(), y.pointer()));
                    results.equal.add(y.values());
                }
                for (int op = Kernels.DP_NEGATE; op <= Kernels.DP_GELU; op++) {
                    ok(FloatKernels.unary(op, n, other.pointer(), y.pointer()));
                    results.close.add(y.values());
                    results.names.add("unary " + op + " n=" + n);
                }
                for (int op = Kernels.DP_SUM; op <= Kernels.DP_SUM_SQUARES; op++) {
                    Floats sum = Floats.zeros(1);
                    ok(FloatKernels.reduce(op, n, other.pointer(), sum.pointer()));
                    results.close.add(sum.values());
                    results.names.add("reduce " + op + " n=" + n);
                }
                Floats c = Floats.zeros(9);
                ok(FloatKernels.gemm(1, 0, 1, 1, n, other.pointer(), other.pointer(), null, 0, c.pointer()));
                results.close.add(c.values());
                results.names.add("gemm k=" + n);
                ok(FloatKernels.softmax(1, n, in.pointer(), y.pointer()));
                results.close.add(y.values());
                results.names.add("softmax n=" + n);
            }
        }
        return results;
    }

    @Test
    void allSetsAgree() {
        Results portable = compute(Isa.PORTABLE);
        for (Isa isa : Isa.supported().toList()) {
            Results got = compute(isa);
            for (int i = 0; i < portable.equal.size(); i++) {
                assertSameBits(portable.equal.get(i), got.equal.get(i), isa + " exact result " + i);
            }
            for (int i = 0; i < portable.close.size(); i++) {
                float[] expected = portable.close.get(i);
                float[] actual = got.close.get(i);
                for (int j = 0; j < expected.length; j++) {
                    String context = isa + " " + portable.names.get(i) + " at " + j;
                    // All terms are positive, so no cancellation: relative errors of a few hundred roundings at most.
                    Draws.check(expected[j], actual[j], 2e-5 * Math.abs(expected[j]), () -> context);
                }
            }
        }
    }

    private static void ok(int status) {
        assertEquals(Kernels.DP_OK, status);
    }
}
