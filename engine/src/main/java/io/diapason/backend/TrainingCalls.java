package io.diapason.backend;

import io.diapason.backend.NativeCall.Operand;
import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/** Calls of dropout, softmax, cross-entropy and of what gradients go through. */
final class TrainingCalls {
    private TrainingCalls() {}

    record Dropout(int dtype, long n, float rate, long seed, long stream, Operand x, Operand y) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_dropout(dtype, n, rate, seed, stream, x.pointer(), y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "dropout", Kernels.DP_OP_DROPOUT)
                    .words(dtype, n)
                    .reals(rate)
                    .wholes(seed, stream)
                    .places(x, y)
                    .end();
        }
    }

    record Softmax(int dtype, long rows, long classes, Operand logits, Operand probabilities) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_softmax(dtype, rows, classes, logits.pointer(), probabilities.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "softmax", Kernels.DP_OP_SOFTMAX)
                    .words(dtype, rows, classes)
                    .places(logits, probabilities)
                    .end();
        }
    }

    record CrossEntropy(
            int dtype,
            long rows,
            long classes,
            Operand logits,
            Operand targets,
            @Nullable Operand weights,
            long ignored,
            double smoothing,
            Operand loss)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_cross_entropy(
                    dtype,
                    rows,
                    classes,
                    logits.pointer(),
                    new LongPointer(targets.pointer()),
                    Operand.pointerIfGiven(weights),
                    ignored,
                    smoothing,
                    loss.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "crossEntropy", Kernels.DP_OP_CROSS_ENTROPY)
                    .words(dtype, rows, classes)
                    .places(logits, targets, weights)
                    .words(ignored)
                    .reals(smoothing)
                    .places(loss)
                    .end();
        }
    }

    record CrossEntropyBackward(
            int dtype,
            long rows,
            long classes,
            Operand logits,
            Operand targets,
            @Nullable Operand weights,
            long ignored,
            double smoothing,
            Operand upstream,
            Operand dlogits)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_cross_entropy_backward(
                    dtype,
                    rows,
                    classes,
                    logits.pointer(),
                    new LongPointer(targets.pointer()),
                    Operand.pointerIfGiven(weights),
                    ignored,
                    smoothing,
                    upstream.pointer(),
                    dlogits.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "crossEntropyBackward", Kernels.DP_OP_CROSS_ENTROPY_BACKWARD)
                    .words(dtype, rows, classes)
                    .places(logits, targets, weights)
                    .words(ignored)
                    .reals(smoothing)
                    .places(upstream, dlogits)
                    .end();
        }
    }

    record AddSquares(int dtype, long n, Operand x, Operand sum) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_add_squares(dtype, n, x.pointer(), new DoublePointer(sum.pointer()));
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "addSquares", Kernels.DP_OP_ADD_SQUARES)
                    .words(dtype, n)
                    .places(x, sum)
                    .end();
        }
    }

    record ScaleToNorm(int dtype, long n, double limit, Operand squares, Operand x) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_scale_to_norm(dtype, n, limit, new DoublePointer(squares.pointer()), x.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "scaleToNorm", Kernels.DP_OP_SCALE_TO_NORM)
                    .words(dtype, n)
                    .reals(limit)
                    .places(squares, x)
                    .end();
        }
    }
}
