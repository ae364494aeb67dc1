package io.diapason.backend;

import static io.diapason.backend.CpuCalls.at;
import static io.diapason.backend.CpuCalls.block;
import static io.diapason.backend.CpuCalls.code;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.BytePointer;

/** The part of {@link CpuBackend} that computes elements: what is not dense goes through {@link StridedLoop}. */
interface CpuElements extends ElementKernels {
    /** How native functions are called. */
    CpuCalls calls();

    @Override
    default void fill(double value, Tensor y) {
        requireDense("fill", y);
        calls().run("fill", () -> Kernels.dp_fill(code(y), y.elements(), value, at(y)));
    }

    @Override
    default void assign(Tensor x, Tensor y) {
        int type = code(y);
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        calls().run("assign", () -> {
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
    default void convert(Tensor x, Tensor y) {
        int from = code(x);
        int to = code(y);
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        calls().run("convert", () -> {
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
    default void unary(int code, double alpha, double beta, Tensor x, Tensor y) {
        int type = code(x);
        if (x.layout().isDense()) {
            long n = x.elements();
            calls().run("unary", () -> Kernels.dp_unary(code, type, alpha, beta, 1, n, at(x), n, 1, at(y)));
            return;
        }
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        calls().run("unary", () -> {
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
    default void binary(int code, Tensor a, Tensor b, Tensor y) {
        long n = y.elements();
        int status = aligned(a, y) && aligned(b, y)
                ? calls().status(() -> Kernels.dp_binary(code, code(y), 1, n, at(a), n, 1, at(b), n, 1, at(y)))
                : calls().status(() -> stridedBinary(code, a, b, y));
        if (status == Kernels.DP_INVALID_ARGUMENT
                && code == Kernels.DP_DIVIDE
                && y.dtype().isInteger()) {
            throw new ArithmeticException("divide: integers must not be divided by 0");
        }
        CpuCalls.check("binary", status);
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
    default void compare(int code, Tensor a, Tensor b, Tensor y) {
        int type = code(a);
        int bytes = a.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), a.layout(), b.layout(), y.layout());
        calls().run("compare", () -> {
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
    default void select(Tensor condition, Tensor a, Tensor b, Tensor y) {
        int type = code(y);
        int bytes = y.dtype().bytes();
        StridedLoop loop = new StridedLoop(y.shape(), condition.layout(), a.layout(), b.layout(), y.layout());
        calls().run("select", () -> {
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
    default void add(Tensor x, Tensor y) {
        requireDense("add", y);
        binary(Kernels.DP_ADD, y, x, y);
    }

    @Override
    default void scale(double factor, Tensor y) {
        requireDense("scale", y);
        unary(Kernels.DP_AFFINE, factor, 0, y, y);
    }

    @Override
    default void unaryBackward(int code, double alpha, double beta, Tensor x, Tensor y, Tensor dy, Tensor dx) {
        calls().run(
                        "unaryBackward",
                        () -> Kernels.dp_unary_backward(
                                code, code(x), alpha, beta, x.elements(), at(x), at(y), at(dy), at(dx)));
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
}
