package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OpErrorTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private Tensor zeros(int... sizes) {
        return scope.zeros(Shape.of(sizes));
    }

    private static void refuses(String message, Executable code) {
        assertEquals(message, assertThrows(ShapeException.class, code).getMessage());
    }

    @Test
    void linearNamesBothShapes() {
        refuses(
                "linear: input columns must equal weight rows, got input [32, 13] and weight [12, 64]",
                () -> Matmul.linear(zeros(32, 13), zeros(12, 64), zeros(64)));
        refuses(
                "linear: the bias must have one number a weight column, got bias [63] and weight [13, 64]",
                () -> Matmul.linear(zeros(32, 13), zeros(13, 64), zeros(63)));
        refuses("linear: the weight must be a matrix, got [13]", () -> Matmul.linear(zeros(13), zeros(13), zeros(64)));
    }

    @Test
    void matmulNamesBothShapes() {
        refuses(
                "matmul: columns of the left must equal rows of the right operand, got [2, 3] and [2, 3]",
                () -> zeros(2, 3).matmul(zeros(2, 3)));
    }

    @Test
    void elementwiseOperandsMustHaveOneShape() {
        refuses(
                "add: sizes must be equal or 1, counted from the last axis, got [2] and [3]",
                () -> zeros(2).plus(zeros(3)));
        refuses(
                "relu: the type must be float32 or float64, got int64 [1]; to(dtype) converts",
                () -> Elementwise.relu(scope.of(Shape.of(1), new int[] {1})));
    }

    @Test
    void crossEntropyWantsOneClassARow() {
        refuses(
                "crossEntropy: targets must be one class a row, got logits [2, 3] and targets [1]",
                () -> Softmax.crossEntropy(zeros(2, 3), scope.of(Shape.of(1), new int[] {0})));
        var e = assertThrows(
                IndexOutOfBoundsException.class,
                () -> Softmax.crossEntropy(zeros(1, 3), scope.of(Shape.of(1), new int[] {3})));
        assertEquals(
                "crossEntropy: every index must point to a row or class that is there, got one that does not",
                e.getMessage());
    }

    @Test
    void gatherRefusesIndicesOutOfRange() {
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Index.indexSelect(zeros(2, 2), 0, scope.of(Shape.of(1), new int[] {2})));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Index.indexSelect(zeros(2, 2), 0, scope.of(Shape.of(1), new int[] {-1})));
    }

    @Test
    void dropoutRateMustBeAFraction() {
        var e = assertThrows(IllegalArgumentException.class, () -> Dropout.dropout(zeros(1), 1, 0, 0));
        assertEquals("dropout: the rate must be at least 0 and below 1, got 1.0", e.getMessage());
    }

    @Test
    void backwardWantsAScalarThatDependsOnALeaf() {
        var noScalar = assertThrows(
                IllegalStateException.class, () -> zeros(2).requireGradient().backward());
        assertEquals(
                "backward: the result must be one number, got Tensor[float32 [2] on cpu]; reduce it first, for"
                        + " example by mean(), or pass an upstream gradient",
                noScalar.getMessage());
        assertThrows(IllegalStateException.class, () -> zeros(2).sum().backward());
    }
}
