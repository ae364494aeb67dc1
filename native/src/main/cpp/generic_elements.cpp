/* generic_elements.cpp: comparison, selection and filling of any type. */
#include "dtype.h"
#include "generic.h"
#include "saturate.h"

namespace diapason {
namespace generic {
namespace {

template <class T, class Function>
void map(int64_t rows, int64_t columns, const View<T>& a, const View<T>& b, uint8_t* y, const Function& function) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = function(a.at(i, j), b.at(i, j));
    }
}

template <class T>
void compare_as(int op, int64_t rows, int64_t columns, const View<T>& a, const View<T>& b, uint8_t* y) {
    switch (op) {
        case DP_EQUAL: return map(rows, columns, a, b, y, [](T p, T q) { return p == q; });
        case DP_NOT_EQUAL: return map(rows, columns, a, b, y, [](T p, T q) { return p != q; });
        case DP_LESS: return map(rows, columns, a, b, y, [](T p, T q) { return p < q; });
        case DP_LESS_EQUAL: return map(rows, columns, a, b, y, [](T p, T q) { return p <= q; });
        case DP_GREATER: return map(rows, columns, a, b, y, [](T p, T q) { return p > q; });
        case DP_GREATER_EQUAL: return map(rows, columns, a, b, y, [](T p, T q) { return p >= q; });
    }
}

template <class T>
void select_as(int64_t rows, int64_t columns, const View<uint8_t>& condition, const View<T>& a, const View<T>& b, T* y) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = condition.at(i, j) != 0 ? a.at(i, j) : b.at(i, j);
    }
}

}  // namespace

void compare(int op, int dtype, int64_t rows, int64_t columns, const View<void>& a, const View<void>& b, uint8_t* y) {
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        compare_as(op, rows, columns, a.as<T>(), b.as<T>(), y);
    });
}

void select(int dtype, int64_t rows, int64_t columns, const View<uint8_t>& condition, const View<void>& a, const View<void>& b,
            void* y) {
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        select_as(rows, columns, condition, a.as<T>(), b.as<T>(), static_cast<T*>(y));
    });
}

void fill(int dtype, int64_t n, double value, void* y) {
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        const T filled = dtype == DP_BOOL ? converted<T, true>(value) : converted<T, false>(value);
        T* out = static_cast<T*>(y);
        for (int64_t i = 0; i < n; i++) out[i] = filled;
    });
}

}  // namespace generic
}  // namespace diapason
