/* checks.h: what dispatch*.cpp, and programs, ask of arguments. */
#pragma once
#include <stdint.h>

#include "dtype.h"

namespace diapason {

/* Whether every pointer holds something when there is something to hold. */
template <class... Pointers>
bool given(int64_t n, Pointers... pointers) {
    return n >= 0 && (n == 0 || (... && (pointers != nullptr)));
}

/* rows * columns in `size`; false when either is negative or the product is no int64. */
inline bool area(int64_t rows, int64_t columns, int64_t& size) {
    return rows >= 0 && columns >= 0 && !__builtin_mul_overflow(rows, columns, &size);
}

/* outer * n * inner in `size`; false when one is negative or a product is no int64. */
inline bool volume(int64_t outer, int64_t n, int64_t inner, int64_t& size) {
    int64_t matrix = 0;
    return area(n, inner, matrix) && area(outer, matrix, size);
}

inline bool in_range(int code, int first, int last) {
    return first <= code && code <= last;
}

inline bool is_flag(int value) {
    return value == 0 || value == 1;
}

inline bool is_number(int dtype) {
    return in_range(dtype, DP_FLOAT32, DP_INT64);
}

inline bool is_unary(int op) {
    return in_range(op, DP_NEGATE, DP_EXPM1);
}

/* What the derivative behind a dropout reads: of the formulas' gradients, those of x and of f(x); of a ReLU dropout's bits are enough. */
inline bool gradient_reads_value(int op) {
    return op == DP_SQRT || op == DP_EXP || op == DP_TANH || op == DP_RECIPROCAL || op == DP_SIGMOID || op == DP_EXPM1;
}
inline bool gradient_reads_argument(int op) {
    return !gradient_reads_value(op) && op != DP_NEGATE && op != DP_RELU && op != DP_AFFINE && op != DP_SIGN;
}

inline bool can_binary(int op, int dtype) {
    return in_range(op, DP_ADD, DP_MINIMUM) && is_number(dtype) && (op != DP_POW || is_float(dtype));
}

inline bool can_reduce(int op, int dtype) {
    if (!in_range(op, DP_SUM, DP_LOG_SUM_EXP) || !is_known(dtype)) return false;
    if (dtype == DP_BOOL) return op == DP_MAX || op == DP_MIN;
    return op != DP_LOG_SUM_EXP || is_float(dtype);
}

inline bool can_arg_reduce(int op, int dtype) {
    return (op == DP_MAX || op == DP_MIN) && is_known(dtype);
}

}  // namespace diapason
