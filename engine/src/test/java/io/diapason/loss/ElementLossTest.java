package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.GradCheck;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of predictions and targets of one shape. */
class ElementLossTest {
    /** A loss by its reduction, and its formula. */
    private record Case(String name, Function<Reduce, Loss> loss, DoubleBinaryOperator formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("squared", r -> Loss.meanSquaredError().reduced(r), (p, t) -> (p - t) * (p - t)),
                new Case("absolute", r -> Loss.meanAbsoluteError().reduced(r), (p, t) -> Math.abs(p - t)),
                new Case("huber 1", r -> Loss.huber(1).reduced(r), (p, t) -> LossReferences.huber(p, t, 1)),
                new Case("huber 0.3", r -> Loss.huber(0.3).reduced(r), (p, t) -> LossReferences.huber(p, t, 0.3)),
                new Case("smooth 2", r -> Loss.smoothL1(2).reduced(r), (p, t) -> LossReferences.huber(p, t, 2) / 2),
                new Case("smooth 0", r -> Loss.smoothL1(0).reduced(r), (p, t) -> Math.abs(p - t)),
                new Case(
                        "binary",
                        r -> Loss.binaryCrossEntropyWithLogits().reduced(r),
                        (p, t) -> LossReferences.binaryCrossEntropy(p, t, 1)),
                new Case(
                        "binary, positive 3",
                        r -> Loss.binaryCrossEntropyWithLogits()
                                .positiveWeighted(3)
                                .reduced(r),
                        (p, t) -> LossReferences.binaryCrossEntropy(p, t, 3)));
    }

    private static double[] normal(int n, long seed) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * Rng.of(seed).gaussianAt(i);
        }
        return values;
    }

    private static double[] uniform(int n, long seed) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = Rng.of(seed).floatAt(i);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyReductionIsThatOfTheFormulaInBothFloatTypes(Case given) {
        double[] p = normal(35, 1);
        double[] t = uniform(35, 2);
        double[] each = LossReferences.each(p, t, given.formula);
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            double tolerance = dtype == DType.FLOAT32 ? 3e-6 : 1e-13;
            try (Scope scope = Scope.open()) {
                Tensor prediction = scope.of(Shape.of(7, 5), p).to(dtype);
                Tensor target = scope.of(Shape.of(7, 5), t).to(dtype);
                Tensor none = given.loss.apply(Reduce.NONE).of(prediction, target);
                assertEquals(Shape.of(7, 5), none.shape());
                assertEquals(dtype, none.dtype());
                assertArrayEquals(each, none.toDoubleArray(), tolerance * 10);
                double mean = LossReferences.mean(each);
                assertEquals(
                        mean,
                        given.loss.apply(Reduce.MEAN).of(prediction, target).item(),
                        tolerance * mean);
                assertEquals(
                        35 * mean,
                        given.loss.apply(Reduce.SUM).of(prediction, target).item(),
                        tolerance * 35 * mean);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreTheDifferenceQuotients(Case given) {
        try (Scope scope = Scope.open()) {
            Tensor prediction = scope.of(Shape.of(4, 3), normal(12, 3));
            Tensor target = scope.of(Shape.of(4, 3), uniform(12, 4));
            for (Reduce reduce : List.of(Reduce.MEAN, Reduce.SUM)) {
                assertEquals(
                        List.of(),
                        GradCheck.check(
                                in -> given.loss.apply(reduce).of(in.get(0), in.get(1)),
                                List.of(prediction, target),
                                1e-6,
                                1e-7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ofNothingTheMeanIsNanAndTheSumZero(Case given) {
        try (Scope scope = Scope.open()) {
            Tensor none = scope.zeros(Shape.of(0, 3));
            assertTrue(Double.isNaN(given.loss.apply(Reduce.MEAN).of(none, none).item()));
            assertEquals(0, given.loss.apply(Reduce.SUM).of(none, none).item());
            assertEquals(
                    Shape.of(0, 3), given.loss.apply(Reduce.NONE).of(none, none).shape());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shapesThatDifferAreRefusedWherePyTorchWouldBroadcast(Case given) {
        try (Scope scope = Scope.open()) {
            Tensor column = scope.zeros(Shape.of(3, 1));
            Tensor row = scope.zeros(Shape.of(3));
            Loss loss = given.loss.apply(Reduce.MEAN);
            String message = assertThrows(ShapeException.class, () -> loss.of(column, row))
                    .getMessage();
            assertTrue(
                    message.endsWith(": predictions and targets must have one shape, got [3, 1] and [3];"
                            + " reshape one of them"),
                    message);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void typesThatDifferAreRefusedInTheLosssName(Case given) {
        try (Scope scope = Scope.open()) {
            Tensor singles = scope.zeros(Shape.of(3));
            Tensor doubles = scope.zeros(DType.FLOAT64, Shape.of(3));
            Loss loss = given.loss.apply(Reduce.MEAN);
            String message = assertThrows(ShapeException.class, () -> loss.of(singles, doubles))
                    .getMessage();
            assertTrue(
                    message.endsWith(": predictions and targets must have one type, got float32 [3] and float64 [3];"
                            + " to(dtype) converts"),
                    message);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aNanGoesInAndComesOut(Case given) {
        try (Scope scope = Scope.open()) {
            Tensor prediction = scope.of(Shape.of(2), 1, Double.NaN);
            Tensor target = scope.of(Shape.of(2), 0.5, 0.5);
            assertTrue(Double.isNaN(
                    given.loss.apply(Reduce.MEAN).of(prediction, target).item()));
        }
    }

    private static double[] gradient(Loss loss, double[] predictions, double[] targets) {
        try (Scope scope = Scope.open()) {
            Tensor prediction =
                    scope.of(Shape.of(predictions.length), predictions).requireGradient();
            Tensor total = loss.of(prediction, scope.of(Shape.of(targets.length), targets));
            return Objects.requireNonNull(total.backward().of(prediction)).toDoubleArray();
        }
    }

    @Test
    void derivativesAtTheKinksArePyTorchs() {
        // d|e|/de at 0 is 0.
        assertArrayEquals(
                new double[] {0, 1, -1},
                gradient(Loss.meanAbsoluteError().reduced(Reduce.SUM), new double[] {2, 3, 1}, new double[] {2, 2, 2}));
        // At |e| = δ both pieces have the derivative δ sign(e).
        assertArrayEquals(
                new double[] {0.5, -0.5, 0.5, 0.25, 0},
                gradient(Loss.huber(0.5).reduced(Reduce.SUM), new double[] {0.5, -0.5, 9, 0.25, 0}, new double[] {
                    0, 0, 0, 0, 0
                }));
    }

    @Test
    void binaryCrossEntropyNeitherOverflowsNorLosesTheTail() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(6), 1000f, 1000, -1000, -1000, 20, -20);
            Tensor targets = scope.of(Shape.of(6), 1f, 0, 0, 1, 1, 0);
            float[] each = Loss.binaryCrossEntropyWithLogits()
                    .reduced(Reduce.NONE)
                    .of(logits, targets)
                    .toFloatArray();
            float tail = (float) Math.log1p(Math.exp(-20));
            assertArrayEquals(new float[] {0, 1000, 0, 1000, tail, 0}, each, 2e-6f);
            assertEquals(tail, each[4], 1e-6 * tail);
            assertEquals(tail, each[5], 1e-6 * tail);
        }
    }

    @Test
    void gradientsOfBinaryCrossEntropyKeepTheirDigitsFarFromTheBoundary() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(2), 20f, -20).requireGradient();
            Tensor targets = scope.of(Shape.of(2), 1f, 0);
            Tensor loss =
                    Loss.binaryCrossEntropyWithLogits().reduced(Reduce.SUM).of(logits, targets);
            float[] gradient =
                    Objects.requireNonNull(loss.backward().of(logits)).toFloatArray();
            // dl/dz = σ(z) − t
            double tail = 1 / (1 + Math.exp(20));
            assertEquals(-tail, gradient[0], 1e-6 * tail);
            assertEquals(tail, gradient[1], 1e-6 * tail);
        }
    }

    @Test
    void binaryTargetsMayBeTruthValuesOrWholeNumbers() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(3), 1f, -2, 3);
            Loss loss = Loss.binaryCrossEntropyWithLogits();
            double expected = loss.of(logits, scope.of(Shape.of(3), 1f, 0, 1)).item();
            assertEquals(
                    expected,
                    loss.of(logits, scope.of(Shape.of(3), true, false, true)).item());
            assertEquals(
                    expected, loss.of(logits, scope.of(Shape.of(3), 1, 0, 1)).item());
        }
    }

    @Test
    void positiveWeightsMayBeOneAnOutput() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(2, 2), 0.5, -1, 2, 3);
            Tensor targets = scope.of(Shape.of(2, 2), 1d, 0, 0.25, 1);
            double[] each = Loss.binaryCrossEntropyWithLogits()
                    .positiveWeighted(2, 5)
                    .reduced(Reduce.NONE)
                    .of(logits, targets)
                    .toDoubleArray();
            assertArrayEquals(
                    new double[] {
                        LossReferences.binaryCrossEntropy(0.5, 1, 2),
                        LossReferences.binaryCrossEntropy(-1, 0, 5),
                        LossReferences.binaryCrossEntropy(2, 0.25, 2),
                        LossReferences.binaryCrossEntropy(3, 1, 5)
                    },
                    each,
                    1e-13);
            Loss wrong = Loss.binaryCrossEntropyWithLogits().positiveWeighted(1, 2, 3);
            assertEquals(
                    "binaryCrossEntropyWithLogits: positive weights must be one, or as many as the last axis has,"
                            + " got 3 for shape [2, 2]",
                    assertThrows(ShapeException.class, () -> wrong.of(logits, targets))
                            .getMessage());
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "huber: delta must be above 0 and finite, got " + wrong,
                    assertThrows(IllegalArgumentException.class, () -> Loss.huber(wrong))
                            .getMessage());
        }
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "smoothL1: beta must be at least 0 and finite, got " + wrong,
                    assertThrows(IllegalArgumentException.class, () -> Loss.smoothL1(wrong))
                            .getMessage());
            assertEquals(
                    "binaryCrossEntropyWithLogits: weights must be at least 0 and finite, got [1.0, " + wrong + "]",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Loss.binaryCrossEntropyWithLogits().positiveWeighted(1, wrong))
                            .getMessage());
        }
    }
}
