package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpTest {
    private static Mlp.Config config(double dropout) {
        return new Mlp.Config(4, List.of(6, 5), 3, Activation.RELU, dropout);
    }

    @Test
    void linearIsTheAffineMap() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 3, Rng.of(1));
            linear.parameters().get(0).value().set(new float[] {1, 2, 3, 4, 5, 6});
            linear.parameters().get(1).value().set(new float[] {10, 20, 30});
            Tensor y = linear.forward(scope.of(Shape.of(2, 2), 1, 0, 2, -1f), Pass.inference());
            assertEquals(Shape.of(2, 3), y.shape());
            // (1, 0) W = (1, 2, 3); (2, −1) W = (2 − 4, 4 − 5, 6 − 6)
            assertArrayEquals(new float[] {11, 22, 33, 8, 19, 30}, y.toFloatArray());
        }
    }

    @Test
    void linearStartsUniformWithinOneOverTheRootOfItsInputs() {
        for (int in : new int[] {1, 3, 64, 100}) {
            try (Scope scope = Scope.open()) {
                int out = 4000 / in;
                Linear linear = new Linear(scope, in, out, Rng.of(5));
                double bound = 1 / Math.sqrt(in);
                for (Parameter parameter : linear.parameters()) {
                    float[] values = parameter.value().toFloatArray();
                    double largest = 0;
                    double mean = 0;
                    for (float value : values) {
                        largest = Math.max(largest, Math.abs(value));
                        mean += value / (double) values.length;
                    }
                    assertTrue(largest <= bound * (1 + 1e-6), in + " inputs: " + largest);
                    if (values.length > 500) {
                        // Of 500 uniform numbers the largest lies below 0.95 bound once in 10^11 seeds.
                        assertTrue(largest > 0.95 * bound, in + " inputs: " + largest);
                        // The mean's deviation is bound / sqrt(3 n): five of them.
                        assertEquals(0, mean, 5 * bound / Math.sqrt(3.0 * values.length), in + " inputs");
                    }
                }
            }
        }
    }

    @Test
    void parametersHaveUniqueNamesKindsAndShapesInOrder() {
        try (Scope scope = Scope.open()) {
            List<Parameter> parameters = new Mlp(scope, config(0.5), Rng.of(1)).parameters();
            assertEquals(
                    List.of(Shape.of(4, 6), Shape.of(6), Shape.of(6, 5), Shape.of(5), Shape.of(5, 3), Shape.of(3)),
                    parameters.stream().map(p -> p.value().shape()).toList());
            // With dropout: linear, activation, dropout, linear, activation, dropout, linear.
            assertEquals(
                    List.of("0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"),
                    parameters.stream().map(Parameter::name).toList());
            for (int i = 0; i < parameters.size(); i++) {
                assertEquals(
                        i % 2 == 0 ? Parameter.Kind.WEIGHT : Parameter.Kind.BIAS,
                        parameters.get(i).kind());
                assertTrue(parameters.get(i).value().tracksGradient());
            }
        }
    }

    @Test
    void withoutHiddenLayersItIsLinear() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(), 1, Activation.TANH, 0.5), Rng.of(1));
            assertEquals(2, mlp.parameters().size());
            mlp.parameters().get(0).value().set(new float[] {2, 3});
            mlp.parameters().get(1).value().set(new float[] {1});
            Tensor x = scope.of(Shape.of(1, 2), 10, 100f);
            assertEquals(321f, mlp.forward(x, Pass.training(Rng.of(1), 0)).item());
        }
    }

    @Test
    void forwardIsLinearActivationLinear() {
        for (Activation activation : List.of(Activation.RELU, Activation.TANH, Activation.GELU)) {
            try (Scope scope = Scope.open()) {
                Mlp mlp = new Mlp(scope, new Mlp.Config(1, List.of(2), 1, activation, 0), Rng.of(1));
                mlp.parameters().get(0).value().set(new float[] {1, -1});
                mlp.parameters().get(1).value().set(new float[] {0, 0.5f});
                mlp.parameters().get(2).value().set(new float[] {2, 3});
                mlp.parameters().get(3).value().set(new float[] {0.25f});
                double y = mlp.forward(scope.of(Shape.of(1, 1), 0.75f), Pass.inference())
                        .item();
                // Φ(0.75) = 0.7733726476, Φ(−0.25) = 0.4012936743
                double expected = switch (activation) {
                    case RELU -> 2 * 0.75 + 0.25;
                    case TANH -> 2 * Math.tanh(0.75) + 3 * Math.tanh(-0.25) + 0.25;
                    case GELU -> 2 * 0.75 * 0.7733726476 + 3 * -0.25 * 0.4012936743 + 0.25;
                    default -> Double.NaN;
                };
                assertEquals(expected, y, 2e-6, activation.toString());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        try (Scope scope = Scope.open()) {
            List<Parameter> first = new Mlp(scope, config(0.1), Rng.of(8)).parameters();
            List<Parameter> again = new Mlp(scope, config(0.1), Rng.of(8)).parameters();
            List<Parameter> other = new Mlp(scope, config(0.1), Rng.of(9)).parameters();
            for (int i = 0; i < first.size(); i++) {
                float[] values = first.get(i).value().toFloatArray();
                assertArrayEquals(values, again.get(i).value().toFloatArray());
                assertFalse(Arrays.equals(values, other.get(i).value().toFloatArray()));
            }
        }
    }

    @Test
    void layersOfOneShapeStartWithDifferentNumbers() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(6, List.of(6, 6), 6, Activation.RELU, 0), Rng.of(8));
            long distinct = mlp.parameters().stream()
                    .map(p -> Arrays.toString(p.value().toFloatArray()))
                    .distinct()
                    .count();
            assertEquals(6, distinct);
        }
    }

    @Test
    void dropoutDoesNotChangeTheInitialWeights() {
        try (Scope scope = Scope.open()) {
            List<Parameter> without = new Mlp(scope, config(0), Rng.of(8)).parameters();
            List<Parameter> with = new Mlp(scope, config(0.5), Rng.of(8)).parameters();
            for (int i = 0; i < without.size(); i++) {
                assertArrayEquals(
                        without.get(i).value().toFloatArray(),
                        with.get(i).value().toFloatArray());
            }
        }
    }

    @Test
    void parametersBelongToTheScopeTheyWereMadeWith() {
        Scope weights = Scope.detached(Device.CPU);
        Mlp mlp = new Mlp(weights, config(0), Rng.of(1));
        for (int i = 0; i < 2; i++) {
            try (Scope scope = Scope.open()) {
                assertEquals(
                        Shape.of(7, 3),
                        mlp.forward(scope.zeros(Shape.of(7, 4)), Pass.inference())
                                .shape());
                assertEquals(
                        Shape.of(0, 3),
                        mlp.forward(scope.zeros(Shape.of(0, 4)), Pass.inference())
                                .shape());
            }
        }
        weights.close();
        assertThrows(
                IllegalStateException.class,
                () -> mlp.parameters().get(0).value().toFloatArray());
    }

    @Test
    void normalisationsStandBetweenLinearAndActivation() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(
                    scope, new Mlp.Config(4, List.of(6, 5), 3, Activation.RELU, 0.5, Norm.LAYER, false), Rng.of(1));
            // Linear, norm, activation, dropout, twice; linear.
            assertEquals(
                    List.of(
                            "0.weight",
                            "0.bias",
                            "1.weight",
                            "1.bias",
                            "4.weight",
                            "4.bias",
                            "5.weight",
                            "5.bias",
                            "8.weight",
                            "8.bias"),
                    mlp.parameters().stream().map(Parameter::name).toList());
            Mlp batch =
                    new Mlp(scope, new Mlp.Config(4, List.of(6), 3, Activation.RELU, 0, Norm.BATCH, false), Rng.of(1));
            assertEquals(
                    List.of("1.running_mean", "1.running_var", "1.num_batches_tracked"),
                    batch.buffers().stream().map(Buffer::name).toList());
            batch.forward(scope.ones(Shape.of(7, 4)), Pass.training(Rng.of(1), 0));
            assertEquals(1, batch.buffers().get(2).value().item());
        }
    }

    @Test
    void residualLayersAreThoseWhoseWidthIsKept() {
        try (Scope scope = Scope.open()) {
            Mlp mlp =
                    new Mlp(scope, new Mlp.Config(2, List.of(3, 3), 1, Activation.RELU, 0, Norm.NONE, true), Rng.of(1));
            assertEquals(
                    List.of("0.weight", "0.bias", "2.inner.0.weight", "2.inner.0.bias", "3.weight", "3.bias"),
                    mlp.parameters().stream().map(Parameter::name).toList());
            mlp.parameters().get(0).value().set(new float[] {1, 0, 0, 0, 1, 0});
            mlp.parameters().get(1).value().set(new float[] {0, 0, 5});
            mlp.parameters().get(2).value().set(new float[] {1, 0, 0, 0, -1, 0, 0, 0, 1});
            mlp.parameters().get(3).value().set(new float[3]);
            mlp.parameters().get(4).value().set(new float[] {1, 10, 100});
            mlp.parameters().get(5).value().set(new float[] {0});
            // (2, 3) → (2, 3, 5) → (2 + 2, 3 + max(−3, 0), 5 + 5) = (4, 3, 10) → 4 + 30 + 1000
            assertEquals(
                    1034,
                    mlp.forward(scope.of(Shape.of(1, 2), 2, 3f), Pass.inference())
                            .item());
        }
    }

    @Test
    void theShortConfigurationHasNeitherNormsNorResiduals() {
        assertEquals(new Mlp.Config(4, List.of(6, 5), 3, Activation.RELU, 0.5, Norm.NONE, false), config(0.5));
        assertEquals("[none, batch, layer]", Arrays.toString(Norm.values()));
    }

    @Test
    void configurationsAreChecked() {
        assertRefused(
                "linear: inputs and outputs must be at least 1, got 0 and 3",
                () -> new Linear(Scope.detached(Device.CPU), 0, 3, Rng.of(1)));
        assertRefused(
                "mlp: every width must be at least 1, got 4, [6, 0], 3",
                () -> new Mlp.Config(4, List.of(6, 0), 3, Activation.RELU, 0));
        assertRefused(
                "mlp: dropout must be at least 0 and below 1, got 1.0",
                () -> new Mlp.Config(4, List.of(6), 3, Activation.RELU, 1));
        assertRefused(
                "mlp: dropout must be at least 0 and below 1, got NaN",
                () -> new Mlp.Config(4, List.of(6), 3, Activation.RELU, Double.NaN));
        assertRefused("dropout: the rate must be at least 0 and below 1, got -0.1", () -> new Dropout(-0.1));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
