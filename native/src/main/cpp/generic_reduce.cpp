/* generic_reduce.cpp: reductions of float64 (compensated sums), integers (wrapping) and booleans, and the place of extremes. */
#include <limits>
#include <math.h>
#include <type_traits>

#include "dtype.h"
#include "generic.h"

namespace diapason {
namespace generic {
namespace {

/* One column of [n, inner]: element a is data[a * inner]. */
template <class T>
struct Column {
    const T* data;
    int64_t n, inner;

    T at(int64_t a) const { return data[a * inner]; }
};

/* The rounding errors of the additions are summed beside the sum. Source: Neumaier 1974. */
template <class Term>
double compensated_sum(int64_t n, const Term& term) {
    double sum = 0.0;
    double error = 0.0;
    for (int64_t a = 0; a < n; a++) {
        const double x = term(a);
        const double next = sum + x;
        error += __builtin_fabs(sum) >= __builtin_fabs(x) ? (sum - next) + x : (x - next) + sum;
        sum = next;
    }
    /* When the sum is not finite the error is NaN. */
    return __builtin_isfinite(sum) ? sum + error : sum;
}

template <class T>
T extreme(int op, const Column<T>& x) {
    constexpr bool kFloat = std::is_floating_point<T>::value;
    /* A boolean's least and greatest numbers are 0 and 1. */
    constexpr T kMost = std::is_same<T, uint8_t>::value ? (T)1 : std::numeric_limits<T>::max();
    T result = op == DP_MAX ? (kFloat ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::min())
                            : (kFloat ? std::numeric_limits<T>::infinity() : kMost);
    for (int64_t a = 0; a < x.n; a++) {
        const T value = x.at(a);
        if (value != value) return value;
        if (op == DP_MAX ? value > result : value < result) result = value;
    }
    return result;
}

double log_sum_exp(const Column<double>& x) {
    const double greatest = extreme(DP_MAX, x);
    if (!__builtin_isfinite(greatest)) return greatest;
    return greatest + log(compensated_sum(x.n, [&](int64_t a) { return exp(x.at(a) - greatest); }));
}

double reduce_column(int op, const Column<double>& x) {
    switch (op) {
        case DP_SUM: return compensated_sum(x.n, [&](int64_t a) { return x.at(a); });
        case DP_SUM_ABS: return compensated_sum(x.n, [&](int64_t a) { return __builtin_fabs(x.at(a)); });
        case DP_SUM_SQUARES: return compensated_sum(x.n, [&](int64_t a) { return x.at(a) * x.at(a); });
        case DP_PRODUCT: {
            double product = 1.0;
            for (int64_t a = 0; a < x.n; a++) product *= x.at(a);
            return product;
        }
        case DP_LOG_SUM_EXP: return log_sum_exp(x);
        default: return extreme(op, x);
    }
}

template <class T>
T reduce_column(int op, const Column<T>& x) {
    /* Unsigned, because there overflow wraps. */
    typedef typename std::make_unsigned<T>::type U;
    U result = op == DP_PRODUCT ? 1 : 0;
    switch (op) {
        case DP_SUM:
            for (int64_t a = 0; a < x.n; a++) result += (U)x.at(a);
            return (T)result;
        case DP_SUM_ABS:
            for (int64_t a = 0; a < x.n; a++) result += x.at(a) < 0 ? U(0) - (U)x.at(a) : (U)x.at(a);
            return (T)result;
        case DP_SUM_SQUARES:
            for (int64_t a = 0; a < x.n; a++) result += (U)x.at(a) * (U)x.at(a);
            return (T)result;
        case DP_PRODUCT:
            for (int64_t a = 0; a < x.n; a++) result *= (U)x.at(a);
            return (T)result;
        default: return extreme(op, x);
    }
}

template <class T>
int64_t place_of_extreme(int op, const Column<T>& x) {
    int64_t place = 0;
    for (int64_t a = 0; a < x.n; a++) {
        const T value = x.at(a);
        if (value != value) return a;
        if (op == DP_MAX ? value > x.at(place) : value < x.at(place)) place = a;
    }
    return place;
}

template <class T, class Result, class Function>
void each_column(int64_t outer, int64_t n, int64_t inner, const void* x, Result* y, const Function& function) {
    const T* data = static_cast<const T*>(x);
    for (int64_t o = 0; o < outer; o++) {
        for (int64_t i = 0; i < inner; i++) y[o * inner + i] = function(Column<T>{data + o * n * inner + i, n, inner});
    }
}

}  // namespace

void reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, void* y) {
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        if constexpr (!std::is_same<T, float>::value) {
            each_column<T>(outer, n, inner, x, static_cast<T*>(y), [&](const Column<T>& column) { return reduce_column(op, column); });
        }
    });
}

template <class T>
double sum_of_squares(int64_t n, const T* x) {
    return compensated_sum(n, [&](int64_t a) { return (double)x[a] * (double)x[a]; });
}

template double sum_of_squares(int64_t, const float*);
template double sum_of_squares(int64_t, const double*);

/* x - x is 0, or NaN where x is infinite or NaN. */
template <class T>
bool all_finite(int64_t n, const T* x) {
    bool finite = true;
    for (int64_t a = 0; a < n; a++) finite &= x[a] - x[a] == T(0);
    return finite;
}

template bool all_finite(int64_t, const float*);
template bool all_finite(int64_t, const double*);

void arg_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, int64_t* y) {
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        each_column<T>(outer, n, inner, x, y, [&](const Column<T>& column) { return place_of_extreme(op, column); });
    });
}

}  // namespace generic
}  // namespace diapason
