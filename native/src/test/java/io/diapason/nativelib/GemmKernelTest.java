package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix product against a double-precision one, with the bound |error| ≤ (k + 1) 2^-23 (Σ|a||b| + |c|). */
class GemmKernelTest {
    private record Size(int m, int n, int k) {}

    private static List<Size> sizes(Draws draws) {
        List<Size> sizes = new ArrayList<>();
        for (int edge : new int[] {0, 1, 2, 5, 7, 8, 15, 16, 17, 31, 32, 33, 48, 65}) {
            sizes.add(new Size(edge, 13, 9));
            sizes.add(new Size(11, edge, 9));
            sizes.add(new Size(11, 13, edge));
            sizes.add(new Size(edge, edge, edge));
        }
        sizes.add(new Size(1, 1, 4097));
        sizes.add(new Size(3, 2, 1000));
        sizes.add(new Size(130, 1, 129));
        sizes.add(new Size(1, 300, 129));
        sizes.add(new Size(257, 127, 33));
        sizes.add(new Size(64, 10, 513));
        for (int i = 0; i < (Draws.FULL ? 300 : 25); i++) {
            sizes.add(new Size(draws.below(150), draws.below(150), draws.below(300)));
        }
        return sizes;
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void everyTransposeBiasAndSizeKeepsTheBound(Isa isa) {
        Draws draws = new Draws("gemm");
        try (Isa.Selection selection = isa.select()) {
            for (Size size : sizes(draws)) {
                float[] a = draws.uniform(size.m * size.k, -2, 2);
                float[] b = draws.uniform(size.k * size.n, -2, 2);
                float[] start = draws.uniform(size.m * size.n, -2, 2);
                float[] bias = draws.uniform(size.n, -2, 2);
                for (int form = 0; form < 12; form++) {
                    int transposeA = form & 1;
                    int transposeB = form >> 1 & 1;
                    boolean accumulate = form >> 2 == 1;
                    float[] summand = form >> 2 == 2 ? bias : null;
                    float[] got = gemm(draws, size, transposeA, transposeB, a, b, summand, accumulate, start, 0);
                    String what = size + " transposes " + transposeA + transposeB + " accumulate " + accumulate
                            + " bias " + (summand != null);
                    verify(
                            draws.context(isa, what),
                            size,
                            transposeA,
                            transposeB,
                            a,
                            b,
                            summand,
                            accumulate,
                            start,
                            got);
                    float[] elsewhere = gemm(draws, size, transposeA, transposeB, a, b, summand, accumulate, start, 1);
                    assertSameBits(got, elsewhere, draws.context(isa, what + " at other addresses"));
                }
            }
        }
    }

    private static float[] gemm(
            Draws draws,
            Size size,
            int transposeA,
            int transposeB,
            float[] a,
            float[] b,
            float[] bias,
            boolean accumulate,
            float[] start,
            int shift) {
        Floats left = new Floats(shift * draws.below(16), a);
        Floats right = new Floats(shift * draws.below(16), b);
        Floats c = new Floats(shift * draws.below(16), start);
        FloatPointer biasPointer = bias == null ? null : new Floats(shift, bias).pointer();
        assertEquals(
                Kernels.DP_OK,
                FloatKernels.gemm(
                        transposeA,
                        transposeB,
                        size.m,
                        size.n,
                        size.k,
                        left.pointer(),
                        right.pointer(),
                        biasPointer,
                        accumulate ? 1 : 0,
                        c.pointer()));
        assertSameBits(a, left.values(), "a");
        assertSameBits(b, right.values(), "b");
        return c.values();
    }

    private static void verify(
            String context,
            Size size,
            int transposeA,
            int transposeB,
            float[] a,
            float[] b,
            float[] bias,
            boolean accumulate,
            float[] start,
            float[] got) {
        for (int i = 0; i < size.m; i++) {
            for (int j = 0; j < size.n; j++) {
                double sum = accumulate ? start[i * size.n + j] : bias == null ? 0 : bias[j];
                double absolutes = Math.abs(sum);
                for (int l = 0; l < size.k; l++) {
                    double product = (double) a[transposeA == 1 ? l * size.m + i : i * size.k + l]
                            * b[transposeB == 1 ? j * size.k + l : l * size.n + j];
                    sum += product;
                    absolutes += Math.abs(product);
                }
                int row = i;
                int column = j;
                Draws.check(
                        sum,
                        got[i * size.n + j],
                        (size.k + 1) * Draws.EPSILON * absolutes,
                        () -> context + " at [" + row + ", " + column + "]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aProductOverNothingIsTheBiasOrZeroOrWhatWasThere(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            FloatPointer none = null;
            Floats c = Floats.of(1, 2, 3, 4, 5, 6);
            assertEquals(Kernels.DP_OK, FloatKernels.gemm(0, 0, 2, 3, 0, none, none, none, 1, c.pointer()));
            assertSameBits(new float[] {1, 2, 3, 4, 5, 6}, c.values(), "accumulate");
            Floats bias = Floats.of(7, 8, 9);
            assertEquals(Kernels.DP_OK, FloatKernels.gemm(0, 0, 2, 3, 0, none, none, bias.pointer(), 0, c.pointer()));
            assertSameBits(new float[] {7, 8, 9, 7, 8, 9}, c.values(), "bias");
            assertEquals(Kernels.DP_OK, FloatKernels.gemm(1, 1, 2, 3, 0, none, none, none, 0, c.pointer()));
            assertSameBits(new float[6], c.values(), "zero");
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void nanAndInfinityReachExactlyTheElementsTheyBelongTo(Isa isa) {
        Draws draws = new Draws("gemm special");
        try (Isa.Selection selection = isa.select()) {
            for (Size size :
                    List.of(new Size(19, 37, 21), new Size(1, 1, 1), new Size(6, 16, 8), new Size(130, 70, 40))) {
                for (int form = 0; form < 4; form++) {
                    int transposeA = form & 1;
                    int transposeB = form >> 1;
                    float[] a = draws.uniform(size.m * size.k, 1, 2);
                    float[] b = draws.uniform(size.k * size.n, 1, 2);
                    int row = draws.below(size.m);
                    int column = draws.below(size.n);
                    int depth = draws.below(size.k);
                    a[transposeA == 1 ? depth * size.m + row : row * size.k + depth] = Float.NaN;
                    b[transposeB == 1 ? column * size.k + depth : depth * size.n + column] = Float.POSITIVE_INFINITY;
                    float[] got =
                            gemm(draws, size, transposeA, transposeB, a, b, null, false, new float[size.m * size.n], 1);
                    for (int i = 0; i < size.m; i++) {
                        for (int j = 0; j < size.n; j++) {
                            float value = got[i * size.n + j];
                            boolean right = i == row
                                    ? Float.isNaN(value)
                                    : j == column ? value == Float.POSITIVE_INFINITY : Float.isFinite(value);
                            assertTrue(right, draws.context(isa, size + " at [" + i + ", " + j + "]: got " + value));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void zeroTimesInfinityIsNan(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            Floats a = Floats.of(0, 0);
            Floats b = Floats.of(Float.POSITIVE_INFINITY, 1, 1, 1);
            Floats c = Floats.zeros(2);
            assertEquals(
                    Kernels.DP_OK, FloatKernels.gemm(0, 0, 1, 2, 2, a.pointer(), b.pointer(), null, 0, c.pointer()));
            assertSameBits(new float[] {Float.NaN, 0}, c.values(), isa.toString());
        }
    }
}
