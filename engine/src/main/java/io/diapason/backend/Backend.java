package io.diapason.backend;

import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A device: its memory and one method a kernel family; those of {@linkplain ElementKernels elements} and of
 * {@linkplain OptimizerKernels optimisers} stand apart. Operand shapes and types are checked by the operations that
 * call; every method writes the whole of its output. Operation codes are those of {@code diapason.h}.
 *
 * <p>Implementations are stateless but for their memory pool, and safe for use by several threads.
 */
public interface Backend extends ElementKernels, OptimizerKernels {
    /**
     * The back end of a device.
     *
     * @param device where
     * @return the one instance; inside {@link #listening} of this thread one that tells of its use
     */
    static Backend of(Device device) {
        Backend heard = Hearing.inThread();
        return heard != null && heard.device() == device ? heard : direct(device);
    }

    private static CpuBackend direct(Device device) {
        return switch (device) {
            case CPU -> CpuBackend.instance();
        };
    }

    /**
     * Runs code while somebody hears what it does on a device; see {@link Hearing#run}.
     *
     * @param device where
     * @param listener hears of the calls of this thread alone
     * @param code what to run
     */
    static void listening(Device device, CallListener listener, Runnable code) {
        hearing(device, listener).run(code);
    }

    /**
     * The same for code that runs many times, without garbage.
     *
     * @param device where
     * @param listener hears of the calls of the thread that runs code
     * @return what runs code, as {@link #listening}
     */
    static Hearing hearing(Device device, CallListener listener) {
        return new Hearing(direct(device).heardBy(listener), listener);
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
     * Waits until every kernel that runs now, in whatever thread, has ended, and every run of programs that uses memory
     * marked closed. Memory that several threads share is marked closed, so that nothing new begins with it, and freed
     * after this.
     */
    void synchronize();

    /**
     * Makes a program of recorded calls.
     *
     * @param bufferBytes how large each buffer is
     * @param code its words, as {@code diapason.h} tells
     * @param columns of its table
     * @param steps how many it is for
     * @return the program; the caller closes it
     */
    NativeProgram program(long[] bufferBytes, long[] code, long columns, long steps);

    /**
     * Makes what runs programs.
     *
     * @return with nothing to run yet; the caller closes it
     */
    NativeRun run();

    // ---- between the heap and the device, dense

    /**
     * Copies an array of the heap into a tensor.
     *
     * @param values a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or, for bool, {@code byte[]} of
     *     as many elements
     * @param y of the array's type, dense
     */
    void write(Object values, Tensor y);

    /**
     * Copies a tensor to the heap.
     *
     * @param x dense
     * @param values an array of the tensor's type, of at least as many elements; the first ones are filled
     */
    void read(Tensor x, Object values);

    /**
     * What copies between the heap and a tensor many times.
     *
     * @param tensor float32, dense
     * @return the exchange, for as long as the tensor is open
     */
    Exchange exchange(Tensor tensor);

    /**
     * A shuffled order, that of {@code Rng.permutation}. Made between steps: a listener hears that it does not hear of
     * it.
     *
     * @param seed of Philox
     * @param stream of Philox
     * @param order int64, dense, changed: each of 0 … n − 1 once
     */
    void permutation(long seed, long stream, Tensor order);

    // ---- kernels of dense operands, but where layouts are named

    /**
     * y[o, i] = a reduction over a of x[o, a, i].
     *
     * @param code DP_SUM and the like
     * @param outer how many o
     * @param n how many a
     * @param inner how many i
     * @param x input, read as {@code [outer, n, inner]}
     * @param y output, read as {@code [outer, inner]}
     */
    void reduce(int code, long outer, long n, long inner, Tensor x, Tensor y);

    /**
     * y[o, i] = the a of the greatest or least x[o, a, i].
     *
     * @param code DP_MAX or DP_MIN
     * @param outer how many o
     * @param n how many a, at least 1
     * @param inner how many i
     * @param x input, read as {@code [outer, n, inner]}
     * @param y output, int64, read as {@code [outer, inner]}
     */
    void argReduce(int code, long outer, long n, long inner, Tensor x, Tensor y);

    /**
     * C = A B + bias, for one matrix or a batch.
     *
     * @param a {@code [m, k]} or {@code [batch, m, k]}, any layout; transposed views cost nothing
     * @param b {@code [k, n]} or {@code [batch, k, n]}, any layout; transposed views cost nothing
     * @param bias {@code [n]}, or null
     * @param c {@code [m, n]} or {@code [batch, m, n]}, output
     */
    void gemm(Tensor a, Tensor b, @Nullable Tensor bias, Tensor c);

    /**
     * y[o, a, i] = x[o, index[a], i].
     *
     * @param outer how many o
     * @param n how many rows x has along the axis
     * @param inner how many i
     * @param index int64 {@code [count]}
     * @param x read as {@code [outer, n, inner]}
     * @param y output, read as {@code [outer, count, inner]}
     * @throws IndexOutOfBoundsException when an index is not in [0, n)
     */
    void gather(long outer, long n, long inner, Tensor index, Tensor x, Tensor y);

    /**
     * dx[o, index[a], i] += dy[o, a, i].
     *
     * @param outer how many o
     * @param n how many rows dx has along the axis
     * @param inner how many i
     * @param index int64 {@code [count]}
     * @param dy read as {@code [outer, count, inner]}
     * @param dx changed, read as {@code [outer, n, inner]}
     */
    void scatterAdd(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx);

    /**
     * y[o, a, i] = x[o, index[o, a, i], i].
     *
     * @param outer how many o
     * @param n how many rows x has along the axis
     * @param inner how many i
     * @param index int64, read as {@code [outer, count, inner]}
     * @param x read as {@code [outer, n, inner]}
     * @param y output, read as {@code [outer, count, inner]}
     * @throws IndexOutOfBoundsException when an index is not in [0, n)
     */
    void takeAlong(long outer, long n, long inner, Tensor index, Tensor x, Tensor y);

    /**
     * dx[o, index[o, a, i], i] += dy[o, a, i].
     *
     * @param outer how many o
     * @param n how many rows dx has along the axis
     * @param inner how many i
     * @param index int64, read as {@code [outer, count, inner]}
     * @param dy read as {@code [outer, count, inner]}
     * @param dx changed, read as {@code [outer, n, inner]}
     */
    void scatterAddAlong(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx);

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
     * @param classes numbers a row; the rows are all but the last axis
     * @param logits input
     * @param probabilities output
     */
    void softmax(long classes, Tensor logits, Tensor probabilities);

    /**
     * Mean cross-entropy of softmax; the formula stands in {@code diapason.h}.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}
     * @param weights {@code [classes]}, or null for 1
     * @param ignored the class that does not count
     * @param smoothing in [0, 1)
     * @param loss a scalar, output
     * @throws IndexOutOfBoundsException when a target is no class
     */
    void crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor weights, long ignored, double smoothing, Tensor loss);

    /**
     * The gradient of {@link #crossEntropy} with respect to the logits.
     *
     * @param logits {@code [rows, classes]}
     * @param targets int64 {@code [rows]}
     * @param weights {@code [classes]}, or null for 1
     * @param ignored the class that does not count
     * @param smoothing in [0, 1)
     * @param upstream a scalar
     * @param dlogits {@code [rows, classes]}, output
     */
    void crossEntropyBackward(
            Tensor logits,
            Tensor targets,
            @Nullable Tensor weights,
            long ignored,
            double smoothing,
            Tensor upstream,
            Tensor dlogits);

    /**
     * sum += Σx², as {@link #reduce} gives it; where it overflows float32, of x as float64.
     *
     * @param x float32 or float64, dense
     * @param sum float64 of one element, changed
     */
    void addSquares(Tensor x, Tensor sum);

    /**
     * y ·= r where r = limit / (√squares + 1e-6) is below 1 or NaN.
     *
     * @param limit of the norm, above 0
     * @param squares float64 of one element: Σ of the squares of all that is scaled
     * @param y changed, dense
     */
    void scaleToNorm(double limit, Tensor squares, Tensor y);
}
