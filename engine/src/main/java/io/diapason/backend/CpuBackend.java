package io.diapason.backend;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The CPU: each kernel family is one native function, run in the calling thread. */
public final class CpuBackend implements Backend {
    private static final int FLOAT32 = Kernels.DP_FLOAT32;
    /** A code that no target has. */
    private static final long NO_IGNORED_CLASS = Long.MIN_VALUE;

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
        check("fill", Kernels.dp_fill(FLOAT32, y.elements(), value, at(y)));
    }

    @Override
    public void fillFrom(Tensor alpha, Tensor y) {
        // A scalar read with strides 0 repeats.
        check("fillFrom", Kernels.dp_convert(FLOAT32, FLOAT32, 1, y.elements(), at(alpha), 0, 0, at(y)));
    }

    @Override
    public void unary(int code, Tensor x, Tensor y) {
        long n = x.elements();
        check("unary", Kernels.dp_unary(code, FLOAT32, 0, 0, 1, n, at(x), n, 1, at(y)));
    }

    @Override
    public void unaryBackward(int code, Tensor x, Tensor y, Tensor dy, Tensor dx) {
        check(
                "unaryBackward",
                Kernels.dp_unary_backward(code, FLOAT32, 0, 0, x.elements(), at(x), at(y), at(dy), at(dx)));
    }

    @Override
    public void binary(int code, Tensor a, Tensor b, Tensor y) {
        long n = y.elements();
        check("binary", Kernels.dp_binary(code, FLOAT32, 1, n, at(a), n, 1, at(b), n, 1, at(y)));
    }

    @Override
    public void scale(float alpha, float beta, Tensor x, Tensor y) {
        long n = x.elements();
        check("scale", Kernels.dp_unary(Kernels.DP_AFFINE, FLOAT32, alpha, beta, 1, n, at(x), n, 1, at(y)));
    }

    @Override
    public void scaleBy(Tensor alpha, Tensor x, Tensor y) {
        long n = x.elements();
        check("scaleBy", Kernels.dp_binary(Kernels.DP_MULTIPLY, FLOAT32, 1, n, at(alpha), 0, 0, at(x), n, 1, at(y)));
    }

    @Override
    public void reduce(int code, Tensor x, Tensor y) {
        check("reduce", Kernels.dp_reduce(code, FLOAT32, 1, x.elements(), 1, at(x), at(y)));
    }

    @Override
    public void columnSums(Tensor x, Tensor y) {
        int rows = x.shape().size(0);
        int columns = x.shape().size(1);
        check("columnSums", Kernels.dp_reduce(Kernels.DP_SUM, FLOAT32, 1, rows, columns, at(x), at(y)));
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, Tensor a, Tensor b, @Nullable Tensor bias, Tensor c) {
        int k = a.shape().size(transposeA ? 0 : 1);
        check(
                "gemm",
                Kernels.dp_gemm(
                        FLOAT32,
                        1,
                        transposeA ? 1 : 0,
                        transposeB ? 1 : 0,
                        c.shape().size(0),
                        c.shape().size(1),
                        k,
                        at(a),
                        0,
                        at(b),
                        0,
                        bias == null ? null : at(bias),
                        0,
                        at(c)));
    }

    @Override
    public void gatherRows(Tensor source, Tensor index, Tensor y) {
        int rows = source.shape().size(0);
        long inner = rows == 0 ? 0 : source.elements() / rows;
        check(
                "gatherRows",
                Kernels.dp_gather(code(source), 1, rows, inner, index.elements(), longs(index), at(source), at(y)));
    }

    @Override
    public void dropout(float rate, long seed, long stream, Tensor x, Tensor y) {
        check("dropout", Kernels.dp_dropout(FLOAT32, x.elements(), rate, seed, stream, at(x), at(y)));
    }

    @Override
    public void softmax(Tensor logits, Tensor probabilities) {
        int rows = logits.shape().size(0);
        int classes = logits.shape().size(1);
        check("softmax", Kernels.dp_softmax(FLOAT32, rows, classes, at(logits), at(probabilities)));
    }

    @Override
    public void crossEntropy(Tensor logits, Tensor targets, Tensor loss) {
        check(
                "crossEntropy",
                Kernels.dp_cross_entropy(
                        FLOAT32,
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        longs(targets),
                        null,
                        NO_IGNORED_CLASS,
                        0,
                        at(loss)));
    }

    @Override
    public void crossEntropyBackward(Tensor logits, Tensor targets, Tensor upstream, Tensor dlogits) {
        check(
                "crossEntropyBackward",
                Kernels.dp_cross_entropy_backward(
                        FLOAT32,
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        longs(targets),
                        null,
                        NO_IGNORED_CLASS,
                        0,
                        at(upstream),
                        at(dlogits)));
    }

    @Override
    public void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay) {
        check(
                "sgd",
                Kernels.dp_sgd(
                        FLOAT32,
                        p.elements(),
                        at(p),
                        at(g),
                        velocity == null ? null : at(velocity),
                        learningRate,
                        momentum,
                        0,
                        nesterov ? 1 : 0,
                        weightDecay));
    }

    @Override
    public void adam(
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
            double weightDecay) {
        check(
                "adam",
                Kernels.dp_adam(
                        FLOAT32,
                        p.elements(),
                        at(p),
                        at(g),
                        at(m),
                        at(v),
                        null,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        stepSize,
                        0,
                        inverseCorrection,
                        weightDecay));
    }

    @Override
    public void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay) {
        check(
                "rmsprop",
                Kernels.dp_rmsprop(
                        FLOAT32,
                        p.elements(),
                        at(p),
                        at(g),
                        at(s),
                        null,
                        velocity == null ? null : at(velocity),
                        learningRate,
                        alpha,
                        epsilon,
                        momentum,
                        weightDecay));
    }

    private static int code(Tensor tensor) {
        return switch (tensor.dtype()) {
            case FLOAT32 -> FLOAT32;
            case INT64 -> Kernels.DP_INT64;
        };
    }

    private static Pointer at(Tensor tensor) {
        return ((CpuMemory.Block) tensor.storage())
                .at(tensor.offset() * tensor.dtype().bytes());
    }

    private static LongPointer longs(Tensor tensor) {
        return new LongPointer(at(tensor));
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
