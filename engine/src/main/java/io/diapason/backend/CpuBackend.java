package io.diapason.backend;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/** The CPU: each kernel family is one native function, run in the calling thread. */
public final class CpuBackend implements Backend {
    private final CpuMemory memory = new CpuMemory();

    private CpuBackend() {}

    /** Made on first use, so that a program which never computes never loads the library. */
    private static final class Holder {
        static final CpuBackend INSTANCE = new CpuBackend();
        static final boolean LOADED = loads();

        private static boolean loads() {
            try {
                NativeLibrary.load();
                return true;
            } catch (NativeLoadException e) {
                // From a static initialiser it would lose its type and its sentence: instance() has it thrown again.
                return false;
            }
        }
    }

    static CpuBackend instance() {
        if (!Holder.LOADED) {
            NativeLibrary.load();
        }
        return Holder.INSTANCE;
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public Storage allocate(long bytes) {
        return memory.allocate(bytes);
    }

    @Override
    public MemoryUse memory() {
        return memory.use();
    }

    @Override
    public void fill(float value, Tensor y) {
        check("fill", Kernels.dp_fill(y.elements(), value, floats(y)));
    }

    @Override
    public void fillFrom(Tensor alpha, Tensor y) {
        check("fillFrom", Kernels.dp_fill_from(y.elements(), floats(alpha), floats(y)));
    }

    @Override
    public void unary(int code, Tensor x, Tensor y) {
        check("unary", Kernels.dp_unary(code, x.elements(), floats(x), floats(y)));
    }

    @Override
    public void unaryBackward(int code, Tensor x, Tensor y, Tensor dy, Tensor dx) {
        check(
                "unaryBackward",
                Kernels.dp_unary_backward(code, x.elements(), floats(x), floats(y), floats(dy), floats(dx)));
    }

    @Override
    public void binary(int code, Tensor a, Tensor b, Tensor y) {
        check("binary", Kernels.dp_binary(code, a.elements(), floats(a), floats(b), floats(y)));
    }

    @Override
    public void scale(float alpha, float beta, Tensor x, Tensor y) {
        check("scale", Kernels.dp_scale(x.elements(), alpha, beta, floats(x), floats(y)));
    }

    @Override
    public void scaleBy(Tensor alpha, Tensor x, Tensor y) {
        check("scaleBy", Kernels.dp_scale_by(x.elements(), floats(alpha), floats(x), floats(y)));
    }

    @Override
    public void reduce(int code, Tensor x, Tensor y) {
        check("reduce", Kernels.dp_reduce(code, x.elements(), floats(x), floats(y)));
    }

    @Override
    public void columnSums(Tensor x, Tensor y) {
        check("columnSums", Kernels.dp_column_sums(x.shape().size(0), x.shape().size(1), floats(x), floats(y)));
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, Tensor a, Tensor b, @Nullable Tensor bias, Tensor c) {
        int k = a.shape().size(transposeA ? 0 : 1);
        check(
                "gemm",
                Kernels.dp_gemm(
                        transposeA ? 1 : 0,
                        transposeB ? 1 : 0,
                        c.shape().size(0),
                        c.shape().size(1),
                        k,
                        floats(a),
                        floats(b),
                        bias == null ? null : floats(bias),
                        0,
                        floats(c)));
    }

    @Override
    public void gatherRows(Tensor source, Tensor index, Tensor y) {
        int rows = source.shape().size(0);
        long rowBytes =
                rows == 0 ? 0 : source.elements() / rows * source.dtype().bytes();
        // Every type has four bytes, so the position of a float pointer is right for all.
        check(
                "gatherRows",
                Kernels.dp_gather_rows(index.elements(), rowBytes, rows, floats(source), ints(index), floats(y)));
    }

    @Override
    public void dropout(float rate, long seed, long stream, Tensor x, Tensor y) {
        check("dropout", Kernels.dp_dropout(x.elements(), rate, seed, stream, floats(x), floats(y)));
    }

    @Override
    public void softmax(Tensor logits, Tensor probabilities) {
        check(
                "softmax",
                Kernels.dp_softmax(
                        logits.shape().size(0), logits.shape().size(1), floats(logits), floats(probabilities)));
    }

    @Override
    public void crossEntropy(Tensor logits, Tensor targets, Tensor loss) {
        check(
                "crossEntropy",
                Kernels.dp_cross_entropy(
                        logits.shape().size(0), logits.shape().size(1), floats(logits), ints(targets), floats(loss)));
    }

    @Override
    public void crossEntropyBackward(Tensor logits, Tensor targets, Tensor upstream, Tensor dlogits) {
        check(
                "crossEntropyBackward",
                Kernels.dp_cross_entropy_backward(
                        logits.shape().size(0),
                        logits.shape().size(1),
                        floats(logits),
                        ints(targets),
                        floats(upstream),
                        floats(dlogits)));
    }

    @Override
    public void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            float learningRate,
            float momentum,
            boolean nesterov,
            float weightDecay) {
        check(
                "sgd",
                Kernels.dp_sgd(
                        p.elements(),
                        floats(p),
                        floats(g),
                        velocity == null ? null : floats(velocity),
                        learningRate,
                        momentum,
                        nesterov ? 1 : 0,
                        weightDecay));
    }

    @Override
    public void adam(
            Tensor p,
            Tensor g,
            Tensor m,
            Tensor v,
            float learningRate,
            float beta1,
            float beta2,
            float epsilon,
            float stepSize,
            float inverseCorrection,
            float weightDecay) {
        check(
                "adam",
                Kernels.dp_adam(
                        p.elements(),
                        floats(p),
                        floats(g),
                        floats(m),
                        floats(v),
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        stepSize,
                        inverseCorrection,
                        weightDecay));
    }

    @Override
    public void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor velocity,
            float learningRate,
            float alpha,
            float epsilon,
            float momentum,
            float weightDecay) {
        check(
                "rmsprop",
                Kernels.dp_rmsprop(
                        p.elements(),
                        floats(p),
                        floats(g),
                        floats(s),
                        velocity == null ? null : floats(velocity),
                        learningRate,
                        alpha,
                        epsilon,
                        momentum,
                        weightDecay));
    }

    private static FloatPointer floats(Tensor tensor) {
        return ((CpuMemory.Block) tensor.storage()).floats(tensor.offset());
    }

    private static IntPointer ints(Tensor tensor) {
        return ((CpuMemory.Block) tensor.storage()).ints(tensor.offset());
    }

    /**
     * Turns a status into an exception. Only indices depend on data; anything else is a defect of this class's callers.
     */
    private static void check(String kernel, int status) {
        if (status == Kernels.DP_OK) {
            return;
        }
        if (status == Kernels.DP_INDEX_OUT_OF_RANGE) {
            throw new IndexOutOfBoundsException(
                    kernel + ": every index must point to a row or class that is there, got one that does not");
        }
        throw new IllegalStateException(kernel + ": the native kernel refused its arguments (status " + status + ")");
    }
}
