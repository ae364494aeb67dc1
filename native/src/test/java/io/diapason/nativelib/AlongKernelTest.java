package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.LongPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code dp_take_along} and {@code dp_scatter_add_along} against their formulas. */
class AlongKernelTest {
    /** outer, n, inner, count. */
    private static final int[][] VOLUMES = {{1, 1, 1, 1}, {1, 5, 1, 9}, {7, 3, 1, 2}, {3, 4, 5, 6}, {2, 30, 33, 7}};

    private static long[] indices(Draws draws, int size, int n) {
        long[] index = new long[size];
        for (int i = 0; i < size; i++) {
            index[i] = draws.below(n);
        }
        return index;
    }

    /** Where element {@code at} of [outer, count, inner] lies in [outer, n, inner]. */
    private static int place(int[] volume, long[] index, int at) {
        int inner = volume[2];
        return (at / (volume[3] * inner) * volume[1] + (int) index[at]) * inner + at % inner;
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void eachElementIsTakenByItsOwnIndex(Isa isa) {
        Draws draws = new Draws("take along");
        try (Isa.Selection selection = isa.select()) {
            for (int[] v : VOLUMES) {
                float[] x = draws.anything(v[0] * v[1] * v[2]);
                float[] expected = new float[v[0] * v[3] * v[2]];
                long[] index = indices(draws, expected.length, v[1]);
                for (int at = 0; at < expected.length; at++) {
                    expected[at] = x[place(v, index, at)];
                }
                Floats y = Floats.zeros(expected.length);
                int status = Kernels.dp_take_along(
                        Kernels.DP_FLOAT32,
                        v[0],
                        v[1],
                        v[2],
                        v[3],
                        new LongPointer(index),
                        Floats.of(x).pointer(),
                        y.pointer());
                assertEquals(Kernels.DP_OK, status);
                assertSameBits(expected, y.values(), draws.context(isa, "volume"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void eachElementIsAddedByItsOwnIndexInAscendingOrder(Isa isa) {
        Draws draws = new Draws("scatter add along");
        try (Isa.Selection selection = isa.select()) {
            for (int[] v : VOLUMES) {
                float[] dy = draws.uniform(v[0] * v[3] * v[2], -1, 1);
                float[] expected = draws.uniform(v[0] * v[1] * v[2], -1, 1);
                long[] index = indices(draws, dy.length, v[1]);
                Floats dx = Floats.of(expected);
                for (int at = 0; at < dy.length; at++) {
                    expected[place(v, index, at)] += dy[at];
                }
                int status = Kernels.dp_scatter_add_along(
                        Kernels.DP_FLOAT32,
                        v[0],
                        v[1],
                        v[2],
                        v[3],
                        new LongPointer(index),
                        Floats.of(dy).pointer(),
                        dx.pointer());
                assertEquals(Kernels.DP_OK, status);
                assertSameBits(expected, dx.values(), draws.context(isa, "volume"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void anIndexOutsideIsRefusedBeforeAnythingIsWritten(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            float[] before = {1, 2, 3, 4, 5, 6};
            for (long wrong : new long[] {-1, 3, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
                for (int place : new int[] {0, 3, 5}) {
                    long[] index = {0, 1, 2, 0, 1, 2};
                    index[place] = wrong;
                    Floats x = Floats.of(before);
                    Floats y = Floats.of(before);
                    LongPointer indices = new LongPointer(index);
                    int[] statuses = {
                        Kernels.dp_take_along(Kernels.DP_FLOAT32, 1, 3, 2, 3, indices, x.pointer(), y.pointer()),
                        Kernels.dp_scatter_add_along(Kernels.DP_FLOAT32, 1, 3, 2, 3, indices, y.pointer(), x.pointer())
                    };
                    int refused = Kernels.DP_INDEX_OUT_OF_RANGE;
                    assertArrayEquals(new int[] {refused, refused}, statuses);
                    assertSameBits(before, y.values(), "taken");
                    assertSameBits(before, x.values(), "added to");
                }
            }
        }
    }
}
