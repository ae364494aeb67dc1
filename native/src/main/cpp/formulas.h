/*
 * formulas.h: every elementwise formula of the engine, stated once, as templates over the element type F.
 *
 * F is vf on the CPU and float in CUDA kernels. The includer defines DP_ISA_NAME, DP_INLINE and, for its F, the primitives
 *   constant<F> fma maximum minimum absolute copy_sign square_root less select bits from_bits as_integers as_words
 *   to_float
 * before including this file (simd.h does for vf). Multiply-adds are written out, so nothing depends on contraction, and a
 * result depends on the element alone: the same bits in a vector body, in a tail and in a fused kernel.
 *
 * Polynomial coefficients are minimax fits of our own (iteratively reweighted least squares on Chebyshev nodes), rounded
 * to float; the error stated beside each is that of the fit before rounding.
 */
#pragma once
#include <stdint.h>

namespace diapason {
namespace DP_ISA_NAME {

/* coefficients[0] x^(N-1) + … + coefficients[N-1], by Horner's rule. */
template <class F, int N>
DP_INLINE F polynomial(F x, const float (&coefficients)[N]) {
    F sum = constant<F>(coefficients[0]);
    for (int i = 1; i < N; i++) sum = fma(sum, x, constant<F>(coefficients[i]));
    return sum;
}

/* 2^n for -126 <= n <= 127. */
template <class F, class I>
DP_INLINE F power_of_two(I n) {
    return from_bits(as_words(n + 127) << 23);
}

/* e^x at most 2 ulp off: x = n ln 2 + r with |r| <= ln 2 / 2, e^r by a polynomial of degree 6 (relative error 3.1e-9).
 * 2^n is applied in two halves because neither 2^128 nor 2^-150 is a float. */
template <class F>
DP_INLINE F exponential(F x) {
    const float coefficients[] = {0.0013814467f, 0.008368781f, 0.041668393f, 0.1666652f, 0.49999994f, 1.0f, 1.0f};
    const F bounded = maximum(constant<F>(-104.0f), minimum(constant<F>(89.0f), x));
    /* Adding 1.5 * 2^23 rounds to an integer, to nearest even, and leaves that integer in the low bits. */
    const F shift = constant<F>(12582912.0f);
    const F shifted = fma(bounded, constant<F>(1.44269504f), shift);
    const F n = shifted - shift;
    F r = fma(n, constant<F>(-0.693359375f), bounded);
    r = fma(n, constant<F>(2.12194440e-4f), r);
    const auto whole = as_integers(bits(shifted) - 0x4B400000u);
    const auto half = whole >> 1;
    return polynomial(r, coefficients) * power_of_two<F>(half) * power_of_two<F>(whole - half);
}

/* ln x at most 2 ulp off: x = 2^k m with m in [sqrt 1/2, sqrt 2), f = m - 1,
 * ln(1 + f) = f - f^2/2 + f^3 P(f) with P of degree 7 (relative error 5.8e-9). Denormals count as 0. */
template <class F>
DP_INLINE F logarithm(F x) {
    const float coefficients[] = {-0.076363176f, 0.12763658f, -0.13160501f, 0.14201504f,
                                  -0.166233f,    0.20001236f, -0.25000823f, 0.3333333f};
    const auto exponent = as_integers(bits(x) - 0x3F3504F3u) >> 23;
    const F k = to_float(exponent);
    const F f = from_bits(bits(x) - (as_words(exponent) << 23)) - constant<F>(1.0f);
    const F square = f * f;
    F tail = polynomial(f, coefficients) * (square * f);
    tail = fma(k, constant<F>(-2.12194440e-4f), tail);
    tail = fma(constant<F>(-0.5f), square, tail);
    F result = fma(k, constant<F>(0.693359375f), f + tail);
    const F infinity = constant<F>(__builtin_inff());
    result = select(less(x, infinity), result, x);
    result = select(less(x, constant<F>(1.17549435e-38f)), -infinity, result);
    return select(less(x, constant<F>(0.0f)), constant<F>(__builtin_nanf("")), result);
}

/* tanh x, relative error at most 1e-6: x + x^3 P(x^2) below 0.625 (4.4e-9), else 1 - 2 / (e^(2|x|) + 1). */
template <class F>
DP_INLINE F hyperbolic_tangent(F x) {
    const float coefficients[] = {-0.0057049864f, 0.020639086f, -0.053739715f, 0.13331442f, -0.3333328f};
    const F one = constant<F>(1.0f);
    const F two = constant<F>(2.0f);
    const F magnitude = absolute(x);
    const F square = x * x;
    const F small = fma(magnitude, square * polynomial(square, coefficients), magnitude);
    const F large = one - two / (exponential(two * magnitude) + one);
    return copy_sign(select(less(magnitude, constant<F>(0.625f)), small, large), x);
}

/* erf x, absolute error at most 2e-7: x P(x^2) below 1 (1.2e-9), else 1 - e^Q(|x|), where Q is fitted to ln erfc on
 * [1, 4] (1.0e-9 of erf); at 4 and beyond erf rounds to 1. */
template <class F>
DP_INLINE F error_function(F x) {
    const float near[] = {7.853861e-05f, -0.00080101937f, 0.0051883277f, -0.026853813f,
                          0.112835854f,  -0.37612626f,    1.1283791f};
    const float far[] = {0.00018557426f, -0.0029396096f, 0.021805327f, -0.10303739f,
                         -0.6382257f,    -1.12704f,      -0.0003537165f};
    const F magnitude = absolute(x);
    const F small = x * polynomial(x * x, near);
    const F bounded = minimum(constant<F>(4.0f), magnitude);
    const F large = copy_sign(constant<F>(1.0f) - exponential(polynomial(bounded, far)), x);
    return select(less(magnitude, constant<F>(1.0f)), small, large);
}

/* ---- dp_unary: value(x) and gradient(x, y, dy) = dy f'(x) with y = f(x) ---- */

struct Negate {
    template <class F>
    DP_INLINE F value(F x) {
        return -x;
    }
    template <class F>
    DP_INLINE F gradient(F, F, F dy) {
        return -dy;
    }
};

struct Absolute {
    template <class F>
    DP_INLINE F value(F x) {
        return absolute(x);
    }
    /* x - x is 0 at 0 and NaN for NaN. */
    template <class F>
    DP_INLINE F gradient(F x, F, F dy) {
        const F zero = constant<F>(0.0f);
        const F one = constant<F>(1.0f);
        return dy * select(less(zero, x), one, select(less(x, zero), -one, x - x));
    }
};

struct Square {
    template <class F>
    DP_INLINE F value(F x) {
        return x * x;
    }
    template <class F>
    DP_INLINE F gradient(F x, F, F dy) {
        return dy * (x + x);
    }
};

struct SquareRoot {
    template <class F>
    DP_INLINE F value(F x) {
        return square_root(x);
    }
    template <class F>
    DP_INLINE F gradient(F, F y, F dy) {
        return dy * (constant<F>(0.5f) / y);
    }
};

struct Exponential {
    template <class F>
    DP_INLINE F value(F x) {
        return exponential(x);
    }
    template <class F>
    DP_INLINE F gradient(F, F y, F dy) {
        return dy * y;
    }
};

struct Logarithm {
    template <class F>
    DP_INLINE F value(F x) {
        return logarithm(x);
    }
    template <class F>
    DP_INLINE F gradient(F x, F, F dy) {
        return dy / x;
    }
};

struct Relu {
    /* maximum() gives its second operand when either is NaN. */
    template <class F>
    DP_INLINE F value(F x) {
        return maximum(constant<F>(0.0f), x);
    }
    /* y - y is 0 at 0 and NaN for NaN. */
    template <class F>
    DP_INLINE F gradient(F, F y, F dy) {
        return dy * select(less(constant<F>(0.0f), y), constant<F>(1.0f), y - y);
    }
};

struct Tanh {
    template <class F>
    DP_INLINE F value(F x) {
        return hyperbolic_tangent(x);
    }
    template <class F>
    DP_INLINE F gradient(F, F y, F dy) {
        return dy * fma(-y, y, constant<F>(1.0f));
    }
};

/* With Phi and phi the standard normal distribution and density: x Phi(x), and Phi(x) + x phi(x).
 * Source: Hendrycks & Gimpel 2016. */
struct Gelu {
    template <class F>
    DP_INLINE F distribution(F x) {
        const F half = constant<F>(0.5f);
        return fma(half, error_function(x * constant<F>(0.70710678f)), half);
    }
    template <class F>
    DP_INLINE F value(F x) {
        return x * distribution(x);
    }
    template <class F>
    DP_INLINE F gradient(F x, F, F dy) {
        const F density = constant<F>(0.39894228f) * exponential(constant<F>(-0.5f) * x * x);
        return dy * fma(x, density, distribution(x));
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

/* ---- optimisers: one parameter's update, in place (see dp_sgd, dp_adam, dp_rmsprop) ---- */

/* p - learning_rate * weight_decay * p. */
template <class F>
DP_INLINE F decayed(F p, float learning_rate, float weight_decay) {
    return fma(constant<F>(-(learning_rate * weight_decay)), p, p);
}

struct SgdFactors {
    float learning_rate, momentum, weight_decay;
};

template <class F>
DP_INLINE void sgd_update(const SgdFactors& factors, F& p, F g) {
    p = fma(constant<F>(-factors.learning_rate), g, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <bool kNesterov, class F>
DP_INLINE void sgd_momentum_update(const SgdFactors& factors, F& p, F g, F& velocity) {
    const F momentum = constant<F>(factors.momentum);
    velocity = fma(momentum, velocity, g);
    const F direction = kNesterov ? fma(momentum, velocity, g) : velocity;
    p = fma(constant<F>(-factors.learning_rate), direction, decayed(p, factors.learning_rate, factors.weight_decay));
}

struct AdamFactors {
    float learning_rate, beta1, beta2, epsilon, step_size, inverse_correction, weight_decay;
};

template <class F>
DP_INLINE void adam_update(const AdamFactors& factors, F& p, F g, F& m, F& v) {
    m = fma(constant<F>(factors.beta1), m, constant<F>(1.0f - factors.beta1) * g);
    v = fma(constant<F>(factors.beta2), v, constant<F>(1.0f - factors.beta2) * g * g);
    const F denominator = fma(square_root(v), constant<F>(factors.inverse_correction), constant<F>(factors.epsilon));
    p = decayed(p, factors.learning_rate, factors.weight_decay) - constant<F>(factors.step_size) * m / denominator;
}

struct RmspropFactors {
    float learning_rate, alpha, epsilon, momentum, weight_decay;
};

/* The scaled gradient u, with the running mean square s brought up to date. */
template <class F>
DP_INLINE F rmsprop_direction(const RmspropFactors& factors, F g, F& s) {
    s = fma(constant<F>(factors.alpha), s, constant<F>(1.0f - factors.alpha) * g * g);
    return g / (square_root(s) + constant<F>(factors.epsilon));
}

template <class F>
DP_INLINE void rmsprop_update(const RmspropFactors& factors, F& p, F g, F& s) {
    const F u = rmsprop_direction(factors, g, s);
    p = fma(constant<F>(-factors.learning_rate), u, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <class F>
DP_INLINE void rmsprop_momentum_update(const RmspropFactors& factors, F& p, F g, F& s, F& velocity) {
    velocity = fma(constant<F>(factors.momentum), velocity, rmsprop_direction(factors, g, s));
    p = fma(constant<F>(-factors.learning_rate), velocity, decayed(p, factors.learning_rate, factors.weight_decay));
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
