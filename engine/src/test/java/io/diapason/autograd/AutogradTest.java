package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.op.Reduction;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AutogradTest {
    private static Tensor leaf(Scope scope, float... values) {
        return scope.of(Shape.of(values.length), values).requireGradient();
    }

    private static float[] gradient(Tensor result, Tensor leaf) {
        return result.backward().of(leaf).toFloatArray();
    }

    @Test
    void bothWaysThroughADiamondAddUp() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 3, -2);
            Tensor shared = x.square();
            Tensor result = shared.times(5).plus(shared.times(shared)).sum();
            // d/dx (5x² + x⁴) = 10x + 4x³
            assertArrayEquals(new float[] {138, -52}, gradient(result, x));
        }
    }

    @Test
    void aLadderOfDiamondsIsWalkedOnceARung() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1);
            Tensor y = x;
            for (int i = 0; i < 60; i++) {
                y = y.plus(y).times(0.5f); // 2^60 paths, all of weight 2^-60
            }
            assertArrayEquals(new float[] {1}, gradient(y.sum(), x));
        }
    }

    @Test
    void aTensorUsedManyTimesGetsTheSumOfItsGradients() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 2);
            Tensor sum = x;
            for (int i = 1; i <= 500; i++) {
                sum = sum.plus(x.times(i));
            }
            // 1 + Σ i
            assertArrayEquals(new float[] {1 + 500 * 501 / 2}, gradient(sum.sum(), x));
            assertArrayEquals(new float[] {4}, gradient(x.times(x).sum(), x));
            assertArrayEquals(new float[] {0}, gradient(x.minus(x).sum(), x));
        }
    }

    @Test
    void aChainOfTenThousandOperationsDoesNotOverflowTheStack() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2);
            Tensor y = x;
            for (int i = 0; i < 10_000; i++) {
                y = y.plus(1);
            }
            assertArrayEquals(new float[] {10_001, 10_002}, y.toFloatArray());
            assertArrayEquals(new float[] {1, 1}, gradient(y.sum(), x));
        }
    }

    @Test
    void aScalarLeafIsItsOwnGradient() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.full(Shape.scalar(), 7).requireGradient();
            assertEquals(1f, x.backward().of(x).item());
        }
    }

    @Test
    void leavesThatTheResultDoesNotDependOnHaveNoGradient() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1);
            Tensor unused = leaf(scope, 1);
            Tensor constant = scope.of(Shape.of(1), 3f);
            Gradients gradients = x.times(constant).sum().backward();
            assertNull(gradients.of(unused));
            assertNull(gradients.of(constant));
            assertArrayEquals(new float[] {3}, gradients.of(x).toFloatArray());
        }
    }

    @Test
    void intermediateResultsKeepNoGradient() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1);
            Tensor middle = x.times(2);
            Tensor result = middle.sum();
            Gradients gradients = result.backward();
            assertNull(gradients.of(middle));
            assertNull(gradients.of(result));
        }
    }

    @Test
    void goingBackTwiceGivesTheSame() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2, 3);
            Tensor result = x.square().sum();
            assertArrayEquals(gradient(result, x), gradient(result, x));
        }
    }

    @Test
    void detachCutsTheWayBack() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 3);
            Tensor cut = x.square().detach();
            assertFalse(cut.tracksGradient());
            // d/dx (c x) with c = 9 held fixed
            assertArrayEquals(new float[] {9}, gradient(cut.times(x).sum(), x));
            assertThrows(IllegalStateException.class, () -> cut.sum().backward());
            // Still the same memory.
            assertArrayEquals(new float[] {9}, cut.toFloatArray());
        }
    }

    @Test
    void withoutGradientsNothingIsRememberedAndTheModeComesBack() throws Exception {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 3);
            Tensor quiet = Autograd.noGrad(() -> {
                Tensor inner = Autograd.noGrad(() -> x.square());
                assertFalse(inner.tracksGradient());
                return x.square();
            });
            assertFalse(quiet.tracksGradient());
            assertTrue(x.square().tracksGradient());
            assertThrows(
                    ArithmeticException.class,
                    () -> Autograd.noGrad(() -> {
                        throw new ArithmeticException("on purpose");
                    }));
            assertTrue(x.square().tracksGradient());
            // Another thread is not affected.
            boolean tracked = Autograd.noGrad(() -> CompletableFuture.supplyAsync(() -> {
                        try (Scope own = Scope.open()) {
                            return leaf(own, 3).square().tracksGradient();
                        }
                    })
                    .join());
            assertTrue(tracked);
        }
    }

    @Test
    void gradientsThemselvesRememberNothing() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 3);
            assertFalse(x.square().sum().backward().of(x).tracksGradient());
        }
    }

    @Test
    void onlyATrackedScalarCanGoBack() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2);
            assertEquals(
                    "backward: the result must be one number, got " + x.square()
                            + "; reduce it first, for example by mean(), or pass an upstream gradient",
                    assertThrows(IllegalStateException.class, () -> x.square().backward())
                            .getMessage());
            Tensor constant = scope.full(Shape.scalar(), 1);
            assertEquals(
                    "backward: the result must depend on a tensor that requires a gradient, got one that does not;"
                            + " make leaves by requireGradient() and do not compute inside noGrad",
                    assertThrows(IllegalStateException.class, constant::backward)
                            .getMessage());
        }
    }

    @Test
    void gradientsOutliveTheScopeOfTheForwardPassButNotTheirOwn() {
        try (Scope outer = Scope.open()) {
            Tensor x = leaf(outer, 3);
            Tensor result = x.square().sum();
            Gradients gradients;
            try (Scope inner = Scope.open()) {
                gradients = result.backward();
                assertArrayEquals(new float[] {6}, gradients.of(x).toFloatArray());
            }
            Gradients closed = gradients;
            assertThrows(IllegalStateException.class, () -> closed.of(x).toFloatArray());
        }
    }

    @Test
    void aGraphOfAHundredThousandOperationsIsWalked() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1);
            Tensor y = x;
            for (int i = 0; i < 50_000; i++) {
                y = y.times(0.5).plus(x); // the sum over k of 0.5^k, whose limit is 2
            }
            assertEquals(2, y.item(), 1e-6);
            assertEquals(2, y.sum().backward().of(x).item(), 1e-6);
        }
    }

    @Test
    void anUpstreamGradientWeighsEveryElement() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2, 3);
            Tensor upstream = scope.of(Shape.of(3), 10, 0, -1f);
            // d/dx Σ u x² = 2 u x
            assertArrayEquals(
                    new float[] {20, 0, -6}, x.square().backward(upstream).of(x).toFloatArray());
            // Of any layout.
            Tensor matrix = scope.of(Shape.of(2, 2), 1, 2, 3, 4f).requireGradient();
            Tensor layout = scope.of(Shape.of(2, 2), 1, 2, 3, 4f).transpose();
            assertArrayEquals(
                    new float[] {2, 12, 12, 32},
                    matrix.square().backward(layout).of(matrix).toFloatArray());
            String rule = "backward: the upstream gradient must have the result's type and shape, got ";
            Tensor square = x.square();
            assertEquals(
                    rule + "Tensor[float32 [] on cpu] for Tensor[float32 [3] on cpu]",
                    assertThrows(ShapeException.class, () -> square.backward(upstream.sum()))
                            .getMessage());
            assertEquals(
                    rule + "Tensor[float64 [3] on cpu] for Tensor[float32 [3] on cpu]",
                    assertThrows(ShapeException.class, () -> square.backward(upstream.to(DType.FLOAT64)))
                            .getMessage());
        }
    }

    @Test
    void aLeafMayBeTheResult() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2);
            Tensor upstream = scope.of(Shape.of(2), 3, 4f);
            Tensor gradient = x.backward(upstream).of(x);
            assertArrayEquals(new float[] {3, 4}, gradient.toFloatArray());
            gradient.set(new float[] {0, 0});
            assertArrayEquals(new float[] {3, 4}, upstream.toFloatArray());
        }
    }

    @Test
    void gradientsFlowToInputsAndThroughViews() {
        try (Scope scope = Scope.open()) {
            Tensor input = scope.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6f).requireGradient();
            // The sum of squares of the first column and of twice the last row.
            Tensor result = input.select(1, 0)
                    .square()
                    .sum()
                    .plus(input.rows(1, 2).times(2).square().sum());
            // 2 x in the first column, 8 x in the last row, both where they meet
            assertArrayEquals(new float[] {2, 0, 0, 40, 40, 48}, gradient(result, input));
            // A leaf made of a view stands for its own elements.
            Tensor row = input.detach().select(0, 1).requireGradient();
            assertArrayEquals(new float[] {8, 10, 12}, gradient(row.square().sum(), row));
        }
    }

    @Test
    void theGradientOfAnExpandedLeafIsTheSumOverItsRepetitions() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2);
            Tensor weights = scope.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6f);
            assertArrayEquals(
                    new float[] {9, 12},
                    gradient(x.expand(Shape.of(3, 2)).times(weights).sum(), x));
        }
    }

    @Test
    void leavesOfTwoTypesAreSeparate() {
        try (Scope scope = Scope.open()) {
            Tensor single = leaf(scope, 2);
            Tensor twice = scope.of(Shape.of(1), 3.0).requireGradient();
            Gradients gradients = single.to(DType.FLOAT64).times(twice).sum().backward();
            assertEquals(DType.FLOAT32, gradients.of(single).dtype());
            assertEquals(3, gradients.of(single).item());
            assertEquals(DType.FLOAT64, gradients.of(twice).dtype());
            assertEquals(2, gradients.of(twice).item());
        }
    }

    @Test
    void aLeafOfALeafIsAnother() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 2);
            Tensor again = x.square().requireGradient();
            Gradients gradients = again.times(3).sum().backward();
            assertArrayEquals(new float[] {3}, gradients.of(again).toFloatArray());
            assertNull(gradients.of(x));
        }
    }

    @Test
    void aReductionOfAScalarIsATensorOfItsOwn() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.full(Shape.scalar(), 3);
            for (Tensor same : List.of(x.sum(), x.max(), x.min(), x.mean(), Reduction.logSumExp(x, true))) {
                same.set(new float[] {9});
                assertEquals(3, x.item());
            }
        }
    }

    @Test
    void threadsRecordAndGoBackOnTheirOwn() throws Exception {
        try (Scope weights = Scope.detached(Device.CPU)) {
            Tensor w = weights.of(Shape.of(2), 1, 2f).requireGradient();
            List<CompletableFuture<Boolean>> jobs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                jobs.add(CompletableFuture.supplyAsync(() -> {
                    for (int j = 0; j < 300; j++) {
                        try (Scope own = Scope.open()) {
                            // Every second thread predicts while the others train.
                            Tensor y = number % 2 == 0 ? w.times(number) : Autograd.noGrad(() -> w.times(number));
                            assertEquals(number % 2 == 0, y.tracksGradient());
                            if (number % 2 == 0) {
                                assertArrayEquals(new float[] {number, number}, gradient(y.sum(), w));
                            }
                        }
                    }
                    return true;
                }));
            }
            for (CompletableFuture<Boolean> job : jobs) {
                assertTrue(job.get());
            }
        }
    }
}
