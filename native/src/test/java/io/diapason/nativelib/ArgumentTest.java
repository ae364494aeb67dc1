package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad arguments of every kernel: the status says so, and nothing that could have been an output has changed. */
class ArgumentTest {
    private static final FloatPointer NONE = null;
    private static final IntPointer NO_INTS = null;
    private static final LongPointer NO_LONGS = null;
    private static final int N = 6;

    /** A call with something wrong, given the only float memory and the only int memory it may touch. */
    private interface Call {
        int run(FloatPointer f, IntPointer i, LongPointer l);
    }

    private record Row(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static int gather(
            long outer, long n, long inner, long count, LongPointer index, FloatPointer x, FloatPointer y) {
        return Kernels.dp_gather(Kernels.DP_FLOAT32, outer, n, inner, count, index, x, y);
    }

    private static int assign(
            long rows, long columns, FloatPointer x, FloatPointer y, long rowStride, long columnStride) {
        return Kernels.dp_assign(Kernels.DP_FLOAT32, rows, columns, x, columns, 1, y, rowStride, columnStride);
    }

    private static int takeAlong(
            long outer, long n, long inner, long count, LongPointer index, FloatPointer x, FloatPointer y) {
        return Kernels.dp_take_along(Kernels.DP_FLOAT32, outer, n, inner, count, index, x, y);
    }

    private static int scatterAddAlong(
            long outer, long n, long inner, long count, LongPointer index, FloatPointer dy, FloatPointer dx) {
        return Kernels.dp_scatter_add_along(Kernels.DP_FLOAT32, outer, n, inner, count, index, dy, dx);
    }

    private static Row row(String name, Call call) {
        return new Row(name, call);
    }

    static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int op : new int[] {-1, 26, 100}) {
            rows.add(row("unary code " + op, (f, i, l) -> FloatKernels.unary(op, N, f, f)));
            rows.add(row("unaryBackward code " + op, (f, i, l) -> FloatKernels.unaryBackward(op, N, f, f, f, f)));
        }
        for (int op : new int[] {-1, 7}) {
            rows.add(row("binary code " + op, (f, i, l) -> FloatKernels.binary(op, N, f, f, f)));
        }
        for (int op : new int[] {-1, 7}) {
            rows.add(row("reduce code " + op, (f, i, l) -> FloatKernels.reduce(op, N, f, f)));
        }
        for (float rate : new float[] {-0.1f, 1, 2, Float.NaN, Float.POSITIVE_INFINITY}) {
            rows.add(row("dropout rate " + rate, (f, i, l) -> FloatKernels.dropout(N, rate, 1, 1, f, f)));
        }
        rows.addAll(negativeSizes());
        rows.addAll(nullPointers());
        rows.add(row("assign rows in one place", (f, i, l) -> assign(2, 3, f, f, 0, 1)));
        rows.add(row("assign columns in one place", (f, i, l) -> assign(2, 3, f, f, 3, 0)));
        for (int type : new int[] {-1, 5}) {
            rows.add(row("assign type " + type, (f, i, l) -> Kernels.dp_assign(type, 2, 3, f, 3, 1, f, 3, 1)));
            rows.add(row("takeAlong type " + type, (f, i, l) -> Kernels.dp_take_along(type, 1, 1, 1, 1, l, f, f)));
        }
        for (int type : new int[] {-1, Kernels.DP_INT32, Kernels.DP_INT64, Kernels.DP_BOOL, 5}) {
            rows.add(row(
                    "scatterAddAlong type " + type,
                    (f, i, l) -> Kernels.dp_scatter_add_along(type, 1, 1, 1, 1, l, f, f)));
        }
        rows.add(row("words first -1", (f, i, l) -> Kernels.dp_random_words(N, 1, 1, -1, i)));
        rows.add(row("gemm accumulate and bias", (f, i, l) -> FloatKernels.gemm(0, 0, 1, 1, 1, f, f, f, 1, f)));
        rows.add(row("sgd momentum without velocity", (f, i, l) -> FloatKernels.sgd(N, f, f, NONE, 1, 0.9f, 0, 0)));
        rows.add(row(
                "rmsprop momentum without velocity",
                (f, i, l) -> FloatKernels.rmsprop(N, f, f, f, NONE, 1, 0.9f, 1e-8f, 0.9f, 0)));
        return rows;
    }

    private static List<Row> negativeSizes() {
        List<Row> rows = new ArrayList<>();
        for (long n : new long[] {-1, Long.MIN_VALUE}) {
            rows.add(row("copy " + n, (f, i, l) -> Kernels.dp_copy(n, f, i)));
            rows.add(row("unary " + n, (f, i, l) -> FloatKernels.unary(0, n, f, f)));
            rows.add(row("unaryBackward " + n, (f, i, l) -> FloatKernels.unaryBackward(0, n, f, f, f, f)));
            rows.add(row("binary " + n, (f, i, l) -> FloatKernels.binary(0, n, f, f, f)));
            rows.add(row("scale " + n, (f, i, l) -> FloatKernels.scale(n, 2, 2, f, f)));
            rows.add(row("scaleBy " + n, (f, i, l) -> FloatKernels.scaleBy(n, f, f, f)));
            rows.add(row("accumulate " + n, (f, i, l) -> FloatKernels.accumulate(n, f, f)));
            rows.add(row("fill " + n, (f, i, l) -> FloatKernels.fill(n, 2, f)));
            rows.add(row("fillFrom " + n, (f, i, l) -> FloatKernels.fillFrom(n, f, f)));
            rows.add(row("reduce " + n, (f, i, l) -> FloatKernels.reduce(0, n, f, f)));
            rows.add(row("columnSums rows " + n, (f, i, l) -> FloatKernels.columnSums(n, 1, f, f)));
            rows.add(row("columnSums columns " + n, (f, i, l) -> FloatKernels.columnSums(1, n, f, f)));
            rows.add(row("columnSums both " + n, (f, i, l) -> FloatKernels.columnSums(n, n, f, f)));
            rows.add(row("gemm m " + n, (f, i, l) -> FloatKernels.gemm(0, 0, n, 1, 1, f, f, NONE, 0, f)));
            rows.add(row("gemm n " + n, (f, i, l) -> FloatKernels.gemm(0, 0, 1, n, 1, f, f, NONE, 0, f)));
            rows.add(row("gemm k " + n, (f, i, l) -> FloatKernels.gemm(0, 0, 1, 1, n, f, f, NONE, 0, f)));
            rows.add(row("gather count " + n, (f, i, l) -> gather(1, 1, 1, n, l, f, f)));
            rows.add(row("gather outer " + n, (f, i, l) -> gather(n, 1, 1, 1, l, f, f)));
            rows.add(row("gather n " + n, (f, i, l) -> gather(1, n, 1, 1, l, f, f)));
            rows.add(row("gather inner " + n, (f, i, l) -> gather(1, 1, n, 1, l, f, f)));
            rows.add(row("assign rows " + n, (f, i, l) -> assign(n, 1, f, f, 1, 1)));
            rows.add(row("assign columns " + n, (f, i, l) -> assign(1, n, f, f, 1, 1)));
            rows.add(row("takeAlong outer " + n, (f, i, l) -> takeAlong(n, 1, 1, 1, l, f, f)));
            rows.add(row("takeAlong n " + n, (f, i, l) -> takeAlong(1, n, 1, 1, l, f, f)));
            rows.add(row("takeAlong inner " + n, (f, i, l) -> takeAlong(1, 1, n, 1, l, f, f)));
            rows.add(row("takeAlong count " + n, (f, i, l) -> takeAlong(1, 1, 1, n, l, f, f)));
            rows.add(row("scatterAddAlong outer " + n, (f, i, l) -> scatterAddAlong(n, 1, 1, 1, l, f, f)));
            rows.add(row("scatterAddAlong n " + n, (f, i, l) -> scatterAddAlong(1, n, 1, 1, l, f, f)));
            rows.add(row("scatterAddAlong inner " + n, (f, i, l) -> scatterAddAlong(1, 1, n, 1, l, f, f)));
            rows.add(row("scatterAddAlong count " + n, (f, i, l) -> scatterAddAlong(1, 1, 1, n, l, f, f)));
            rows.add(row("words " + n, (f, i, l) -> Kernels.dp_random_words(n, 1, 1, 0, i)));
            rows.add(row("dropout " + n, (f, i, l) -> FloatKernels.dropout(n, 0.5f, 1, 1, f, f)));
            rows.add(row("softmax rows " + n, (f, i, l) -> FloatKernels.softmax(n, 2, f, f)));
            rows.add(row("softmax classes " + n, (f, i, l) -> FloatKernels.softmax(2, n, f, f)));
            rows.add(row("crossEntropy rows " + n, (f, i, l) -> FloatKernels.crossEntropy(n, 2, f, l, f)));
            rows.add(row("crossEntropy classes " + n, (f, i, l) -> FloatKernels.crossEntropy(2, n, f, l, f)));
            rows.add(
                    row("crossEntropyBackward " + n, (f, i, l) -> FloatKernels.crossEntropyBackward(n, 2, f, l, f, f)));
            rows.add(row("sgd " + n, (f, i, l) -> FloatKernels.sgd(n, f, f, f, 1, 0.9f, 0, 0)));
            rows.add(row("adam " + n, (f, i, l) -> FloatKernels.adam(n, f, f, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)));
            rows.add(row("rmsprop " + n, (f, i, l) -> FloatKernels.rmsprop(n, f, f, f, f, 1, 0.9f, 1, 0.9f, 0)));
        }
        return rows;
    }

    private static List<Row> nullPointers() {
        Pointer nothing = null;
        return List.of(
                row("copy in", (f, i, l) -> Kernels.dp_copy(4, nothing, f)),
                row("copy out", (f, i, l) -> Kernels.dp_copy(4, f, nothing)),
                row("unary x", (f, i, l) -> FloatKernels.unary(0, N, NONE, f)),
                row("unary y", (f, i, l) -> FloatKernels.unary(0, N, f, NONE)),
                row("unaryBackward x", (f, i, l) -> FloatKernels.unaryBackward(2, N, NONE, f, f, f)),
                row("unaryBackward y", (f, i, l) -> FloatKernels.unaryBackward(2, N, f, NONE, f, f)),
                row("unaryBackward dy", (f, i, l) -> FloatKernels.unaryBackward(2, N, f, f, NONE, f)),
                row("unaryBackward dx", (f, i, l) -> FloatKernels.unaryBackward(2, N, f, f, f, NONE)),
                row("binary a", (f, i, l) -> FloatKernels.binary(0, N, NONE, f, f)),
                row("binary b", (f, i, l) -> FloatKernels.binary(0, N, f, NONE, f)),
                row("binary y", (f, i, l) -> FloatKernels.binary(0, N, f, f, NONE)),
                row("scale x", (f, i, l) -> FloatKernels.scale(N, 2, 2, NONE, f)),
                row("scale y", (f, i, l) -> FloatKernels.scale(N, 2, 2, f, NONE)),
                row("scaleBy alpha", (f, i, l) -> FloatKernels.scaleBy(N, NONE, f, f)),
                row("scaleBy x", (f, i, l) -> FloatKernels.scaleBy(N, f, NONE, f)),
                row("accumulate x", (f, i, l) -> FloatKernels.accumulate(N, NONE, f)),
                row("accumulate y", (f, i, l) -> FloatKernels.accumulate(N, f, NONE)),
                row("fill y", (f, i, l) -> FloatKernels.fill(N, 2, NONE)),
                row("fillFrom alpha", (f, i, l) -> FloatKernels.fillFrom(N, NONE, f)),
                row("fillFrom y", (f, i, l) -> FloatKernels.fillFrom(N, f, NONE)),
                row("reduce x", (f, i, l) -> FloatKernels.reduce(0, N, NONE, f)),
                row("reduce out", (f, i, l) -> FloatKernels.reduce(0, N, f, NONE)),
                row("columnSums x", (f, i, l) -> FloatKernels.columnSums(2, 2, NONE, f)),
                row("columnSums out", (f, i, l) -> FloatKernels.columnSums(2, 2, f, NONE)),
                row("columnSums out of no rows", (f, i, l) -> FloatKernels.columnSums(0, 2, f, NONE)),
                row("gemm a", (f, i, l) -> FloatKernels.gemm(0, 0, 2, 2, 1, NONE, f, NONE, 0, f)),
                row("gemm b", (f, i, l) -> FloatKernels.gemm(0, 0, 2, 2, 1, f, NONE, NONE, 0, f)),
                row("gemm c", (f, i, l) -> FloatKernels.gemm(0, 0, 2, 2, 1, f, f, NONE, 0, NONE)),
                row("gather x", (f, i, l) -> gather(1, 1, 1, 1, l, NONE, f)),
                row("gather index", (f, i, l) -> gather(1, 1, 1, 1, NO_LONGS, f, f)),
                row("gather y", (f, i, l) -> gather(1, 1, 1, 1, l, f, NONE)),
                row("assign x", (f, i, l) -> assign(2, 3, NONE, f, 3, 1)),
                row("assign y", (f, i, l) -> assign(2, 3, f, NONE, 3, 1)),
                row("takeAlong index", (f, i, l) -> takeAlong(1, 1, 1, 1, NO_LONGS, f, f)),
                row("takeAlong x", (f, i, l) -> takeAlong(1, 1, 1, 1, l, NONE, f)),
                row("takeAlong y", (f, i, l) -> takeAlong(1, 1, 1, 1, l, f, NONE)),
                row("scatterAddAlong index", (f, i, l) -> scatterAddAlong(1, 1, 1, 1, NO_LONGS, f, f)),
                row("scatterAddAlong dy", (f, i, l) -> scatterAddAlong(1, 1, 1, 1, l, NONE, f)),
                row("scatterAddAlong dx", (f, i, l) -> scatterAddAlong(1, 1, 1, 1, l, f, NONE)),
                row("words out", (f, i, l) -> Kernels.dp_random_words(N, 1, 1, 0, NO_INTS)),
                row("dropout x", (f, i, l) -> FloatKernels.dropout(N, 0.5f, 1, 1, NONE, f)),
                row("dropout y", (f, i, l) -> FloatKernels.dropout(N, 0.5f, 1, 1, f, NONE)),
                row("dropout x at rate 0", (f, i, l) -> FloatKernels.dropout(N, 0, 1, 1, NONE, f)),
                row("softmax logits", (f, i, l) -> FloatKernels.softmax(2, 2, NONE, f)),
                row("softmax probabilities", (f, i, l) -> FloatKernels.softmax(2, 2, f, NONE)),
                row("crossEntropy logits", (f, i, l) -> FloatKernels.crossEntropy(2, 2, NONE, l, f)),
                row("crossEntropy targets", (f, i, l) -> FloatKernels.crossEntropy(2, 2, f, NO_LONGS, f)),
                row("crossEntropy loss", (f, i, l) -> FloatKernels.crossEntropy(2, 2, f, l, NONE)),
                row("crossEntropyBackward logits", (f, i, l) -> FloatKernels.crossEntropyBackward(2, 2, NONE, l, f, f)),
                row(
                        "crossEntropyBackward targets",
                        (f, i, l) -> FloatKernels.crossEntropyBackward(2, 2, f, NO_LONGS, f, f)),
                row(
                        "crossEntropyBackward upstream",
                        (f, i, l) -> FloatKernels.crossEntropyBackward(2, 2, f, l, NONE, f)),
                row(
                        "crossEntropyBackward dlogits",
                        (f, i, l) -> FloatKernels.crossEntropyBackward(2, 2, f, l, f, NONE)),
                row("sgd p", (f, i, l) -> FloatKernels.sgd(N, NONE, f, f, 1, 0.9f, 0, 0)),
                row("sgd g", (f, i, l) -> FloatKernels.sgd(N, f, NONE, f, 1, 0.9f, 0, 0)),
                row("adam p", (f, i, l) -> FloatKernels.adam(N, NONE, f, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam g", (f, i, l) -> FloatKernels.adam(N, f, NONE, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam m", (f, i, l) -> FloatKernels.adam(N, f, f, NONE, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam v", (f, i, l) -> FloatKernels.adam(N, f, f, f, NONE, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("rmsprop p", (f, i, l) -> FloatKernels.rmsprop(N, NONE, f, f, f, 1, 0.9f, 1, 0.9f, 0)),
                row("rmsprop g", (f, i, l) -> FloatKernels.rmsprop(N, f, NONE, f, f, 1, 0.9f, 1, 0.9f, 0)),
                row("rmsprop s", (f, i, l) -> FloatKernels.rmsprop(N, f, f, NONE, f, 1, 0.9f, 1, 0.9f, 0)));
    }

    static Stream<Arguments> tableOnEveryInstructionSet() {
        return Isa.supported().flatMap(isa -> table().stream().map(row -> Arguments.of(row, isa)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("tableOnEveryInstructionSet")
    void isRefusedAndNothingIsWritten(Row row, Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            float[] before = {1, -2, 3, -4, 5, -6, 7, -8};
            Floats floats = Floats.of(before);
            int[] integers = new int[8];
            IntPointer ints = new IntPointer(integers);
            assertEquals(
                    Kernels.DP_INVALID_ARGUMENT, row.call().run(floats.pointer(), ints, new LongPointer(new long[8])));
            assertSameBits(before, floats.values(), row.name());
            int[] after = new int[8];
            ints.get(after, 0, 8);
            for (int value : after) {
                assertEquals(0, value, row.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aSizeOfZeroNeedsNoPointersAndWritesNothing(Isa isa) {
        Pointer nothing = null;
        try (Isa.Selection selection = isa.select()) {
            int[] statuses = {
                Kernels.dp_copy(0, nothing, nothing),
                FloatKernels.unary(4, 0, NONE, NONE),
                FloatKernels.unaryBackward(4, 0, NONE, NONE, NONE, NONE),
                FloatKernels.binary(0, 0, NONE, NONE, NONE),
                FloatKernels.scale(0, 1, 1, NONE, NONE),
                FloatKernels.accumulate(0, NONE, NONE),
                FloatKernels.fill(0, 1, NONE),
                FloatKernels.columnSums(3, 0, NONE, NONE),
                FloatKernels.gemm(0, 0, 0, 3, 3, NONE, Floats.zeros(9).pointer(), NONE, 0, NONE),
                FloatKernels.gemm(0, 0, 3, 0, 3, Floats.zeros(9).pointer(), NONE, NONE, 0, NONE),
                gather(1, 0, 4, 0, NO_LONGS, NONE, NONE),
                assign(0, 3, NONE, NONE, 3, 1),
                assign(3, 0, NONE, NONE, 0, 0),
                takeAlong(1, 0, 4, 0, NO_LONGS, NONE, NONE),
                scatterAddAlong(1, 0, 4, 0, NO_LONGS, NONE, NONE),
                Kernels.dp_random_words(0, 1, 1, 0, NO_INTS),
                FloatKernels.dropout(0, 0.5f, 1, 1, NONE, NONE),
                FloatKernels.softmax(0, 3, NONE, NONE),
                FloatKernels.sgd(0, NONE, NONE, NONE, 1, 0.9f, 1, 0),
                FloatKernels.adam(0, NONE, NONE, NONE, NONE, 1, 0.9f, 0.9f, 1, 1, 1, 0),
                FloatKernels.rmsprop(0, NONE, NONE, NONE, NONE, 1, 0.9f, 1, 0.9f, 0),
            };
            for (int i = 0; i < statuses.length; i++) {
                assertEquals(Kernels.DP_OK, statuses[i], "call " + i);
            }
        }
    }
}
