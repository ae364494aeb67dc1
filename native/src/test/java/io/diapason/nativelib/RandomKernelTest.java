package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.IntPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Philox words and dropout masks, exactly as {@code diapason.h} lays them out. */
class RandomKernelTest {
    @Test
    void theReferenceGivesThePublishedVectors() {
        // Known-answer tests of Random123 1.14 (kat_vectors, philox4x32 10).
        assertArrayEquals(
                new long[] {0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L}, References.philoxBlock(0, 0, 0));
        assertArrayEquals(
                new long[] {0x408f276dL, 0x41c83b0eL, 0xa20bc7c6L, 0x6d5451fdL}, References.philoxBlock(-1, -1, -1));
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void wordsAreThoseOfPhiloxFromAnyPlace(Isa isa) {
        Draws draws = new Draws("words");
        long[] firsts = {0, 1, 2, 3, 4, 5, 63, (1L << 34) - 3, (1L << 34) + 1, 1L << 40, Long.MAX_VALUE - 20_000};
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                for (long first : n < 300 ? firsts : new long[] {draws.below(1 << 30)}) {
                    long seed = draws.nextLong();
                    long stream = draws.nextLong();
                    IntPointer out = new IntPointer(new int[n + 4]);
                    assertEquals(Kernels.DP_OK, Kernels.dp_random_words(n, seed, stream, first, out));
                    int[] got = new int[n + 4];
                    out.get(got, 0, n + 4);
                    int[] expected = new int[n + 4];
                    for (int i = 0; i < n; i++) {
                        expected[i] = word(seed, stream, first + i);
                    }
                    assertArrayEquals(expected, got, draws.context(isa, "n=" + n + " first=" + first));
                }
            }
        }
    }

    private static int word(long seed, long stream, long index) {
        return (int) References.philoxBlock(seed, stream, index / 4)[(int) (index % 4)];
    }

    /** The 16 bits of an element: tile e / 128; word q of block 16 t + (e % 32) / 2; low half for even e. */
    private static int bitsOf(long seed, long stream, int index) {
        int tile = index / 128;
        int e = index % 128;
        long word = References.philoxBlock(seed, stream, 16L * tile + (e % 32) / 2)[e / 32];
        return (int) (e % 2 == 0 ? word & 0xffff : word >>> 16);
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void dropoutMasksAreThoseOfTheTileDefinition(Isa isa) {
        Draws draws = new Draws("dropout");
        try (Isa.Selection selection = isa.select()) {
            for (float rate : new float[] {0.5f, 0.1f, 0.25f, 0.9f, 1e-5f, 0.99999f, Math.nextDown(1f)}) {
                int threshold = (int) Math.min(65535, Math.round(rate * 65536.0));
                float keep = (65536 - threshold) / 65536f;
                for (int n : draws.lengths()) {
                    long seed = draws.nextLong();
                    long stream = draws.nextLong();
                    float[] x = draws.uniform(n, -10, 10);
                    for (int i = 0; i < n; i += 5) {
                        x[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
                    }
                    float[] expected = new float[n];
                    for (int i = 0; i < n; i++) {
                        expected[i] = bitsOf(seed, stream, i) >= threshold ? x[i] / keep : 0;
                    }
                    Floats in = new Floats(draws.below(16), x);
                    Floats out = new Floats(draws.below(16), draws.uniform(n, 1, 2));
                    assertEquals(
                            Kernels.DP_OK, FloatKernels.dropout(n, rate, seed, stream, in.pointer(), out.pointer()));
                    String context = draws.context(isa, "rate=" + rate + " n=" + n);
                    float[] got = out.values();
                    for (int i = 0; i < n; i++) {
                        int element = i;
                        assertEquals(expected[i] == 0, got[i] == 0, () -> context + ": kept or not at " + element);
                        Draws.check(expected[i], got[i], Math.ulp(expected[i]), () -> context + " at " + element);
                    }
                    assertEquals(
                            Kernels.DP_OK, FloatKernels.dropout(n, rate, seed, stream, in.pointer(), in.pointer()));
                    assertSameBits(got, in.values(), context + " in place");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void dropoutOfRateZeroIsACopy(Isa isa) {
        Draws draws = new Draws("dropout 0");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                float[] x = draws.uniform(n, -10, 10);
                Floats out = Floats.zeros(n);
                assertEquals(
                        Kernels.DP_OK,
                        FloatKernels.dropout(n, 0, 5, 6, Floats.of(x).pointer(), out.pointer()));
                assertSameBits(x, out.values(), draws.context(isa, "n=" + n));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void dropoutKeepsTheExpectation(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            int n = 1 << 20;
            float[] ones = new float[n];
            java.util.Arrays.fill(ones, 1);
            for (float rate : new float[] {0.1f, 0.5f, 0.9f}) {
                Floats y = Floats.of(ones);
                assertEquals(Kernels.DP_OK, FloatKernels.dropout(n, rate, Draws.SEED, 1, y.pointer(), y.pointer()));
                double mean = 0;
                for (float value : y.values()) {
                    mean += value / (double) n;
                }
                // A mean of Bernoulli/keep has deviation sqrt(rate / keep / n): five of them.
                double allowed = 5 * Math.sqrt(rate / (1 - rate) / n);
                assertTrue(Math.abs(mean - 1) < allowed, isa + " rate " + rate + ": mean " + mean);
            }
        }
    }
}
