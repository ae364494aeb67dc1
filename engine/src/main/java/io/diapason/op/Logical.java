package io.diapason.op;

import io.diapason.tensor.DType;
import io.diapason.tensor.Tensor;

/** And, or, not of truth values, element by element. Shapes broadcast by NumPy's rule. */
public final class Logical {
    private Logical() {}

    /**
     * a ∧ b.
     *
     * @param a bool, any shape
     * @param b bool, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor and(Tensor a, Tensor b) {
        Check.type("and", DType.BOOL, a);
        Check.type("and", DType.BOOL, b);
        return Select.where("and", a, b, a);
    }

    /**
     * a ∨ b.
     *
     * @param a bool, any shape
     * @param b bool, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor or(Tensor a, Tensor b) {
        Check.type("or", DType.BOOL, a);
        Check.type("or", DType.BOOL, b);
        return Select.where("or", a, a, b);
    }

    /**
     * ¬x.
     *
     * @param x bool, any shape
     * @return bool
     */
    public static Tensor not(Tensor x) {
        Check.type("not", DType.BOOL, x);
        return Comparison.equal(x, 0);
    }
}
