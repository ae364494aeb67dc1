package io.diapason.backend;

import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A device: its memory and one method a kernel family. Operand shapes are checked by the operations that call; every
 * method writes the whole of its output. Operation codes are those of {@code diapason.h}.
 *
 * <p>Implementations are stateless but for their memory pool, and safe for use by several threads.
 */
public interface Backend {
    /**
     * The back end of a device.
     *
     * @param device where
     * @return the one instance
     */
    static Backend of(Device device) {
        return switch (device) {
            case CPU -> CpuBackend.instance();
        };
    }

    /**
     * Where this back end computes.
     *
     * @return the device
     */
    Device device();

    /**
     * Takes memory.
     *
     * @param bytes at least 0
     * @return a block of uninitialised memory, aligned to 64 bytes
     * @throws OutOfDeviceMemoryException when there is none left
     */
    Storage allocate(long bytes);

    /**
     * Memory taken so far.
     *
     * @return bytes in use, kept for reuse, and the most ever in use
     */
    MemoryUse memory();

    /**
     * y = value.
     *
     * @param value every element
     * @param y output
     */
    void fill(float value, Tensor y);

    /**
     * y = alpha, read from a scalar tensor.
     *
     * @param alpha a scalar
     * @param y output
     */
    void fillFrom(Tensor alpha, Tensor y);

    /**
     * y = f(x).
     *
     * @param code DP_RELU and the like
     * @param x input
     * @param y output of the same shape
     */
    void unary(int code, Tensor x, Tensor y);

    /**
     * dx = dy · f'(x).
     *
     * @param code DP_RELU and the like
     * @param x the forward input
     * @param y the forward output
     * @param dy the gradient of y
     * @param dx output
     */
    void unaryBackward(int code, Tensor x, Tensor y, Tensor dy, Tensor dx);

    /**
     * y = a op b.
     *
     * @param code DP_ADD and the like
     * @param a left operand
     * @param b right operand of the same shape
     * @param y output of the same shape
     */
    void binary(int code, Tensor a, Tensor b, Tensor y);

    /**
     * y = alpha · x + beta.
     *
     * @param alpha factor
     * @param beta summand
     * @param x input
     * @param y output of the same shape
     */
    void scale(float alpha, float beta, Tensor x, Tensor y);

    /**
     * y = alpha · x, the factor read from a scalar tensor.
     *
     * @param alpha a scalar
     * @param x input
     * @param y output of the same shape
     */
    void scaleBy(Tensor alpha, Tensor x, Tensor y);

    /**
     * y = a reduction over all elements of x.
     *
     * @param code DP_SUM and the like
     * @param x input
     * @param y a scalar
     */
    void reduce(int code, Tensor x, Tensor y);

    /**
     * y[c] = Σ_r x[r, c].
     *
     * @param x {@code [rows, columns]}
     * @param y {@code [columns]}
     */
    void columnSums(Tensor x, Tensor y);

    /**
     * C = op(A) op(B) + bias.
     *
     * @param transposeA whether op(A) is Aᵀ
     * @param transposeB whether op(B) is Bᵀ
     * @param a {@code [m, k]}, or {@code [k, m]} when transposed
     * @param b {@code [k, n]}, or {@code [n, k]} when transposed
     * @param bias {@code [n]}, or null
     * @param c {@code [m, n]}, output
     */
    void gemm(boolean transposeA, boolean transposeB, Tensor a, Tensor b, @Nullable Tensor bias, Tensor c);

    /**
     * y[i] = source[index[i]], row by row.
     *
     * @param source {@code [rows, …]}
     * @param index int64 {@code [n]}
     * @param y {@code [n, …]}
     * @throws IndexOutOfBoundsException when an index is not a row of the source
     */
    void gatherRows(Tensor source, Tensor index, Tensor y);

    /**
     * Inverted dropout; its own backward pass.
     *
     * @param rate probability of dropping, in [0, 1)
     * @param seed of Philox
     * @param stream of Philox
     * @param x input
     * @param y output of the same shape
     */
    void dropout(float rate, long seed, long stream, Tensor x, Tensor y);

    /**
     * Softmax of each row.
     *
     * @param logits {@code [rows, classes]}
     * @param probabilities {@code [rows, classes]}, output
     */
    void softmax(Tensor logits, Tensor probabilities);

    /**
     * Mean cross-entropy of softmax.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}
     * @param loss a scalar, output
     * @throws IndexOutOfBoundsException when a target is no class
     */
    void crossEntropy(Tensor logits, Tensor targets, Tensor loss);

    /**
     * The gradient of {@link #crossEntropy} with respect to the logits.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}
     * @param upstream a scalar
     * @param dlogits {@code [rows, classes]}, output
     */
    void crossEntropyBackward(Tensor logits, Tensor targets, Tensor upstream, Tensor dlogits);

    /**
     * One step of stochastic gradient descent, in place; the formula stands in {@code diapason.h}.
     *
     * @param p parameters
     * @param g their gradient
     * @param velocity state, or null without momentum
     * @param learningRate step size
     * @param momentum in [0, 1)
     * @param nesterov whether the step looks ahead
     * @param weightDecay decoupled
     */
    void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay);

    /**
     * One step of Adam, in place; the formula stands in {@code diapason.h}.
     *
     * @param p parameters
     * @param g their gradient
     * @param m first moment
     * @param v second moment
     * @param learningRate of the decay
     * @param beta1 decay of m
     * @param beta2 decay of v
     * @param epsilon added to the root
     * @param stepSize learning rate / (1 − beta1^t)
     * @param inverseCorrection 1 / √(1 − beta2^t)
     * @param weightDecay decoupled
     */
    void adam(
            Tensor p,
            Tensor g,
            Tensor m,
            Tensor v,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double stepSize,
            double inverseCorrection,
            double weightDecay);

    /**
     * One step of RMSprop, in place; the formula stands in {@code diapason.h}.
     *
     * @param p parameters
     * @param g their gradient
     * @param s mean square
     * @param velocity state, or null without momentum
     * @param learningRate step size
     * @param alpha decay of s
     * @param epsilon added to the root
     * @param momentum in [0, 1)
     * @param weightDecay decoupled
     */
    void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay);
}
