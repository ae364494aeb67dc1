/* unary_reference.h: the functions of dp_unary and their derivatives in double precision, and what diapason.h promises of them. */
#pragma once
#include <math.h>

#include "diapason.h"

namespace test {

/* The parameters that the tests give to the operations that have any. */
inline double alpha_of(int op) {
    switch (op) {
        case DP_AFFINE: return 1.25;
        case DP_ELU: return 0.75;
        case DP_LEAKY_RELU: return 0.125;
        case DP_CLAMP: return -1.5;
        case DP_POWER: return 3.0;
        default: return 0.0;
    }
}
inline double beta_of(int op) {
    return op == DP_AFFINE ? -0.5 : op == DP_CLAMP ? 2.5 : 0.0;
}

constexpr double kSeluSlope = 1.0507009873554805;
constexpr double kSeluLow = 1.0507009873554805 * 1.6732632423543772;

inline double reference_sigmoid(double x) {
    return 1 / (1 + exp(-x));
}
inline double reference_softplus(double x) {
    return isnan(x) ? x : fmax(x, 0) + log1p(exp(-fabs(x)));
}

inline double reference_value(int op, double x, double alpha, double beta) {
    switch (op) {
        case DP_NEGATE: return -x;
        case DP_ABS: return fabs(x);
        case DP_SQUARE: return x * x;
        case DP_SQRT: return sqrt(x);
        case DP_EXP: return exp(x);
        case DP_LOG: return log(x);
        case DP_RELU: return isnan(x) ? x : x > 0 ? x : 0;
        case DP_TANH: return tanh(x);
        case DP_GELU: return 0.5 * x * erfc(-x / sqrt(2.0));
        case DP_AFFINE: return alpha * x + beta;
        case DP_SIGN: return isnan(x) ? x : (x > 0) - (x < 0);
        case DP_RECIPROCAL: return 1 / x;
        case DP_SIGMOID: return reference_sigmoid(x);
        case DP_SOFTPLUS: return reference_softplus(x);
        case DP_SILU: return x * reference_sigmoid(x);
        case DP_MISH: return x * tanh(reference_softplus(x));
        case DP_ELU: return x > 0 ? x : alpha * expm1(x);
        case DP_SELU: return x > 0 ? kSeluSlope * x : kSeluLow * expm1(x);
        case DP_LEAKY_RELU: return x > 0 ? x : alpha * x;
        case DP_ERF: return erf(x);
        case DP_CLAMP: return isnan(x) ? x : x < alpha ? alpha : x > beta ? beta : x;
        case DP_POWER: return pow(x, alpha);
        case DP_SIN: return sin(x);
        case DP_COS: return cos(x);
        case DP_LOG1P: return log1p(x);
        default: return expm1(x);
    }
}

inline double reference_value(int op, double x) {
    return reference_value(op, x, alpha_of(op), beta_of(op));
}

inline double reference_derivative(int op, double x) {
    const double alpha = alpha_of(op);
    const double s = reference_sigmoid(x);
    switch (op) {
        case DP_NEGATE: return -1;
        case DP_ABS: return x > 0 ? 1 : x < 0 ? -1 : 0;
        case DP_SQUARE: return 2 * x;
        case DP_SQRT: return 0.5 / sqrt(x);
        case DP_EXP: return exp(x);
        case DP_LOG: return 1 / x;
        case DP_RELU: return x > 0 ? 1 : 0;
        case DP_TANH: return 1 / (cosh(x) * cosh(x));
        case DP_GELU: return 0.5 * erfc(-x / sqrt(2.0)) + x * exp(-0.5 * x * x) / sqrt(2 * M_PI);
        case DP_AFFINE: return alpha;
        case DP_SIGN: return 0;
        case DP_RECIPROCAL: return -1 / (x * x);
        case DP_SIGMOID: return s * (1 - s);
        case DP_SOFTPLUS: return s;
        case DP_SILU: return s * (1 + x * (1 - s));
        case DP_MISH: {
            const double t = tanh(reference_softplus(x));
            return t + x * (1 - t * t) * s;
        }
        case DP_ELU: return x > 0 ? 1 : alpha * exp(x);
        case DP_SELU: return x > 0 ? kSeluSlope : kSeluLow * exp(x);
        case DP_LEAKY_RELU: return x > 0 ? 1 : alpha;
        case DP_ERF: return 2 / sqrt(M_PI) * exp(-x * x);
        case DP_CLAMP: return x >= alpha && x <= beta_of(op) ? 1 : 0;
        case DP_POWER: return alpha * pow(x, alpha - 1);
        case DP_SIN: return cos(x);
        case DP_COS: return -sin(x);
        case DP_LOG1P: return 1 / (1 + x);
        default: return exp(x);
    }
}

/* The distance between neighbouring floats at |value|, at least that of the normal range. */
inline double ulp(double value) {
    const float magnitude = fmaxf((float)fabs(value), 1.17549435e-38f);
    return isinf(magnitude) ? 2.0282409603651670e31 : (double)nextafterf(magnitude, INFINITY) - (double)magnitude;
}

/* Whether diapason.h promises something of op at x. */
inline bool is_promised(int op, double x) {
    return op != DP_POWER || fabs(alpha_of(op) * log(fabs(x))) <= 16;
}

/* What diapason.h promises of op at x. */
inline double value_tolerance(int op, double x) {
    const double y = reference_value(op, x);
    switch (op) {
        case DP_EXP:
        case DP_LOG: return 2 * ulp(y);
        case DP_POWER: return 4 * ulp(y);
        case DP_TANH:
        case DP_SIGMOID:
        case DP_SOFTPLUS:
        case DP_LOG1P:
        case DP_EXPM1: return 1e-6 * fabs(y);
        /* e^x is flushed, or e^-x overflows, where x e^x would still be normal. */
        case DP_SILU:
        case DP_MISH: return fmax(1.2e-6 * fabs(y), 1.1e-36);
        case DP_ELU: return 2e-7 * fmax(fabs(y), fabs(alpha_of(op) * x));
        case DP_SELU: return 2e-7 * fmax(fabs(y), fabs(kSeluLow * x));
        case DP_GELU: return 5e-7 * fmax(1.0, fabs(x));
        case DP_ERF: return 3e-7;
        case DP_SIN:
        case DP_COS: return 2e-7;
        /* Without a fused multiply-add the product is rounded as well. */
        case DP_AFFINE: return 0.5 * ulp(alpha_of(op) * x) + 0.51 * ulp(y);
        default: return 0.5 * ulp(y);
    }
}

/* Whether op needs arguments above 0. */
inline bool needs_positive(int op) {
    return op == DP_SQRT || op == DP_LOG || op == DP_LOG1P;
}

inline const char* unary_name(int op) {
    static const char* const names[] = {"negate", "abs",   "square", "sqrt", "exp",        "log",   "relu",  "tanh",  "gelu",
                                        "affine", "sign",  "reciprocal", "sigmoid", "softplus", "silu", "mish", "elu", "selu",
                                        "leaky relu", "erf", "clamp", "power", "sin", "cos", "log1p", "expm1"};
    return names[op];
}

}  // namespace test
