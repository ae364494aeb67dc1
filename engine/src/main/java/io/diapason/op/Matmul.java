package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Matrix products, and the affine map of a layer. */
public final class Matmul {
    private Matmul() {}

    /**
     * A B. Gradients: G Bᵀ, Aᵀ G.
     *
     * @param a {@code [m, k]}
     * @param b {@code [k, n]}
     * @return {@code [m, n]}
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        return Autograd.apply(new Product(false, false), a, b);
    }

    /**
     * x W + b. Gradients: G Wᵀ for x, xᵀ G for W, the column sums of G for b.
     *
     * @param x {@code [batch, in]}
     * @param weight {@code [in, out]}
     * @param bias {@code [out]}
     * @return {@code [batch, out]}
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return Autograd.apply(new Linear(), x, weight, bias);
    }

    /**
     * Σ over rows. Gradient: g in every row.
     *
     * @param x {@code [rows, columns]}
     * @return {@code [columns]}
     */
    public static Tensor columnSums(Tensor x) {
        return Autograd.apply(new ColumnSums(), x);
    }

    /** op(A) op(B), where op transposes or not. */
    private record Product(boolean transposeA, boolean transposeB) implements Op {
        @Override
        public String name() {
            return "matmul";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor a = inputs[0];
            Tensor b = inputs[1];
            Check.matrix(name(), "the left operand", a);
            Check.matrix(name(), "the right operand", b);
            int inner = a.shape().size(transposeA ? 0 : 1);
            if (inner != b.shape().size(transposeB ? 1 : 0)) {
                throw new ShapeException(
                        name(),
                        "columns of the left must equal rows of the right operand",
                        a.shape() + " and " + b.shape());
            }
            return Shape.of(a.shape().size(transposeA ? 1 : 0), b.shape().size(transposeB ? 0 : 1));
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.gemm(transposeA, transposeB, inputs[0], inputs[1], null, output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            if (transposeA || transposeB) {
                throw Unsupported.secondDerivative(name());
            }
            return new @Nullable Tensor[] {
                inputs[0].tracksGradient() ? Autograd.apply(new Product(false, true), upstream, inputs[1]) : null,
                inputs[1].tracksGradient() ? Autograd.apply(new Product(true, false), inputs[0], upstream) : null
            };
        }
    }

    private record Linear() implements Op {
        @Override
        public String name() {
            return "linear";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor x = inputs[0];
            Tensor weight = inputs[1];
            Tensor bias = inputs[2];
            Check.matrix(name(), "the input", x);
            Check.matrix(name(), "the weight", weight);
            if (x.shape().size(1) != weight.shape().size(0)) {
                throw new ShapeException(
                        name(),
                        "input columns must equal weight rows",
                        "input " + x.shape() + " and weight " + weight.shape());
            }
            if (!bias.shape().equals(Shape.of(weight.shape().size(1)))) {
                throw new ShapeException(
                        name(),
                        "the bias must have one number a weight column",
                        "bias " + bias.shape() + " and weight " + weight.shape());
            }
            return Shape.of(x.shape().size(0), weight.shape().size(1));
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.gemm(false, false, inputs[0], inputs[1], inputs[2], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {
                inputs[0].tracksGradient() ? Autograd.apply(new Product(false, true), upstream, inputs[1]) : null,
                inputs[1].tracksGradient() ? Autograd.apply(new Product(true, false), inputs[0], upstream) : null,
                inputs[2].tracksGradient() ? columnSums(upstream) : null
            };
        }
    }

    private record ColumnSums() implements Op {
        @Override
        public String name() {
            return "columnSums";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.matrix(name(), "the operand", inputs[0]);
            return Shape.of(inputs[0].shape().size(1));
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.columnSums(inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            // Every row receives g: the outer product of a column of ones and g.
            Tensor ones = io.diapason.tensor.Scope.current()
                    .full(Shape.of(inputs[0].shape().size(0), 1), 1);
            Tensor row = upstream.reshape(Shape.of(1, upstream.shape().size(0)));
            return new Tensor[] {matmul(ones, row)};
        }
    }
}
