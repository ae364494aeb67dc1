package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A choice between two operands, element by element. Shapes broadcast by NumPy's rule. */
public final class Select {
    private Select() {}

    /**
     * a where the condition holds, else b. Gradients: g where the operand was taken, else 0.
     *
     * @param condition bool, any shape
     * @param a any type
     * @param b of a's type; the three shapes broadcast
     * @return the choice
     */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        return where("where", condition, a, b);
    }

    /**
     * a where the condition holds, else a number.
     *
     * @param condition bool, any shape
     * @param a any type; its shape broadcasts with the condition's
     * @param b rounded to a's type; a whole number where that is an integer type
     * @return the choice
     */
    public static Tensor where(Tensor condition, Tensor a, double b) {
        Check.wholeOfType("where", a, b);
        return where(condition, a, Scope.current().full(a.dtype(), Shape.scalar(), b));
    }

    /**
     * A number where the condition holds, else b.
     *
     * @param condition bool, any shape
     * @param a rounded to b's type; a whole number where that is an integer type
     * @param b any type; its shape broadcasts with the condition's
     * @return the choice
     */
    public static Tensor where(Tensor condition, double a, Tensor b) {
        Check.wholeOfType("where", b, a);
        return where(condition, Scope.current().full(b.dtype(), Shape.scalar(), a), b);
    }

    static Tensor where(String op, Tensor condition, Tensor a, Tensor b) {
        return Autograd.apply(new Where(op), condition, a, b);
    }

    private record Where(String name) implements KernelOp {
        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name, DType.BOOL, inputs[0]);
            Check.sameType(name, inputs[1], inputs[2]);
            return Shape.broadcast(
                    name, Shape.broadcast(name, inputs[0].shape(), inputs[1].shape()), inputs[2].shape());
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return inputs[1].dtype();
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.select(inputs[0], inputs[1], inputs[2], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor condition = inputs[0];
            Tensor a = inputs[1];
            Tensor b = inputs[2];
            return new @Nullable Tensor[] {
                null,
                a.tracksGradient() ? View.sumTo(where(condition, upstream, 0), a.shape()) : null,
                b.tracksGradient() ? View.sumTo(where(condition, 0, upstream), b.shape()) : null
            };
        }
    }
}
