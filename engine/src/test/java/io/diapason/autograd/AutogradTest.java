package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
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
}
