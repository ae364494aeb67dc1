package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNormTest {
    private static LayerNorm norm(Scope scope, double epsilon, int... sizes) {
        LayerNorm norm = new LayerNorm(scope, DType.FLOAT64, Shape.of(sizes), epsilon, true, true);
        ModuleCheck.scramble(norm, 4);
        return norm;
    }

    private static double[] reference(double[] x, int n, double epsilon, double[] weight, double[] bias) {
        double[] y = new double[x.length];
        for (int row = 0; row < x.length / n; row++) {
            double[] values = Arrays.copyOfRange(x, row * n, row * n + n);
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < n; i++) {
                y[row * n + i] = (values[i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
            }
        }
        return y;
    }

    @Test
    void rowsAreNormalisedOverTheLastAxes() {
        try (Scope scope = Scope.open()) {
            for (int[] sizes : new int[][] {{5}, {4, 5}, {1, 4, 5}, {4}}) {
                LayerNorm norm = norm(scope, 0.01, sizes);
                int[] whole = new int[sizes.length + 1];
                whole[0] = 3;
                System.arraycopy(sizes, 0, whole, 1, sizes.length);
                Tensor x = ModuleCheck.input(scope, 7, whole);
                double[] expected = reference(
                        x.toDoubleArray(),
                        (int) Shape.of(sizes).elements(),
                        0.01,
                        norm.parameters().get(0).value().toDoubleArray(),
                        norm.parameters().get(1).value().toDoubleArray());
                ModuleCheck.assertClose(expected, norm.forward(x, Pass.inference()), 1e-14);
                assertArrayEquals(
                        norm.forward(x, Pass.inference()).toDoubleArray(),
                        norm.forward(x, Pass.training(Rng.of(1), 0)).toDoubleArray());
            }
        }
    }

    @Test
    void gradientsMatchDifferences() {
        try (Scope scope = Scope.open()) {
            ModuleCheck.assertGradients(norm(scope, 1e-5, 4), ModuleCheck.input(scope, 3, 3, 4), Pass::inference);
            ModuleCheck.assertGradients(norm(scope, 0.1, 2, 3), ModuleCheck.input(scope, 3, 2, 2, 3), Pass::inference);
            ModuleCheck.assertGradients(
                    new LayerNorm(scope, DType.FLOAT64, Shape.of(4), 1e-5, true, false),
                    ModuleCheck.input(scope, 3, 2, 4),
                    Pass::inference);
            ModuleCheck.assertGradients(
                    new LayerNorm(scope, DType.FLOAT64, Shape.of(4), 1e-5, false, false),
                    ModuleCheck.input(scope, 3, 2, 4),
                    Pass::inference);
        }
    }

    @Test
    void oneValueARowAndNoRowsAreAllowed() {
        try (Scope scope = Scope.open()) {
            // (x − x) / √ε · w + b = b
            LayerNorm norm = norm(scope, 1e-5, 1);
            assertArrayEquals(
                    norm.parameters().get(1).value().toDoubleArray(),
                    norm.forward(ModuleCheck.input(scope, 3, 1, 1), Pass.inference())
                            .toDoubleArray());
            assertEquals(
                    Shape.of(0, 1),
                    norm.forward(scope.zeros(DType.FLOAT64, Shape.of(0, 1)), Pass.inference())
                            .shape());
        }
    }

    @Test
    void parametersAreThoseAskedFor() {
        try (Scope scope = Scope.open()) {
            LayerNorm usual = new LayerNorm(scope, 3);
            assertEquals(
                    List.of("weight", "bias"),
                    usual.parameters().stream().map(Parameter::name).toList());
            assertArrayEquals(
                    new float[] {1, 1, 1}, usual.parameters().get(0).value().toFloatArray());
            assertArrayEquals(new float[3], usual.parameters().get(1).value().toFloatArray());
            assertEquals(Parameter.Kind.NORM, usual.parameters().get(0).kind());
            assertEquals(
                    List.of("weight"),
                    new LayerNorm(scope, DType.FLOAT32, Shape.of(3), 1e-5, true, false)
                            .parameters().stream().map(Parameter::name).toList());
        }
    }

    @Test
    void inputsOfOtherLastAxesOrTypeAreRefused() {
        try (Scope scope = Scope.open()) {
            LayerNorm norm = norm(scope, 1e-5, 2, 3);
            for (Shape shape : List.of(Shape.of(3), Shape.of(3, 2), Shape.of(5, 3, 3))) {
                assertEquals(
                        "layerNorm: the input's last axes must be [2, 3], got " + shape,
                        assertThrows(
                                        ShapeException.class,
                                        () -> norm.forward(scope.zeros(DType.FLOAT64, shape), Pass.inference()))
                                .getMessage());
            }
            assertEquals(
                    "layerNorm: the input must be of the layer's type float64, got float32 [2, 3]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> norm.forward(scope.zeros(Shape.of(2, 3)), Pass.inference()))
                            .getMessage());
        }
    }

    @Test
    void whatCannotBeNormalisedOverIsRefused() {
        try (Scope scope = Scope.open()) {
            assertRefused(
                    "layerNorm: there must be an axis to normalise over, got none",
                    () -> new LayerNorm(scope, DType.FLOAT32, Shape.scalar(), 1e-5, true, true));
            assertRefused("layerNorm: sizes must be at least 1, got 0", () -> new LayerNorm(scope, 0));
            assertRefused(
                    "layerNorm: a bias needs a weight beside it, got none",
                    () -> new LayerNorm(scope, DType.FLOAT32, Shape.of(2), 1e-5, false, true));
            assertRefused(
                    "layerNorm: epsilon must be a number of at least 0, got NaN",
                    () -> new LayerNorm(scope, DType.FLOAT32, Shape.of(2), Double.NaN, true, true));
        }
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
