/* generic_binary.cpp: dp_binary for float64 and integers. */
#include "scalar.h"

#include <type_traits>

#include "diapason.h"
#include "formulas.h"
#include "generic.h"

namespace diapason {
namespace generic {
namespace {

template <class T, class Function>
void map(int64_t rows, int64_t columns, const View<T>& a, const View<T>& b, T* y, const Function& function) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = function(a.at(i, j), b.at(i, j));
    }
}

template <class T>
T quotient(T a, T b) {
    /* The least integer by -1 wraps around to itself. */
    return b == -1 ? (T)(0 - (typename std::make_unsigned<T>::type)a) : (T)(a / b);
}

template <class T>
void integer_binary(int op, int64_t rows, int64_t columns, const View<T>& a, const View<T>& b, T* y) {
    /* Unsigned, because there overflow wraps. */
    typedef typename std::make_unsigned<T>::type U;
    switch (op) {
        case DP_ADD: return map(rows, columns, a, b, y, [](T p, T q) { return (T)((U)p + (U)q); });
        case DP_SUBTRACT: return map(rows, columns, a, b, y, [](T p, T q) { return (T)((U)p - (U)q); });
        case DP_MULTIPLY: return map(rows, columns, a, b, y, [](T p, T q) { return (T)((U)p * (U)q); });
        case DP_DIVIDE: return map(rows, columns, a, b, y, quotient<T>);
        case DP_MAXIMUM: return map(rows, columns, a, b, y, [](T p, T q) { return p > q ? p : q; });
        case DP_MINIMUM: return map(rows, columns, a, b, y, [](T p, T q) { return p < q ? p : q; });
    }
}

}  // namespace

template <>
void binary(int op, int64_t rows, int64_t columns, const View<double>& a, const View<double>& b, double* y) {
    switch (op) {
        case DP_ADD: return map(rows, columns, a, b, y, Add::value<double>);
        case DP_SUBTRACT: return map(rows, columns, a, b, y, Subtract::value<double>);
        case DP_MULTIPLY: return map(rows, columns, a, b, y, Multiply::value<double>);
        case DP_DIVIDE: return map(rows, columns, a, b, y, Divide::value<double>);
        case DP_POW: return map(rows, columns, a, b, y, Pow::value<double>);
        case DP_MAXIMUM: return map(rows, columns, a, b, y, Maximum::value<double>);
        case DP_MINIMUM: return map(rows, columns, a, b, y, Minimum::value<double>);
    }
}

template <>
void binary(int op, int64_t rows, int64_t columns, const View<int32_t>& a, const View<int32_t>& b, int32_t* y) {
    integer_binary(op, rows, columns, a, b, y);
}
template <>
void binary(int op, int64_t rows, int64_t columns, const View<int64_t>& a, const View<int64_t>& b, int64_t* y) {
    integer_binary(op, rows, columns, a, b, y);
}

template <class T>
bool has_zero(int64_t rows, int64_t columns, const View<T>& x) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) {
            if (x.at(i, j) == 0) return true;
        }
    }
    return false;
}

template bool has_zero(int64_t, int64_t, const View<int32_t>&);
template bool has_zero(int64_t, int64_t, const View<int64_t>&);

}  // namespace generic
}  // namespace diapason
