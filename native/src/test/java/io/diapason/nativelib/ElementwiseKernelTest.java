package io.diapason.nativelib;

import static io.diapason.nativelib.Draws.EPSILON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The elementwise kernels against the formulas of {@code diapason.h} in double precision. */
class ElementwiseKernelTest {
    /** A function of {@code dp_unary_op}, its derivative given x and y, and how far a float result may be off. */
    private enum Unary {
        NEGATE(Kernels.DP_NEGATE),
        ABS(Kernels.DP_ABS),
        SQUARE(Kernels.DP_SQUARE),
        SQRT(Kernels.DP_SQRT),
        EXP(Kernels.DP_EXP),
        LOG(Kernels.DP_LOG),
        RELU(Kernels.DP_RELU),
        TANH(Kernels.DP_TANH),
        GELU(Kernels.DP_GELU);

        private final int code;

        Unary(int code) {
            this.code = code;
        }

        double value(double x) {
            return switch (this) {
                case NEGATE -> -x;
                case ABS -> Math.abs(x);
                case SQUARE -> x * x;
                case SQRT -> Math.sqrt(x);
                case EXP -> Math.exp(x);
                case LOG -> Math.log(x);
                case RELU -> Double.isNaN(x) ? x : Math.max(x, 0);
                case TANH -> Math.tanh(x);
                case GELU -> x == Double.NEGATIVE_INFINITY ? Double.NaN : x * References.normalCdf(x);
            };
        }

        /** What the header allows; where it names no bound, one rounding. */
        double tolerance(double x, double y) {
            return switch (this) {
                case NEGATE, ABS, RELU -> 0;
                case SQUARE, SQRT -> 0.5 * Math.ulp((float) y);
                case EXP, LOG -> 2 * Math.ulp((float) y);
                case TANH -> 1e-6 * Math.abs(y);
                case GELU -> 5e-7 * Math.max(1, Math.abs(x));
            };
        }

        double derivative(double x, double y) {
            return switch (this) {
                case NEGATE -> -1;
                case ABS -> Math.signum(x);
                case SQUARE -> 2 * x;
                case SQRT -> 0.5 / y;
                case EXP -> y;
                case LOG -> 1 / x;
                case RELU -> x > 0 ? 1 : 0;
                case TANH -> 1 - y * y;
                case GELU -> References.normalCdf(x) + x * References.normalDensity(x);
            };
        }

        /** A few roundings; 1 - y^2 and gelu's sum cancel, so theirs are absolute. */
        double derivativeTolerance(double x, double derivative) {
            return switch (this) {
                case NEGATE, ABS, RELU -> 0;
                case SQUARE, SQRT, EXP, LOG -> 2 * EPSILON * Math.abs(derivative);
                case TANH -> 2 * EPSILON;
                case GELU -> 1e-6 * Math.max(1, Math.abs(x));
            };
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void unaryFunctionsKeepTheirBounds(Isa isa) {
        Draws draws = new Draws("unary");
        try (Isa.Selection selection = isa.select()) {
            for (Unary op : Unary.values()) {
                for (int n : draws.lengths()) {
                    float[] x = draws.anything(n);
                    float[] y = unary(op, 0, 0, x);
                    for (int i = 0; i < n; i++) {
                        float input = x[i];
                        if (denormal(input) || (op == Unary.GELU && input == Float.NEGATIVE_INFINITY)) {
                            continue; // flushed or not; the limit 0 and IEEE's -inf * 0 are both defensible
                        }
                        double expected = op.value(input);
                        Draws.check(
                                expected,
                                y[i],
                                op.tolerance(input, expected),
                                () -> draws.context(isa, op + " n=" + n + " x=" + input));
                    }
                    assertSameBits(y, unary(op, 1 + draws.below(15), draws.below(16), x), op + " elsewhere n=" + n);
                    Floats inPlace = Floats.of(x);
                    assertEquals(Kernels.DP_OK, FloatKernels.unary(op.code, n, inPlace.pointer(), inPlace.pointer()));
                    assertSameBits(y, inPlace.values(), op + " in place n=" + n);
                }
            }
        }
    }

    private static float[] unary(Unary op, int xShift, int yShift, float[] x) {
        Floats in = new Floats(xShift, x);
        Floats out = new Floats(yShift, new float[x.length]);
        assertEquals(Kernels.DP_OK, FloatKernels.unary(op.code, x.length, in.pointer(), out.pointer()));
        assertSameBits(x, in.values(), "input");
        return out.values();
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void exponentialLogarithmAndTanhKeepTheirBoundsOnADenseGrid(Isa isa) {
        // Every exponent, and a step that is no multiple of a power of two, so that the mantissas vary.
        int n = Draws.FULL ? 4_000_000 : 200_000;
        float[] signed = new float[n];
        float[] positive = new float[n];
        for (int i = 0; i < n; i++) {
            signed[i] = (float) (-88 + 176.0 * i / n);
            positive[i] = (float) Math.pow(2, -126 + 253.9 * i / n);
        }
        try (Isa.Selection selection = isa.select()) {
            for (Unary op : new Unary[] {Unary.EXP, Unary.TANH, Unary.GELU, Unary.LOG, Unary.SQRT, Unary.TANH}) {
                float[] x = op == Unary.LOG || op == Unary.SQRT ? positive : signed;
                float[] y = unary(op, 0, 0, x);
                for (int i = 0; i < n; i++) {
                    float input = x[i];
                    double expected = op.value(input);
                    Draws.check(expected, y[i], op.tolerance(input, expected), () -> isa + " " + op + " x=" + input);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void unaryGradientsAreTheUpstreamTimesTheDerivative(Isa isa) {
        Draws draws = new Draws("unaryBackward");
        try (Isa.Selection selection = isa.select()) {
            for (Unary op : Unary.values()) {
                for (int n : draws.lengths()) {
                    boolean positive = op == Unary.SQRT || op == Unary.LOG;
                    float[] x = draws.uniform(n, positive ? 0.01 : -6, 6);
                    if (n > 2 && !positive) {
                        x[n / 2] = 0; // the kink of abs and relu
                        x[n - 1] = -0f;
                    }
                    float[] dy = draws.uniform(n, -3, 3);
                    float[] y = unary(op, 0, 0, x);
                    Floats dx = new Floats(draws.below(16), new float[n]);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.unaryBackward(
                                    op.code,
                                    n,
                                    Floats.of(x).pointer(),
                                    Floats.of(y).pointer(),
                                    Floats.of(dy).pointer(),
                                    dx.pointer()));
                    float[] got = dx.values();
                    for (int i = 0; i < n; i++) {
                        float input = x[i];
                        double derivative = op.derivative(input, y[i]);
                        Draws.check(
                                dy[i] * derivative,
                                got[i],
                                Math.abs(dy[i]) * op.derivativeTolerance(input, derivative),
                                () -> draws.context(isa, op + " backward n=" + n + " x=" + input));
                    }
                    Floats inPlace = Floats.of(dy);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.unaryBackward(
                                    op.code,
                                    n,
                                    Floats.of(x).pointer(),
                                    Floats.of(y).pointer(),
                                    inPlace.pointer(),
                                    inPlace.pointer()));
                    assertSameBits(got, inPlace.values(), op + " backward in place n=" + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void binaryOperationsAreIeeeExact(Isa isa) {
        Draws draws = new Draws("binary");
        int[] codes = {Kernels.DP_ADD, Kernels.DP_SUBTRACT, Kernels.DP_MULTIPLY, Kernels.DP_DIVIDE};
        try (Isa.Selection selection = isa.select()) {
            for (int code : codes) {
                for (int n : draws.lengths()) {
                    float[] a = draws.anything(n);
                    float[] b = draws.anything(n);
                    Floats left = new Floats(draws.below(16), a);
                    Floats right = new Floats(draws.below(16), b);
                    Floats y = new Floats(draws.below(16), new float[n]);
                    assertEquals(
                            Kernels.DP_OK, FloatKernels.binary(code, n, left.pointer(), right.pointer(), y.pointer()));
                    float[] got = y.values();
                    for (int i = 0; i < n; i++) {
                        float l = a[i];
                        float r = b[i];
                        if (!denormal(l) && !denormal(r)) {
                            float expected = code == Kernels.DP_ADD
                                    ? l + r
                                    : code == Kernels.DP_SUBTRACT ? l - r : code == Kernels.DP_MULTIPLY ? l * r : l / r;
                            Draws.check(
                                    expected,
                                    got[i],
                                    0,
                                    () -> draws.context(isa, "op " + code + " n=" + n + " a=" + l + " b=" + r));
                        }
                    }
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.binary(code, n, left.pointer(), right.pointer(), left.pointer()));
                    assertSameBits(got, left.values(), "y = a");
                    Floats leftAgain = Floats.of(a);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.binary(code, n, leftAgain.pointer(), right.pointer(), right.pointer()));
                    assertSameBits(got, right.values(), "y = b");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void scaleIsOneFusedMultiplyAddWhereTheSetHasOne(Isa isa) {
        Draws draws = new Draws("scale");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                float[] x = draws.uniform(n, -100, 100);
                float alpha = draws.uniform(1, -3, 3)[0];
                float beta = draws.uniform(1, -3, 3)[0];
                Floats in = new Floats(draws.below(16), x);
                Floats y = new Floats(draws.below(16), new float[n]);
                assertEquals(Kernels.DP_OK, FloatKernels.scale(n, alpha, beta, in.pointer(), y.pointer()));
                float[] scaled = y.values();
                assertEquals(
                        Kernels.DP_OK, FloatKernels.scaleBy(n, Floats.of(alpha).pointer(), in.pointer(), y.pointer()));
                float[] scaledBy = y.values();
                for (int i = 0; i < n; i++) {
                    float fused = Math.fma(alpha, x[i], beta);
                    if (isa != Isa.PORTABLE || scaled[i] != alpha * x[i] + beta) {
                        Draws.check(fused, scaled[i], 0, () -> draws.context(isa, "scale n=" + n));
                    }
                    Draws.check(alpha * x[i], scaledBy[i], 0, () -> draws.context(isa, "scaleBy n=" + n));
                }
                assertEquals(Kernels.DP_OK, FloatKernels.scale(n, alpha, beta, in.pointer(), in.pointer()));
                assertSameBits(scaled, in.values(), "scale in place");
                Floats again = Floats.of(x);
                assertEquals(
                        Kernels.DP_OK,
                        FloatKernels.scaleBy(n, Floats.of(alpha).pointer(), again.pointer(), again.pointer()));
                assertSameBits(scaledBy, again.values(), "scaleBy in place");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void accumulateAndFillAreExact(Isa isa) {
        Draws draws = new Draws("accumulate");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                float[] x = draws.uniform(n, -100, 100);
                float[] y = draws.uniform(n, -100, 100);
                Floats sum = new Floats(draws.below(16), y);
                Floats summand = new Floats(draws.below(16), x);
                assertEquals(Kernels.DP_OK, FloatKernels.accumulate(n, summand.pointer(), sum.pointer()));
                float[] expected = new float[n];
                for (int i = 0; i < n; i++) {
                    expected[i] = y[i] + x[i];
                }
                assertSameBits(expected, sum.values(), draws.context(isa, "accumulate n=" + n));
                for (float value : new float[] {0f, -0f, 1.5f, Float.NaN, Float.NEGATIVE_INFINITY}) {
                    java.util.Arrays.fill(expected, value);
                    assertEquals(Kernels.DP_OK, FloatKernels.fill(n, value, sum.pointer()));
                    assertArrayEquals(expected, sum.values());
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.fillFrom(n, Floats.of(value).pointer(), summand.pointer()));
                    assertArrayEquals(expected, summand.values());
                }
            }
        }
    }

    private static boolean denormal(float x) {
        return x != 0 && Math.abs(x) < Float.MIN_NORMAL;
    }

    /** Equal bit for bit, but any NaN is as good as another. */
    static void assertSameBits(float[] expected, float[] got, String message) {
        assertEquals(expected.length, got.length, message);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(got[i])) {
                assertEquals(expected[i], got[i], message + " at " + i + ", -Ddiapason.seed=" + Draws.SEED);
            }
        }
    }
}
