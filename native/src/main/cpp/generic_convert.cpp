/* generic_convert.cpp: elements as another type, and views made dense. */
#include <stddef.h>

#include "dtype.h"
#include "generic.h"
#include "saturate.h"

namespace diapason {
namespace generic {
namespace {

template <bool kBoolean, class From, class To>
void convert_as(int64_t rows, int64_t columns, const View<From>& x, To* y) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = converted<To, kBoolean>(x.at(i, j));
    }
}

/* Where neighbours in memory lie in one column, squares of this edge keep the lines that were read in the cache. */
constexpr int64_t kSquare = 32;

int64_t distance(int64_t stride) {
    return stride < 0 ? -stride : stride;
}

template <class T>
void copy_row(int64_t columns, const T* x, int64_t stride, T* y) {
    if (stride == 0) {
        const T repeated = x[0];
        for (int64_t j = 0; j < columns; j++) y[j] = repeated;
    } else {
        for (int64_t j = 0; j < columns; j++) y[j] = x[j * stride];
    }
}

/* T is an unsigned type, so that bits stay what they are. */
template <class T>
void copy_as(int64_t rows, int64_t columns, const View<T>& x, T* y) {
    if (x.dense(rows, columns)) {
        if (x.data != y) __builtin_memcpy(y, x.data, (size_t)(rows * columns) * sizeof(T));
        return;
    }
    if (x.column_stride == 1) {
        for (int64_t i = 0; i < rows; i++) __builtin_memcpy(y + i * columns, x.row(i), (size_t)columns * sizeof(T));
        return;
    }
    if (distance(x.column_stride) <= distance(x.row_stride) || x.column_stride == 0 || rows < 4) {
        for (int64_t i = 0; i < rows; i++) copy_row(columns, x.row(i), x.column_stride, y + i * columns);
        return;
    }
    for (int64_t i = 0; i < rows; i += kSquare) {
        const int64_t last_row = rows - i < kSquare ? rows : i + kSquare;
        for (int64_t j = 0; j < columns; j += kSquare) {
            const int64_t last_column = columns - j < kSquare ? columns : j + kSquare;
            for (int64_t r = i; r < last_row; r++) {
                for (int64_t c = j; c < last_column; c++) y[r * columns + c] = x.at(r, c);
            }
        }
    }
}

}  // namespace

void copy(int64_t element_bytes, int64_t rows, int64_t columns, const View<void>& x, void* y) {
    switch (element_bytes) {
        case 1: return copy_as(rows, columns, x.as<uint8_t>(), static_cast<uint8_t*>(y));
        case 4: return copy_as(rows, columns, x.as<uint32_t>(), static_cast<uint32_t*>(y));
        case 8: return copy_as(rows, columns, x.as<uint64_t>(), static_cast<uint64_t*>(y));
    }
}

void convert(int from, int to, int64_t rows, int64_t columns, const View<void>& x, void* y) {
    if (from == to) return copy(bytes_of(from), rows, columns, x, y);
    with_type(from, [&](auto from_type) {
        typedef typename decltype(from_type)::of From;
        with_type(to, [&](auto to_type) {
            typedef typename decltype(to_type)::of To;
            convert_as<std::is_same<To, uint8_t>::value>(rows, columns, x.as<From>(), static_cast<To*>(y));
        });
    });
}

}  // namespace generic
}  // namespace diapason
