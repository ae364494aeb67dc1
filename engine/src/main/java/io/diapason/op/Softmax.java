package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Softmax of rows, and its cross-entropy with class targets. */
public final class Softmax {
    private Softmax() {}

    /**
     * p[r, c] = exp(z[r, c]) / Σ_k exp(z[r, k]). Gradient: p ∘ (g − Σ_k g[r, k] p[r, k]).
     *
     * @param logits {@code [rows, classes]}
     * @return {@code [rows, classes]}
     */
    public static Tensor softmax(Tensor logits) {
        return Autograd.apply(new Probabilities(), logits);
    }

    /**
     * The mean over rows of −log softmax(z[r, :])[t[r]]. Gradient: (softmax(z) − onehot(t)) / rows.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}, each in [0, classes)
     * @return a scalar, NaN of no rows
     * @throws IndexOutOfBoundsException when a target is no class
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return Autograd.apply(new CrossEntropy(), logits, targets);
    }

    private record Probabilities() implements Op {
        @Override
        public String name() {
            return "softmax";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.matrix(name(), "the logits", inputs[0]);
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.softmax(inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor p = output.detach();
            Tensor weighted = upstream.times(p);
            int classes = p.shape().size(1);
            // Row sums, repeated in every column: a product with a square of ones.
            Tensor sums = weighted.matmul(Scope.current().full(Shape.of(classes, classes), 1));
            return new Tensor[] {weighted.minus(p.times(sums))};
        }
    }

    private record CrossEntropy() implements Op {
        @Override
        public String name() {
            return "crossEntropy";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            requireTargets(name(), inputs[0], inputs[1]);
            return Shape.scalar();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.crossEntropy(inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {
                Autograd.apply(new CrossEntropyBackward(), inputs[0], inputs[1], upstream), null
            };
        }
    }

    /** Of (logits, targets, upstream). */
    private record CrossEntropyBackward() implements Op {
        @Override
        public String name() {
            return "crossEntropyBackward";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.crossEntropyBackward(inputs[0], inputs[1], inputs[2], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            throw Unsupported.secondDerivative(name());
        }
    }

    private static void requireTargets(String op, Tensor logits, Tensor targets) {
        Check.matrix(op, "the logits", logits);
        Check.type(op, DType.INT64, targets);
        if (!targets.shape().equals(Shape.of(logits.shape().size(0)))) {
            throw new ShapeException(
                    op,
                    "targets must be one class a row",
                    "logits " + logits.shape() + " and targets " + targets.shape());
        }
    }
}
