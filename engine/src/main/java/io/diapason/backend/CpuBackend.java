package io.diapason.backend;

import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Scope;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The CPU: each kernel family is one native function, run in the calling thread. */
final class CpuBackend implements Backend {
    private final CpuMemory memory = new CpuMemory();
    private final RunningKernels running = new RunningKernels();

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
    public void synchronize() {
        running.await();
    }

    @Override
    public void write(Object values, Tensor y) {
        run("write", () -> {
            block(y).write(values, y.layout().offset());
            return Kernels.DP_OK;
        });
    }

    @Override
    public void read(Tensor x, Object values) {
        run("read", () -> {
            block(x).read(x.layout().offset(), values);
            return Kernels.DP_OK;
        });
    }

    // ---- elements of any layout

    @Override
    public void fill(double value, Tensor y) {
        requireDense("fill", y);
        run("fill", () -> Kernels.dp_fill(code(y), y.elements(), value, at(y)));
    }

    @Override
    public void assign(Tensor x, Tensor y) {
        int type = code(y);
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        run("assign", () -> {
            CpuMemory.Block from = block(x);
            CpuMemory.Block to = block(y);
            return loop.run(at -> Kernels.dp_assign(
                    type,
                    at.rows(),
                    at.columns(),
                    from.at(at.at(0) * bytes),
                    at.rowStride(0),
                    at.columnStride(0),
                    to.at(at.at(1) * bytes),
                    at.rowStride(1),
                    at.columnStride(1)));
        });
    }

    @Override
    public void convert(Tensor x, Tensor y) {
        int from = code(x);
        int to = code(y);
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        run("convert", () -> {
            CpuMemory.Block source = block(x);
            CpuMemory.Block target = block(y);
            return loop.run(at -> Kernels.dp_convert(
                    from,
                    to,
                    at.rows(),
                    at.columns(),
                    source.at(at.at(0) * x.dtype().bytes()),
                    at.rowStride(0),
                    at.columnStride(0),
                    target.at(at.at(1) * y.dtype().bytes())));
        });
    }

    @Override
    public void unary(int code, double alpha, double beta, Tensor x, Tensor y) {
        int type = code(x);
        if (x.layout().isDense()) {
            long n = x.elements();
            run("unary", () -> Kernels.dp_unary(code, type, alpha, beta, 1, n, at(x), n, 1, at(y)));
            return;
        }
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        run("unary", () -> {
            CpuMemory.Block from = block(x);
            CpuMemory.Block to = block(y);
            return loop.run(at -> Kernels.dp_unary(
                    code,
                    type,
                    alpha,
                    beta,
                    at.rows(),
                    at.columns(),
                    from.at(at.at(0) * bytes),
                    at.rowStride(0),
                    at.columnStride(0),
                    to.at(at.at(1) * bytes)));
        });
    }

    @Override
    public void binary(int code, Tensor a, Tensor b, Tensor y) {
        long n = y.elements();
        int status = aligned(a, y) && aligned(b, y)
                ? status(() -> Kernels.dp_binary(code, code(y), 1, n, at(a), n, 1, at(b), n, 1, at(y)))
                : status(() -> stridedBinary(code, a, b, y));
        if (status == Kernels.DP_INVALID_ARGUMENT
                && code == Kernels.DP_DIVIDE
                && y.dtype().isInteger()) {
            throw new ArithmeticException("divide: integers must not be divided by 0");
        }
        check("binary", status);
    }

    private static int stridedBinary(int code, Tensor a, Tensor b, Tensor y) {
        int type = code(y);
        int bytes = y.dtype().bytes();
        CpuMemory.Block left = block(a);
        CpuMemory.Block right = block(b);
        CpuMemory.Block to = block(y);
        return new StridedLoop(y.shape(), a.layout(), b.layout(), y.layout())
                .run(at -> Kernels.dp_binary(
                        code,
                        type,
                        at.rows(),
                        at.columns(),
                        left.at(at.at(0) * bytes),
                        at.rowStride(0),
                        at.columnStride(0),
                        right.at(at.at(1) * bytes),
                        at.rowStride(1),
                        at.columnStride(1),
                        to.at(at.at(2) * bytes)));
    }

    @Override
    public void compare(int code, Tensor a, Tensor b, Tensor y) {
        int type = code(a);
        int bytes = a.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), a.layout(), b.layout(), y.layout());
        run("compare", () -> {
            CpuMemory.Block left = block(a);
            CpuMemory.Block right = block(b);
            CpuMemory.Block to = block(y);
            return loop.run(at -> Kernels.dp_compare(
                    code,
                    type,
                    at.rows(),
                    at.columns(),
                    left.at(at.at(0) * bytes),
                    at.rowStride(0),
                    at.columnStride(0),
                    right.at(at.at(1) * bytes),
                    at.rowStride(1),
                    at.columnStride(1),
                    new BytePointer(to.at(at.at(2)))));
        });
    }

    @Override
    public void select(Tensor condition, Tensor a, Tensor b, Tensor y) {
        int type = code(y);
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), condition.layout(), a.layout(), b.layout(), y.layout());
        run("select", () -> {
            CpuMemory.Block truth = block(condition);
            CpuMemory.Block left = block(a);
            CpuMemory.Block right = block(b);
            CpuMemory.Block to = block(y);
            return loop.run(at -> Kernels.dp_select(
                    type,
                    at.rows(),
                    at.columns(),
                    new BytePointer(truth.at(at.at(0))),
                    at.rowStride(0),
                    at.columnStride(0),
                    left.at(at.at(1) * bytes),
                    at.rowStride(1),
                    at.columnStride(1),
                    right.at(at.at(2) * bytes),
                    at.rowStride(2),
                    at.columnStride(2),
                    to.at(at.at(3) * bytes)));
        });
    }

    // ---- in place

    @Override
    public void add(Tensor x, Tensor y) {
        requireDense("add", y);
        binary(Kernels.DP_ADD, y, x, y);
    }

    @Override
    public void scale(double factor, Tensor y) {
        requireDense("scale", y);
        unary(Kernels.DP_AFFINE, factor, 0, y, y);
    }

    // ---- dense

    @Override
    public void unaryBackward(int code, double alpha, double beta, Tensor x, Tensor y, Tensor dy, Tensor dx) {
        run(
                "unaryBackward",
                () -> Kernels.dp_unary_backward(
                        code, code(x), alpha, beta, x.elements(), at(x), at(y), at(dy), at(dx)));
    }

    @Override
    public void reduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        run("reduce", () -> Kernels.dp_reduce(code, code(x), outer, n, inner, at(x), at(y)));
    }

    @Override
    public void argReduce(int code, long outer, long n, long inner, Tensor x, Tensor y) {
        run("argReduce", () -> Kernels.dp_arg_reduce(code, code(x), outer, n, inner, at(x), longs(y)));
    }

    @Override
    public void gemm(Tensor a, Tensor b, @Nullable Tensor bias, Tensor c) {
        Matrices left = Matrices.of(a);
        Matrices right = Matrices.of(b);
        int rank = c.shape().rank();
        run(
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
        run("gather", () -> Kernels.dp_gather(code(x), outer, n, inner, index.elements(), longs(index), at(x), at(y)));
    }

    @Override
    public void scatterAdd(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        run(
                "scatterAdd",
                () -> Kernels.dp_scatter_add(
                        code(dx), outer, n, inner, index.elements(), longs(index), at(dy), at(dx)));
    }

    @Override
    public void takeAlong(long outer, long n, long inner, Tensor index, Tensor x, Tensor y) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        run("gather", () -> Kernels.dp_take_along(code(x), outer, n, inner, count, longs(index), at(x), at(y)));
    }

    @Override
    public void scatterAddAlong(long outer, long n, long inner, Tensor index, Tensor dy, Tensor dx) {
        long count = outer * inner == 0 ? 0 : index.elements() / (outer * inner);
        run(
                "scatterAddAlong",
                () -> Kernels.dp_scatter_add_along(code(dx), outer, n, inner, count, longs(index), at(dy), at(dx)));
    }

    @Override
    public void dropout(float rate, long seed, long stream, Tensor x, Tensor y) {
        run("dropout", () -> Kernels.dp_dropout(code(x), x.elements(), rate, seed, stream, at(x), at(y)));
    }

    @Override
    public void softmax(long classes, Tensor logits, Tensor probabilities) {
        long rows = classes == 0 ? 0 : logits.elements() / classes;
        run("softmax", () -> Kernels.dp_softmax(code(logits), rows, classes, at(logits), at(probabilities)));
    }

    @Override
    public void crossEntropy(
            Tensor logits, Tensor targets, @Nullable Tensor weights, long ignored, double smoothing, Tensor loss) {
        run(
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
        run(
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

    // ---- optimisers

    @Override
    public void sgd(
            Tensor p,
            Tensor g,
            @Nullable Tensor velocity,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay) {
        run(
                "sgd",
                () -> Kernels.dp_sgd(
                        code(p),
                        p.elements(),
                        at(p),
                        at(g),
                        velocity == null ? null : at(velocity),
                        learningRate,
                        momentum,
                        dampening,
                        nesterov ? 1 : 0,
                        weightDecay));
    }

    @Override
    public void adam(
            Tensor p,
            Tensor g,
            Tensor m,
            Tensor v,
            @Nullable Tensor largestV,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double stepSize,
            double gradientStep,
            double inverseCorrection,
            double weightDecay) {
        run(
                "adam",
                () -> Kernels.dp_adam(
                        code(p),
                        p.elements(),
                        at(p),
                        at(g),
                        at(m),
                        at(v),
                        largestV == null ? null : at(largestV),
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        stepSize,
                        gradientStep,
                        inverseCorrection,
                        weightDecay));
    }

    @Override
    public void rmsprop(
            Tensor p,
            Tensor g,
            Tensor s,
            @Nullable Tensor mean,
            @Nullable Tensor velocity,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            double weightDecay) {
        run(
                "rmsprop",
                () -> Kernels.dp_rmsprop(
                        code(p),
                        p.elements(),
                        at(p),
                        at(g),
                        at(s),
                        mean == null ? null : at(mean),
                        velocity == null ? null : at(velocity),
                        learningRate,
                        alpha,
                        epsilon,
                        momentum,
                        weightDecay));
    }

    @Override
    public void adagrad(Tensor p, Tensor g, Tensor s, double learningRate, double epsilon, double weightDecay) {
        run(
                "adagrad",
                () -> Kernels.dp_adagrad(
                        code(p), p.elements(), at(p), at(g), at(s), learningRate, epsilon, weightDecay));
    }

    private static int code(Tensor tensor) {
        return switch (tensor.dtype()) {
            case FLOAT32 -> Kernels.DP_FLOAT32;
            case FLOAT64 -> Kernels.DP_FLOAT64;
            case INT32 -> Kernels.DP_INT32;
            case INT64 -> Kernels.DP_INT64;
            case BOOL -> Kernels.DP_BOOL;
        };
    }

    /** What is changed in place is written from its first element on, without gaps. */
    private static void requireDense(String op, Tensor y) {
        if (!y.layout().isDense()) {
            throw new ShapeException(op, "the target must be dense", y.layout().toString());
        }
    }

    /** Whether an operand's elements lie just as those of a dense output. */
    private static boolean aligned(Tensor x, Tensor y) {
        return x.layout().isDense() && x.shape().equals(y.shape());
    }

    private static CpuMemory.Block block(Tensor tensor) {
        return (CpuMemory.Block) tensor.storage();
    }

    private static Pointer at(Tensor tensor) {
        return block(tensor).at(tensor.layout().offset() * tensor.dtype().bytes());
    }

    private static LongPointer longs(Tensor tensor) {
        return new LongPointer(at(tensor));
    }

    /** One call of the native library. */
    @FunctionalInterface
    private interface Kernel {
        /** Gives the kernel's status; asks for its operands' memory, which refuses what was freed, itself. */
        int run();
    }

    /** Runs a kernel; the memory of its operands stays until it ends, whatever other threads close. */
    private int status(Kernel kernel) {
        int ticket = running.enter();
        try {
            return kernel.run();
        } finally {
            running.exit(ticket);
        }
    }

    private void run(String name, Kernel kernel) {
        check(name, status(kernel));
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
