package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes: rows gathered, blocks copied, memory taken and given back. */
class RowsKernelTest {
    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void rowsOfAnyWidthAreGathered(Isa isa) {
        Draws draws = new Draws("gather");
        try (Isa.Selection selection = isa.select()) {
            for (int rowBytes : new int[] {0, 1, 3, 4, 7, 8, 12, 16, 31, 32, 52, 63, 64, 65, 100, 128, 260, 4096}) {
                for (int count : new int[] {0, 1, 2, 5, 33, 100}) {
                    int sourceRows = 1 + draws.below(50);
                    byte[] source = bytes(draws, sourceRows * rowBytes);
                    long[] index = new long[count];
                    byte[] expected = new byte[count * rowBytes + 16];
                    java.util.Arrays.fill(expected, (byte) 0x5a);
                    BytePointer out = new BytePointer(expected);
                    for (int i = 0; i < count; i++) {
                        index[i] = i == 0 ? sourceRows - 1 : draws.below(sourceRows);
                        System.arraycopy(source, (int) index[i] * rowBytes, expected, i * rowBytes, rowBytes);
                    }
                    assertEquals(
                            Kernels.DP_OK,
                            gatherBytes(
                                    sourceRows, rowBytes, count, new LongPointer(index), new BytePointer(source), out));
                    assertArrayEquals(
                            expected, read(out, expected.length), draws.context(isa, count + " x " + rowBytes));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void anIndexOutsideTheSourceIsRefusedBeforeAnythingIsWritten(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            byte[] before = new byte[20 * 4];
            java.util.Arrays.fill(before, (byte) 7);
            for (long wrong : new long[] {-1, 5, 6, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
                for (int place : new int[] {0, 1, 15, 16, 19}) {
                    long[] index = new long[20];
                    index[place] = wrong;
                    BytePointer out = new BytePointer(before);
                    assertEquals(
                            Kernels.DP_INDEX_OUT_OF_RANGE,
                            gatherBytes(5, 4, 20, new LongPointer(index), new BytePointer(new byte[20]), out));
                    assertArrayEquals(before, read(out, before.length));
                }
            }
            assertEquals(
                    Kernels.DP_INDEX_OUT_OF_RANGE,
                    gatherBytes(
                            0, 4, 1, new LongPointer(new long[1]), new BytePointer(new byte[4]), new BytePointer(4)));
        }
    }

    @Test
    void copyMovesEveryByteAndNoOther() {
        Draws draws = new Draws("copy");
        for (int n : new int[] {0, 1, 3, 63, 64, 65, 1000, 1 << 20}) {
            byte[] source = bytes(draws, n);
            byte[] expected = java.util.Arrays.copyOf(source, n + 8);
            BytePointer out = new BytePointer(new byte[n + 8]);
            assertEquals(Kernels.DP_OK, Kernels.dp_copy(n, new BytePointer(source), out));
            assertArrayEquals(expected, read(out, n + 8));
        }
    }

    @Test
    void memoryIsAlignedWritableAndRefusedWhenAbsurd() {
        for (long bytes : new long[] {1, 63, 64, 65, 4096, (1 << 20) - 1, 1 << 20, (5 << 20) + 3}) {
            Pointer memory = Kernels.dp_allocate(bytes);
            assertEquals(0, memory.address() % 64, bytes + " bytes");
            if (bytes >= 1 << 20) {
                assertEquals(0, memory.address() % (2 << 20), bytes + " bytes");
            }
            BytePointer view = new BytePointer(memory);
            view.position(bytes - 1).put((byte) 9);
            assertEquals(9, view.position(bytes - 1).get());
            Kernels.dp_free(memory);
        }
        assertTrue(isNull(Kernels.dp_allocate(-1)));
        assertTrue(isNull(Kernels.dp_allocate(Long.MIN_VALUE)));
        assertTrue(isNull(Kernels.dp_allocate(Long.MAX_VALUE)));
        assertTrue(isNull(Kernels.dp_allocate(1L << 60)));
        Kernels.dp_free(null);
        Kernels.dp_free(Kernels.dp_allocate(0));
    }

    /** Rows of any number of bytes are rows of so many booleans. */
    private static int gatherBytes(
            int sourceRows, int rowBytes, int count, LongPointer index, BytePointer source, BytePointer out) {
        return Kernels.dp_gather(Kernels.DP_BOOL, 1, sourceRows, rowBytes, count, index, source, out);
    }

    private static boolean isNull(Pointer pointer) {
        return pointer == null || pointer.isNull();
    }

    private static byte[] bytes(Draws draws, int n) {
        byte[] values = new byte[n];
        for (int i = 0; i < n; i++) {
            values[i] = (byte) draws.below(256);
        }
        return values;
    }

    private static byte[] read(BytePointer pointer, int n) {
        byte[] values = new byte[n];
        new BytePointer(pointer).get(values, 0, n);
        return values;
    }
}
