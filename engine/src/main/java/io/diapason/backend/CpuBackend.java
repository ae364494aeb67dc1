package io.diapason.backend;

import static io.diapason.backend.CpuCalls.block;
import static io.diapason.backend.CpuCalls.code;
import static io.diapason.backend.NativeCall.Operand.at;
import static io.diapason.backend.NativeCall.Operand.ifGiven;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/** The CPU: each kernel family is one native function, run in the calling thread. */
final class CpuBackend implements Backend, CpuElements, CpuOptimizers {
    private final CpuMemory memory;
    private final RunningKernels running;
    private final RunningPrograms programs;
    private final CpuCalls calls;
    private final @Nullable CallListener listener;

    private CpuBackend(
            CpuMemory memory, RunningKernels running, RunningPrograms programs, @Nullable CallListener listener) {
        this.memory = memory;
        this.running = running;
        this.programs = programs;
        this.calls = new CpuCalls(running, listener);
        this.listener = listener;
    }

    /** The same memory and kernels, with somebody who hears of their use. */
    CpuBackend heardBy(CallListener hears) {
        return new CpuBackend(memory, running, programs, hears);
    }

    /** Made on first use, so that a program which never computes never loads the library. */
    private static final class Holder {
        static final CpuBackend INSTANCE =
                new CpuBackend(new CpuMemory(), new RunningKernels(), new RunningPrograms(), null);
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
        return listener == null ? memory.allocate(bytes) : listener.allocate(instance(), bytes);
    }

    @Override
    public MemoryUse memory() {
        return memory.use();
    }

    @Override
    public void synchronize() {
        calls.await();
        programs.await();
    }

    @Override
    public NativeProgram program(long[] bufferBytes, long[] code, long columns, long steps) {
        return new NativeProgram(bufferBytes, code, columns, steps);
    }

    @Override
    public NativeRun run() {
        return new NativeRun(programs);
    }

    @Override
    public void write(Object values, Tensor y) {
        if (listener != null) {
            listener.written(values, y);
        }
        if (listener == null || listener.executes()) {
            CpuCalls.check("write", calls.guarded(() -> {
                block(y).write(values, y.layout().offset());
                return Kernels.DP_OK;
            }));
        }
    }

    @Override
    public void read(Tensor x, Object values) {
        if (listener != null) {
            listener.read(x);
        }
        if (listener == null || listener.executes()) {
            CpuCalls.check("read", calls.guarded(() -> {
                block(x).read(x.layout().offset(), Math.toIntExact(x.elements()), values);
                return Kernels.DP_OK;
            }));
        }
    }

    @Override
    public Exchange exchange(Tensor tensor) {
        return new Exchange(running, tensor);
    }

    @Override
    public void permutation(long seed, long stream, Tensor order) {
        Hearing.unheard("an order is shuffled");
        CpuCalls.check(
                "permutation",
                calls.guarded(() -> Kernels.dp_permutation(
                        order.elements(),
                        seed,
                        stream,
                        new LongPointer(at(order).pointer()))));
    }

    @Override
    public void reduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        calls.run("reduce", new MatrixCalls.Reduce(code, code(x), outer, n, inner, at(x), at(y)));
    }

    @Override
    public void argReduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        calls.run("argReduce", new MatrixCalls.ArgReduce(code, code(x), outer, n, inner, at(x), at(y)));
    }

    @Override
    public void gemm(Tensor a, Tensor b, @Nullable Tensor bias, Tensor c) {
        Matrices left = matrices(a);
        Matrices right = matrices(b);
        int rank = c.shape().rank();
        calls.run(
                "gemm",
                new MatrixCalls.Gemm(
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
                        ifGiven(bias),
                        0,
                        at(c)));
    }

    /** Matrices as dp_gemm takes them: dense ones, or the transposes of such. */
    private record Matrices(Tensor tensor, boolean transposed, long batchStride) {}

    private Matrices matrices(Tensor x) {
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
        assign(x, copy);
        return new Matrices(copy, false, rank == 2 ? 0 : copy.layout().stride(0));
    }

    @Override
    public void gather(long outer, long n, long inner, Tensor index, Tensor x, Tensor y) {
        calls.run(
                "gather", new MatrixCalls.Gather(code(x), outer, n, inner, index.elements(), at(index), at(x), at(y)));
    }

    @Override
    public void scatterAdd(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        calls.run(
                "scatterAdd",
                new MatrixCalls.ScatterAdd(code(dx), outer, n, inner, index.elements(), at(index), at(dy), at(dx)));
    }

    @Override
    public void takeAlong(long outer, long n, long inner, Tensor index, Tensor x, Tensor y) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        calls.run("gather", new MatrixCalls.TakeAlong(code(x), outer, n, inner, count, at(index), at(x), at(y)));
    }

    @Override
    public void scatterAddAlong(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        calls.run(
                "scatterAddAlong",
                new MatrixCalls.ScatterAddAlong(code(dx), outer, n, inner, count, at(index), at(dy), at(dx)));
    }

    @Override
    public void dropout(float rate, long seed, long stream, Tensor x, Tensor y) {
        calls.run("dropout", new TrainingCalls.Dropout(code(x), x.elements(), rate, seed, stream, at(x), at(y)));
    }

    @Override
    public void softmax(long classes, Tensor logits, Tensor probabilities) {
        long rows = classes == 0 ? 0 : logits.elements() / classes;
        calls.run("softmax", new TrainingCalls.Softmax(code(logits), rows, classes, at(logits), at(probabilities)));
    }

    @Override
    public void crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor weights, long ignored, double smoothing, Tensor loss) {
        calls.run(
                "crossEntropy",
                new TrainingCalls.CrossEntropy(
                        code(logits),
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        at(targets),
                        ifGiven(weights),
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
                new TrainingCalls.CrossEntropyBackward(
                        code(logits),
                        logits.shape().size(0),
                        logits.shape().size(1),
                        at(logits),
                        at(targets),
                        ifGiven(weights),
                        ignored,
                        smoothing,
                        at(upstream),
                        at(dlogits)));
    }

    @Override
    public void addSquares(Tensor x, Tensor sum) {
        calls.run("addSquares", new TrainingCalls.AddSquares(code(x), x.elements(), at(x), at(sum)));
    }

    @Override
    public void scaleToNorm(double limit, Tensor squares, Tensor y) {
        calls.run("scaleToNorm", new TrainingCalls.ScaleToNorm(code(y), y.elements(), limit, at(squares), at(y)));
    }
}
