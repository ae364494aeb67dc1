package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.GradCheck;
import io.diapason.op.Softmax;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cross-entropy and negative log-likelihood, of class targets. */
class ClassLossTest {
    private static final int ROWS = 6;
    private static final int CLASSES = 4;
    private static final double[] LOGITS = logits();
    private static final int[] TARGETS = {0, 3, -100, 1, 3, 2};
    private static final double[] WEIGHTS = {0.5, 2, 1, 3};
    private static final double[] ONES = {1, 1, 1, 1};

    private static double[] logits() {
        double[] values = new double[ROWS * CLASSES];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * Rng.of(11).gaussianAt(i);
        }
        return values;
    }

    /** The loss of each row by its formula, 0 where ignored. */
    private static double[] each(double[] weights, long ignored, double smoothing) {
        double[] each = new double[ROWS];
        for (int r = 0; r < ROWS; r++) {
            if (TARGETS[r] != ignored) {
                double[] logs = LossReferences.logSoftmax(LOGITS, CLASSES, r);
                each[r] = -(1 - smoothing) * weights[TARGETS[r]] * logs[TARGETS[r]];
                for (int c = 0; c < CLASSES; c++) {
                    each[r] -= smoothing / CLASSES * weights[c] * logs[c];
                }
            }
        }
        return each;
    }

    private static double divisor(double[] weights, long ignored) {
        double sum = 0;
        for (int target : TARGETS) {
            sum += target == ignored ? 0 : weights[target];
        }
        return sum;
    }

    @Test
    void crossEntropyIsThatOfTheFormulaWithWeightsSmoothingAndIgnoredRows() {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            double tolerance = dtype == DType.FLOAT32 ? 1e-5 : 1e-13;
            for (double[] weights : List.of(ONES, WEIGHTS)) {
                for (double smoothing : new double[] {0, 0.1, 1}) {
                    CrossEntropy loss = Loss.crossEntropy().smoothed(smoothing);
                    loss = weights == ONES ? loss : loss.weighted(weights);
                    double[] each = each(weights, -100, smoothing);
                    try (Scope scope = Scope.open()) {
                        Tensor logits =
                                scope.of(Shape.of(ROWS, CLASSES), LOGITS).to(dtype);
                        Tensor targets = scope.of(Shape.of(ROWS), TARGETS);
                        double sum = LossReferences.sum(each);
                        double divisor = divisor(weights, -100);
                        assertEquals(sum / divisor, loss.of(logits, targets).item(), tolerance);
                        assertEquals(
                                sum,
                                loss.reduced(Reduce.SUM).of(logits, targets).item(),
                                10 * tolerance);
                        Tensor none = loss.reduced(Reduce.NONE).of(logits, targets);
                        assertEquals(dtype, none.dtype());
                        assertArrayEquals(each, none.toDoubleArray(), 10 * tolerance);
                        assertEquals(divisor, loss.weight(targets));
                    }
                }
            }
        }
    }

    @Test
    void crossEntropyIsTheLikelihoodOfLogSoftmax() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(ROWS, CLASSES), LOGITS);
            Tensor logs = Softmax.logSoftmax(logits, 1);
            Tensor targets = scope.of(Shape.of(ROWS), TARGETS);
            for (Reduce reduce : List.of(Reduce.MEAN, Reduce.SUM, Reduce.NONE)) {
                assertArrayEquals(
                        Loss.crossEntropy()
                                .weighted(WEIGHTS)
                                .reduced(reduce)
                                .of(logits, targets)
                                .toDoubleArray(),
                        Loss.negativeLogLikelihood()
                                .weighted(WEIGHTS)
                                .reduced(reduce)
                                .of(logs, targets)
                                .toDoubleArray(),
                        1e-13);
            }
            assertEquals(
                    divisor(WEIGHTS, -100),
                    Loss.negativeLogLikelihood().weighted(WEIGHTS).weight(targets));
        }
    }

    @Test
    void anyTargetMayBeIgnoredEvenAClass() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(2, 3), 1d, 2, 3, 6, 5, 4);
            Tensor targets = scope.of(Shape.of(2), 0, 2);
            double first = -LossReferences.logSoftmax(new double[] {1, 2, 3}, 3, 0)[0];
            for (Reduce reduce : List.of(Reduce.MEAN, Reduce.SUM)) {
                assertEquals(
                        first,
                        Loss.crossEntropy()
                                .ignoring(2)
                                .reduced(reduce)
                                .of(logits, targets)
                                .item(),
                        1e-14);
            }
            assertEquals(
                    -1,
                    Loss.negativeLogLikelihood().ignoring(2).of(logits, targets).item());
            assertEquals(1, Loss.negativeLogLikelihood().ignoring(2).weight(targets));
        }
    }

    @Test
    void whenNoRowCountsTheMeanIsNanAndTheSumZero() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.zeros(Shape.of(2, 3)).requireGradient();
            Tensor targets = scope.of(Shape.of(2), -100, -100);
            assertTrue(Double.isNaN(Loss.crossEntropy().of(logits, targets).item()));
            assertTrue(Double.isNaN(
                    Loss.negativeLogLikelihood().of(logits, targets).item()));
            assertEquals(
                    0,
                    Loss.crossEntropy().reduced(Reduce.SUM).of(logits, targets).item());
            assertEquals(
                    0,
                    Loss.negativeLogLikelihood()
                            .reduced(Reduce.SUM)
                            .of(logits, targets)
                            .item());
            Tensor none = scope.zeros(Shape.of(0, 3));
            Tensor noTargets = scope.zeros(DType.INT64, Shape.of(0));
            assertTrue(Double.isNaN(Loss.crossEntropy().of(none, noTargets).item()));
            assertEquals(
                    0,
                    Loss.crossEntropy().reduced(Reduce.SUM).of(none, noTargets).item());
        }
    }

    @Test
    void gradientsAreTheDifferenceQuotients() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(ROWS, CLASSES), LOGITS);
            Tensor targets = scope.of(Shape.of(ROWS), TARGETS);
            for (Reduce reduce : List.of(Reduce.MEAN, Reduce.SUM)) {
                for (Loss loss : List.of(
                        Loss.crossEntropy().reduced(reduce),
                        Loss.crossEntropy().weighted(WEIGHTS).smoothed(0.2).reduced(reduce),
                        Loss.negativeLogLikelihood().weighted(WEIGHTS).reduced(reduce))) {
                    assertEquals(
                            List.of(),
                            GradCheck.check(in -> loss.of(in.get(0), targets), List.of(logits), 1e-6, 1e-7),
                            loss.toString());
                }
            }
        }
    }

    @Test
    void targetsMayBeProbabilities() {
        double[] q = {0.1, 0.2, 0.3, 0.4, 0, 1, 0, 0};
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.of(Shape.of(2, 4), 1d, -1, 2, 0, 0.5, 3, -2, 1);
            Tensor targets = scope.of(Shape.of(2, 4), q);
            double[] each = new double[2];
            for (int r = 0; r < 2; r++) {
                each[r] = LossReferences.crossEntropy(
                        LossReferences.logSoftmax(logits.toDoubleArray(), 4, r),
                        new double[] {q[4 * r], q[4 * r + 1], q[4 * r + 2], q[4 * r + 3]},
                        WEIGHTS,
                        0.1);
            }
            CrossEntropy loss = Loss.crossEntropy().weighted(WEIGHTS).smoothed(0.1);
            assertEquals(LossReferences.mean(each), loss.of(logits, targets).item(), 1e-14);
            assertArrayEquals(
                    each, loss.reduced(Reduce.NONE).of(logits, targets).toDoubleArray(), 1e-14);
            assertEquals(2, loss.weight(targets));
            assertEquals(
                    List.of(),
                    GradCheck.check(in -> loss.of(in.get(0), in.get(1)), List.of(logits, targets), 1e-6, 1e-7));
            assertEquals(
                    "crossEntropy: targets must be whole numbers [rows], or probabilities of the predictions' shape,"
                            + " got [2, 4] and float32 [2]; to(DType.INT64) makes classes of floats",
                    assertThrows(ShapeException.class, () -> loss.of(logits, scope.of(Shape.of(2), 0f, 1f)))
                            .getMessage());
        }
    }

    @Test
    void targetsThatAreNoClassesAreRefused() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.zeros(Shape.of(2, 3));
            for (int wrong : new int[] {-1, 3}) {
                Tensor targets = scope.of(Shape.of(2), 0, wrong);
                for (Reduce reduce : Reduce.values()) {
                    assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> Loss.crossEntropy().reduced(reduce).of(logits, targets));
                    assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> Loss.negativeLogLikelihood().reduced(reduce).of(logits, targets));
                }
            }
            assertEquals(
                    "crossEntropy: predictions must be [rows, classes] and targets whole numbers [rows],"
                            + " got [2, 3] and int64 [3]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> Loss.crossEntropy().of(logits, scope.of(Shape.of(3), 0, 1, 2)))
                            .getMessage());
            assertEquals(
                    "negativeLogLikelihood: weights must be one a class, got 2 for 3 classes",
                    assertThrows(
                                    ShapeException.class,
                                    () -> Loss.negativeLogLikelihood()
                                            .weighted(1, 2)
                                            .of(logits, scope.of(Shape.of(2), 0, 1)))
                            .getMessage());
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertEquals(
                    "crossEntropy: smoothing must be in [0, 1], got " + wrong,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Loss.crossEntropy().smoothed(wrong))
                            .getMessage());
        }
        assertEquals(
                "crossEntropy: weights must be at least 0 and finite, got [1.0, -2.0]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Loss.crossEntropy().weighted(1, -2))
                        .getMessage());
        assertEquals(
                "negativeLogLikelihood: weights must be at least 0 and finite, got [NaN]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Loss.negativeLogLikelihood().weighted(Double.NaN))
                        .getMessage());
    }

    @Test
    void balancedWeightsMakeClassesCountTheSameAndRowsOneOnAverage() {
        try (Scope scope = Scope.open()) {
            Tensor targets = scope.of(Shape.of(8), 0, 0, 0, 0, 0, 1, 1, 3);
            // 8 / (3 classes that occur · 5, 2, 1 rows)
            assertEquals(List.of(8 / 15.0, 8 / 6.0, 0.0, 8 / 3.0), ClassWeights.balanced(targets, 4));
            assertEquals(
                    8,
                    Loss.crossEntropy()
                            .weighted(ClassWeights.balanced(targets, 4))
                            .weight(targets),
                    1e-14);
            assertEquals(
                    "classWeights: targets must be at least 0 and below 3, got 3",
                    assertThrows(IndexOutOfBoundsException.class, () -> ClassWeights.balanced(targets, 3))
                            .getMessage());
        }
    }
}
