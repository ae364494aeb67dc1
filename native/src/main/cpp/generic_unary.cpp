/* generic_unary.cpp: dp_unary and its gradient for float64, and what of dp_unary integers take. */
#include "scalar.h"

#include "generic.h"
#include "saturate.h"
#include "unary_formulas.h"

namespace diapason {
namespace generic {
namespace {

template <class T, class Function>
void map(int64_t rows, int64_t columns, const View<T>& x, T* y, const Function& function) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = function(x.at(i, j));
    }
}

template <class T>
bool is_whole(double value) {
    return value == __builtin_trunc(value) && value >= (double)std::numeric_limits<T>::min() &&
           value < -(double)std::numeric_limits<T>::min();
}

}  // namespace

void unary(int op, double alpha, double beta, int64_t rows, int64_t columns, const View<double>& x, double* y) {
    with_formula<double>(op, alpha, beta, [&](const auto& formula) {
        map(rows, columns, x, y, [&](double value) { return formula.value(value); });
    });
}

void unary_backward(int op, double alpha, double beta, int64_t n, const double* x, const double* y, const double* dy, double* dx) {
    with_formula<double>(op, alpha, beta, [&](const auto& formula) {
        for (int64_t i = 0; i < n; i++) dx[i] = formula.gradient(x[i], y[i], dy[i]);
    });
}

template <class T>
bool integer_unary(int op, double alpha, double beta, int64_t rows, int64_t columns, const View<T>& x, T* y) {
    /* Unsigned, because there overflow wraps. */
    typedef typename std::make_unsigned<T>::type U;
    switch (op) {
        case DP_NEGATE: map(rows, columns, x, y, [](T v) { return (T)(U(0) - (U)v); }); return true;
        case DP_ABS: map(rows, columns, x, y, [](T v) { return v < 0 ? (T)(U(0) - (U)v) : v; }); return true;
        case DP_SQUARE: map(rows, columns, x, y, [](T v) { return (T)((U)v * (U)v); }); return true;
        case DP_SIGN: map(rows, columns, x, y, [](T v) { return (T)((v > 0) - (v < 0)); }); return true;
        case DP_AFFINE: {
            if (!is_whole<T>(alpha) || !is_whole<T>(beta)) return false;
            const U slope = (U)(T)alpha;
            const U intercept = (U)(T)beta;
            map(rows, columns, x, y, [=](T v) { return (T)(slope * (U)v + intercept); });
            return true;
        }
        case DP_CLAMP: {
            if (alpha != alpha || beta != beta) return false;
            const T least = to_integer<T>(__builtin_ceil(alpha));
            const T greatest = to_integer<T>(__builtin_floor(beta));
            map(rows, columns, x, y, [=](T v) { return greatest < (v < least ? least : v) ? greatest : v < least ? least : v; });
            return true;
        }
        default: return false;
    }
}

template bool integer_unary(int, double, double, int64_t, int64_t, const View<int32_t>&, int32_t*);
template bool integer_unary(int, double, double, int64_t, int64_t, const View<int64_t>&, int64_t*);

}  // namespace generic
}  // namespace diapason
