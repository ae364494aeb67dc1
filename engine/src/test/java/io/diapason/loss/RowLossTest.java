package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.GradCheck;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Quantile and cosine losses. */
class RowLossTest {
    private static Tensor normal(Scope scope, long seed, int... sizes) {
        Shape shape = Shape.of(sizes);
        double[] values = new double[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Rng.of(seed).gaussianAt(i);
        }
        return scope.of(shape, values);
    }

    @Test
    void quantileIsThePinballLossOfEachLevel() {
        double[] levels = {0.1, 0.5, 0.9};
        try (Scope scope = Scope.open()) {
            Tensor prediction = normal(scope, 1, 8, 3);
            Tensor target = normal(scope, 2, 8, 1);
            double[] p = prediction.toDoubleArray();
            double[] t = target.toDoubleArray();
            double[] each = new double[24];
            for (int i = 0; i < 24; i++) {
                each[i] = LossReferences.pinball(p[i], t[i / 3], levels[i % 3]);
            }
            Quantile loss = Loss.quantile(levels);
            assertArrayEquals(
                    each, loss.reduced(Reduce.NONE).of(prediction, target).toDoubleArray(), 1e-15);
            assertEquals(LossReferences.mean(each), loss.of(prediction, target).item(), 1e-14);
            assertEquals(
                    LossReferences.mean(each),
                    loss.of(prediction, target.squeeze(1)).item(),
                    1e-14);
            assertEquals(
                    LossReferences.sum(each),
                    loss.reduced(Reduce.SUM).of(prediction, target).item(),
                    1e-13);
            assertEquals(
                    List.of(),
                    GradCheck.check(in -> loss.of(in.get(0), in.get(1)), List.of(prediction, target), 1e-6, 1e-7));
        }
    }

    @Test
    void theMinimumOfQuantileIsTheQuantile() {
        // Of the numbers 0 … 100, 90 lies above 9 tenths of them: the derivative changes its sign there.
        double[] numbers = new double[101];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        for (double at : new double[] {89.5, 91.5}) {
            try (Scope scope = Scope.open()) {
                Tensor guess = scope.of(Shape.of(1, 1), at).requireGradient();
                Tensor loss =
                        Loss.quantile(0.9).of(guess.expand(Shape.of(101, 1)), scope.of(Shape.of(101, 1), numbers));
                double slope = Objects.requireNonNull(loss.backward().of(guess)).item();
                assertTrue(at < 90 ? slope < 0 : slope > 0, "slope " + slope + " at " + at);
            }
        }
    }

    @Test
    void quantileRefusesWhatDoesNotFit() {
        try (Scope scope = Scope.open()) {
            String rule = "quantile: predictions must be [batch, 2], one a level, and targets [batch, 1], got ";
            Loss loss = Loss.quantile(0.2, 0.8);
            Tensor prediction = scope.zeros(Shape.of(3, 2));
            assertEquals(
                    rule + "[1, 2] and []",
                    assertThrows(
                                    ShapeException.class,
                                    () -> loss.of(scope.zeros(Shape.of(1, 2)), scope.zeros(Shape.scalar())))
                            .getMessage());
            assertEquals(
                    rule + "[3, 2] and [3, 2]",
                    assertThrows(ShapeException.class, () -> loss.of(prediction, prediction))
                            .getMessage());
            assertEquals(
                    rule + "[3, 1] and [3]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> loss.of(scope.zeros(Shape.of(3, 1)), scope.zeros(Shape.of(3))))
                            .getMessage());
            assertEquals(
                    rule + "[3, 2] and [1, 3]",
                    assertThrows(ShapeException.class, () -> loss.of(prediction, scope.zeros(Shape.of(1, 3))))
                            .getMessage());
        }
        for (double wrong : new double[] {0, 1, Double.NaN}) {
            assertEquals(
                    "quantile: levels must be above 0 and below 1, got [0.5, " + wrong + "]",
                    assertThrows(IllegalArgumentException.class, () -> Loss.quantile(0.5, wrong))
                            .getMessage());
        }
        assertEquals(
                "quantile: levels must be above 0 and below 1, got []",
                assertThrows(IllegalArgumentException.class, Loss::quantile).getMessage());
    }

    private static double[] row(Tensor matrix, int row) {
        return matrix.select(0, row).toDoubleArray();
    }

    @Test
    void cosineIsOneMinusTheCosineOfEachRow() {
        try (Scope scope = Scope.open()) {
            Tensor prediction = normal(scope, 3, 5, 4);
            Tensor target = normal(scope, 4, 5, 4);
            double[] each = new double[5];
            for (int r = 0; r < 5; r++) {
                each[r] = 1 - LossReferences.cosine(row(prediction, r), row(target, r));
            }
            assertArrayEquals(
                    each,
                    Loss.cosine().reduced(Reduce.NONE).of(prediction, target).toDoubleArray(),
                    1e-11);
            assertEquals(
                    LossReferences.mean(each),
                    Loss.cosine().of(prediction, target).item(),
                    1e-11);
            assertEquals(
                    List.of(),
                    GradCheck.check(
                            in -> Loss.cosine().of(in.get(0), in.get(1)), List.of(prediction, target), 1e-6, 1e-7));
        }
    }

    @Test
    void cosineOfTheSameIsZeroOfTheOppositeTwoAndOfNothingOne() {
        try (Scope scope = Scope.open()) {
            Tensor a = scope.of(Shape.of(4, 2), 3f, 4, 3, 4, 3, 4, 0, 0);
            Tensor b = scope.of(Shape.of(4, 2), 6f, 8, -3, -4, -4, 3, 1, 1);
            assertArrayEquals(
                    new float[] {0, 2, 1, 1},
                    Loss.cosine().reduced(Reduce.NONE).of(a, b).toFloatArray(),
                    1e-6f);
            assertEquals(
                    "cosine: predictions and targets must have one shape, got [4, 2] and [2]; reshape one of them",
                    assertThrows(ShapeException.class, () -> Loss.cosine().of(a, scope.zeros(Shape.of(2))))
                            .getMessage());
        }
    }

    @Test
    void cosineEmbeddingPullsLikePairsTogetherAndPushesUnlikeOnesBelowTheMargin() {
        try (Scope scope = Scope.open()) {
            Tensor pairs = normal(scope, 5, 6, 2, 3);
            Tensor labels = scope.of(Shape.of(6), 1, -1, 1, -1, -1, 0);
            Tensor first = pairs.select(1, 0);
            Tensor second = pairs.select(1, 1);
            double margin = -0.25;
            double[] each = new double[6];
            for (int r = 0; r < 5; r++) {
                double cosine = LossReferences.cosine(row(first, r), row(second, r));
                each[r] = r == 0 || r == 2 ? 1 - cosine : Math.max(0, cosine - margin);
            }
            CosineEmbedding loss = Loss.cosineEmbedding(margin);
            assertArrayEquals(each, loss.reduced(Reduce.NONE).of(pairs, labels).toDoubleArray(), 1e-11);
            assertEquals(LossReferences.mean(each), loss.of(pairs, labels).item(), 1e-11);
            assertEquals(
                    LossReferences.sum(each),
                    loss.reduced(Reduce.SUM).of(first, second, labels).item(),
                    1e-10);
            assertEquals(List.of(), GradCheck.check(in -> loss.of(in.get(0), labels), List.of(pairs), 1e-6, 1e-7));
        }
    }

    @Test
    void cosineEmbeddingRefusesWhatDoesNotFit() {
        try (Scope scope = Scope.open()) {
            Loss loss = Loss.cosineEmbedding(0);
            assertEquals(
                    "cosineEmbedding: predictions must be pairs [batch, 2, features], got [4, 3, 5]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> loss.of(scope.zeros(Shape.of(4, 3, 5)), scope.zeros(Shape.of(4))))
                            .getMessage());
            assertEquals(
                    "cosineEmbedding: both rows of a pair must be [batch, features] and targets [batch],"
                            + " got [4, 5], [4, 5] and [4, 1]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> loss.of(scope.zeros(Shape.of(4, 2, 5)), scope.zeros(Shape.of(4, 1))))
                            .getMessage());
        }
        assertEquals(
                "cosineEmbedding: the margin must be in [-1, 1], got 1.5",
                assertThrows(IllegalArgumentException.class, () -> Loss.cosineEmbedding(1.5))
                        .getMessage());
    }
}
