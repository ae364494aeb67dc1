package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What operations refuse, with the whole sentence: types, and element by element. Shapes and indices stand in
 * {@link ShapedOpErrorTest}, views in LayoutTest and ViewTest.
 */
class OpErrorTest extends ErrorOperands {
    @Test
    void functionsOfFloatsRefuseOtherTypes() {
        List<UnaryOperator<Tensor>> functions = List.of(
                Elementwise::sqrt,
                Elementwise::reciprocal,
                Elementwise::exp,
                Elementwise::expm1,
                Elementwise::log,
                Elementwise::log1p,
                Elementwise::sin,
                Elementwise::cos,
                Elementwise::erf,
                Elementwise::relu,
                x -> Elementwise.leakyRelu(x, 0.1),
                x -> Elementwise.elu(x, 1),
                Elementwise::selu,
                Elementwise::gelu,
                Elementwise::silu,
                Elementwise::mish,
                Elementwise::tanh,
                Elementwise::sigmoid,
                Elementwise::softplus,
                x -> Elementwise.pow(x, 2),
                x -> Arithmetic.pow(x, x),
                x -> Dropout.dropout(x, 0.5f, 0, 0),
                x -> Reduction.mean(x, false),
                x -> Reduction.norm(x, false),
                x -> Reduction.logSumExp(x, false),
                x -> Reduction.variance(x, 1, false),
                x -> Softmax.softmax(x),
                x -> Softmax.logSoftmax(x, 0),
                x -> Softmax.crossEntropy(x, longs(0)),
                x -> Matmul.matmul(x, x),
                x -> Matmul.linear(x, zeros(1, 1), null));
        String[] names = {
            "sqrt", "reciprocal", "exp", "expm1", "log", "log1p", "sin", "cos", "erf", "relu", "leakyRelu", "elu",
            "selu", "gelu", "silu", "mish", "tanh", "sigmoid", "softplus", "pow", "pow", "dropout", "mean", "norm",
            "logSumExp", "variance", "softmax", "logSoftmax", "crossEntropy", "matmul", "linear"
        };
        assertEquals(names.length, functions.size());
        for (int i = 0; i < names.length; i++) {
            UnaryOperator<Tensor> function = functions.get(i);
            String rule = names[i] + ": the type must be float32 or float64, got ";
            refuses(rule + "int64 [1]; to(dtype) converts", () -> function.apply(longs(1)));
            refuses(rule + "bool [1]; to(dtype) converts", () -> function.apply(truths(1)));
        }
    }

    @Test
    void functionsOfNumbersRefuseTruthValues() {
        List<UnaryOperator<Tensor>> functions = List.of(
                Elementwise::negate,
                Elementwise::abs,
                Elementwise::sign,
                Elementwise::square,
                x -> Elementwise.clamp(x, 0, 1),
                x -> Arithmetic.affine(x, 1, 1),
                x -> Arithmetic.add(x, x),
                x -> Arithmetic.subtract(x, x),
                x -> Arithmetic.multiply(x, x),
                x -> Arithmetic.divide(x, x),
                x -> Arithmetic.maximum(x, x),
                x -> Arithmetic.minimum(x, x),
                x -> Reduction.sum(x),
                x -> Reduction.sumOfAbsolutes(x, false),
                x -> Reduction.sumOfSquares(x, false),
                x -> Reduction.max(x, false),
                x -> Reduction.min(x, false),
                x -> Reduction.argmax(x, false),
                x -> Reduction.argmin(x, false));
        String[] names = {
            "negate",
            "abs",
            "sign",
            "square",
            "clamp",
            "affine",
            "add",
            "subtract",
            "multiply",
            "divide",
            "maximum",
            "minimum",
            "sum",
            "sumOfAbsolutes",
            "sumOfSquares",
            "max",
            "min",
            "argmax",
            "argmin"
        };
        assertEquals(names.length, functions.size());
        for (int i = 0; i < names.length; i++) {
            UnaryOperator<Tensor> function = functions.get(i);
            refuses(
                    names[i] + ": the operand must hold numbers, got bool [2]; to(dtype) converts",
                    () -> function.apply(truths(2)));
        }
    }

    @Test
    void truthsAreAskedForByLogicAndAnyAndAll() {
        Tensor x = zeros(2);
        refuses("and: the type must be bool, got float32 [2]", () -> Logical.and(truths(2), x));
        refuses("and: the type must be bool, got float32 [2]", () -> Logical.and(x, truths(2)));
        refuses("or: the type must be bool, got float32 [2]", () -> Logical.or(x, truths(2)));
        refuses("or: the type must be bool, got int64 [1]", () -> Logical.or(truths(1), longs(1)));
        refuses("not: the type must be bool, got float32 [2]", () -> Logical.not(x));
        refuses("any: the type must be bool, got float32 [2]", () -> Reduction.any(x, false));
        refuses("all: the type must be bool, got float32 [2]", () -> Reduction.all(x, false));
        refuses("where: the type must be bool, got float32 [2]", () -> Select.where(x, x, x));
    }

    @Test
    void operandsOfTwoTypesAndShapesThatDoNotBroadcastAreRefused() {
        List<BinaryOperator<Tensor>> functions = List.of(
                Arithmetic::add,
                Arithmetic::subtract,
                Arithmetic::multiply,
                Arithmetic::divide,
                Arithmetic::pow,
                Arithmetic::maximum,
                Arithmetic::minimum,
                Comparison::equal,
                Comparison::notEqual,
                Comparison::less,
                Comparison::lessEqual,
                Comparison::greater,
                Comparison::greaterEqual,
                (a, b) -> Select.where(truths(3), a, b));
        String[] names = {
            "add",
            "subtract",
            "multiply",
            "divide",
            "pow",
            "maximum",
            "minimum",
            "equal",
            "notEqual",
            "less",
            "lessEqual",
            "greater",
            "greaterEqual",
            "where"
        };
        assertEquals(names.length, functions.size());
        for (int i = 0; i < names.length; i++) {
            BinaryOperator<Tensor> function = functions.get(i);
            refuses(
                    names[i] + ": both types must be equal, got float32 [2, 3] and float64 [3]; to(dtype) converts",
                    () -> function.apply(zeros(2, 3), doubles(3)));
            refuses(
                    names[i] + ": sizes must be equal or 1, counted from the last axis, got [2, 3] and [4, 3]",
                    () -> function.apply(zeros(2, 3), zeros(4, 3)));
        }
        refuses(
                "where: sizes must be equal or 1, counted from the last axis, got [3] and [2]",
                () -> Select.where(truths(3), zeros(2), zeros(2)));
        refuses(
                "and: sizes must be equal or 1, counted from the last axis, got [3] and [2]",
                () -> Logical.and(truths(3), truths(2)));
        refuses(
                "or: sizes must be equal or 1, counted from the last axis, got [3] and [2]",
                () -> Logical.or(truths(3), truths(2)));
    }

    @Test
    void integersAreCombinedWithNumbersOfTheirRange() {
        Tensor longs = scope.of(Shape.of(2), 1, 2);
        String rule = ": integers are combined with numbers of their type's range, got int";
        refuses("affine" + rule + "64 [2] and 1.0E19; to(dtype) converts", () -> longs.plus(1e19));
        refuses(
                "affine" + rule + "32 [2] and 2.147483648E9; to(dtype) converts",
                () -> longs.to(DType.INT32).times(0x1p31));
        refuses(
                "equal" + rule + "64 [2] and 9.223372036854776E18; to(dtype) converts",
                () -> Comparison.equal(longs, 0x1p63));
        assertArrayEquals(
                new long[] {Long.MIN_VALUE + 1, Long.MIN_VALUE + 2},
                longs.plus(-0x1p63).toLongArray());
        assertArrayEquals(
                new long[] {2, 2}, longs.clamp(2, Double.POSITIVE_INFINITY).toLongArray());
    }

    @Test
    void integersAreCombinedWithWholeNumbers() {
        String rule = ": integers are combined with whole numbers, got int64 [2] and 0.5; to(dtype) converts";
        Tensor x = longs(1, 2);
        refuses("affine" + rule, () -> x.times(0.5));
        refuses("affine" + rule, () -> x.plus(0.5));
        refuses("divide" + rule, () -> x.dividedBy(0.5));
        refuses("clamp" + rule, () -> x.clamp(0.5, 3));
        refuses("clamp" + rule, () -> x.clamp(-3, 0.5));
        refuses("equal" + rule, () -> Comparison.equal(x, 0.5));
        refuses("notEqual" + rule, () -> Comparison.notEqual(x, 0.5));
        refuses("less" + rule, () -> Comparison.less(x, 0.5));
        refuses("lessEqual" + rule, () -> Comparison.lessEqual(x, 0.5));
        refuses("greater" + rule, () -> Comparison.greater(x, 0.5));
        refuses("greaterEqual" + rule, () -> Comparison.greaterEqual(x, 0.5));
        refuses("where" + rule, () -> Select.where(truths(2), x, 0.5));
        refuses("where" + rule, () -> Select.where(truths(2), 0.5, x));
    }

    @Test
    void integersAreNotDividedByZero() {
        String message = "divide: integers must not be divided by 0";
        refuses(ArithmeticException.class, message, () -> longs(1, 2).dividedBy(longs(1, 0)));
        refuses(ArithmeticException.class, message, () -> longs(1, 2).dividedBy(0));
        Tensor matrix = scope.of(Shape.of(2, 2), 1, 2, 0, 4).transpose();
        refuses(ArithmeticException.class, message, () -> matrix.dividedBy(matrix));
    }

    @Test
    void boundsAndRatesMustBeInRange() {
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        refuses(type, "clamp: low must be at most high, got 2.0 and 1.0", () -> zeros(1).clamp(2, 1));
        refuses(type, "clamp: low must be at most high, got NaN and 1.0", () -> zeros(1).clamp(Double.NaN, 1));
        String rate = "dropout: the rate must be at least 0 and below 1, got ";
        refuses(type, rate + "1.0", () -> Dropout.dropout(zeros(1), 1, 0, 0));
        refuses(type, rate + "-0.5", () -> Dropout.dropout(zeros(1), -0.5f, 0, 0));
        refuses(type, rate + "NaN", () -> Dropout.dropout(zeros(1), Float.NaN, 0, 0));
        String smoothing = "crossEntropy: smoothing must be at least 0 and below 1, got ";
        refuses(type, smoothing + "1.0", () -> Softmax.crossEntropy(zeros(1, 2), longs(0), null, -100, 1));
        refuses(type, smoothing + "NaN", () -> Softmax.crossEntropy(zeros(1, 2), longs(0), null, -100, Double.NaN));
    }
}
