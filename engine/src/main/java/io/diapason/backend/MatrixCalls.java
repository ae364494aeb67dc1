package io.diapason.backend;

import io.diapason.backend.NativeCall.Operand;
import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/** Calls of reductions, matrix products and of kernels that pick and scatter. */
final class MatrixCalls {
    private MatrixCalls() {}

    record Reduce(int op, int dtype, long outer, long n, long inner, Operand x, Operand y) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_reduce(op, dtype, outer, n, inner, x.pointer(), y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "reduce", Kernels.DP_OP_REDUCE)
                    .words(op, dtype, outer, n, inner)
                    .places(x, y)
                    .end();
        }
    }

    record ArgReduce(int op, int dtype, long outer, long n, long inner, Operand x, Operand y) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_arg_reduce(op, dtype, outer, n, inner, x.pointer(), new LongPointer(y.pointer()));
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "argReduce", Kernels.DP_OP_ARG_REDUCE)
                    .words(op, dtype, outer, n, inner)
                    .places(x, y)
                    .end();
        }
    }

    record Gemm(
            int dtype,
            long batch,
            int transposeA,
            int transposeB,
            long m,
            long n,
            long k,
            Operand a,
            long aBatch,
            Operand b,
            long bBatch,
            @Nullable Operand bias,
            int accumulate,
            Operand c)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_gemm(
                    dtype,
                    batch,
                    transposeA,
                    transposeB,
                    m,
                    n,
                    k,
                    a.pointer(),
                    aBatch,
                    b.pointer(),
                    bBatch,
                    Operand.pointerIfGiven(bias),
                    accumulate,
                    c.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "gemm", Kernels.DP_OP_GEMM)
                    .words(dtype, batch, transposeA, transposeB, m, n, k)
                    .places(a)
                    .words(aBatch)
                    .places(b)
                    .words(bBatch)
                    .places(bias)
                    .words(accumulate)
                    .places(c)
                    .end();
        }
    }

    record Gather(int dtype, long outer, long n, long inner, long count, Operand index, Operand x, Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_gather(
                    dtype, outer, n, inner, count, new LongPointer(index.pointer()), x.pointer(), y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "gather", Kernels.DP_OP_GATHER)
                    .words(dtype, outer, n, inner, count)
                    .places(index, x, y)
                    .end();
        }
    }

    record ScatterAdd(int dtype, long outer, long n, long inner, long count, Operand index, Operand dy, Operand dx)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_scatter_add(
                    dtype, outer, n, inner, count, new LongPointer(index.pointer()), dy.pointer(), dx.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "scatterAdd", Kernels.DP_OP_SCATTER_ADD)
                    .words(dtype, outer, n, inner, count)
                    .places(index, dy, dx)
                    .end();
        }
    }

    record TakeAlong(int dtype, long outer, long n, long inner, long count, Operand index, Operand x, Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_take_along(
                    dtype, outer, n, inner, count, new LongPointer(index.pointer()), x.pointer(), y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "gather", Kernels.DP_OP_TAKE_ALONG)
                    .words(dtype, outer, n, inner, count)
                    .places(index, x, y)
                    .end();
        }
    }

    record ScatterAddAlong(int dtype, long outer, long n, long inner, long count, Operand index, Operand dy, Operand dx)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_scatter_add_along(
                    dtype, outer, n, inner, count, new LongPointer(index.pointer()), dy.pointer(), dx.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "scatterAddAlong", Kernels.DP_OP_SCATTER_ADD_ALONG)
                    .words(dtype, outer, n, inner, count)
                    .places(index, dy, dx)
                    .end();
        }
    }
}
