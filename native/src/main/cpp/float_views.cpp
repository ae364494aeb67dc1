/* float_views.cpp: rows or pieces gathered on the stack for what is not. */
#include "float_views.h"

namespace diapason {
namespace {

/* Elements gathered at once: some kilobytes, which stay in the L1 cache. */
constexpr int64_t kPiece = 1024;
/* Rows at least this long are worth a call each. */
constexpr int64_t kLongRow = 32;

/* Elements first … first + count - 1 of the view, counted row by row. */
void gather(const View<float>& x, int64_t columns, int64_t first, int64_t count, float* out) {
    int64_t row = first / columns;
    int64_t column = first % columns;
    while (count > 0) {
        const int64_t length = columns - column < count ? columns - column : count;
        const float* from = x.row(row) + column * x.column_stride;
        for (int64_t j = 0; j < length; j++) out[j] = from[j * x.column_stride];
        out += length;
        count -= length;
        row++;
        column = 0;
    }
}

/* How a piece of an operand is read. */
enum class Layout { kDense, kRepeated, kStrided };

Layout layout_of(const View<float>& x, int64_t rows, int64_t columns) {
    return x.dense(rows, columns) ? Layout::kDense : x.repeated(rows, columns) ? Layout::kRepeated : Layout::kStrided;
}

Operand piece_of(const View<float>& x, Layout layout, int64_t columns, int64_t first, int64_t count, float* buffer) {
    switch (layout) {
        case Layout::kDense: return {x.data + first, 0, 1};
        case Layout::kRepeated: return {x.data, 0, 0};
        default: gather(x, columns, first, count, buffer); return {buffer, 0, 1};
    }
}

/* Functions of their own, so that dense calls need no large stack frame. */
__attribute__((noinline)) void unary_in_pieces(const KernelTable& kernels, int op, float alpha, float beta, int64_t size, int64_t columns,
                                               const View<float>& x, float* y) {
    float buffer[kPiece];
    for (int64_t first = 0; first < size; first += kPiece) {
        const int64_t count = size - first < kPiece ? size - first : kPiece;
        gather(x, columns, first, count, buffer);
        kernels.unary(op, alpha, beta, count, buffer, y + first);
    }
}

__attribute__((noinline)) void binary_in_pieces(const KernelTable& kernels, int op, int64_t size, int64_t columns, const View<float>& a,
                                                Layout layout_a, const View<float>& b, Layout layout_b, float* y) {
    float buffer_a[kPiece];
    float buffer_b[kPiece];
    for (int64_t first = 0; first < size; first += kPiece) {
        const int64_t count = size - first < kPiece ? size - first : kPiece;
        kernels.binary(op, 1, count, piece_of(a, layout_a, columns, first, count, buffer_a),
                       piece_of(b, layout_b, columns, first, count, buffer_b), y + first);
    }
}

bool has_simple_rows(const View<float>& x) {
    return x.column_stride == 0 || x.column_stride == 1;
}

}  // namespace

void unary_of_view(const KernelTable& kernels, int op, float alpha, float beta, int64_t rows, int64_t columns, View<float> x, float* y) {
    const int64_t size = rows * columns;
    if (x.column_stride == 1 && columns >= kLongRow) {
        for (int64_t r = 0; r < rows; r++) kernels.unary(op, alpha, beta, columns, x.row(r), y + r * columns);
        return;
    }
    unary_in_pieces(kernels, op, alpha, beta, size, columns, x, y);
}

void binary_of_views(const KernelTable& kernels, int op, int64_t rows, int64_t columns, View<float> a, View<float> b, float* y) {
    /* A single column is a single row with its stride. */
    if (columns == 1) {
        a = {a.data, 0, rows == 1 ? 1 : a.row_stride};
        b = {b.data, 0, rows == 1 ? 1 : b.row_stride};
        columns = rows;
        rows = 1;
    }
    const int64_t size = rows * columns;
    const Layout layout_a = layout_of(a, rows, columns);
    const Layout layout_b = layout_of(b, rows, columns);
    if (layout_a != Layout::kStrided && layout_b != Layout::kStrided) {
        return kernels.binary(op, 1, size, piece_of(a, layout_a, columns, 0, 0, nullptr), piece_of(b, layout_b, columns, 0, 0, nullptr), y);
    }
    if (has_simple_rows(a) && has_simple_rows(b)) {
        const Operand left = {a.data, a.row_stride, (int)a.column_stride};
        const Operand right = {b.data, b.row_stride, (int)b.column_stride};
        return kernels.binary(op, rows, columns, left, right, y);
    }
    binary_in_pieces(kernels, op, size, columns, a, layout_a, b, layout_b, y);
}

}  // namespace diapason
