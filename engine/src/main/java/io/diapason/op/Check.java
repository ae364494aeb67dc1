package io.diapason.op;

import io.diapason.tensor.DType;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/** The shape and type rules that several operations share. */
final class Check {
    private Check() {}

    /** Float operands: what derivatives are taken of. */
    static void floats(String op, Tensor x) {
        if (!x.dtype().isFloat()) {
            throw new ShapeException(
                    op, "the type must be float32 or float64", x.dtype() + " " + x.shape() + "; to(dtype) converts");
        }
    }

    /** Numbers of any kind, but no truth values. */
    static void numbers(String op, Tensor x) {
        if (x.dtype() == DType.BOOL) {
            throw new ShapeException(
                    op, "the operand must hold numbers", x.dtype() + " " + x.shape() + "; to(dtype) converts");
        }
    }

    /** Operands of one type: nothing is promoted silently. */
    static void sameType(String op, Tensor a, Tensor b) {
        if (a.dtype() != b.dtype()) {
            throw new ShapeException(
                    op,
                    "both types must be equal",
                    a.dtype() + " " + a.shape() + " and " + b.dtype() + " " + b.shape() + "; to(dtype) converts");
        }
    }

    static void type(String op, DType wanted, Tensor x) {
        if (x.dtype() != wanted) {
            throw new ShapeException(op, "the type must be " + wanted, x.dtype() + " " + x.shape());
        }
    }

    /** A number that an integer tensor is combined with must be one itself. */
    static void whole(String op, Tensor x, double number) {
        if (x.dtype().isInteger() && number != Math.rint(number)) {
            throw new ShapeException(
                    op,
                    "integers are combined with whole numbers",
                    x.dtype() + " " + x.shape() + " and " + number + "; to(dtype) converts");
        }
    }

    /** A whole number that becomes one of an integer tensor's type must have a place there. */
    static void wholeOfType(String op, Tensor x, double number) {
        whole(op, x, number);
        if (x.dtype().isInteger() && !fits(x.dtype(), number)) {
            throw new ShapeException(
                    op,
                    "integers are combined with numbers of their type's range",
                    x.dtype() + " " + x.shape() + " and " + number + "; to(dtype) converts");
        }
    }

    private static boolean fits(DType dtype, double whole) {
        return dtype == DType.INT32 ? whole == (int) whole : whole >= Long.MIN_VALUE && whole < 0x1p63;
    }

    static void matrix(String op, String what, Tensor x) {
        if (x.shape().rank() != 2) {
            throw new ShapeException(op, what + " must be a matrix", x.shape().toString());
        }
    }
}
