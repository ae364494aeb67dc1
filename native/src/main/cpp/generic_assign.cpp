/* generic_assign.cpp: the elements of one view written into another, bits kept. */
#include <stddef.h>

#include <utility>

#include "generic.h"

namespace diapason {
namespace generic {
namespace {

/* Where neighbours of y are far apart in x, elements move in squares of this edge. */
constexpr int64_t kSquare = 32;
/* So many bytes stay in the L1 cache beside as many of y. */
constexpr int64_t kNear = 16384;

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

/* Strides are copied, so that the compiler knows that no store to y changes one. */
template <class T>
void assign_row(const Axis& row, const T* x, T* y) {
    const int64_t size = row.size, x_stride = row.x_stride, y_stride = row.y_stride;
    if (y_stride != 1) {
        for (int64_t j = 0; j < size; j++) y[j * y_stride] = x[j * x_stride];
    } else if (x_stride == 1) {
        if (x != y) __builtin_memcpy(y, x, (size_t)size * sizeof(T));
    } else if (x_stride == 0) {
        const T repeated = x[0];
        for (int64_t j = 0; j < size; j++) y[j] = repeated;
    } else {
        for (int64_t j = 0; j < size; j++) y[j] = x[j * x_stride];
    }
}

template <class T>
void assign_rows(const Axis& rows, const Axis& columns, const T* x, T* y) {
    for (int64_t i = 0; i < rows.size; i++) assign_row(columns, x + i * rows.x_stride, y + i * rows.y_stride);
}

/* Square by square through a buffer, which is filled along x's neighbours and emptied along y's: each line of either is fetched
 * once, also where a power of two between rows would put all of a square's lines into one set of the cache. */
template <class T>
void assign_squares(const Axis& rows, const Axis& columns, const T* x, T* y) {
    T square[kSquare * kSquare];
    for (int64_t i = 0; i < rows.size; i += kSquare) {
        const int64_t height = rows.size - i < kSquare ? rows.size - i : kSquare;
        for (int64_t j = 0; j < columns.size; j += kSquare) {
            const int64_t width = columns.size - j < kSquare ? columns.size - j : kSquare;
            const T* from = x + i * rows.x_stride + j * columns.x_stride;
            T* to = y + i * rows.y_stride + j * columns.y_stride;
            assign_rows({width, columns.x_stride, 1}, {height, rows.x_stride, kSquare}, from, square);
            assign_rows({height, kSquare, rows.y_stride}, {width, 1, columns.y_stride}, square, to);
        }
    }
}

/* Whether walking along a row of x touches so many far places that the next row would find them gone. */
template <class T>
bool is_transposed(const Axis& rows, const Axis& columns) {
    return distance(rows.x_stride) < distance(columns.x_stride) && rows.size >= 4 &&
           columns.size * distance(columns.x_stride) * (int64_t)sizeof(T) > kNear;
}

/* T is an unsigned type, so that bits stay what they are. The two dimensions are named so that a row of y is the denser one. */
template <class T>
void assign_as(Axis rows, Axis columns, const T* x, T* y) {
    if (columns.size == 1 || (rows.size > 1 && distance(rows.y_stride) < distance(columns.y_stride))) std::swap(rows, columns);
    run_forwards(rows, x, y);
    run_forwards(columns, x, y);
    if (rows.size == 1 || continues(rows, columns)) return assign_row({rows.size * columns.size, columns.x_stride, columns.y_stride}, x, y);
    if (is_transposed<T>(rows, columns)) return assign_squares(rows, columns, x, y);
    assign_rows(rows, columns, x, y);
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
