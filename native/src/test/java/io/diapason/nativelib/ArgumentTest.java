package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad arguments of every kernel: the status says so, and nothing that could have been an output has changed. */
class ArgumentTest {
    private static final FloatPointer NONE = null;
    private static final IntPointer NO_INTS = null;
    private static final int N = 6;

    /** A call with something wrong, given the only float memory and the only int memory it may touch. */
    private interface Call {
        int run(FloatPointer f, IntPointer i);
    }

    private record Row(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Call call) {
        return new Row(name, call);
    }

    static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int op : new int[] {-1, 9, 100}) {
            rows.add(row("unary code " + op, (f, i) -> Kernels.dp_unary(op, N, f, f)));
            rows.add(row("unaryBackward code " + op, (f, i) -> Kernels.dp_unary_backward(op, N, f, f, f, f)));
        }
        for (int op : new int[] {-1, 4}) {
            rows.add(row("binary code " + op, (f, i) -> Kernels.dp_binary(op, N, f, f, f)));
        }
        for (int op : new int[] {-1, 3}) {
            rows.add(row("reduce code " + op, (f, i) -> Kernels.dp_reduce(op, N, f, f)));
        }
        for (float rate : new float[] {-0.1f, 1, 2, Float.NaN, Float.POSITIVE_INFINITY}) {
            rows.add(row("dropout rate " + rate, (f, i) -> Kernels.dp_dropout(N, rate, 1, 1, f, f)));
        }
        rows.addAll(negativeSizes());
        rows.addAll(nullPointers());
        rows.add(row("words first -1", (f, i) -> Kernels.dp_random_words(N, 1, 1, -1, i)));
        rows.add(row("gemm accumulate and bias", (f, i) -> Kernels.dp_gemm(0, 0, 1, 1, 1, f, f, f, 1, f)));
        rows.add(row("sgd momentum without velocity", (f, i) -> Kernels.dp_sgd(N, f, f, NONE, 1, 0.9f, 0, 0)));
        rows.add(row(
                "rmsprop momentum without velocity",
                (f, i) -> Kernels.dp_rmsprop(N, f, f, f, NONE, 1, 0.9f, 1e-8f, 0.9f, 0)));
        return rows;
    }

    private static List<Row> negativeSizes() {
        List<Row> rows = new ArrayList<>();
        for (long n : new long[] {-1, Long.MIN_VALUE}) {
            rows.add(row("copy " + n, (f, i) -> Kernels.dp_copy(n, f, i)));
            rows.add(row("unary " + n, (f, i) -> Kernels.dp_unary(0, n, f, f)));
            rows.add(row("unaryBackward " + n, (f, i) -> Kernels.dp_unary_backward(0, n, f, f, f, f)));
            rows.add(row("binary " + n, (f, i) -> Kernels.dp_binary(0, n, f, f, f)));
            rows.add(row("scale " + n, (f, i) -> Kernels.dp_scale(n, 2, 2, f, f)));
            rows.add(row("scaleBy " + n, (f, i) -> Kernels.dp_scale_by(n, f, f, f)));
            rows.add(row("accumulate " + n, (f, i) -> Kernels.dp_accumulate(n, f, f)));
            rows.add(row("fill " + n, (f, i) -> Kernels.dp_fill(n, 2, f)));
            rows.add(row("fillFrom " + n, (f, i) -> Kernels.dp_fill_from(n, f, f)));
            rows.add(row("reduce " + n, (f, i) -> Kernels.dp_reduce(0, n, f, f)));
            rows.add(row("columnSums rows " + n, (f, i) -> Kernels.dp_column_sums(n, 1, f, f)));
            rows.add(row("columnSums columns " + n, (f, i) -> Kernels.dp_column_sums(1, n, f, f)));
            rows.add(row("columnSums both " + n, (f, i) -> Kernels.dp_column_sums(n, n, f, f)));
            rows.add(row("gemm m " + n, (f, i) -> Kernels.dp_gemm(0, 0, n, 1, 1, f, f, NONE, 0, f)));
            rows.add(row("gemm n " + n, (f, i) -> Kernels.dp_gemm(0, 0, 1, n, 1, f, f, NONE, 0, f)));
            rows.add(row("gemm k " + n, (f, i) -> Kernels.dp_gemm(0, 0, 1, 1, n, f, f, NONE, 0, f)));
            rows.add(row("gather count " + n, (f, i) -> Kernels.dp_gather_rows(n, 4, 1, f, i, f)));
            rows.add(row("gather bytes " + n, (f, i) -> Kernels.dp_gather_rows(1, n, 1, f, i, f)));
            rows.add(row("gather rows " + n, (f, i) -> Kernels.dp_gather_rows(1, 4, n, f, i, f)));
            rows.add(row("words " + n, (f, i) -> Kernels.dp_random_words(n, 1, 1, 0, i)));
            rows.add(row("dropout " + n, (f, i) -> Kernels.dp_dropout(n, 0.5f, 1, 1, f, f)));
            rows.add(row("softmax rows " + n, (f, i) -> Kernels.dp_softmax(n, 2, f, f)));
            rows.add(row("softmax classes " + n, (f, i) -> Kernels.dp_softmax(2, n, f, f)));
            rows.add(row("crossEntropy rows " + n, (f, i) -> Kernels.dp_cross_entropy(n, 2, f, i, f)));
            rows.add(row("crossEntropy classes " + n, (f, i) -> Kernels.dp_cross_entropy(2, n, f, i, f)));
            rows.add(row("crossEntropyBackward " + n, (f, i) -> Kernels.dp_cross_entropy_backward(n, 2, f, i, f, f)));
            rows.add(row("sgd " + n, (f, i) -> Kernels.dp_sgd(n, f, f, f, 1, 0.9f, 0, 0)));
            rows.add(row("adam " + n, (f, i) -> Kernels.dp_adam(n, f, f, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)));
            rows.add(row("rmsprop " + n, (f, i) -> Kernels.dp_rmsprop(n, f, f, f, f, 1, 0.9f, 1, 0.9f, 0)));
        }
        return rows;
    }

    private static List<Row> nullPointers() {
        Pointer nothing = null;
        return List.of(
                row("copy in", (f, i) -> Kernels.dp_copy(4, nothing, f)),
                row("copy out", (f, i) -> Kernels.dp_copy(4, f, nothing)),
                row("unary x", (f, i) -> Kernels.dp_unary(0, N, NONE, f)),
                row("unary y", (f, i) -> Kernels.dp_unary(0, N, f, NONE)),
                row("unaryBackward x", (f, i) -> Kernels.dp_unary_backward(2, N, NONE, f, f, f)),
                row("unaryBackward y", (f, i) -> Kernels.dp_unary_backward(2, N, f, NONE, f, f)),
                row("unaryBackward dy", (f, i) -> Kernels.dp_unary_backward(2, N, f, f, NONE, f)),
                row("unaryBackward dx", (f, i) -> Kernels.dp_unary_backward(2, N, f, f, f, NONE)),
                row("binary a", (f, i) -> Kernels.dp_binary(0, N, NONE, f, f)),
                row("binary b", (f, i) -> Kernels.dp_binary(0, N, f, NONE, f)),
                row("binary y", (f, i) -> Kernels.dp_binary(0, N, f, f, NONE)),
                row("scale x", (f, i) -> Kernels.dp_scale(N, 2, 2, NONE, f)),
                row("scale y", (f, i) -> Kernels.dp_scale(N, 2, 2, f, NONE)),
                row("scaleBy alpha", (f, i) -> Kernels.dp_scale_by(N, NONE, f, f)),
                row("scaleBy x", (f, i) -> Kernels.dp_scale_by(N, f, NONE, f)),
                row("accumulate x", (f, i) -> Kernels.dp_accumulate(N, NONE, f)),
                row("accumulate y", (f, i) -> Kernels.dp_accumulate(N, f, NONE)),
                row("fill y", (f, i) -> Kernels.dp_fill(N, 2, NONE)),
                row("fillFrom alpha", (f, i) -> Kernels.dp_fill_from(N, NONE, f)),
                row("fillFrom y", (f, i) -> Kernels.dp_fill_from(N, f, NONE)),
                row("reduce x", (f, i) -> Kernels.dp_reduce(0, N, NONE, f)),
                row("reduce out", (f, i) -> Kernels.dp_reduce(0, N, f, NONE)),
                row("columnSums x", (f, i) -> Kernels.dp_column_sums(2, 2, NONE, f)),
                row("columnSums out", (f, i) -> Kernels.dp_column_sums(2, 2, f, NONE)),
                row("columnSums out of no rows", (f, i) -> Kernels.dp_column_sums(0, 2, f, NONE)),
                row("gemm a", (f, i) -> Kernels.dp_gemm(0, 0, 2, 2, 1, NONE, f, NONE, 0, f)),
                row("gemm b", (f, i) -> Kernels.dp_gemm(0, 0, 2, 2, 1, f, NONE, NONE, 0, f)),
                row("gemm c", (f, i) -> Kernels.dp_gemm(0, 0, 2, 2, 1, f, f, NONE, 0, NONE)),
                row("gather source", (f, i) -> Kernels.dp_gather_rows(1, 4, 1, nothing, i, f)),
                row("gather index", (f, i) -> Kernels.dp_gather_rows(1, 4, 1, f, NO_INTS, f)),
                row("gather out", (f, i) -> Kernels.dp_gather_rows(1, 4, 1, f, i, nothing)),
                row("words out", (f, i) -> Kernels.dp_random_words(N, 1, 1, 0, NO_INTS)),
                row("dropout x", (f, i) -> Kernels.dp_dropout(N, 0.5f, 1, 1, NONE, f)),
                row("dropout y", (f, i) -> Kernels.dp_dropout(N, 0.5f, 1, 1, f, NONE)),
                row("dropout x at rate 0", (f, i) -> Kernels.dp_dropout(N, 0, 1, 1, NONE, f)),
                row("softmax logits", (f, i) -> Kernels.dp_softmax(2, 2, NONE, f)),
                row("softmax probabilities", (f, i) -> Kernels.dp_softmax(2, 2, f, NONE)),
                row("crossEntropy logits", (f, i) -> Kernels.dp_cross_entropy(2, 2, NONE, i, f)),
                row("crossEntropy targets", (f, i) -> Kernels.dp_cross_entropy(2, 2, f, NO_INTS, f)),
                row("crossEntropy loss", (f, i) -> Kernels.dp_cross_entropy(2, 2, f, i, NONE)),
                row("crossEntropyBackward logits", (f, i) -> Kernels.dp_cross_entropy_backward(2, 2, NONE, i, f, f)),
                row(
                        "crossEntropyBackward targets",
                        (f, i) -> Kernels.dp_cross_entropy_backward(2, 2, f, NO_INTS, f, f)),
                row("crossEntropyBackward upstream", (f, i) -> Kernels.dp_cross_entropy_backward(2, 2, f, i, NONE, f)),
                row("crossEntropyBackward dlogits", (f, i) -> Kernels.dp_cross_entropy_backward(2, 2, f, i, f, NONE)),
                row("sgd p", (f, i) -> Kernels.dp_sgd(N, NONE, f, f, 1, 0.9f, 0, 0)),
                row("sgd g", (f, i) -> Kernels.dp_sgd(N, f, NONE, f, 1, 0.9f, 0, 0)),
                row("adam p", (f, i) -> Kernels.dp_adam(N, NONE, f, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam g", (f, i) -> Kernels.dp_adam(N, f, NONE, f, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam m", (f, i) -> Kernels.dp_adam(N, f, f, NONE, f, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("adam v", (f, i) -> Kernels.dp_adam(N, f, f, f, NONE, 1, 0.9f, 0.9f, 1, 1, 1, 0)),
                row("rmsprop p", (f, i) -> Kernels.dp_rmsprop(N, NONE, f, f, f, 1, 0.9f, 1, 0.9f, 0)),
                row("rmsprop g", (f, i) -> Kernels.dp_rmsprop(N, f, NONE, f, f, 1, 0.9f, 1, 0.9f, 0)),
                row("rmsprop s", (f, i) -> Kernels.dp_rmsprop(N, f, f, NONE, f, 1, 0.9f, 1, 0.9f, 0)));
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
            assertEquals(Kernels.DP_INVALID_ARGUMENT, row.call().run(floats.pointer(), ints));
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
                Kernels.dp_unary(4, 0, NONE, NONE),
                Kernels.dp_unary_backward(4, 0, NONE, NONE, NONE, NONE),
                Kernels.dp_binary(0, 0, NONE, NONE, NONE),
                Kernels.dp_scale(0, 1, 1, NONE, NONE),
                Kernels.dp_accumulate(0, NONE, NONE),
                Kernels.dp_fill(0, 1, NONE),
                Kernels.dp_column_sums(3, 0, NONE, NONE),
                Kernels.dp_gemm(0, 0, 0, 3, 3, NONE, Floats.zeros(9).pointer(), NONE, 0, NONE),
                Kernels.dp_gemm(0, 0, 3, 0, 3, Floats.zeros(9).pointer(), NONE, NONE, 0, NONE),
                Kernels.dp_gather_rows(0, 4, 0, nothing, NO_INTS, nothing),
                Kernels.dp_random_words(0, 1, 1, 0, NO_INTS),
                Kernels.dp_dropout(0, 0.5f, 1, 1, NONE, NONE),
                Kernels.dp_softmax(0, 3, NONE, NONE),
                Kernels.dp_sgd(0, NONE, NONE, NONE, 1, 0.9f, 1, 0),
                Kernels.dp_adam(0, NONE, NONE, NONE, NONE, 1, 0.9f, 0.9f, 1, 1, 1, 0),
                Kernels.dp_rmsprop(0, NONE, NONE, NONE, NONE, 1, 0.9f, 1, 0.9f, 0),
            };
            for (int i = 0; i < statuses.length; i++) {
                assertEquals(Kernels.DP_OK, statuses[i], "call " + i);
            }
        }
    }
}
