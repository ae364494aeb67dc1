package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Sums, differences, products and quotients, element by element. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * a + b. Gradients: g, g.
     *
     * @param a any shape
     * @param b the same shape
     * @return the sum
     */
    public static Tensor add(Tensor a, Tensor b) {
        return Autograd.apply(new Add(), a, b);
    }

    /**
     * a − b. Gradients: g, −g.
     *
     * @param a any shape
     * @param b the same shape
     * @return the difference
     */
    public static Tensor subtract(Tensor a, Tensor b) {
        return Autograd.apply(new Subtract(), a, b);
    }

    /**
     * a · b. Gradients: g · b, g · a.
     *
     * @param a any shape
     * @param b the same shape
     * @return the product
     */
    public static Tensor multiply(Tensor a, Tensor b) {
        return Autograd.apply(new Multiply(), a, b);
    }

    /**
     * a / b. Gradients: g / b, −g · (a / b) / b.
     *
     * @param a any shape
     * @param b the same shape
     * @return the quotient
     */
    public static Tensor divide(Tensor a, Tensor b) {
        return Autograd.apply(new Divide(), a, b);
    }

    /**
     * factor · x + summand. Gradient: factor · g.
     *
     * @param x any shape
     * @param factor a number
     * @param summand a number
     * @return the result, of the same shape
     */
    public static Tensor scale(Tensor x, float factor, float summand) {
        return Autograd.apply(new Scale(factor, summand), x);
    }

    /**
     * s · x with a scalar tensor s. Gradients: Σ g · x for s, s · g for x.
     *
     * @param s a scalar
     * @param x any shape
     * @return the product, of x's shape
     */
    public static Tensor scaleBy(Tensor s, Tensor x) {
        return Autograd.apply(new ScaleBy(), s, x);
    }

    private record Add() implements Op {
        @Override
        public String name() {
            return "add";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return equalShapes(this, inputs);
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.binary(Kernels.DP_ADD, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {upstream, upstream};
        }
    }

    private record Subtract() implements Op {
        @Override
        public String name() {
            return "subtract";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return equalShapes(this, inputs);
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.binary(Kernels.DP_SUBTRACT, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {upstream, inputs[1].tracksGradient() ? Elementwise.negate(upstream) : null};
        }
    }

    private record Multiply() implements Op {
        @Override
        public String name() {
            return "multiply";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return equalShapes(this, inputs);
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.binary(Kernels.DP_MULTIPLY, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {
                inputs[0].tracksGradient() ? multiply(upstream, inputs[1]) : null,
                inputs[1].tracksGradient() ? multiply(upstream, inputs[0]) : null
            };
        }
    }

    private record Divide() implements Op {
        @Override
        public String name() {
            return "divide";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return equalShapes(this, inputs);
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.binary(Kernels.DP_DIVIDE, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor numerator = divide(upstream, inputs[1]);
            return new @Nullable Tensor[] {
                numerator, inputs[1].tracksGradient() ? Elementwise.negate(multiply(numerator, output)) : null
            };
        }
    }

    private record Scale(float factor, float summand) implements Op {
        @Override
        public String name() {
            return "scale";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name(), DType.FLOAT32, inputs[0]);
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.scale(factor, summand, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {scale(upstream, factor, 0)};
        }
    }

    private record ScaleBy() implements Op {
        @Override
        public String name() {
            return "scaleBy";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.scalar(name(), inputs[0]);
            Check.type(name(), DType.FLOAT32, inputs[1]);
            return inputs[1].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.scaleBy(inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {
                inputs[0].tracksGradient() ? Reduction.sum(multiply(upstream, inputs[1])) : null,
                inputs[1].tracksGradient() ? scaleBy(inputs[0], upstream) : null
            };
        }
    }

    private static Shape equalShapes(Op op, Tensor... inputs) {
        Check.sameShape(op.name(), inputs[0], inputs[1]);
        return inputs[0].shape();
    }
}
