package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions against sums in double precision. */
class ReduceKernelTest {
    private static final int[] CODES = {Kernels.DP_SUM, Kernels.DP_SUM_ABS, Kernels.DP_SUM_SQUARES};

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void reductionsKeepTheErrorOfOneBlock(Isa isa) {
        Draws draws = new Draws("reduce");
        try (Isa.Selection selection = isa.select()) {
            for (int code : CODES) {
                for (int n : draws.lengths()) {
                    float[] x = draws.uniform(n, -10, 10);
                    checkReduction(draws, isa, code, x, draws.below(16));
                }
                // Long: an error that grew with n, as of one float sum, would be far outside.
                checkReduction(draws, isa, code, draws.uniform(1_000_003, 0, 1), 1);
            }
        }
    }

    private static void checkReduction(Draws draws, Isa isa, int code, float[] x, int shift) {
        double sum = 0;
        double absolutes = 0;
        for (float value : x) {
            double term = code == Kernels.DP_SUM
                    ? value
                    : code == Kernels.DP_SUM_ABS ? Math.abs(value) : (double) value * value;
            sum += term;
            absolutes += Math.abs(term);
        }
        double ofBlock = (Math.min(x.length, 4096) + 1) * 0x1.0p-24 * absolutes;
        // The error of many blocks averages out, so the long sum must be far better than the worst of one.
        double tolerance = (x.length > 100_000 ? 1e-6 * absolutes : ofBlock) + 0x1.0p-23 * Math.abs(sum);
        float got = reduce(code, x, shift);
        Draws.check(sum, got, tolerance, () -> draws.context(isa, "op " + code + " n=" + x.length));
        assertEquals(got, reduce(code, x, shift + 3), draws.context(isa, "elsewhere, op " + code + " n=" + x.length));
    }

    private static float reduce(int code, float[] x, int shift) {
        Floats out = Floats.of(Float.NaN);
        assertEquals(Kernels.DP_OK, FloatKernels.reduce(code, x.length, new Floats(shift, x).pointer(), out.pointer()));
        return out.values()[0];
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aReductionOverNothingIsZero(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            for (int code : CODES) {
                assertEquals(0f, reduce(code, new float[0], 0));
            }
            Floats out = Floats.of(1, 2, 3);
            assertEquals(Kernels.DP_OK, FloatKernels.columnSums(0, 3, null, out.pointer()));
            assertSameBits(new float[3], out.values(), "columns of no rows");
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void nanAndInfinityPropagateThroughReductions(Isa isa) {
        Draws draws = new Draws("reduce special");
        try (Isa.Selection selection = isa.select()) {
            for (int n : new int[] {1, 5, 16, 100, 4097, 9000}) {
                float[] x = draws.uniform(n, -1, 1);
                x[draws.below(n)] = Float.NEGATIVE_INFINITY;
                assertEquals(Float.NEGATIVE_INFINITY, reduce(Kernels.DP_SUM, x, 0));
                assertEquals(Float.POSITIVE_INFINITY, reduce(Kernels.DP_SUM_ABS, x, 0));
                assertEquals(Float.POSITIVE_INFINITY, reduce(Kernels.DP_SUM_SQUARES, x, 0));
                x[draws.below(n)] = Float.NaN;
                for (int code : CODES) {
                    assertEquals(Float.NaN, reduce(code, x, 0), isa + " op " + code + " n=" + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void columnSumsAddRowsInAscendingOrder(Isa isa) {
        Draws draws = new Draws("columnSums");
        try (Isa.Selection selection = isa.select()) {
            for (int columns : new int[] {0, 2, 7, 15, 16, 17, 31, 33, 64, 129, 500}) {
                for (int rows : new int[] {1, 2, 3, 17, 128, 1 + draws.below(300)}) {
                    float[] x = draws.uniform(rows * columns, -10, 10);
                    float[] expected = new float[columns];
                    for (int r = 0; r < rows; r++) {
                        for (int c = 0; c < columns; c++) {
                            expected[c] += x[r * columns + c];
                        }
                    }
                    Floats out = new Floats(draws.below(16), draws.uniform(columns, -1, 1));
                    Floats in = new Floats(draws.below(16), x);
                    assertEquals(Kernels.DP_OK, FloatKernels.columnSums(rows, columns, in.pointer(), out.pointer()));
                    assertSameBits(expected, out.values(), draws.context(isa, "[" + rows + ", " + columns + "]"));
                }
            }
        }
    }
}
