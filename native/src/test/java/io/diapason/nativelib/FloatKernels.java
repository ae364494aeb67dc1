package io.diapason.nativelib;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;

/** The functions of {@code diapason.h} over dense float32 arrays, with nothing optional: what most tests call. */
final class FloatKernels {
    private static final int FLOAT = Kernels.DP_FLOAT32;
    /** A class code that no target has. */
    private static final long NOTHING_IGNORED = -100;

    private FloatKernels() {}

    static int unary(int op, long n, FloatPointer x, FloatPointer y) {
        return Kernels.dp_unary(op, FLOAT, 0, 0, 1, n, x, n, 1, y);
    }

    static int unaryBackward(int op, long n, FloatPointer x, FloatPointer y, FloatPointer dy, FloatPointer dx) {
        return Kernels.dp_unary_backward(op, FLOAT, 0, 0, n, x, y, dy, dx);
    }

    static int binary(int op, long n, FloatPointer a, FloatPointer b, FloatPointer y) {
        return Kernels.dp_binary(op, FLOAT, 1, n, a, n, 1, b, n, 1, y);
    }

    static int scale(long n, float alpha, float beta, FloatPointer x, FloatPointer y) {
        return Kernels.dp_unary(Kernels.DP_AFFINE, FLOAT, alpha, beta, 1, n, x, n, 1, y);
    }

    static int scaleBy(long n, FloatPointer alpha, FloatPointer x, FloatPointer y) {
        return Kernels.dp_binary(Kernels.DP_MULTIPLY, FLOAT, 1, n, alpha, 0, 0, x, n, 1, y);
    }

    static int accumulate(long n, FloatPointer x, FloatPointer y) {
        return binary(Kernels.DP_ADD, n, y, x, y);
    }

    static int fill(long n, float value, FloatPointer y) {
        return Kernels.dp_fill(FLOAT, n, value, y);
    }

    static int fillFrom(long n, FloatPointer alpha, FloatPointer y) {
        return Kernels.dp_convert(FLOAT, FLOAT, 1, n, alpha, 0, 0, y);
    }

    static int reduce(int op, long n, FloatPointer x, FloatPointer y) {
        return Kernels.dp_reduce(op, FLOAT, 1, n, 1, x, y);
    }

    static int columnSums(long rows, long columns, FloatPointer x, FloatPointer y) {
        return Kernels.dp_reduce(Kernels.DP_SUM, FLOAT, 1, rows, columns, x, y);
    }

    static int gemm(
            int transposeA,
            int transposeB,
            long m,
            long n,
            long k,
            FloatPointer a,
            FloatPointer b,
            FloatPointer bias,
            int accumulate,
            FloatPointer c) {
        return Kernels.dp_gemm(FLOAT, 1, transposeA, transposeB, m, n, k, a, 0, b, 0, bias, accumulate, c);
    }

    static int dropout(long n, float rate, long seed, long stream, FloatPointer x, FloatPointer y) {
        return Kernels.dp_dropout(FLOAT, n, rate, seed, stream, x, y);
    }

    static int softmax(long rows, long classes, FloatPointer logits, FloatPointer probabilities) {
        return Kernels.dp_softmax(FLOAT, rows, classes, logits, probabilities);
    }

    static int crossEntropy(long rows, long classes, FloatPointer logits, LongPointer targets, FloatPointer loss) {
        return Kernels.dp_cross_entropy(FLOAT, rows, classes, logits, targets, null, NOTHING_IGNORED, 0, loss);
    }

    static int crossEntropyBackward(
            long rows,
            long classes,
            FloatPointer logits,
            LongPointer targets,
            FloatPointer upstream,
            FloatPointer dlogits) {
        return Kernels.dp_cross_entropy_backward(
                FLOAT, rows, classes, logits, targets, null, NOTHING_IGNORED, 0, upstream, dlogits);
    }

    static int sgd(
            long n,
            FloatPointer p,
            FloatPointer g,
            FloatPointer velocity,
            float learningRate,
            float momentum,
            int nesterov,
            float weightDecay) {
        return Kernels.dp_sgd(FLOAT, n, p, g, velocity, learningRate, momentum, 0, nesterov, weightDecay);
    }

    static int adam(
            long n,
            FloatPointer p,
            FloatPointer g,
            FloatPointer m,
            FloatPointer v,
            float learningRate,
            float beta1,
            float beta2,
            float epsilon,
            float stepSize,
            float inverseCorrection,
            float weightDecay) {
        return Kernels.dp_adam(
                FLOAT,
                n,
                p,
                g,
                m,
                v,
                null,
                learningRate,
                beta1,
                beta2,
                epsilon,
                stepSize,
                0,
                inverseCorrection,
                weightDecay);
    }

    static int rmsprop(
            long n,
            FloatPointer p,
            FloatPointer g,
            FloatPointer s,
            FloatPointer velocity,
            float learningRate,
            float alpha,
            float epsilon,
            float momentum,
            float weightDecay) {
        return Kernels.dp_rmsprop(
                FLOAT, n, p, g, s, null, velocity, learningRate, alpha, epsilon, momentum, weightDecay);
    }
}
