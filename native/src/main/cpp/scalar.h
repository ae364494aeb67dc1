/*
 * scalar.h: the primitives of formulas.h for F = double, and the functions of functions.h by the C library. Functions of the
 * library get no denormal and give none: under the mode of kernels their bit tricks would misread one.
 */
#pragma once
#include <math.h>
#include <stdint.h>

#define DP_ISA_NAME generic
#define DP_INLINE static inline __attribute__((always_inline))
#define DP_MEMBER inline __attribute__((always_inline))

namespace diapason {
namespace DP_ISA_NAME {

template <class F>
DP_INLINE F constant(double value) {
    return (F)value;
}

DP_INLINE double fma(double a, double b, double c) { return a * b + c; }
DP_INLINE double maximum(double a, double b) { return a > b ? a : b; }
DP_INLINE double minimum(double a, double b) { return a < b ? a : b; }
DP_INLINE double absolute(double v) { return __builtin_fabs(v); }
DP_INLINE double copy_sign(double magnitude, double sign) { return __builtin_copysign(magnitude, sign); }
DP_INLINE double square_root(double v) { return __builtin_sqrt(v); }
DP_INLINE bool less(double a, double b) { return a < b; }
DP_INLINE bool not_at_most(double a, double b) { return !(a <= b); }
DP_INLINE bool any(bool mask) { return mask; }
DP_INLINE double select(bool mask, double a, double b) { return mask ? a : b; }

/* 0 for a denormal; written with bits, because a comparison already reads it as 0. */
DP_INLINE double flushed(double v) {
    int64_t word;
    __builtin_memcpy(&word, &v, sizeof word);
    return (word & 0x7FF0000000000000) == 0 ? __builtin_copysign(0.0, v) : v;
}

DP_INLINE double exponential(double x) { return flushed(::exp(flushed(x))); }
DP_INLINE double exponential_minus_one_below_zero(double x) { return flushed(::expm1(flushed(minimum(0.0, x)))); }
DP_INLINE double bell(double x) { return exponential(-0.5 * x * x); }
DP_INLINE double normal_distribution(double x, double) { return 0.5 * ::erf(flushed(x * 0.7071067811865476)) + 0.5; }
DP_INLINE double sigmoid(double x) { return 1.0 / (1.0 + exponential(-x)); }
DP_INLINE double logarithm(double x) { return ::log(flushed(x)); }
DP_INLINE double hyperbolic_tangent(double x) { return ::tanh(flushed(x)); }
DP_INLINE double error_function(double x) { return flushed(::erf(flushed(x))); }
DP_INLINE double logarithm_of_one_plus(double x) { return ::log1p(flushed(x)); }
DP_INLINE double exponential_minus_one(double x) { return ::expm1(flushed(x)); }
DP_INLINE double sine(double x) { return ::sin(flushed(x)); }
DP_INLINE double cosine(double x) { return ::cos(flushed(x)); }
DP_INLINE double power(double a, double b) { return flushed(::pow(flushed(a), flushed(b))); }

}  // namespace DP_ISA_NAME
}  // namespace diapason
