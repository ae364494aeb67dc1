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
import org.junit.jupiter.api.Test;

class ResidualTest {
    @Test
    void theInnerModuleAddsToItsInput() {
        try (Scope scope = Scope.open()) {
            Residual residual = new Residual(Module.of(Tensor::square));
            Tensor y = residual.forward(scope.of(Shape.of(3), 1f, -2f, 3f), Pass.inference());
            assertArrayEquals(new float[] {2, 2, 12}, y.toFloatArray());
        }
    }

    @Test
    void gradientsMatchDifferences() {
        try (Scope scope = Scope.open()) {
            Init start = Linear.start(DType.FLOAT64, 3);
            Residual residual =
                    new Residual(new Linear(scope, DType.FLOAT64, 3, 3, start, start, Rng.of(1)), Activation.TANH);
            ModuleCheck.assertGradients(residual, ModuleCheck.input(scope, 2, 4, 3), Pass::inference);
        }
    }

    @Test
    void aModuleThatChangesTheShapeIsRefused() {
        try (Scope scope = Scope.open()) {
            Residual residual = new Residual(new Linear(scope, 3, 1, Rng.of(1)));
            assertEquals(
                    "residual: the inner module must keep the shape, got [2, 1] of [2, 3]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> residual.forward(scope.zeros(Shape.of(2, 3)), Pass.inference()))
                            .getMessage());
        }
    }

    @Test
    void thePassReachesTheInnerModule() {
        try (Scope scope = Scope.open()) {
            Residual residual = new Residual(new Dropout(0.5));
            Tensor x = scope.ones(Shape.of(1000));
            double sum = residual.forward(x, Pass.training(Rng.of(1), 0)).sum().item();
            // Each element is 1 or 3, the mean 2; a sum's deviation is √1000.
            assertEquals(2000, sum, 5 * Math.sqrt(1000));
            assertEquals(2000, residual.forward(x, Pass.inference()).sum().item());
        }
    }
}
