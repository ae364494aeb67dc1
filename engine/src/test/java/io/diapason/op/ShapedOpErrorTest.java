package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What reductions, products, softmax and picking refuse, with the whole sentence. */
class ShapedOpErrorTest extends ErrorOperands {
    @Test
    void reductionsWantAxesThatAreThereOnce() {
        Tensor x = zeros(2, 3);
        refuses("sum: the axis must be from -2 to 1, got 2 for shape [2, 3]", () -> x.sum(2));
        refuses("mean: the axis must be from -2 to 1, got -3 for shape [2, 3]", () -> x.mean(-3));
        refuses("max: every axis must be named once, got [1, -1] for shape [2, 3]", () -> x.max(1, -1));
        refuses("norm: a scalar has no axes, got 0 for shape []", () -> Reduction.norm(zeros(), false, 0));
        refuses("argmax: at most one axis is reduced, got 2 axes", () -> Reduction.argmax(x, false, 0, 1));
        refuses("argmin: the axis must be from -2 to 1, got 2 for shape [2, 3]", () -> Reduction.argmin(x, false, 2));
        refuses("softmax: the axis must be from -2 to 1, got 2 for shape [2, 3]", () -> Softmax.softmax(x, 2));
        refuses("softmax: a scalar has no axes, got -1 for shape []", () -> Softmax.softmax(zeros()));
        refuses("logSoftmax: the axis must be from -2 to 1, got 2 for shape [2, 3]", () -> Softmax.logSoftmax(x, 2));
    }

    @Test
    void extremesOfNothingAreRefused() {
        Tensor x = zeros(2, 0);
        refuses("max: the reduced axes must not be empty, got [2, 0]", () -> x.max());
        refuses("min: the reduced axes must not be empty, got [2, 0]", () -> x.min(1));
        refuses("argmax: the reduced axes must not be empty, got [2, 0]", () -> Reduction.argmax(x, false));
        refuses("argmin: the reduced axes must not be empty, got [2, 0]", () -> Reduction.argmin(x, true, -1));
        assertEquals(Shape.of(0), x.max(0).shape());
    }

    @Test
    void linearNamesBothShapes() {
        refuses(
                "linear: input columns must equal weight rows, got input [32, 13] and weight [12, 64]",
                () -> Matmul.linear(zeros(32, 13), zeros(12, 64), zeros(64)));
        refuses(
                "linear: input columns must equal weight rows, got input [] and weight [12, 64]",
                () -> Matmul.linear(zeros(), zeros(12, 64), null));
        refuses(
                "linear: the bias must have one number a weight column, got bias [63] and weight [13, 64]",
                () -> Matmul.linear(zeros(32, 13), zeros(13, 64), zeros(63)));
        refuses("linear: the weight must be a matrix, got [13]", () -> Matmul.linear(zeros(13), zeros(13), zeros(64)));
        refuses(
                "linear: both types must be equal, got float32 [2, 3] and float64 [3, 4]; to(dtype) converts",
                () -> Matmul.linear(zeros(2, 3), doubles(3, 4), null));
        refuses(
                "linear: both types must be equal, got float32 [3, 4] and float64 [4]; to(dtype) converts",
                () -> Matmul.linear(zeros(2, 3), zeros(3, 4), doubles(4)));
    }

    @Test
    void matmulNamesBothShapes() {
        String rule = "matmul: columns of the left must equal rows of the right operand, got ";
        refuses(rule + "[2, 3] and [2, 3]", () -> zeros(2, 3).matmul(zeros(2, 3)));
        refuses(rule + "[3] and [2]", () -> zeros(3).matmul(zeros(2)));
        refuses(rule + "[2, 3] and [2]", () -> zeros(2, 3).matmul(zeros(2)));
        refuses(rule + "[2] and [4, 3, 5]", () -> zeros(2).matmul(zeros(4, 3, 5)));
        refuses(
                "matmul: operands must have at least one axis; times multiplies by a scalar, got [] and [2]",
                () -> zeros().matmul(zeros(2)));
        refuses(
                "matmul: sizes must be equal or 1, counted from the last axis, got [2] and [3]",
                () -> zeros(2, 4, 5).matmul(zeros(3, 5, 4)));
        refuses(
                "matmul: both types must be equal, got float32 [2, 2] and float64 [2, 2]; to(dtype) converts",
                () -> zeros(2, 2).matmul(doubles(2, 2)));
    }

    @Test
    void crossEntropyWantsOneClassARow() {
        refuses(
                "crossEntropy: targets must be one class a row, got logits [2, 3] and targets [1]",
                () -> Softmax.crossEntropy(zeros(2, 3), longs(0)));
        refuses("crossEntropy: the logits must be a matrix, got [3]", () -> Softmax.crossEntropy(zeros(3), longs(0)));
        refuses(
                "crossEntropy: targets must be int64 or int32, got float32 [2]",
                () -> Softmax.crossEntropy(zeros(2, 3), zeros(2)));
        refuses(
                "crossEntropy: weights must be one a class, got logits [1, 3] and weights [2]",
                () -> Softmax.crossEntropy(zeros(1, 3), longs(0), zeros(2), -100, 0));
        refuses(
                "crossEntropy: both types must be equal, got float32 [1, 3] and float64 [3]; to(dtype) converts",
                () -> Softmax.crossEntropy(zeros(1, 3), longs(0), doubles(3), -100, 0));
        String rule = "crossEntropy: every target must be at least 0 and below 3, or -100 for a row that does not"
                + " count, got ";
        refuses(IndexOutOfBoundsException.class, rule + "3", () -> Softmax.crossEntropy(zeros(2, 3), longs(0, 3)));
        refuses(IndexOutOfBoundsException.class, rule + "-1", () -> Softmax.crossEntropy(zeros(2, 3), longs(-100, -1)));
    }

    @Test
    void indicesMustBeThere() {
        Class<IndexOutOfBoundsException> type = IndexOutOfBoundsException.class;
        Tensor x = zeros(2, 3);
        String select = "indexSelect: every index must be at least 0 and below ";
        refuses(type, select + "2, got 2", () -> Index.indexSelect(x, 0, longs(0, 2)));
        refuses(type, select + "3, got -1", () -> Index.indexSelect(x, 1, longs(-1, 5)));
        refuses(type, select + "0, got 0", () -> Index.indexSelect(zeros(0, 2), 0, longs(0)));
        Tensor index = scope.of(Shape.of(1, 2), 0, 2);
        refuses(type, "gather: every index must be at least 0 and below 2, got 2", () -> Index.gather(x, 0, index));
        refuses(
                type,
                "oneHot: every index must be at least 0 and below 2, got 2",
                () -> Index.oneHot(longs(1, 2), 2, DType.FLOAT32));
        refuses(
                IllegalArgumentException.class,
                "oneHot: there must be at least one class, got 0",
                () -> Index.oneHot(longs(0), 0, DType.FLOAT32));
    }

    @Test
    void indicesMustHaveTheRightTypeAndShape() {
        Tensor x = zeros(2, 3);
        refuses(
                "indexSelect: the index must be int64 or int32, got float32 [2]",
                () -> Index.indexSelect(x, 0, zeros(2)));
        refuses(
                "indexSelect: the index must have one axis, got source [2, 3] and index [1, 1]",
                () -> Index.indexSelect(x, 0, scope.of(Shape.of(1, 1), 0)));
        refuses(
                "indexSelect: the axis must be from -2 to 1, got 2 for shape [2, 3]",
                () -> Index.indexSelect(x, 2, longs(0)));
        refuses("gather: the index must be int64 or int32, got bool [2]", () -> Index.gather(x, 0, truths(2)));
        String rule = "gather: the index must have the source's rank, and be no larger along the other axes, got source"
                + " [2, 3] and index ";
        refuses(rule + "[1] along axis 1", () -> Index.gather(x, -1, longs(0)));
        refuses(rule + "[3, 1] along axis 1", () -> Index.gather(x, 1, scope.of(Shape.of(3, 1), 0, 0, 0)));
        refuses(
                "gather: the axis must be from -2 to 1, got 2 for shape [2, 3]",
                () -> Index.gather(x, 2, scope.of(Shape.of(1, 1), 0)));
        refuses(
                "oneHot: the index must be int64 or int32, got float32 [2]",
                () -> Index.oneHot(zeros(2), 2, DType.FLOAT32));
    }

    @Test
    void partsMustFit() {
        refuses(
                "concat: all sizes but that of axis 1 must be equal, got [2, 3] and [3, 3]",
                () -> Index.concat(-1, zeros(2, 3), zeros(3, 3)));
        refuses(
                "concat: all sizes but that of axis 0 must be equal, got [2, 3] and [3]",
                () -> Index.concat(0, zeros(2, 3), zeros(3)));
        refuses(
                "concat: both types must be equal, got float32 [2] and float64 [2]; to(dtype) converts",
                () -> Index.concat(0, zeros(2), doubles(2)));
        refuses("concat: a scalar has no axes, got 0 for shape []", () -> Index.concat(0, zeros()));
        refuses(
                IllegalArgumentException.class,
                "concat: there must be at least one tensor, got none",
                () -> Index.concat(0));
        refuses("stack: all shapes must be equal, got [2] and [3]", () -> Index.stack(0, zeros(2), zeros(3)));
        refuses(
                "stack: both types must be equal, got float32 [1, 2] and float64 [1, 2]; to(dtype) converts",
                () -> Index.stack(0, zeros(2), doubles(2)));
        refuses("stack: the axis must be from -2 to 1, got 2 for shape [2]", () -> Index.stack(2, zeros(2), zeros(2)));
        refuses(
                IllegalArgumentException.class,
                "stack: there must be at least one tensor, got none",
                () -> Index.stack(0));
    }
}
