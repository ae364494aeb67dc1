package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearTest {
    private static Linear doubles(Scope scope, int in, int out, boolean bias) {
        Init start = Linear.start(DType.FLOAT64, in);
        return new Linear(scope, DType.FLOAT64, in, out, start, bias ? start : null, Rng.of(6));
    }

    /** What the first release drew, whose training results others hold. */
    @Test
    void theDefaultDrawsAreTheOldOnesBitForBit() {
        for (int in : new int[] {1, 2, 3, 7, 13, 64, 999}) {
            try (Scope scope = Scope.open()) {
                Linear linear = new Linear(scope, in, 5, Rng.of(11));
                assertArrayEquals(
                        old(in * 5, in, Rng.of(11).child("weight")),
                        linear.weight().value().toFloatArray());
                assertArrayEquals(
                        old(5, in, Rng.of(11).child("bias")),
                        linear.bias().value().toFloatArray());
            }
        }
    }

    private static float[] old(int n, int in, Rng rng) {
        float bound = (float) (1 / Math.sqrt(in));
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (2 * rng.floatAt(i) - 1) * bound;
        }
        return values;
    }

    @Test
    void forwardIsTheAffineMapOfTheLastAxis() {
        try (Scope scope = Scope.open()) {
            for (boolean withBias : new boolean[] {true, false}) {
                Linear linear = doubles(scope, 3, 4, withBias);
                double[] w = linear.weight().value().toDoubleArray();
                double[] b = withBias ? linear.bias().value().toDoubleArray() : new double[4];
                for (int[] rows : new int[][] {{5}, {2, 3}, {}, {0}}) {
                    int n = 1;
                    int[] sizes = java.util.Arrays.copyOf(rows, rows.length + 1);
                    sizes[rows.length] = 3;
                    for (int row : rows) {
                        n *= row;
                    }
                    Tensor x = ModuleCheck.input(scope, 3, sizes);
                    double[] values = x.toDoubleArray();
                    double[] expected = new double[n * 4];
                    for (int row = 0; row < n; row++) {
                        for (int out = 0; out < 4; out++) {
                            expected[row * 4 + out] = b[out];
                            for (int in = 0; in < 3; in++) {
                                expected[row * 4 + out] += values[row * 3 + in] * w[in * 4 + out];
                            }
                        }
                    }
                    Tensor y = linear.forward(x, Pass.inference());
                    sizes[rows.length] = 4;
                    assertEquals(Shape.of(sizes), y.shape());
                    ModuleCheck.assertClose(expected, y, 1e-14);
                }
            }
        }
    }

    @Test
    void gradientsMatchDifferencesWithAndWithoutBias() {
        try (Scope scope = Scope.open()) {
            for (boolean bias : new boolean[] {true, false}) {
                ModuleCheck.assertGradients(
                        doubles(scope, 3, 4, bias), ModuleCheck.input(scope, 1, 2, 3), Pass::inference);
                ModuleCheck.assertGradients(
                        doubles(scope, 2, 3, bias), ModuleCheck.input(scope, 2, 2, 2, 2), Pass::inference);
            }
        }
    }

    @Test
    void withoutBiasThereIsOneParameter() {
        try (Scope scope = Scope.open()) {
            Linear linear = doubles(scope, 3, 4, false);
            assertNull(linear.bias());
            assertEquals(
                    List.of("weight"),
                    linear.parameters().stream().map(Parameter::name).toList());
            assertEquals(DType.FLOAT64, linear.parameters().get(0).value().dtype());
        }
    }

    @Test
    void theInitialisersAreThoseGiven() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, DType.FLOAT32, 2, 2, Init.constant(3), Init.zeros(), Rng.of(1));
            assertArrayEquals(new float[] {3, 3, 3, 3}, linear.weight().value().toFloatArray());
            assertArrayEquals(new float[2], linear.bias().value().toFloatArray());
        }
    }

    @Test
    void anInputOfAnotherWidthOrTypeIsRefused() {
        try (Scope scope = Scope.open()) {
            Linear linear = doubles(scope, 3, 4, true);
            assertThrows(
                    ShapeException.class, () -> linear.forward(ModuleCheck.input(scope, 1, 2, 4), Pass.inference()));
            assertThrows(ShapeException.class, () -> linear.forward(scope.zeros(Shape.of(2, 3)), Pass.inference()));
        }
    }
}
