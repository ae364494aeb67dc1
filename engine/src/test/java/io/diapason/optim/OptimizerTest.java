package io.diapason.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Parameter;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fifty steps of every optimiser against its formula in double precision, on a weight and a bias. */
class OptimizerTest {
    private static final int STEPS = 50;
    private static final Shape WEIGHT = Shape.of(5, 7);
    private static final Shape BIAS = Shape.of(7);
    private static final long SEED = Long.getLong("diapason.seed", 4);

    static Stream<OptimizerConfig> configurations() {
        return Stream.of(
                new OptimizerConfig.Sgd(0.05, 0, false, 0),
                new OptimizerConfig.Sgd(0.05, 0, false, 0.3),
                new OptimizerConfig.Sgd(0.05, 0.9, false, 0),
                new OptimizerConfig.Sgd(0.05, 0.9, true, 0),
                new OptimizerConfig.Sgd(0.05, 0.7, true, 0.3),
                new OptimizerConfig.Adam(0.02),
                new OptimizerConfig.Adam(0.02, 0.8, 0.95, 1e-6, 0),
                new OptimizerConfig.Adam(0.02, 0, 0.9, 1e-8, 0),
                new OptimizerConfig.Adam(0.02, 0.9, 0.999, 1e-8, 0.3),
                new OptimizerConfig.RmsProp(0.01, 0.9, 1e-8, 0, 0),
                new OptimizerConfig.RmsProp(0.01, 0.99, 1e-4, 0.8, 0),
                new OptimizerConfig.RmsProp(0.01, 0.99, 1e-4, 0.8, 0.3));
    }

    private static float[] numbers(Shape shape, Rng rng) {
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.gaussianAt(i);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void fiftyStepsFollowTheFormula(OptimizerConfig config) {
        try (Scope scope = Scope.open()) {
            float[] weight = numbers(WEIGHT, Rng.of(SEED, 1));
            float[] bias = numbers(BIAS, Rng.of(SEED, 2));
            Parameter w = new Parameter("weight", scope.of(WEIGHT, weight), Parameter.Kind.WEIGHT);
            Parameter b = new Parameter("bias", scope.of(BIAS, bias), Parameter.Kind.BIAS);
            Optimizer optimizer = config.over(scope, List.of(w, b));
            Reference ofWeight = new Reference(config, weight, config.weightDecay());
            Reference ofBias = new Reference(config, bias, 0);
            for (int step = 0; step < STEPS; step++) {
                float[] weightGradient = numbers(WEIGHT, Rng.of(SEED, 100 + step));
                float[] biasGradient = numbers(BIAS, Rng.of(SEED, 200 + step));
                try (Scope inner = Scope.open()) {
                    // The gradient of Σ p g with respect to p is g, exactly.
                    Tensor loss = w.value()
                            .times(inner.of(WEIGHT, weightGradient))
                            .sum()
                            .plus(b.value().times(inner.of(BIAS, biasGradient)).sum());
                    optimizer.step(loss.backward());
                }
                ofWeight.step(weightGradient);
                ofBias.step(biasGradient);
            }
            ofWeight.check(w.value().toFloatArray(), "weight of " + config);
            ofBias.check(b.value().toFloatArray(), "bias of " + config);
        }
    }

    /** The formulas of {@link OptimizerConfig}, in double precision. */
    private static final class Reference {
        private final OptimizerConfig config;
        private final double decay;
        private final double[] p;
        private final double[] first;
        private final double[] second;
        private int steps;

        Reference(OptimizerConfig config, float[] start, double decay) {
            this.config = config;
            this.decay = decay;
            p = new double[start.length];
            for (int i = 0; i < p.length; i++) {
                p[i] = start[i];
            }
            first = new double[p.length];
            second = new double[p.length];
        }

        void step(float[] gradient) {
            steps++;
            for (int i = 0; i < p.length; i++) {
                double g = gradient[i];
                double rate = config.learningRate();
                p[i] -= rate * decay * p[i];
                if (config instanceof OptimizerConfig.Sgd sgd) {
                    first[i] = sgd.momentum() * first[i] + g;
                    p[i] -= rate * (sgd.nesterov() ? g + sgd.momentum() * first[i] : first[i]);
                } else if (config instanceof OptimizerConfig.Adam adam) {
                    first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * g;
                    second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * g * g;
                    double mean = first[i] / (1 - Math.pow(adam.beta1(), steps));
                    double square = second[i] / (1 - Math.pow(adam.beta2(), steps));
                    p[i] -= rate * mean / (Math.sqrt(square) + adam.epsilon());
                } else if (config instanceof OptimizerConfig.RmsProp rms) {
                    second[i] = rms.alpha() * second[i] + (1 - rms.alpha()) * g * g;
                    first[i] = rms.momentum() * first[i] + g / (Math.sqrt(second[i]) + rms.epsilon());
                    p[i] -= rate * first[i];
                }
            }
        }

        void check(float[] got, String what) {
            for (int i = 0; i < p.length; i++) {
                // A rounding a step and term, and floats for the configuration's numbers: 1e-5 of a number near 1.
                double tolerance = 1e-5 * Math.max(1, Math.abs(p[i]));
                assertEquals(p[i], got[i], tolerance, what + " at " + i + ", -Ddiapason.seed=" + SEED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aParameterWithoutAGradientStaysAsItIs(OptimizerConfig config) {
        try (Scope scope = Scope.open()) {
            Parameter used = new Parameter("used", scope.full(Shape.of(2), 1), Parameter.Kind.WEIGHT);
            Parameter unused = new Parameter("unused", scope.full(Shape.of(2), 1), Parameter.Kind.WEIGHT);
            Optimizer optimizer = config.over(scope, List.of(unused, used));
            for (int step = 0; step < 3; step++) {
                optimizer.step(used.value().square().sum().backward());
            }
            assertArrayEquals(new float[] {1, 1}, unused.value().toFloatArray());
            assertEquals(-1, Float.compare(used.value().toFloatArray()[0], 1));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused("sgd: learningRate must be above 0, got 0.0", () -> new OptimizerConfig.Sgd(0, 0, false, 0));
        assertRefused(
                "sgd: learningRate must be above 0, got NaN", () -> new OptimizerConfig.Sgd(Double.NaN, 0, false, 0));
        assertRefused(
                "sgd: momentum must be at least 0 and below 1, got 1.0", () -> new OptimizerConfig.Sgd(1, 1, false, 0));
        assertRefused("sgd: nesterov needs a momentum above 0, got 0", () -> new OptimizerConfig.Sgd(1, 0, true, 0));
        assertRefused("sgd: weightDecay must be at least 0, got -1.0", () -> new OptimizerConfig.Sgd(1, 0, false, -1));
        assertRefused(
                "adam: learningRate must be above 0, got Infinity",
                () -> new OptimizerConfig.Adam(Double.POSITIVE_INFINITY));
        assertRefused(
                "adam: beta1 must be at least 0 and below 1, got 1.0",
                () -> new OptimizerConfig.Adam(1, 1, 0.9, 1e-8, 0));
        assertRefused(
                "adam: beta2 must be at least 0 and below 1, got -0.1",
                () -> new OptimizerConfig.Adam(1, 0.9, -0.1, 1e-8, 0));
        assertRefused("adam: epsilon must be above 0, got 0.0", () -> new OptimizerConfig.Adam(1, 0.9, 0.9, 0, 0));
        assertRefused(
                "rmsprop: alpha must be at least 0 and below 1, got NaN",
                () -> new OptimizerConfig.RmsProp(1, Double.NaN, 1e-8, 0, 0));
        assertRefused(
                "rmsprop: epsilon must be above 0, got -1.0", () -> new OptimizerConfig.RmsProp(1, 0.9, -1, 0, 0));
        assertRefused(
                "rmsprop: momentum must be at least 0 and below 1, got 1.5",
                () -> new OptimizerConfig.RmsProp(1, 0.9, 1e-8, 1.5, 0));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
