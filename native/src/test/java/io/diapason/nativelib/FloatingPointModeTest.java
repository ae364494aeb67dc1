package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Denormals are flushed inside a call, and Java's own arithmetic keeps them afterwards. What only moves bits or changes
 * a sign (copies, fill, negate, abs) is no arithmetic: there a denormal may pass, as IEEE 754 §5.5.1 has it.
 */
class FloatingPointModeTest {
    private static final int N = 37;

    /** Java's arithmetic on numbers that the compiler cannot fold: a denormal sum and a denormal product. */
    private static void assertJavaKeepsDenormals(float[] smallest, String after) {
        float half = smallest[0] / 2;
        assertEquals(0x0040_0000, Float.floatToRawIntBits(half), after + ": MIN_NORMAL / 2");
        assertEquals(Float.MIN_NORMAL, half + half, after + ": a denormal plus itself");
    }

    private static Floats all(float value) {
        float[] values = new float[N];
        java.util.Arrays.fill(values, value);
        return Floats.of(values);
    }

    private static void assertFlushed(Floats result, String what) {
        for (float value : result.values()) {
            assertTrue(value == 0, what + ": a denormal result must be flushed to zero, got " + value);
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void denormalResultsAreFlushedAndTheModeIsRestored(Isa isa) {
        float[] smallest = {Float.MIN_NORMAL};
        try (Isa.Selection selection = isa.select()) {
            assertJavaKeepsDenormals(smallest, "before");
            Floats y = Floats.zeros(N);
            Floats small = all(1e-30f);
            Floats denormal = all(1e-40f);
            Floats zero = all(0);
            Floats half = all(0.5f);
            Floats scalar = Floats.of(1e-20f);
            List<Runnable> calls = new ArrayList<>();
            List<String> names = new ArrayList<>();
            calls.add(() ->
                    ok(FloatKernels.binary(Kernels.DP_MULTIPLY, N, small.pointer(), small.pointer(), y.pointer())));
            names.add("1e-30 * 1e-30");
            calls.add(() -> ok(FloatKernels.binary(
                    Kernels.DP_MULTIPLY, N, all(Float.MIN_NORMAL).pointer(), half.pointer(), y.pointer())));
            names.add("MIN_NORMAL / 2");
            calls.add(
                    () -> ok(FloatKernels.binary(Kernels.DP_ADD, N, denormal.pointer(), zero.pointer(), y.pointer())));
            names.add("1e-40 + 0");
            calls.add(() -> ok(FloatKernels.unary(Kernels.DP_EXP, N, all(-90).pointer(), y.pointer())));
            names.add("exp(-90)");
            calls.add(() ->
                    ok(FloatKernels.unary(Kernels.DP_SQUARE, N, all(1e-22f).pointer(), y.pointer())));
            names.add("square(1e-22)");
            calls.add(() -> ok(FloatKernels.unary(Kernels.DP_RELU, N, denormal.pointer(), y.pointer())));
            names.add("relu(1e-40)");
            calls.add(() -> ok(FloatKernels.unary(Kernels.DP_TANH, N, denormal.pointer(), y.pointer())));
            names.add("tanh(1e-40)");
            calls.add(() -> ok(FloatKernels.unary(Kernels.DP_GELU, N, denormal.pointer(), y.pointer())));
            names.add("gelu(1e-40)");
            calls.add(() -> ok(FloatKernels.unary(Kernels.DP_SQRT, N, denormal.pointer(), y.pointer())));
            names.add("sqrt(1e-40)");
            calls.add(() -> ok(FloatKernels.scale(N, 1e-20f, 0, all(1e-20f).pointer(), y.pointer())));
            names.add("scale");
            calls.add(() ->
                    ok(FloatKernels.scaleBy(N, scalar.pointer(), all(1e-20f).pointer(), y.pointer())));
            names.add("scaleBy");
            calls.add(() -> ok(FloatKernels.dropout(N, 0.5f, 1, 1, denormal.pointer(), y.pointer())));
            names.add("dropout");
            calls.add(() -> ok(FloatKernels.columnSums(1, N, denormal.pointer(), y.pointer())));
            names.add("columnSums");
            calls.add(() -> ok(FloatKernels.gemm(
                    0, 0, N, 1, 1, small.pointer(), Floats.of(1e-10f).pointer(), null, 0, y.pointer())));
            names.add("gemm");
            for (int i = 0; i < calls.size(); i++) {
                if (names.get(i).startsWith("sqrt")) {
                    // Either the input is flushed, or its root is a normal number.
                    calls.get(i).run();
                    for (float value : y.values()) {
                        assertTrue(value == 0 || Math.abs(value - 1e-20f) < 1e-25f, isa + ": sqrt gives " + value);
                    }
                } else {
                    calls.get(i).run();
                    assertFlushed(y, isa + " " + names.get(i));
                }
                assertJavaKeepsDenormals(smallest, isa + " " + names.get(i));
            }
        }
    }

    private static void ok(int status) {
        assertEquals(Kernels.DP_OK, status);
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void reductionsAndOptimisersFlushAndRestore(Isa isa) {
        float[] smallest = {Float.MIN_NORMAL};
        try (Isa.Selection selection = isa.select()) {
            Floats out = Floats.of(1);
            ok(FloatKernels.reduce(Kernels.DP_SUM, 1, Floats.of(1e-40f).pointer(), out.pointer()));
            assertEquals(0f, out.values()[0], isa + " reduce");
            assertJavaKeepsDenormals(smallest, isa + " reduce");
            Floats softmax = Floats.zeros(3);
            ok(FloatKernels.softmax(1, 3, Floats.of(0, -90, -95).pointer(), softmax.pointer()));
            assertEquals(0f, softmax.values()[1], isa + " softmax");
            assertJavaKeepsDenormals(smallest, isa + " softmax");
            Floats p = all(0);
            Floats v = all(1e-38f);
            ok(FloatKernels.sgd(N, p.pointer(), all(0).pointer(), v.pointer(), 1e-3f, 0.5f, 0, 0));
            assertFlushed(v, isa + " velocity");
            assertFlushed(p, isa + " sgd");
            Floats m = all(1e-38f);
            Floats second = all(1e-38f);
            ok(FloatKernels.adam(
                    N,
                    all(0).pointer(),
                    all(0).pointer(),
                    m.pointer(),
                    second.pointer(),
                    1e-3f,
                    0.5f,
                    0.5f,
                    1e-8f,
                    1e-3f,
                    1,
                    0));
            assertFlushed(m, isa + " first moment");
            assertFlushed(second, isa + " second moment");
            Floats s = all(1e-38f);
            ok(FloatKernels.rmsprop(
                    N, all(0).pointer(), all(0).pointer(), s.pointer(), null, 1e-3f, 0.5f, 1e-8f, 0, 0));
            assertFlushed(s, isa + " mean square");
            assertJavaKeepsDenormals(smallest, isa + " optimisers");
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void theModeIsRestoredAfterARefusedCall(Isa isa) {
        float[] smallest = {Float.MIN_NORMAL};
        try (Isa.Selection selection = isa.select()) {
            Floats x = all(1);
            assertEquals(Kernels.DP_INVALID_ARGUMENT, FloatKernels.unary(99, N, x.pointer(), x.pointer()));
            assertJavaKeepsDenormals(smallest, isa + " unary code 99");
            assertEquals(
                    Kernels.DP_INDEX_OUT_OF_RANGE,
                    FloatKernels.crossEntropy(1, 3, x.pointer(), new LongPointer(new long[] {7}), x.pointer()));
            assertJavaKeepsDenormals(smallest, isa + " cross-entropy");
            assertEquals(
                    Kernels.DP_INDEX_OUT_OF_RANGE,
                    Kernels.dp_gather(
                            Kernels.DP_FLOAT32, 1, 1, 1, 1, new LongPointer(new long[] {7}), x.pointer(), x.pointer()));
            assertJavaKeepsDenormals(smallest, isa + " gather");
        }
    }
}
