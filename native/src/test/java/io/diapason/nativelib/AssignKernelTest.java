package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code dp_assign}: bytes of every type into strided places, against a loop over elements. */
class AssignKernelTest {
    private static final Map<Integer, Integer> BYTES = Map.of(
            Kernels.DP_FLOAT32, 4, Kernels.DP_FLOAT64, 8, Kernels.DP_INT32, 4, Kernels.DP_INT64, 8, Kernels.DP_BOOL, 1);

    /** A matrix in the middle of memory: element (i, j) is number {@code first + i * rowStride + j * columnStride}. */
    private record Place(long first, long rowStride, long columnStride, int size) {
        long element(int row, int column) {
            return first + row * rowStride + column * columnStride;
        }
    }

    /** Dense, a slice of wider rows, transposed, every third element, and each of those from its end. */
    private static Place place(int layout, int rows, int columns) {
        long across = layout % 4 == 2 ? rows : layout % 4 == 3 ? 3 : 1;
        long down = layout % 4 == 2 ? 1 : columns * across + (layout % 4 == 1 ? 5 : 0);
        long span = (rows - 1) * down + (columns - 1) * across;
        boolean backwards = layout >= 4;
        int margin = 3;
        return new Place(
                backwards ? margin + span : margin,
                backwards ? -down : down,
                backwards ? -across : across,
                (int) span + 1 + 2 * margin);
    }

    private static byte[] bytes(Draws draws, int n) {
        byte[] values = new byte[n];
        for (int i = 0; i < n; i++) {
            values[i] = (byte) draws.nextLong();
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void everyBitLandsInItsPlaceAndNowhereElse(Isa isa) {
        Draws draws = new Draws("assign");
        try (Isa.Selection selection = isa.select()) {
            for (int[] shape : new int[][] {{1, 1}, {1, 9}, {9, 1}, {3, 2}, {5, 40}, {33, 7}, {150, 130}}) {
                for (int pair = 0; pair < 64; pair++) {
                    for (int dtype : BYTES.keySet()) {
                        assign(draws, isa, dtype, shape[0], shape[1], pair / 8, pair % 8);
                    }
                }
            }
        }
    }

    private static void assign(Draws draws, Isa isa, int dtype, int rows, int columns, int from, int to) {
        int width = BYTES.get(dtype);
        Place source = place(from, rows, columns);
        Place target = place(to, rows, columns);
        byte[] x = bytes(draws, source.size() * width);
        byte[] expected = bytes(draws, target.size() * width);
        try (BytePointer in = new BytePointer(x);
                BytePointer out = new BytePointer(expected)) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    int read = (int) source.element(i, j) * width;
                    System.arraycopy(x, read, expected, (int) target.element(i, j) * width, width);
                }
            }
            String context = draws.context(
                    isa, "type " + dtype + ", " + rows + " x " + columns + ", layouts " + from + " " + to);
            int status = Kernels.dp_assign(
                    dtype,
                    rows,
                    columns,
                    in.getPointer(source.first() * width),
                    source.rowStride(),
                    source.columnStride(),
                    out.getPointer(target.first() * width),
                    target.rowStride(),
                    target.columnStride());
            assertEquals(Kernels.DP_OK, status, context);
            byte[] got = new byte[expected.length];
            out.get(got);
            assertArrayEquals(expected, got, context);
        }
    }
}
