package io.diapason.backend;

import io.diapason.backend.NativeCall.Operand;
import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.BytePointer;

/** Calls of kernels of elements; operands are two-dimensional views, as {@code diapason.h} tells. */
final class ElementCalls {
    private ElementCalls() {}

    record Fill(int dtype, long n, double value, Operand y) implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_fill(dtype, n, value, y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "fill", Kernels.DP_OP_FILL)
                    .words(dtype, n)
                    .reals(value)
                    .places(y)
                    .end();
        }
    }

    record Assign(
            int dtype,
            long rows,
            long columns,
            Operand x,
            long xRows,
            long xColumns,
            Operand y,
            long yRows,
            long yColumns)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_assign(dtype, rows, columns, x.pointer(), xRows, xColumns, y.pointer(), yRows, yColumns);
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "assign", Kernels.DP_OP_ASSIGN)
                    .words(dtype, rows, columns)
                    .places(x)
                    .words(xRows, xColumns)
                    .places(y)
                    .words(yRows, yColumns)
                    .end();
        }
    }

    record Convert(int from, int into, long rows, long columns, Operand x, long xRows, long xColumns, Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_convert(from, into, rows, columns, x.pointer(), xRows, xColumns, y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "convert", Kernels.DP_OP_CONVERT)
                    .words(from, into, rows, columns)
                    .places(x)
                    .words(xRows, xColumns)
                    .places(y)
                    .end();
        }
    }

    record Unary(
            int op,
            int dtype,
            double alpha,
            double beta,
            long rows,
            long columns,
            Operand x,
            long xRows,
            long xColumns,
            Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_unary(op, dtype, alpha, beta, rows, columns, x.pointer(), xRows, xColumns, y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "unary", Kernels.DP_OP_UNARY)
                    .words(op, dtype)
                    .reals(alpha, beta)
                    .words(rows, columns)
                    .places(x)
                    .words(xRows, xColumns)
                    .places(y)
                    .end();
        }
    }

    record UnaryBackward(
            int op, int dtype, double alpha, double beta, long n, Operand x, Operand y, Operand dy, Operand dx)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_unary_backward(
                    op, dtype, alpha, beta, n, x.pointer(), y.pointer(), dy.pointer(), dx.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "unaryBackward", Kernels.DP_OP_UNARY_BACKWARD)
                    .words(op, dtype)
                    .reals(alpha, beta)
                    .words(n)
                    .places(x, y, dy, dx)
                    .end();
        }
    }

    record Binary(
            int op,
            int dtype,
            long rows,
            long columns,
            Operand a,
            long aRows,
            long aColumns,
            Operand b,
            long bRows,
            long bColumns,
            Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_binary(
                    op, dtype, rows, columns, a.pointer(), aRows, aColumns, b.pointer(), bRows, bColumns, y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "binary", Kernels.DP_OP_BINARY)
                    .words(op, dtype, rows, columns)
                    .places(a)
                    .words(aRows, aColumns)
                    .places(b)
                    .words(bRows, bColumns)
                    .places(y)
                    .end();
        }
    }

    record Compare(
            int op,
            int dtype,
            long rows,
            long columns,
            Operand a,
            long aRows,
            long aColumns,
            Operand b,
            long bRows,
            long bColumns,
            Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_compare(
                    op,
                    dtype,
                    rows,
                    columns,
                    a.pointer(),
                    aRows,
                    aColumns,
                    b.pointer(),
                    bRows,
                    bColumns,
                    new BytePointer(y.pointer()));
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "compare", Kernels.DP_OP_COMPARE)
                    .words(op, dtype, rows, columns)
                    .places(a)
                    .words(aRows, aColumns)
                    .places(b)
                    .words(bRows, bColumns)
                    .places(y)
                    .end();
        }
    }

    record Select(
            int dtype,
            long rows,
            long columns,
            Operand condition,
            long conditionRows,
            long conditionColumns,
            Operand a,
            long aRows,
            long aColumns,
            Operand b,
            long bRows,
            long bColumns,
            Operand y)
            implements NativeCall {
        @Override
        public int run() {
            return Kernels.dp_select(
                    dtype,
                    rows,
                    columns,
                    new BytePointer(condition.pointer()),
                    conditionRows,
                    conditionColumns,
                    a.pointer(),
                    aRows,
                    aColumns,
                    b.pointer(),
                    bRows,
                    bColumns,
                    y.pointer());
        }

        @Override
        public void tell(CallListener to) {
            new Told(to, "select", Kernels.DP_OP_SELECT)
                    .words(dtype, rows, columns)
                    .places(condition)
                    .words(conditionRows, conditionColumns)
                    .places(a)
                    .words(aRows, aColumns)
                    .places(b)
                    .words(bRows, bColumns)
                    .places(y)
                    .end();
        }
    }
}
