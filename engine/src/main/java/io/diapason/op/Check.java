package io.diapason.op;

import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/** The shape and type rules that several operations share. */
final class Check {
    private Check() {}

    static void sameShape(String op, Tensor a, Tensor b) {
        type(op, DType.FLOAT32, a);
        type(op, DType.FLOAT32, b);
        if (!a.shape().equals(b.shape())) {
            throw new ShapeException(op, "both shapes must be equal", a.shape() + " and " + b.shape());
        }
    }

    static void matrix(String op, String what, Tensor x) {
        type(op, DType.FLOAT32, x);
        if (x.shape().rank() != 2) {
            throw new ShapeException(op, what + " must be a matrix", x.shape().toString());
        }
    }

    static void scalar(String op, Tensor x) {
        type(op, DType.FLOAT32, x);
        if (!x.shape().equals(Shape.scalar())) {
            throw new ShapeException(
                    op, "the operand must be a scalar of shape []", x.shape().toString());
        }
    }

    static void type(String op, DType wanted, Tensor x) {
        if (x.dtype() != wanted) {
            throw new ShapeException(op, "the type must be " + wanted, x.dtype() + " " + x.shape());
        }
    }
}
