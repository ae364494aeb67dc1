package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationTest {
    private static final double[] AT = {-40, -3.25, -1, -0.4, -1e-3, 1e-3, 0.7, 1, 2.5, 40};

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** By its Maclaurin series, which is good to 1e-15 below 3; beyond 25 the limit is exact. No point lies between. */
    private static double erf(double x) {
        if (Math.abs(x) > 25) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double reference(Activation activation, double x) {
        return switch (activation) {
            case RELU -> Math.max(x, 0);
            case TANH -> Math.tanh(x);
            case GELU -> x * 0.5 * (1 + erf(x / Math.sqrt(2)));
            case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
            case SILU -> x * sigmoid(x);
            case MISH -> x * Math.tanh(softplus(x));
            case SIGMOID -> sigmoid(x);
            case SOFTPLUS -> softplus(x);
            case IDENTITY -> x;
        };
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static void assertForward(DoubleUnaryOperator expected, Module module) {
        try (Scope scope = Scope.open()) {
            double[] values = Arrays.stream(AT).map(expected).toArray();
            for (Pass pass : List.of(Pass.inference(), Pass.training(Rng.of(1), 0))) {
                ModuleCheck.assertClose(values, module.forward(scope.of(Shape.of(AT.length), AT), pass), 2e-14);
            }
            assertEquals(List.of(), module.parameters());
            // Where the slope jumps there is no difference to compare with: none of the points is 0.
            Tensor x = scope.of(Shape.of(2, 3), -1.5, -0.5, -0.1, 0.1, 0.6, 2.0);
            ModuleCheck.assertGradients(module, x, Pass::inference);
        }
    }

    @Test
    void functionsWithoutNumbersAreTheirFormulas() {
        for (Activation activation : Activation.values()) {
            assertForward(x -> reference(activation, x), activation);
        }
    }

    @Test
    void identityGivesBackItsOperand() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.ones(Shape.of(2));
            assertSame(x, Activation.IDENTITY.forward(x, Pass.inference()));
        }
    }

    @Test
    void leakyReluHasASlopeBelowZero() {
        assertForward(x -> x > 0 ? x : 0.01 * x, new LeakyRelu());
        assertForward(x -> x > 0 ? x : -0.5 * x, new LeakyRelu(-0.5));
        assertEquals(
                "leakyRelu: the slope must be finite, got NaN",
                assertThrows(IllegalArgumentException.class, () -> new LeakyRelu(Double.NaN))
                        .getMessage());
    }

    @Test
    void eluTendsToMinusAlpha() {
        assertForward(x -> x > 0 ? x : Math.expm1(x), new Elu());
        assertForward(x -> x > 0 ? x : 2.5 * Math.expm1(x), new Elu(2.5));
        assertEquals(
                "elu: alpha must be finite, got Infinity",
                assertThrows(IllegalArgumentException.class, () -> new Elu(Double.POSITIVE_INFINITY))
                        .getMessage());
    }

    @Test
    void softmaxSumsToOneAlongItsAxis() {
        try (Scope scope = Scope.open()) {
            Tensor x = ModuleCheck.input(scope, 5, 2, 3, 4);
            double[] values = x.toDoubleArray();
            for (int axis : new int[] {0, 1, 2, -1}) {
                int counted = Math.floorMod(axis, 3);
                int size = x.shape().size(counted);
                int stride = new int[] {12, 4, 1}[counted];
                double[] expected = new double[24];
                for (int i = 0; i < 24; i++) {
                    double sum = 0;
                    int first = i - (i / stride % size) * stride;
                    for (int k = 0; k < size; k++) {
                        sum += Math.exp(values[first + k * stride]);
                    }
                    expected[i] = Math.exp(values[i]) / sum;
                }
                ModuleCheck.assertClose(expected, new Softmax(axis).forward(x, Pass.inference()), 1e-14);
                ModuleCheck.assertGradients(new Softmax(axis), x, Pass::inference);
            }
            assertEquals(new Softmax(-1), new Softmax());
        }
    }

    @Test
    void namesAreThoseOfSettings() {
        assertEquals(
                "[relu, tanh, gelu, selu, silu, mish, sigmoid, softplus, identity]",
                Arrays.toString(Activation.values()));
    }

    @Test
    void float32IsTheSameFunctionRounded() {
        try (Scope scope = Scope.open()) {
            for (Activation activation : Activation.values()) {
                Tensor y = activation.forward(scope.of(Shape.of(AT.length), AT).to(DType.FLOAT32), Pass.inference());
                double[] expected = Arrays.stream(AT)
                        .map(x -> reference(activation, (float) x))
                        .toArray();
                ModuleCheck.assertClose(expected, y, 5e-7);
            }
        }
    }
}
