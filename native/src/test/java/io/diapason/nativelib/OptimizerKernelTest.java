package io.diapason.nativelib;

import static io.diapason.nativelib.ElementwiseKernelTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One optimiser step against the header's formulas in double precision, over the same float inputs. */
class OptimizerKernelTest {
    private static final float RATE = 0.03f;
    private static final float DECAY = 0.2f;
    /** Each step rounds a handful of times, relative to the numbers that it adds. */
    private static final double ROUNDINGS = 6 * Draws.EPSILON;

    private static void check(double expected, float got, double magnitude, String context) {
        Draws.check(expected, got, ROUNDINGS * magnitude, () -> context);
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void sgdStepsAsItsFormula(Isa isa) {
        Draws draws = new Draws("sgd");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                for (int form = 0; form < 6; form++) {
                    float momentum = form < 2 ? 0 : 0.9f;
                    int nesterov = form >= 4 ? 1 : 0;
                    float decay = form % 2 == 0 ? 0 : DECAY;
                    float[] p = draws.uniform(n, -2, 2);
                    float[] g = draws.uniform(n, -2, 2);
                    float[] v = draws.uniform(n, -2, 2);
                    Floats parameters = new Floats(draws.below(16), p);
                    Floats velocity = new Floats(draws.below(16), v);
                    FloatPointer state = momentum == 0 ? null : velocity.pointer();
                    Floats gradient = new Floats(draws.below(16), g);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.sgd(
                                    n,
                                    parameters.pointer(),
                                    gradient.pointer(),
                                    state,
                                    RATE,
                                    momentum,
                                    nesterov,
                                    decay));
                    String context = draws.context(isa, "n=" + n + " form " + form);
                    float[] gotP = parameters.values();
                    float[] gotV = velocity.values();
                    for (int i = 0; i < n; i++) {
                        double decayed = p[i] - (double) RATE * decay * p[i];
                        double newV = (double) momentum * v[i] + g[i];
                        double direction = momentum == 0 ? g[i] : nesterov == 1 ? g[i] + momentum * newV : newV;
                        check(decayed - RATE * direction, gotP[i], 3, context + " p at " + i);
                        check(momentum == 0 ? v[i] : newV, gotV[i], 4, context + " velocity at " + i);
                    }
                    assertSameBits(g, gradient.values(), context);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void adamStepsAsItsFormula(Isa isa) {
        Draws draws = new Draws("adam");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                for (int form = 0; form < 4; form++) {
                    float beta1 = form < 2 ? 0.9f : 0f;
                    float beta2 = form < 2 ? 0.999f : 0.5f;
                    float decay = form % 2 == 0 ? 0 : DECAY;
                    float epsilon = 1e-8f;
                    float stepSize = 0.07f;
                    float inverseCorrection = 1.7f;
                    float[] p = draws.uniform(n, -2, 2);
                    float[] g = draws.uniform(n, -2, 2);
                    float[] m = draws.uniform(n, -2, 2);
                    float[] v = draws.uniform(n, 0.01, 4);
                    Floats parameters = new Floats(draws.below(16), p);
                    Floats first = new Floats(draws.below(16), m);
                    Floats second = new Floats(draws.below(16), v);
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.adam(
                                    n,
                                    parameters.pointer(),
                                    new Floats(draws.below(16), g).pointer(),
                                    first.pointer(),
                                    second.pointer(),
                                    RATE,
                                    beta1,
                                    beta2,
                                    epsilon,
                                    stepSize,
                                    inverseCorrection,
                                    decay));
                    String context = draws.context(isa, "n=" + n + " form " + form);
                    float[] gotP = parameters.values();
                    float[] gotM = first.values();
                    float[] gotV = second.values();
                    for (int i = 0; i < n; i++) {
                        double decayed = p[i] - (double) RATE * decay * p[i];
                        double newM = (double) beta1 * m[i] + (1 - (double) beta1) * g[i];
                        double newV = (double) beta2 * v[i] + (1 - (double) beta2) * g[i] * g[i];
                        // The quotient divides by sqrt(v), which may be a tenth: its error counts as that much more.
                        double quotient = newM / (Math.sqrt(newV) * inverseCorrection + epsilon);
                        double size = 3 + stepSize * (Math.abs(quotient) + 2 / Math.sqrt(newV));
                        check(decayed - stepSize * quotient, gotP[i], size, context + " p at " + i);
                        check(newM, gotM[i], 2, context + " m at " + i);
                        check(newV, gotV[i], newV, context + " v at " + i);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void rmspropStepsAsItsFormula(Isa isa) {
        Draws draws = new Draws("rmsprop");
        try (Isa.Selection selection = isa.select()) {
            for (int n : draws.lengths()) {
                for (int form = 0; form < 4; form++) {
                    float momentum = form < 2 ? 0 : 0.8f;
                    float decay = form % 2 == 0 ? 0 : DECAY;
                    float alpha = 0.99f;
                    float epsilon = 1e-3f;
                    float[] p = draws.uniform(n, -2, 2);
                    float[] g = draws.uniform(n, -2, 2);
                    float[] s = draws.uniform(n, 0.01, 4);
                    float[] v = draws.uniform(n, -2, 2);
                    Floats parameters = new Floats(draws.below(16), p);
                    Floats square = new Floats(draws.below(16), s);
                    Floats velocity = new Floats(draws.below(16), v);
                    FloatPointer state = momentum == 0 ? null : velocity.pointer();
                    assertEquals(
                            Kernels.DP_OK,
                            FloatKernels.rmsprop(
                                    n,
                                    parameters.pointer(),
                                    new Floats(draws.below(16), g).pointer(),
                                    square.pointer(),
                                    state,
                                    RATE,
                                    alpha,
                                    epsilon,
                                    momentum,
                                    decay));
                    String context = draws.context(isa, "n=" + n + " form " + form);
                    float[] gotP = parameters.values();
                    float[] gotS = square.values();
                    float[] gotV = velocity.values();
                    for (int i = 0; i < n; i++) {
                        double decayed = p[i] - (double) RATE * decay * p[i];
                        double newS = (double) alpha * s[i] + (1 - (double) alpha) * g[i] * g[i];
                        double u = g[i] / (Math.sqrt(newS) + epsilon);
                        double newV = momentum * (double) v[i] + u;
                        double direction = momentum == 0 ? u : newV;
                        double size = 3 + Math.abs(u);
                        check(decayed - RATE * direction, gotP[i], size, context + " p at " + i);
                        check(newS, gotS[i], newS, context + " s at " + i);
                        check(momentum == 0 ? v[i] : newV, gotV[i], size, context + " velocity at " + i);
                    }
                }
            }
        }
    }

    /** From states of 0; the double 0.999 has no float near enough that 1 less it would keep its digits. */
    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void oneMinusBetaIsRoundedOnce(Isa isa) {
        Draws draws = new Draws("one minus beta");
        try (Isa.Selection selection = isa.select()) {
            double beta = 0.999;
            int n = 33;
            float[] g = draws.uniform(n, 0.5, 2);
            Floats gradient = Floats.of(g);
            Floats p = Floats.zeros(n);
            Floats m = Floats.zeros(n);
            Floats v = Floats.zeros(n);
            Floats s = Floats.zeros(n);
            int[] statuses = {
                Kernels.dp_adam(
                        Kernels.DP_FLOAT32,
                        n,
                        p.pointer(),
                        gradient.pointer(),
                        m.pointer(),
                        v.pointer(),
                        null,
                        RATE,
                        beta,
                        beta,
                        1e-8,
                        RATE,
                        0,
                        1,
                        0),
                Kernels.dp_rmsprop(
                        Kernels.DP_FLOAT32,
                        n,
                        p.pointer(),
                        gradient.pointer(),
                        s.pointer(),
                        null,
                        null,
                        RATE,
                        beta,
                        1e-8,
                        0,
                        0)
            };
            assertArrayEquals(new int[] {Kernels.DP_OK, Kernels.DP_OK}, statuses);
            for (int i = 0; i < n; i++) {
                double first = (1 - beta) * g[i];
                double second = first * g[i];
                check(first, m.values()[i], first, draws.context(isa, "m at " + i));
                check(second, v.values()[i], second, draws.context(isa, "v at " + i));
                check(second, s.values()[i], second, draws.context(isa, "s at " + i));
            }
        }
    }
}
