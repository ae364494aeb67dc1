/* view.h: a two-dimensional strided operand, as diapason.h describes it. */
#pragma once
#include <stdint.h>

namespace diapason {

template <class T>
struct View {
    const T* data;
    int64_t row_stride;
    int64_t column_stride;

    const T& at(int64_t row, int64_t column) const { return data[row * row_stride + column * column_stride]; }
    const T* row(int64_t index) const { return data + index * row_stride; }

    /* Whether element (i, j) is element i * columns + j. */
    bool dense(int64_t rows, int64_t columns) const {
        return (columns <= 1 || column_stride == 1) && (rows <= 1 || row_stride == columns);
    }
    /* Whether all elements are the same one. */
    bool repeated(int64_t rows, int64_t columns) const {
        return (columns <= 1 || column_stride == 0) && (rows <= 1 || row_stride == 0);
    }
};

/* A view whose type is known at run time alone. */
template <>
struct View<void> {
    const void* data;
    int64_t row_stride;
    int64_t column_stride;

    /* Whether element (i, j) is element i * columns + j. */
    bool dense(int64_t rows, int64_t columns) const {
        return (columns <= 1 || column_stride == 1) && (rows <= 1 || row_stride == columns);
    }
    template <class T>
    View<T> as() const {
        return {static_cast<const T*>(data), row_stride, column_stride};
    }
};

}  // namespace diapason
