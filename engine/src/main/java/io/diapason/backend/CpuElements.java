package io.diapason.backend;

import static io.diapason.backend.CpuCalls.code;
import static io.diapason.backend.NativeCall.Operand.at;

import io.diapason.backend.ElementCalls.Assign;
import io.diapason.backend.ElementCalls.Binary;
import io.diapason.backend.ElementCalls.Compare;
import io.diapason.backend.ElementCalls.Convert;
import io.diapason.backend.ElementCalls.Fill;
import io.diapason.backend.ElementCalls.Select;
import io.diapason.backend.ElementCalls.Unary;
import io.diapason.backend.ElementCalls.UnaryBackward;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.function.Function;

/** The part of {@link CpuBackend} that computes elements: what is not dense goes through {@link StridedLoop}. */
interface CpuElements extends ElementKernels {
    /** How native functions are called. */
    CpuCalls calls();

    @Override
    default void fill(double value, Tensor y) {
        requireDense("fill", y);
        calls().run("fill", new Fill(code(y), y.elements(), value, at(y)));
    }

    @Override
    default void assign(Tensor x, Tensor y) {
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        loop(
                "assign",
                loop,
                at -> new Assign(
                        code(y),
                        at.rows(),
                        at.columns(),
                        at(x, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(y, at.at(1)),
                        at.rowStride(1),
                        at.columnStride(1)));
    }

    @Override
    default void convert(Tensor x, Tensor y) {
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        loop(
                "convert",
                loop,
                at -> new Convert(
                        code(x),
                        code(y),
                        at.rows(),
                        at.columns(),
                        at(x, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(y, at.at(1))));
    }

    @Override
    default void unary(int code, double alpha, double beta, Tensor x, Tensor y) {
        if (x.layout().isDense()) {
            long n = x.elements();
            calls().run("unary", new Unary(code, code(x), alpha, beta, 1, n, at(x), n, 1, at(y)));
            return;
        }
        StridedLoop loop = new StridedLoop(y.shape(), x.layout(), y.layout());
        loop(
                "unary",
                loop,
                at -> new Unary(
                        code,
                        code(x),
                        alpha,
                        beta,
                        at.rows(),
                        at.columns(),
                        at(x, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(y, at.at(1))));
    }

    @Override
    default void binary(int code, Tensor a, Tensor b, Tensor y) {
        long n = y.elements();
        int status = aligned(a, y) && aligned(b, y)
                ? calls().status(new Binary(code, code(y), 1, n, at(a), n, 1, at(b), n, 1, at(y)))
                : stridedBinary(code, a, b, y);
        if (status == Kernels.DP_INVALID_ARGUMENT
                && code == Kernels.DP_DIVIDE
                && y.dtype().isInteger()) {
            throw new ArithmeticException("divide: integers must not be divided by 0");
        }
        CpuCalls.check("binary", status);
    }

    private int stridedBinary(int code, Tensor a, Tensor b, Tensor y) {
        return new StridedLoop(y.shape(), a.layout(), b.layout(), y.layout())
                .run(at -> calls().status(new Binary(
                        code,
                        code(y),
                        at.rows(),
                        at.columns(),
                        at(a, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(b, at.at(1)),
                        at.rowStride(1),
                        at.columnStride(1),
                        at(y, at.at(2)))));
    }

    @Override
    default void compare(int code, Tensor a, Tensor b, Tensor y) {
        StridedLoop loop = new StridedLoop(y.shape(), a.layout(), b.layout(), y.layout());
        loop(
                "compare",
                loop,
                at -> new Compare(
                        code,
                        code(a),
                        at.rows(),
                        at.columns(),
                        at(a, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(b, at.at(1)),
                        at.rowStride(1),
                        at.columnStride(1),
                        at(y, at.at(2))));
    }

    @Override
    default void select(Tensor condition, Tensor a, Tensor b, Tensor y) {
        StridedLoop loop = new StridedLoop(y.shape(), condition.layout(), a.layout(), b.layout(), y.layout());
        loop(
                "select",
                loop,
                at -> new Select(
                        code(y),
                        at.rows(),
                        at.columns(),
                        at(condition, at.at(0)),
                        at.rowStride(0),
                        at.columnStride(0),
                        at(a, at.at(1)),
                        at.rowStride(1),
                        at.columnStride(1),
                        at(b, at.at(2)),
                        at.rowStride(2),
                        at.columnStride(2),
                        at(y, at.at(3))));
    }

    /** Makes a call for each combination of the outer axes. */
    private void loop(String name, StridedLoop loop, Function<StridedLoop, NativeCall> call) {
        CpuCalls.check(name, loop.run(at -> calls().status(call.apply(at))));
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
                        new UnaryBackward(code, code(x), alpha, beta, x.elements(), at(x), at(y), at(dy), at(dx)));
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
