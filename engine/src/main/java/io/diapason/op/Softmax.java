package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Softmax along an axis, its logarithm, and its cross-entropy with class targets. */
public final class Softmax {
    /** The class that {@link #crossEntropy(Tensor, Tensor)} does not count, as PyTorch's {@code ignore_index}. */
    public static final long IGNORED = -100;

    private Softmax() {}

    /**
     * p = exp(z) / Σ exp(z) along the last axis.
     *
     * @param logits {@code […, classes]}
     * @return of the same shape
     */
    public static Tensor softmax(Tensor logits) {
        return softmax(logits, -1);
    }

    /**
     * p = exp(z) / Σ exp(z) along an axis, the maximum subtracted first. Gradient: p ∘ (g − Σ g p).
     *
     * @param logits any shape that has the axis
     * @param axis from 0, or from -1 downwards
     * @return of the same shape
     */
    public static Tensor softmax(Tensor logits, int axis) {
        Check.floats("softmax", logits);
        int at = logits.shape().axis("softmax", axis);
        if (at == logits.shape().rank() - 1) {
            return Autograd.apply(new Probabilities(), logits);
        }
        return View.transpose(Autograd.apply(new Probabilities(), View.transpose(logits, at, -1)), at, -1);
    }

    /**
     * log softmax(z) = z − log Σ exp(z) along an axis, the maximum subtracted first. Gradient: g − p Σ g.
     *
     * @param logits any shape that has the axis
     * @param axis from 0, or from -1 downwards
     * @return of the same shape
     */
    public static Tensor logSoftmax(Tensor logits, int axis) {
        Check.floats("logSoftmax", logits);
        int at = logits.shape().axis("logSoftmax", axis);
        if (logits.elements() == 0) {
            return logits;
        }
        Tensor shifted = logits.minus(Reduction.max(logits.detach(), true, at));
        return shifted.minus(Reduction.logSumExp(shifted, true, at));
    }

    /**
     * The mean over rows of −log softmax(z[r, :])[t[r]]; rows whose target is {@link #IGNORED} do not count.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}, each in [0, classes) or ignored
     * @return a scalar, NaN when no row counts
     * @throws IndexOutOfBoundsException when a target is no class
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return crossEntropy(logits, targets, null, IGNORED, 0);
    }

    /**
     * Σ costs / Σ w[t] over the rows that count, where a row costs −(1 − s) w[t] log p[t] − (s / classes) Σ_c w[c] log
     * p[c] with p = softmax(z[r, :]) and smoothing s. Gradient with respect to the logits alone. Source: PyTorch's
     * {@code CrossEntropyLoss}; Szegedy et al. 2016, arXiv 1512.00567, for the smoothing.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 or int32 {@code [rows]}, each in [0, classes) or ignored
     * @param weights {@code [classes]} of the logits' type, or null for 1 each
     * @param ignored the target whose rows do not count
     * @param smoothing in [0, 1)
     * @return a scalar, NaN when no row counts
     * @throws IndexOutOfBoundsException when a target is no class
     */
    public static Tensor crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor weights, long ignored, double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: smoothing must be at least 0 and below 1, got " + smoothing);
        }
        if (!targets.dtype().isInteger()) {
            throw new ShapeException(
                    "crossEntropy", "targets must be int64 or int32", targets.dtype() + " " + targets.shape());
        }
        Tensor classes = targets.to(DType.INT64);
        CrossEntropy op = new CrossEntropy(ignored, smoothing);
        return weights == null ? Autograd.apply(op, logits, classes) : Autograd.apply(op, logits, classes, weights);
    }

    private record Probabilities() implements KernelOp {
        @Override
        public String name() {
            return "softmax";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.softmax(inputs[0].shape().size(-1), inputs[0], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor p = output.detach();
            Tensor weighted = upstream.times(p);
            return new Tensor[] {weighted.minus(p.times(Reduction.sum(weighted, true, -1)))};
        }
    }

    /** Of (logits, targets) or (logits, targets, weights). */
    private record CrossEntropy(long ignored, double smoothing) implements KernelOp {
        @Override
        public String name() {
            return "crossEntropy";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor logits = inputs[0];
            Tensor targets = inputs[1];
            Check.floats(name(), logits);
            Check.matrix(name(), "the logits", logits);
            if (!targets.shape().equals(Shape.of(logits.shape().size(0)))) {
                throw new ShapeException(
                        name(),
                        "targets must be one class a row",
                        "logits " + logits.shape() + " and targets " + targets.shape());
            }
            if (inputs.length == 3) {
                Check.sameType(name(), logits, inputs[2]);
                if (!inputs[2].shape().equals(Shape.of(logits.shape().size(1)))) {
                    throw new ShapeException(
                            name(),
                            "weights must be one a class",
                            "logits " + logits.shape() + " and weights " + inputs[2].shape());
                }
            }
            return Shape.scalar();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            try {
                backend.crossEntropy(
                        inputs[0], inputs[1], inputs.length == 3 ? inputs[2] : null, ignored, smoothing, output);
            } catch (IndexOutOfBoundsException e) {
                throw named(e, inputs[1].toLongArray(), inputs[0].shape().size(1));
            }
        }

        /** The kernel's refusal with the first target that is no class. */
        private IndexOutOfBoundsException named(IndexOutOfBoundsException refusal, long[] targets, int classes) {
            for (long target : targets) {
                if (target != ignored && (target < 0 || target >= classes)) {
                    var named = new IndexOutOfBoundsException(name() + ": every target must be at least 0 and below "
                            + classes + ", or " + ignored + " for a row that does not count, got " + target);
                    named.initCause(refusal);
                    return named;
                }
            }
            return refusal;
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor[] operands = Arrays.copyOf(inputs, inputs.length + 1);
            operands[inputs.length] = upstream;
            @Nullable Tensor[] products = new @Nullable Tensor[inputs.length];
            products[0] = Autograd.apply(new CrossEntropyBackward(this), operands);
            return products;
        }
    }

    /** Of the operands of the forward pass and then the upstream gradient. */
    private record CrossEntropyBackward(CrossEntropy of) implements KernelOp {
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
            backend.crossEntropyBackward(
                    inputs[0],
                    inputs[1],
                    inputs.length == 4 ? inputs[2] : null,
                    of.ignored,
                    of.smoothing,
                    inputs[inputs.length - 1],
                    output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            throw Unsupported.secondDerivative(name());
        }
    }
}
