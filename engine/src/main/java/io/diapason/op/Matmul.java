package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Matrix products, and the affine map of a layer. Transposed views of matrices cost nothing. */
public final class Matmul {
    private Matmul() {}

    /**
     * A B, by NumPy's rules: a vector on the left is a row, one on the right a column, and disappears from the result;
     * of more than two axes the last two are matrices, and the others broadcast. Gradients: G Bᵀ, Aᵀ G.
     *
     * @param a {@code [k]} or {@code […, m, k]}
     * @param b {@code [k]} or {@code […, k, n]}, of the same type
     * @return {@code […, m, n]}, without m or n where that operand was a vector
     * @throws ShapeException when the inner sizes differ or the other axes do not broadcast
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        int rankA = a.shape().rank();
        int rankB = b.shape().rank();
        Check.floats("matmul", a);
        Check.sameType("matmul", a, b);
        if (rankA == 0 || rankB == 0) {
            throw new ShapeException(
                    "matmul",
                    "operands must have at least one axis; times multiplies by a scalar",
                    a.shape() + " and " + b.shape());
        }
        if (a.shape().size(-1) != b.shape().size(rankB == 1 ? 0 : -2)) {
            throw new ShapeException(
                    "matmul",
                    "columns of the left must equal rows of the right operand",
                    a.shape() + " and " + b.shape());
        }
        if (rankA == 1) {
            return View.squeeze(matmul(View.unsqueeze(a, 0), b), rankB == 1 ? 0 : -2);
        }
        if (rankB == 1) {
            return View.squeeze(matmul(a, View.unsqueeze(b, 1)), -1);
        }
        if (rankB == 2) {
            return rows(a, b.shape().size(1), x -> Autograd.apply(new Product(), x, b));
        }
        return batches(a, b);
    }

    private static Tensor batches(Tensor a, Tensor b) {
        Shape batch = Shape.broadcast("matmul", leading(a.shape()), leading(b.shape()));
        Tensor product = Autograd.apply(new Product(), flat(a, batch), flat(b, batch));
        return View.reshape(product, with(batch, a.shape().size(-2), b.shape().size(-1)));
    }

    /** All axes but the last two. */
    private static Shape leading(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.sizes(), shape.rank() - 2));
    }

    private static Shape with(Shape batch, int rows, int columns) {
        return batch.inserted(batch.rank(), rows).inserted(batch.rank() + 1, columns);
    }

    /** Matrices as one batch {@code [batch, rows, columns]}. */
    private static Tensor flat(Tensor x, Shape batch) {
        int rows = x.shape().size(-2);
        int columns = x.shape().size(-1);
        Tensor expanded = View.expand(x, with(batch, rows, columns));
        return View.reshape(expanded, Shape.of(Math.toIntExact(batch.elements()), rows, columns));
    }

    /** A function of matrices, applied to the rows of whatever has a last axis. */
    private static Tensor rows(Tensor x, int out, UnaryOperator<Tensor> function) {
        Shape shape = x.shape();
        if (shape.rank() == 2) {
            return function.apply(x);
        }
        int rows = Math.toIntExact(shape.elements(0, shape.rank() - 1));
        Tensor result = function.apply(View.reshape(x, Shape.of(rows, shape.size(-1))));
        return View.reshape(result, shape.with(-1, out));
    }

    /**
     * x W + b for every row of x. Gradients: G Wᵀ for x, xᵀ G for W, Σ G over rows for b.
     *
     * @param x {@code […, in]}
     * @param weight {@code [in, out]}, of the same type
     * @param bias {@code [out]}, of the same type, or null for none
     * @return {@code […, out]}
     * @throws ShapeException when the sizes do not fit
     */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        Check.floats("linear", x);
        Check.matrix("linear", "the weight", weight);
        if (x.shape().rank() == 0 || x.shape().size(-1) != weight.shape().size(0)) {
            throw new ShapeException(
                    "linear",
                    "input columns must equal weight rows",
                    "input " + x.shape() + " and weight " + weight.shape());
        }
        return rows(
                x,
                weight.shape().size(1),
                matrix -> bias == null
                        ? Autograd.apply(new Linear(), matrix, weight)
                        : Autograd.apply(new Linear(), matrix, weight, bias));
    }

    /** Of matrices, or of two batches of as many. */
    private record Product() implements KernelOp {
        @Override
        public String name() {
            return "matmul";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape().with(-1, inputs[1].shape().size(-1));
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.gemm(inputs[0], inputs[1], null, output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {
                inputs[0].tracksGradient() ? Autograd.apply(this, upstream, inputs[1].transpose()) : null,
                inputs[1].tracksGradient() ? Autograd.apply(this, inputs[0].transpose(), upstream) : null
            };
        }
    }

    /** Of (x, weight) or (x, weight, bias). */
    private record Linear() implements KernelOp {
        @Override
        public String name() {
            return "linear";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor weight = inputs[1];
            Check.sameType(name(), inputs[0], weight);
            int out = weight.shape().size(1);
            if (inputs.length == 3) {
                Tensor bias = inputs[2];
                Check.sameType(name(), weight, bias);
                if (!bias.shape().equals(Shape.of(out))) {
                    throw new ShapeException(
                            name(),
                            "the bias must have one number a weight column",
                            "bias " + bias.shape() + " and weight " + weight.shape());
                }
            }
            return inputs[0].shape().with(1, out);
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.gemm(inputs[0], inputs[1], inputs.length == 3 ? inputs[2].contiguous() : null, output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor x = inputs[0];
            Tensor weight = inputs[1];
            @Nullable Tensor[] products = new @Nullable Tensor[inputs.length];
            products[0] = x.tracksGradient() ? upstream.matmul(weight.transpose()) : null;
            products[1] = weight.tracksGradient() ? x.transpose().matmul(upstream) : null;
            if (inputs.length == 3) {
                products[2] = inputs[2].tracksGradient() ? upstream.sum(0) : null;
            }
            return products;
        }
    }
}
