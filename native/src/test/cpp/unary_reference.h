/* unary_reference.h: the functions of dp_unary and their derivatives in double precision. */
#pragma once
#include <math.h>

#include "diapason.h"

namespace test {

inline double reference_value(int op, double x) {
    switch (op) {
        case DP_NEGATE: return -x;
        case DP_ABS: return fabs(x);
        case DP_SQUARE: return x * x;
        case DP_SQRT: return sqrt(x);
        case DP_EXP: return exp(x);
        case DP_LOG: return log(x);
        case DP_RELU: return isnan(x) ? x : x > 0 ? x : 0;
        case DP_TANH: return tanh(x);
        default: return 0.5 * x * erfc(-x / sqrt(2.0));
    }
}

inline double reference_derivative(int op, double x) {
    switch (op) {
        case DP_NEGATE: return -1;
        case DP_ABS: return x > 0 ? 1 : x < 0 ? -1 : 0;
        case DP_SQUARE: return 2 * x;
        case DP_SQRT: return 0.5 / sqrt(x);
        case DP_EXP: return exp(x);
        case DP_LOG: return 1 / x;
        case DP_RELU: return x > 0 ? 1 : 0;
        case DP_TANH: return 1 / (cosh(x) * cosh(x));
        default: return 0.5 * erfc(-x / sqrt(2.0)) + x * exp(-0.5 * x * x) / sqrt(2 * M_PI);
    }
}

/* The distance between neighbouring floats at |value|, at least that of the normal range. */
inline double ulp(double value) {
    const float magnitude = fmaxf((float)fabs(value), 1.17549435e-38f);
    return isinf(magnitude) ? 2.0282409603651670e31 : (double)nextafterf(magnitude, INFINITY) - (double)magnitude;
}

/* What diapason.h promises of op at x. */
inline double value_tolerance(int op, double x) {
    const double y = reference_value(op, x);
    switch (op) {
        case DP_EXP:
        case DP_LOG: return 2 * ulp(y);
        case DP_TANH: return 1e-6 * fabs(y);
        case DP_GELU: return 5e-7 * fmax(1.0, fabs(x));
        default: return 0.5 * ulp(y);
    }
}

inline const char* unary_name(int op) {
    static const char* const names[] = {"negate", "abs", "square", "sqrt", "exp", "log", "relu", "tanh", "gelu"};
    return names[op];
}

}  // namespace test
