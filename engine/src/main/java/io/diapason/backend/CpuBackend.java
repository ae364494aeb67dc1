package io.diapason.backend;

import static io.diapason.backend.CpuCalls.at;
import static io.diapason.backend.CpuCalls.block;
import static io.diapason.backend.CpuCalls.code;
import static io.diapason.backend.CpuCalls.longs;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The CPU: each kernel family is one native function, run in the calling thread. */
final class CpuBackend implements Backend, CpuElements, CpuOptimizers {
    private final CpuMemory memory = new CpuMemory();
    private final CpuCalls calls = new CpuCalls();

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
    public CpuCalls calls() {
        return calls;
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
    public void synchronize() {
        calls.await();
    }

    @Override
    public void write(Object values, Tensor y) {
        calls.run("write", () -> {
            block(y).write(values, y.layout().offset());
            return Kernels.DP_OK;
        });
    }

    @Override
    public void read(Tensor x, Object values) {
        calls.run("read", () -> {
            block(x).read(x.layout().offset(), values);
            return Kernels.DP_OK;
        });
    }

    @Override
    public void reduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        calls.run("reduce", () -> Kernels.dp_reduce(code, code(x), outer, n, inner, at(x), at(y)));
    }

    @Override
    public void argReduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        calls.run("argReduce", () -> Kernels.dp_arg_reduce(code, code(x), outer, n, inner, at(x), longs(y)));
    }

    @Override
    public void gemm(Tensor a, Tensor b, @Nullable Tensor bias, Tensor c) {
        Matrices left = Matrices.of(a);
        Matrices right = Matrices.of(b);
        int rank = c.shape().rank();
        calls.run(
                "gemm",
                () -> Kernels.dp_gemm(
                        code(c),
                        rank == 2 ? 1 : c.shape().size(0),
                        left.transposed() ? 1 : 0,
                        right.transposed() ? 1 : 0,
                        c.shape().size(-2),
                        c.shape().size(-1),
                        a.shape().size(-1),
                        at(left.tensor()),
                        left.batchStride(),
                        at(right.tensor()),
                        right.batchStride(),
                        bias == null ? null : at(bias),
                        0,
                        at(c)));
    }

    /** Matrices as dp_gemm takes them: dense ones, or the transposes of such. */
    private record Matrices(Tensor tensor, boolean transposed, long batchStride) {
        static Matrices of(Tensor x) {
            Layout layout = x.layout();
            int rank = layout.shape().rank();
            long batchStride = rank == 2 ? 0 : layout.stride(0);
            Layout one = rank == 2 ? layout : layout.shape().size(0) == 0 ? layout : layout.select(0, 0);
            if (one.isDense()) {
                return new Matrices(x, false, batchStride);
            }
            if (one.permute(1, 0).isDense()) {
                return new Matrices(x, true, batchStride);
            }
            Tensor copy = Scope.current().empty(x.dtype(), x.shape());
            CpuBackend.instance().assign(x, copy);
            return new Matrices(copy, false, rank == 2 ? 0 : copy.layout().stride(0));
        }
    }

    @Override
    public void gather(long outer, long n, long inner, Tensor index, Tensor x, Tensor y) {
        calls.run(
                "gather",
                () -> Kernels.dp_gather(code(x), outer, n, inner, index.elements(), longs(index), at(x), at(y)));
    }

    @Override
    public void scatterAdd(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        calls.run(
                "scatterAdd",
                () -> Kernels.dp_scatter_add(
                        code(dx), outer, n, inner, index.elements(), longs(index), at(dy), at(dx)));
    }

    @Override
    public void takeAlong(long outer, long n, long inner, Tensor index, Tensor x, Tensor y) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        calls.run("gather", () -> Kernels.dp_take_along(code(x), outer, n, inner, count, longs(index), at(x), at(y)));
    }

    @Override
    public void scatterAddAlong(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        calls.run(
                "scatterAddAlong",
                () -> Kernels.dp_scatter_add_along(code(dx), outer, n, inner, count, longs(index), at(dy), at(dx)));
    }

    @Override
    public void dropout(float rate, long seed, long stream, Tensor x, Tensor y) {
        calls.run("dropout", () -> Kernels.dp_dropout(code(x), x.elements(), rate, seed, stream, at(x), at(y)));
    }

    @Override
    public void softmax(long classes, Tensor logits, Tensor probabilities) {
        long rows = classes == 0 ? 0 : logits.elements() / classes;
        calls.run("softmax", () -> Kernels.dp_softmax(code(logits), rows, classes, at(logits), at(probabilities)));
    }

    @Override
    public void crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor weights, long ignored, double smoothing, Tensor loss) {
        calls.run(
                "crossEntropy",
                () -> Kernels.dp_cross_entropy(
                        code(logits),
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        longs(targets),
                        weights == null ? null : at(weights),
                        ignored,
                        smoothing,
                        at(loss)));
    }

    @Override
    public void crossEntropyBackward(
            Tensor logits,
            Tensor targets,
            @Nullable Tensor weights,
            long ignored,
            double smoothing,
            Tensor upstream,
            Tensor dlogits) {
        calls.run(
                "crossEntropyBackward",
                () -> Kernels.dp_cross_entropy_backward(
                        code(logits),
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        longs(targets),
                        weights == null ? null : at(weights),
                        ignored,
                        smoothing,
                        at(upstream),
                        at(dlogits)));
    }
}
