package io.diapason.nativelib;

import static io.diapason.nativelib.Draws.EPSILON;
import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.LongPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax and cross-entropy against their definitions in double precision. */
class SoftmaxKernelTest {
    private static final int[] CLASSES = {1, 2, 3, 7, 8, 10, 15, 16, 17, 31, 33, 100, 129, 1000, 4097};

    /** Softmax of one row. */
    private static double[] softmax(float[] logits, int from, int classes) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, logits[from + c]);
        }
        double[] result = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            result[c] = Math.exp(logits[from + c] - max);
            sum += result[c];
        }
        for (int c = 0; c < classes; c++) {
            result[c] /= sum;
        }
        return result;
    }

    /** exp within 2 ulp of a rounded difference of at most 2 range, over a sum of rounded terms. */
    private static double relativeTolerance(int classes, double range) {
        return EPSILON * (8 + 2 * range + Math.min(classes, 300) / 2.0);
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void softmaxLossAndGradientFollowTheirFormulas(Isa isa) {
        Draws draws = new Draws("softmax");
        try (Isa.Selection selection = isa.select()) {
            for (int classes : CLASSES) {
                for (int rows : new int[] {1, 2, 5, 33}) {
                    for (double range : new double[] {1, 20}) {
                        checkRows(draws, isa, rows, classes, range);
                    }
                }
            }
        }
    }

    private static void checkRows(Draws draws, Isa isa, int rows, int classes, double range) {
        String context = draws.context(isa, "[" + rows + ", " + classes + "] range " + range);
        float[] logits = draws.uniform(rows * classes, -range, range);
        float upstream = draws.uniform(1, -2, 2)[0];
        long[] targets = new long[rows];
        for (int r = 0; r < rows; r++) {
            targets[r] = r == 0 ? classes - 1 : draws.below(classes);
        }
        LongPointer target = new LongPointer(targets);
        Floats in = new Floats(draws.below(16), logits);
        Floats probabilities = new Floats(draws.below(16), new float[rows * classes]);
        Floats loss = Floats.of(Float.NaN);
        Floats gradient = new Floats(draws.below(16), new float[rows * classes]);
        assertEquals(Kernels.DP_OK, FloatKernels.softmax(rows, classes, in.pointer(), probabilities.pointer()));
        assertEquals(Kernels.DP_OK, FloatKernels.crossEntropy(rows, classes, in.pointer(), target, loss.pointer()));
        assertEquals(
                Kernels.DP_OK,
                FloatKernels.crossEntropyBackward(
                        rows, classes, in.pointer(), target, Floats.of(upstream).pointer(), gradient.pointer()));
        double relative = relativeTolerance(classes, range);
        double expectedLoss = 0;
        float[] p = probabilities.values();
        float[] dlogits = gradient.values();
        for (int r = 0; r < rows; r++) {
            double[] expected = softmax(logits, r * classes, classes);
            expectedLoss -= Math.log(expected[(int) targets[r]]) / rows;
            for (int c = 0; c < classes; c++) {
                int at = r * classes + c;
                Draws.check(expected[c], p[at], relative * expected[c], () -> context + " softmax at " + at);
                double derivative = upstream * (expected[c] - (c == targets[r] ? 1 : 0)) / rows;
                double scale = Math.abs(upstream) / rows * (expected[c] + (c == targets[r] ? 1 : 0));
                Draws.check(derivative, dlogits[at], relative * scale, () -> context + " gradient at " + at);
            }
        }
        Draws.check(expectedLoss, loss.values()[0], relative * (1 + expectedLoss), () -> context + " loss");
        assertSameBits(logits, in.values(), context);
        Floats inPlace = Floats.of(logits);
        assertEquals(
                Kernels.DP_OK,
                FloatKernels.crossEntropyBackward(
                        rows,
                        classes,
                        inPlace.pointer(),
                        target,
                        Floats.of(upstream).pointer(),
                        inPlace.pointer()));
        assertSameBits(dlogits, inPlace.values(), context + " gradient in place");
        assertEquals(Kernels.DP_OK, FloatKernels.softmax(rows, classes, in.pointer(), in.pointer()));
        assertSameBits(p, in.values(), context + " softmax in place");
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void hugeLogitsOverflowNothing(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            Floats logits = Floats.of(3e38f, -3e38f, 3e38f, -1000, -1000, -2000);
            Floats p = Floats.zeros(6);
            assertEquals(Kernels.DP_OK, FloatKernels.softmax(2, 3, logits.pointer(), p.pointer()));
            float[] got = p.values();
            float[] expected = {0.5f, 0, 0.5f, 0.5f, 0.5f, 0};
            for (int i = 0; i < 6; i++) {
                assertEquals(expected[i], got[i], 1e-6f);
            }
            Floats loss = Floats.zeros(1);
            LongPointer targets = new LongPointer(0L, 2L);
            assertEquals(Kernels.DP_OK, FloatKernels.crossEntropy(2, 3, logits.pointer(), targets, loss.pointer()));
            assertEquals((Math.log(2) + 1000 + Math.log(2)) / 2, loss.values()[0], 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void nanSpoilsItsRowAndNoOther(Isa isa) {
        Draws draws = new Draws("softmax NaN");
        try (Isa.Selection selection = isa.select()) {
            for (int classes : CLASSES) {
                for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                    float[] logits = draws.uniform(3 * classes, -1, 1);
                    int place = classes + draws.below(classes);
                    logits[place] = special;
                    Floats p = Floats.zeros(3 * classes);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.softmax(3, classes, Floats.of(logits).pointer(), p.pointer()));
                    float[] got = p.values();
                    String context = draws.context(isa, classes + " classes, " + special + " at " + place);
                    for (int c = 0; c < classes; c++) {
                        assertTrue(Float.isFinite(got[c]) && Float.isFinite(got[2 * classes + c]), context);
                        // inf - inf is NaN only where the infinity stands, and in a sum over everything.
                        assertTrue(Float.isNaN(got[classes + c]), context + ": got " + got[classes + c] + " at " + c);
                    }
                    Floats loss = Floats.zeros(1);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.crossEntropy(
                                    3,
                                    classes,
                                    Floats.of(logits).pointer(),
                                    new LongPointer(new long[3]),
                                    loss.pointer()));
                    assertTrue(Float.isNaN(loss.values()[0]), context + ": loss " + loss.values()[0]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aClassOfNoProbabilityHasInfiniteLoss(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            Floats logits = Floats.of(Float.NEGATIVE_INFINITY, 0, 0, 0);
            Floats p = Floats.zeros(4);
            Floats loss = Floats.zeros(1);
            assertEquals(Kernels.DP_OK, FloatKernels.softmax(1, 4, logits.pointer(), p.pointer()));
            assertEquals(0f, p.values()[0]);
            assertEquals(
                    Kernels.DP_OK,
                    FloatKernels.crossEntropy(1, 4, logits.pointer(), new LongPointer(new long[1]), loss.pointer()));
            assertEquals(Float.POSITIVE_INFINITY, loss.values()[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aMeanOverNoRowsIsNan(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            Floats loss = Floats.zeros(1);
            assertEquals(Kernels.DP_OK, FloatKernels.crossEntropy(0, 4, null, (LongPointer) null, loss.pointer()));
            assertTrue(Float.isNaN(loss.values()[0]));
            assertEquals(Kernels.DP_OK, FloatKernels.softmax(0, 4, (org.bytedeco.javacpp.FloatPointer) null, null));
            assertEquals(
                    Kernels.DP_OK,
                    FloatKernels.crossEntropyBackward(
                            0, 4, null, (LongPointer) null, Floats.of(1).pointer(), null));
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void aTargetThatIsNoClassIsRefusedBeforeAnythingIsWritten(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            for (long wrong : new long[] {-1, 3, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
                for (int place : new int[] {0, 4}) {
                    long[] targets = new long[5];
                    targets[place] = wrong;
                    Floats logits = Floats.zeros(15);
                    Floats loss = Floats.of(42);
                    Floats gradient = Floats.of(new float[15]);
                    assertEquals(
                            Kernels.DP_INDEX_OUT_OF_RANGE,
                            FloatKernels.crossEntropy(
                                    5, 3, logits.pointer(), new LongPointer(targets), loss.pointer()));
                    assertEquals(42f, loss.values()[0]);
                    assertEquals(
                            Kernels.DP_INDEX_OUT_OF_RANGE,
                            FloatKernels.crossEntropyBackward(
                                    5,
                                    3,
                                    logits.pointer(),
                                    new LongPointer(targets),
                                    loss.pointer(),
                                    gradient.pointer()));
                    assertSameBits(new float[15], gradient.values(), "gradient");
                }
            }
        }
    }
}
