package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons, element by element, of operands of one type, with truth values as results. Shapes broadcast by NumPy's
 * rule. NaN is unequal to everything, and neither less nor greater. No gradient flows.
 */
public final class Comparison {
    private Comparison() {}

    /**
     * a = b.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor equal(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("equal", Kernels.DP_EQUAL), a, b);
    }

    /**
     * x = number.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor equal(Tensor x, double number) {
        return equal(x, scalar("equal", x, number));
    }

    /**
     * a ≠ b.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor notEqual(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("notEqual", Kernels.DP_NOT_EQUAL), a, b);
    }

    /**
     * x ≠ number.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor notEqual(Tensor x, double number) {
        return notEqual(x, scalar("notEqual", x, number));
    }

    /**
     * {@code a < b}.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor less(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("less", Kernels.DP_LESS), a, b);
    }

    /**
     * {@code x < number}.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor less(Tensor x, double number) {
        return less(x, scalar("less", x, number));
    }

    /**
     * a ≤ b.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor lessEqual(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("lessEqual", Kernels.DP_LESS_EQUAL), a, b);
    }

    /**
     * x ≤ number.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor lessEqual(Tensor x, double number) {
        return lessEqual(x, scalar("lessEqual", x, number));
    }

    /**
     * {@code a > b}.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor greater(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("greater", Kernels.DP_GREATER), a, b);
    }

    /**
     * {@code x > number}.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor greater(Tensor x, double number) {
        return greater(x, scalar("greater", x, number));
    }

    /**
     * a ≥ b.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return bool
     */
    public static Tensor greaterEqual(Tensor a, Tensor b) {
        return Autograd.apply(new Compare("greaterEqual", Kernels.DP_GREATER_EQUAL), a, b);
    }

    /**
     * x ≥ number.
     *
     * @param x any shape
     * @param number rounded to x's type
     * @return bool
     */
    public static Tensor greaterEqual(Tensor x, double number) {
        return greaterEqual(x, scalar("greaterEqual", x, number));
    }

    private static Tensor scalar(String op, Tensor x, double number) {
        Check.wholeOfType(op, x, number);
        return Scope.current().full(x.dtype(), Shape.scalar(), number);
    }

    private record Compare(String name, int code) implements KernelOp {
        @Override
        public Shape shape(Tensor... inputs) {
            Check.sameType(name, inputs[0], inputs[1]);
            return Shape.broadcast(name, inputs[0].shape(), inputs[1].shape());
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return DType.BOOL;
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.compare(code, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {null, null};
        }
    }
}
