/* generic_assign.cpp: the elements of one view written into another, bits kept. */
#include <stddef.h>

#include <utility>

#include "generic.h"

namespace diapason {
namespace generic {
namespace {

/* Where neighbours of y are far apart in x, squares of this edge keep the lines that were read in the cache. */
constexpr int64_t kSquare = 32;

/* How many elements there are along one dimension, and how far apart they lie. */
struct Axis {
    int64_t size, x_stride, y_stride;
};

/* A single element has no neighbour, whatever its strides. */
Axis axis_of(int64_t size, int64_t x_stride, int64_t y_stride) {
    return size == 1 ? Axis{1, 0, 0} : Axis{size, x_stride, y_stride};
}

int64_t distance(int64_t stride) {
    return stride < 0 ? -stride : stride;
}

/* The same elements from the other end, when y would be written backwards. */
template <class T>
void run_forwards(Axis& axis, const T*& x, T*& y) {
    if (axis.y_stride >= 0) return;
    x += (axis.size - 1) * axis.x_stride;
    y += (axis.size - 1) * axis.y_stride;
    axis.x_stride = -axis.x_stride;
    axis.y_stride = -axis.y_stride;
}

/* Whether a step of `rows` is a whole row of `columns`, in x and in y. */
bool continues(const Axis& rows, const Axis& columns) {
    return rows.x_stride == columns.size * columns.x_stride && rows.y_stride == columns.size * columns.y_stride;
}

template <class T>
void assign_row(const Axis& row, const T* x, T* y) {
    if (row.y_stride != 1) {
        for (int64_t j = 0; j < row.size; j++) y[j * row.y_stride] = x[j * row.x_stride];
    } else if (row.x_stride == 1) {
        if (x != y) __builtin_memcpy(y, x, (size_t)row.size * sizeof(T));
    } else if (row.x_stride == 0) {
        const T repeated = x[0];
        for (int64_t j = 0; j < row.size; j++) y[j] = repeated;
    } else {
        for (int64_t j = 0; j < row.size; j++) y[j] = x[j * row.x_stride];
    }
}

template <class T>
void assign_squares(const Axis& rows, const Axis& columns, const T* x, T* y) {
    for (int64_t i = 0; i < rows.size; i += kSquare) {
        const int64_t last_row = rows.size - i < kSquare ? rows.size : i + kSquare;
        for (int64_t j = 0; j < columns.size; j += kSquare) {
            const int64_t width = columns.size - j < kSquare ? columns.size - j : kSquare;
            const Axis piece = {width, columns.x_stride, columns.y_stride};
            for (int64_t r = i; r < last_row; r++) {
                assign_row(piece, x + r * rows.x_stride + j * columns.x_stride, y + r * rows.y_stride + j * columns.y_stride);
            }
        }
    }
}

/* T is an unsigned type, so that bits stay what they are. The two dimensions are named so that a row of y is the denser one. */
template <class T>
void assign_as(Axis rows, Axis columns, const T* x, T* y) {
    if (columns.size == 1 || (rows.size > 1 && distance(rows.y_stride) < distance(columns.y_stride))) std::swap(rows, columns);
    run_forwards(rows, x, y);
    run_forwards(columns, x, y);
    if (rows.size == 1 || continues(rows, columns)) return assign_row({rows.size * columns.size, columns.x_stride, columns.y_stride}, x, y);
    if (rows.size >= 4 && distance(rows.x_stride) < distance(columns.x_stride)) return assign_squares(rows, columns, x, y);
    for (int64_t i = 0; i < rows.size; i++) assign_row(columns, x + i * rows.x_stride, y + i * rows.y_stride);
}

}  // namespace

void assign(int64_t element_bytes, int64_t rows, int64_t columns, const View<void>& x, void* y, int64_t y_row_stride,
            int64_t y_column_stride) {
    if (rows == 0 || columns == 0) return;
    const Axis down = axis_of(rows, x.row_stride, y_row_stride);
    const Axis across = axis_of(columns, x.column_stride, y_column_stride);
    switch (element_bytes) {
        case 1: return assign_as(down, across, static_cast<const uint8_t*>(x.data), static_cast<uint8_t*>(y));
        case 4: return assign_as(down, across, static_cast<const uint32_t*>(x.data), static_cast<uint32_t*>(y));
        case 8: return assign_as(down, across, static_cast<const uint64_t*>(x.data), static_cast<uint64_t*>(y));
    }
}

}  // namespace generic
}  // namespace diapason
