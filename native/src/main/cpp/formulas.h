/*
 * formulas.h: every elementwise formula of the engine, stated once, as templates over the element type F.
 *
 * F is vf on the CPU and float in CUDA kernels. The includer defines DP_ISA_NAME, DP_INLINE, DP_MEMBER and, for its F, the
 * primitives
 *   constant<F> fma maximum minimum absolute copy_sign square_root less not_at_most any select bits from_bits as_integers as_words
 *   to_float sine_of_lanes cosine_of_lanes, and power
 * before including this file (simd.h and power.h do for vf). For F = double scalar.h overloads the functions of functions.h by
 * those of the C library. Multiply-adds are written out, so nothing depends on contraction, and a result depends on the
 * element alone: the same bits in a vector body, in a tail and in a fused kernel.
 */
#pragma once
#include "functions.h"

namespace diapason {
namespace DP_ISA_NAME {

/* ---- dp_unary: value(x) and gradient(x, y, dy) = dy f'(x) with y = f(x); alpha and beta are members ---- */

template <class F>
struct Negate {
    DP_MEMBER F value(F x) const {
        return -x;
    }
    DP_MEMBER F gradient(F, F, F dy) const {
        return -dy;
    }
};

/* x - x is 0 at 0 and NaN for NaN. */
template <class F>
struct Absolute {
    DP_MEMBER F value(F x) const {
        return absolute(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F zero = constant<F>(0.0);
        const F one = constant<F>(1.0);
        return dy * select(less(zero, x), one, select(less(x, zero), -one, x - x));
    }
};

template <class F>
struct Square {
    DP_MEMBER F value(F x) const {
        return x * x;
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * (x + x);
    }
};

template <class F>
struct SquareRoot {
    DP_MEMBER F value(F x) const {
        return square_root(x);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return dy * (constant<F>(0.5) / y);
    }
};

template <class F>
struct Exponential {
    DP_MEMBER F value(F x) const {
        return exponential(x);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return dy * y;
    }
};

template <class F>
struct Logarithm {
    DP_MEMBER F value(F x) const {
        return logarithm(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy / x;
    }
};

/* One bit an element says all that the gradient needs, so that dropout's bits can hold it (dropout.cpp). */
template <class F>
struct Relu {
    DP_MEMBER F value(F x) const {
        const F zero = constant<F>(0.0);
        return select(not_at_most(x, zero), x, zero);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        const F zero = constant<F>(0.0);
        return select(not_at_most(y, zero), dy, zero);
    }
};

template <class F>
struct Tanh {
    DP_MEMBER F value(F x) const {
        return hyperbolic_tangent(x);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return dy * fma(-y, y, constant<F>(1.0));
    }
};

/* With Phi and phi the standard normal distribution and density: x Phi(x), and Phi(x) + x phi(x).
 * Source: Hendrycks & Gimpel 2016. */
template <class F>
struct Gelu {
    DP_MEMBER F value(F x) const {
        return x * normal_distribution(x, bell(x));
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F factor = bell(x);
        const F density = constant<F>(0.3989422804014327) * factor;
        return dy * fma(x, density, normal_distribution(x, factor));
    }
};

template <class F>
struct Affine {
    F alpha, beta;
    DP_MEMBER F value(F x) const {
        return fma(alpha, x, beta);
    }
    DP_MEMBER F gradient(F, F, F dy) const {
        return dy * alpha;
    }
};

template <class F>
struct Sign {
    DP_MEMBER F value(F x) const {
        const F zero = constant<F>(0.0);
        const F one = constant<F>(1.0);
        return select(less(zero, x), one, select(less(x, zero), -one, x - x));
    }
    DP_MEMBER F gradient(F, F, F dy) const {
        return dy * constant<F>(0.0);
    }
};

template <class F>
struct Reciprocal {
    DP_MEMBER F value(F x) const {
        return constant<F>(1.0) / x;
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return -dy * y * y;
    }
};

template <class F>
struct Sigmoid {
    DP_MEMBER F value(F x) const {
        return sigmoid(x);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return dy * (y * (constant<F>(1.0) - y));
    }
};

template <class F>
struct Softplus {
    DP_MEMBER F value(F x) const {
        return softplus(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * sigmoid(x);
    }
};

/* Source: Hendrycks & Gimpel 2016; Elfwing, Uchibe & Doya 2017. */
template <class F>
struct Silu {
    DP_MEMBER F value(F x) const {
        return x * sigmoid(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F one = constant<F>(1.0);
        const F s = sigmoid(x);
        return dy * (s * fma(x, one - s, one));
    }
};

/* With e = e^x and w = e (e + 2): tanh(softplus(x)) = w / (w + 2), which is 1 beyond 20 (a double: to 1e-17), and its derivative
 * is 4 e (e + 1) / (w + 2)^2. Source: Misra 2019. */
template <class F>
struct Mish {
    DP_MEMBER F value(F x) const {
        const F e = exponential(minimum(constant<F>(20.0), x));
        const F w = e * (e + constant<F>(2.0));
        return x * (w / (w + constant<F>(2.0)));
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F bounded = minimum(constant<F>(20.0), x);
        const F e = exponential(bounded);
        const F w = e * (e + constant<F>(2.0));
        const F inverse = constant<F>(1.0) / (w + constant<F>(2.0));
        const F slope = (constant<F>(4.0) * e * inverse) * ((e + constant<F>(1.0)) * inverse);
        return dy * fma(bounded, slope, w * inverse);
    }
};

/* Source: Clevert, Unterthiner & Hochreiter 2015. */
template <class F>
struct Elu {
    F alpha, beta;
    DP_MEMBER F value(F x) const {
        return select(less(constant<F>(0.0), x), x, alpha * exponential_minus_one_below_zero(x));
    }
    /* y + alpha is the same but for the digits that it loses where y is near -alpha. */
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * select(less(constant<F>(0.0), x), constant<F>(1.0), alpha * exponential(x));
    }
};

/* Source: Klambauer, Unterthiner, Mayr & Hochreiter 2017. */
template <class F>
struct Selu {
    DP_MEMBER F value(F x) const {
        const F slope = constant<F>(1.0507009873554805);
        const F low = constant<F>(1.0507009873554805 * 1.6732632423543772);
        return select(less(constant<F>(0.0), x), slope * x, low * exponential_minus_one_below_zero(x));
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F slope = constant<F>(1.0507009873554805);
        const F low = constant<F>(1.0507009873554805 * 1.6732632423543772);
        return dy * select(less(constant<F>(0.0), x), slope, low * exponential(x));
    }
};

template <class F>
struct LeakyRelu {
    F alpha, beta;
    DP_MEMBER F value(F x) const {
        return select(less(constant<F>(0.0), x), x, alpha * x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * unless_nan(x, select(less(constant<F>(0.0), x), constant<F>(1.0), alpha));
    }
};

template <class F>
struct ErrorFunction {
    DP_MEMBER F value(F x) const {
        return error_function(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * (constant<F>(1.1283791670955126) * exponential(-(x * x)));
    }
};

template <class F>
struct Clamp {
    F alpha, beta;
    DP_MEMBER F value(F x) const {
        return minimum(beta, maximum(alpha, x));
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F zero = constant<F>(0.0);
        const F inside = select(less(x, alpha), zero, select(less(beta, x), zero, constant<F>(1.0)));
        return dy * unless_nan(x, inside);
    }
};

/* x^0 is 1 everywhere, so its gradient is 0 at 0 as well. */
template <class F>
struct Power {
    F alpha, beta;
    DP_MEMBER F value(F x) const {
        return power(x, alpha);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        const F zero = constant<F>(0.0);
        const F slope = alpha * power(x, alpha - constant<F>(1.0));
        return dy * select(less(zero, absolute(alpha)), slope, zero);
    }
};

template <class F>
struct Sine {
    DP_MEMBER F value(F x) const {
        return sine(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy * cosine(x);
    }
};

template <class F>
struct Cosine {
    DP_MEMBER F value(F x) const {
        return cosine(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return -dy * sine(x);
    }
};

template <class F>
struct LogarithmOfOnePlus {
    DP_MEMBER F value(F x) const {
        return logarithm_of_one_plus(x);
    }
    DP_MEMBER F gradient(F x, F, F dy) const {
        return dy / (constant<F>(1.0) + x);
    }
};

template <class F>
struct ExponentialMinusOne {
    DP_MEMBER F value(F x) const {
        return exponential_minus_one(x);
    }
    DP_MEMBER F gradient(F, F y, F dy) const {
        return dy * (y + constant<F>(1.0));
    }
};

/* ---- dp_binary ---- */

struct Add {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return a + b;
    }
};
struct Subtract {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return a - b;
    }
};
struct Multiply {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return a * b;
    }
};
struct Divide {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return a / b;
    }
};
struct Pow {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return power(a, b);
    }
};
/* maximum() and minimum() give b when either is NaN. */
struct Maximum {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return unless_nan(a, maximum(a, b));
    }
};
struct Minimum {
    template <class F>
    DP_INLINE F value(F a, F b) {
        return unless_nan(a, minimum(a, b));
    }
};

}  // namespace DP_ISA_NAME
}  // namespace diapason
