package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What writes its operand: elementary ones here, optimiser steps in {@code io.diapason.optim}. */
class UpdateTest {
    @Test
    void additionScalingClampingAndFillingChangeTheirOperand() {
        try (Scope scope = Scope.open()) {
            Tensor y = scope.of(Shape.of(3), 1.0, -2.0, Double.NaN);
            Update.add(scope.of(Shape.of(3), 0.5, 0.5, 0.5), y);
            assertArrayEquals(new double[] {1.5, -1.5, Double.NaN}, y.toDoubleArray());
            Update.scale(2, y);
            assertArrayEquals(new double[] {3, -3, Double.NaN}, y.toDoubleArray());
            Update.clamp(-1, 2, y);
            assertArrayEquals(new double[] {2, -1, Double.NaN}, y.toDoubleArray());
            Update.fill(4, y);
            assertArrayEquals(new double[] {4, 4, 4}, y.toDoubleArray());
        }
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        try (Scope scope = Scope.open()) {
            Tensor p = scope.zeros(Shape.of(2, 3));
            Tensor longer = scope.zeros(Shape.of(4));
            Tensor doubles = scope.zeros(DType.FLOAT64, Shape.of(2, 3));
            Tensor view = scope.zeros(Shape.of(3, 2)).transpose();
            Tensor whole = scope.of(Shape.of(1), 1L);
            assertRefused(
                    "sgd: all types and shapes must be equal, got float32 [2, 3] and float32 [4]",
                    () -> Update.sgd(p, longer, null, 1, 0, 0, false, 0));
            assertRefused(
                    "adam: all types and shapes must be equal, got float32 [2, 3] and float64 [2, 3]",
                    () -> Update.adam(p, p, p, doubles, null, 1, 0, 0, 1, 1, 0, 1, 0));
            assertRefused(
                    "rmsprop: operands must be dense, got [2, 3] strides [1, 2] offset 0; contiguous() makes a dense"
                            + " copy",
                    () -> Update.rmsprop(p, view, p, null, null, 1, 0, 1, 0, 0));
            assertRefused(
                    "adagrad: operands must be dense, got [2, 3] strides [1, 2] offset 0; contiguous() makes a dense"
                            + " copy",
                    () -> Update.adagrad(view, p, p, 1, 1, 0));
            assertRefused(
                    "scale in place: the type must be float32 or float64, got int64 [1]; to(dtype) converts",
                    () -> Update.scale(2, whole));
        }
    }

    private static void assertRefused(String message, Executable code) {
        assertEquals(message, assertThrows(ShapeException.class, code).getMessage());
    }
}
