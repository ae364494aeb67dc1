package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BatchNorm1dTest {
    private static final BatchNormConfig THREE = BatchNormConfig.of(3).withType(DType.FLOAT64);

    private static Pass training() {
        return Pass.training(Rng.of(1), 0);
    }

    /** Mean and variance (with divisor n - correction) of each feature of [batch, features, length]. */
    private static double[][] moments(double[] x, int batch, int features, int length, int correction) {
        double[][] moments = new double[2][features];
        double n = batch * length;
        for (int f = 0; f < features; f++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int b = 0; b < batch; b++) {
                    for (int l = 0; l < length; l++) {
                        double value = x[(b * features + f) * length + l];
                        double centered = value - moments[0][f];
                        moments[pass][f] += pass == 0 ? value / n : centered * centered / (n - correction);
                    }
                }
            }
        }
        return moments;
    }

    private static double[] normalised(
            double[] x, int features, int length, double[][] moments, double epsilon, double[] weight, double[] bias) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int f = i / length % features;
            y[i] = (x[i] - moments[0][f]) / Math.sqrt(moments[1][f] + epsilon) * weight[f] + bias[f];
        }
        return y;
    }

    @Test
    void trainingNormalisesByTheBatch() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE.withEpsilon(0.01));
            ModuleCheck.scramble(norm, 2);
            double[] weight = norm.parameters().get(0).value().toDoubleArray();
            double[] bias = norm.parameters().get(1).value().toDoubleArray();
            Tensor x = ModuleCheck.input(scope, 1, 5, 3);
            double[] values = x.toDoubleArray();
            ModuleCheck.assertClose(
                    normalised(values, 3, 1, moments(values, 5, 3, 1, 0), 0.01, weight, bias),
                    norm.forward(x, training()),
                    1e-14);
            Tensor longer = ModuleCheck.input(scope, 1, 2, 3, 4);
            values = longer.toDoubleArray();
            ModuleCheck.assertClose(
                    normalised(values, 3, 4, moments(values, 2, 3, 4, 0), 0.01, weight, bias),
                    norm.forward(longer, training()),
                    1e-14);
        }
    }

    @Test
    void gradientsMatchDifferencesInTrainingAndInference() {
        try (Scope scope = Scope.open()) {
            for (BatchNormConfig config : List.of(THREE, THREE.untracked(), THREE.withEpsilon(0.5))) {
                BatchNorm1d norm = new BatchNorm1d(scope, config);
                ModuleCheck.scramble(norm, 2);
                ModuleCheck.assertGradients(norm, ModuleCheck.input(scope, 3, 4, 3), BatchNorm1dTest::training);
                ModuleCheck.assertGradients(norm, ModuleCheck.input(scope, 3, 2, 3, 2), BatchNorm1dTest::training);
                ModuleCheck.assertGradients(norm, ModuleCheck.input(scope, 3, 4, 3), Pass::inference);
                ModuleCheck.assertGradients(norm, ModuleCheck.input(scope, 3, 2, 3, 2), Pass::inference);
            }
            BatchNorm1d plain = new BatchNorm1d(scope, THREE.withoutAffine());
            ModuleCheck.assertGradients(plain, ModuleCheck.input(scope, 3, 4, 3), BatchNorm1dTest::training);
        }
    }

    @Test
    void runningStatisticsMoveByTheMomentumAndHaveTheUnbiasedVariance() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, BatchNormConfig.of(1).withType(DType.FLOAT64));
            norm.forward(scope.of(Shape.of(4, 1), 1.0, 2.0, 3.0, 6.0), training());
            // mean 3, squares about it 4 + 1 + 0 + 9 = 14, so the variance is 14/3: 0.9 · 0 + 0.1 · 3; 0.9 + 0.1 · 14/3
            assertState(norm, 0.3, 0.9 + 1.4 / 3, 1);
            norm.forward(scope.of(Shape.of(2, 1), 10.0, 12.0), training());
            // mean 11, variance 2
            assertState(norm, 0.9 * 0.3 + 1.1, 0.9 * (0.9 + 1.4 / 3) + 0.2, 2);
        }
    }

    @Test
    void withoutMomentumRunningStatisticsAreAverages() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(
                    scope, BatchNormConfig.of(1).withType(DType.FLOAT64).cumulative());
            norm.forward(scope.of(Shape.of(2, 1), 1.0, 3.0), training()); // mean 2, variance 2
            assertState(norm, 2, 2, 1);
            norm.forward(scope.of(Shape.of(2, 1), 5.0, 11.0), training()); // mean 8, variance 18
            assertState(norm, 5, 10, 2);
            norm.forward(scope.of(Shape.of(2, 1), -1.0, -1.0), training()); // mean −1, variance 0
            assertState(norm, 3, 20 / 3.0, 3);
        }
    }

    @Test
    void aMomentumOfZeroKeepsTheStatistics() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(
                    scope, BatchNormConfig.of(1).withType(DType.FLOAT64).withMomentum(0));
            norm.forward(scope.of(Shape.of(2, 1), 1.0, 3.0), training());
            assertState(norm, 0, 1, 1);
        }
    }

    private static void assertState(BatchNorm1d norm, double mean, double variance, long batches) {
        Map<String, HeapTensor> state = norm.state();
        assertEquals(mean, ((double[]) state.get("running_mean").values())[0], 1e-15);
        assertEquals(variance, ((double[]) state.get("running_var").values())[0], 1e-14);
        assertEquals(batches, state.get("num_batches_tracked").asLong());
    }

    @Test
    void inferenceUsesTheRunningStatisticsAndChangesNothing() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE);
            for (int step = 0; step < 3; step++) {
                norm.forward(ModuleCheck.input(scope, step, 6, 3), training());
            }
            Map<String, HeapTensor> state = norm.state();
            double[][] moments = {
                (double[]) state.get("running_mean").values(),
                (double[]) state.get("running_var").values()
            };
            Tensor x = ModuleCheck.input(scope, 9, 2, 3);
            double[] values = x.toDoubleArray();
            double[] ones = {1, 1, 1};
            ModuleCheck.assertClose(
                    normalised(values, 3, 1, moments, 1e-5, ones, new double[3]),
                    norm.forward(x, Pass.inference()),
                    1e-14);
            // Rows do not depend on one another: one row alone is allowed, and gives the same bits.
            assertArrayEquals(
                    norm.forward(x, Pass.inference()).rows(0, 1).toDoubleArray(),
                    norm.forward(x.rows(0, 1), Pass.inference()).toDoubleArray());
            assertEquals(state, norm.state());
        }
    }

    @Test
    void withoutRunningStatisticsInferenceNormalisesByItsBatch() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE.untracked());
            assertEquals(List.of(), norm.buffers());
            Tensor x = ModuleCheck.input(scope, 9, 4, 3);
            assertArrayEquals(
                    norm.forward(x, training()).toDoubleArray(),
                    norm.forward(x, Pass.inference()).toDoubleArray());
            assertRefused(norm, x.rows(0, 1), Pass.inference(), "[1, 3]");
        }
    }

    @Test
    void oneValueAFeatureIsNoBatchToTrainOn() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE);
            Map<String, HeapTensor> state = norm.state();
            assertRefused(norm, ModuleCheck.input(scope, 1, 1, 3), training(), "[1, 3]");
            assertRefused(norm, ModuleCheck.input(scope, 1, 1, 3, 1), training(), "[1, 3, 1]");
            assertEquals(state, norm.state());
            norm.forward(ModuleCheck.input(scope, 1, 1, 3, 2), training()); // two values a feature
            norm.forward(ModuleCheck.input(scope, 1, 1, 3), Pass.inference());
        }
    }

    private static void assertRefused(BatchNorm1d norm, Tensor x, Pass pass, String shape) {
        assertEquals(
                "batchNorm1d: there must be more than 1 value a feature to normalise by the batch, got " + shape
                        + "; a last batch of one row can be dropped",
                assertThrows(ShapeException.class, () -> norm.forward(x, pass)).getMessage());
    }

    @Test
    void anEmptyBatchIsCountedAndChangesNoStatistic() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE);
            Tensor y = norm.forward(scope.zeros(DType.FLOAT64, Shape.of(0, 3)), training());
            assertEquals(Shape.of(0, 3), y.shape());
            assertArrayEquals(
                    new double[3], (double[]) norm.state().get("running_mean").values());
            assertArrayEquals(new double[] {1, 1, 1}, (double[])
                    norm.state().get("running_var").values());
            assertEquals(1, norm.state().get("num_batches_tracked").asLong());
            assertEquals(
                    Shape.of(2, 3, 0),
                    norm.forward(scope.zeros(DType.FLOAT64, Shape.of(2, 3, 0)), Pass.inference())
                            .shape());
        }
    }

    @Test
    void parametersAreOfANormAndStartAsTheIdentity() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, 2);
            assertEquals(BatchNormConfig.of(2), norm.config());
            for (Parameter parameter : norm.parameters()) {
                assertEquals(Parameter.Kind.NORM, parameter.kind());
                assertEquals(DType.FLOAT32, parameter.value().dtype());
            }
            assertArrayEquals(
                    new float[] {1, 1}, norm.parameters().get(0).value().toFloatArray());
            assertArrayEquals(new float[2], norm.parameters().get(1).value().toFloatArray());
            assertEquals(List.of(), new BatchNorm1d(scope, THREE.withoutAffine()).parameters());
        }
    }

    @Test
    void inputsOfAnotherShapeOrTypeAreRefused() {
        try (Scope scope = Scope.open()) {
            BatchNorm1d norm = new BatchNorm1d(scope, THREE);
            String must = "batchNorm1d: the input must be [batch, 3] or [batch, 3, length], got ";
            for (Shape shape : List.of(Shape.of(3), Shape.of(2, 4), Shape.of(2, 3, 4, 5), Shape.of(2, 4, 3))) {
                assertEquals(
                        must + shape,
                        assertThrows(
                                        ShapeException.class,
                                        () -> norm.forward(scope.zeros(DType.FLOAT64, shape), training()))
                                .getMessage());
            }
            assertEquals(
                    "batchNorm1d: the input must be of the layer's type float64, got float32 [2, 3]",
                    assertThrows(ShapeException.class, () -> norm.forward(scope.zeros(Shape.of(2, 3)), training()))
                            .getMessage());
        }
    }

    @Test
    void configurationsAreChecked() {
        assertRefused("batchNorm1d: sizes must be at least 1, got 0", () -> BatchNormConfig.of(0));
        assertRefused("batchNorm1d: epsilon must be a number of at least 0, got -1.0", () -> THREE.withEpsilon(-1));
        assertRefused("batchNorm1d: the momentum must be from 0 to 1, got 1.5", () -> THREE.withMomentum(1.5));
        assertRefused("batchNorm1d: the type must be float32 or float64, got int64", () -> THREE.withType(DType.INT64));
        assertEquals(OptionalDouble.empty(), THREE.cumulative().momentum());
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
