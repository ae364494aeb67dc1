package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Sums over all elements, and their reverse. */
public final class Reduction {
    private Reduction() {}

    /**
     * Σ x; 0 of no elements. Gradient: g everywhere.
     *
     * @param x any shape
     * @return a scalar
     */
    public static Tensor sum(Tensor x) {
        return Autograd.apply(new Sum(), x);
    }

    /**
     * Σ x / n; NaN of no elements. Gradient: g / n everywhere.
     *
     * @param x any shape
     * @return a scalar
     */
    public static Tensor mean(Tensor x) {
        return sum(x).times(1f / x.elements());
    }

    /**
     * Σ |x|. Gradient: g · sign(x), 0 at 0.
     *
     * @param x any shape
     * @return a scalar
     */
    public static Tensor sumOfAbsolutes(Tensor x) {
        return Autograd.apply(new SumOfAbsolutes(), x);
    }

    /**
     * Σ x². Gradient: 2 g x.
     *
     * @param x any shape
     * @return a scalar
     */
    public static Tensor sumOfSquares(Tensor x) {
        return Autograd.apply(new SumOfSquares(), x);
    }

    /**
     * A scalar repeated. Gradient: Σ g.
     *
     * @param x a scalar
     * @param shape the result's shape
     * @return the result
     */
    public static Tensor expand(Tensor x, Shape shape) {
        return Autograd.apply(new Expand(shape), x);
    }

    private record Sum() implements Op {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name(), DType.FLOAT32, inputs[0]);
            return Shape.scalar();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.reduce(Kernels.DP_SUM, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {expand(upstream, inputs[0].shape())};
        }
    }

    private record SumOfAbsolutes() implements Op {
        @Override
        public String name() {
            return "sumOfAbsolutes";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name(), DType.FLOAT32, inputs[0]);
            return Shape.scalar();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.reduce(Kernels.DP_SUM_ABS, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor x = inputs[0];
            return new Tensor[] {Elementwise.absBackward(x, expand(upstream, x.shape()))};
        }
    }

    private record SumOfSquares() implements Op {
        @Override
        public String name() {
            return "sumOfSquares";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.type(name(), DType.FLOAT32, inputs[0]);
            return Shape.scalar();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.reduce(Kernels.DP_SUM_SQUARES, inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Arithmetic.scaleBy(upstream.times(2), inputs[0])};
        }
    }

    private record Expand(Shape target) implements Op {
        @Override
        public String name() {
            return "expand";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.scalar(name(), inputs[0]);
            return target;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.fillFrom(inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {sum(upstream)};
        }
    }
}
