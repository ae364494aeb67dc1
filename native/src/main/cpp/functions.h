/*
 * functions.h: the functions that the formulas of the engine are written with, as templates over the element type F: vf on the
 * CPU, float in CUDA kernels. Included by formulas.h, which says what the includer defines.
 *
 * Polynomial coefficients are minimax fits of our own (iteratively reweighted least squares on Chebyshev nodes), rounded
 * to float; the error stated beside each is that of the fit before rounding. Those of sine and cosine are Taylor's.
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

/* x rounded to an integer, to nearest even; `shifted` is that integer plus 1.5 * 2^23, where it stands in the low bits. */
template <class F>
DP_INLINE F rounded(F x, F factor, F& shifted) {
    const F shift = constant<F>(12582912.0f);
    shifted = fma(x, factor, shift);
    return shifted - shift;
}

/* v * 2^n, with n and `shifted` as in rounded: for n from -150 to 128, in two halves because neither 2^128 nor 2^-150 is a float, and for
 * those n where 2^n is one. */
template <class F>
DP_INLINE F scaled(F v, F, F shifted) {
    const auto whole = as_integers(bits(shifted) - 0x4B400000u);
    const auto half = whole >> 1;
    return v * power_of_two<F>(half) * power_of_two<F>(whole - half);
}
template <class F>
DP_INLINE F scaled_within(F v, F, F shifted) {
    return v * from_bits((bits(shifted) << 23) + 0x3F800000u);
}

/* r = x - n ln 2 with n the nearest integer, so that |r| <= ln 2 / 2; n and `shifted` as in rounded. */
template <class F>
DP_INLINE F exponent_rest(F x, F& n, F& shifted) {
    n = rounded(x, constant<F>(1.44269504f), shifted);
    const F r = fma(n, constant<F>(-0.693359375f), x);
    return fma(n, constant<F>(2.12194440e-4f), r);
}

/* e^r for |r| <= ln 2 / 2 by a polynomial of degree 6 (relative error 3.1e-9). */
template <class F>
DP_INLINE F exponential_of_rest(F r) {
    const float coefficients[] = {0.0013814467f, 0.008368781f, 0.041668393f, 0.1666652f, 0.49999994f, 1.0f, 1.0f};
    return polynomial(r, coefficients);
}

/* e^x at most 2 ulp off. */
template <class F>
DP_INLINE F exponential(F x) {
    const F bounded = maximum(constant<F>(-104.0f), minimum(constant<F>(89.0f), x));
    F n, shifted;
    const F r = exponent_rest(bounded, n, shifted);
    return scaled(exponential_of_rest(r), n, shifted);
}

/* e^x with the same bits for -87 <= x <= 88. */
template <class F>
DP_INLINE F exponential_within(F x) {
    F n, shifted;
    const F r = exponent_rest(x, n, shifted);
    return scaled_within(exponential_of_rest(r), n, shifted);
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
    /* From 9.02 on tanh rounds to 1. */
    const F large = one - two / (exponential_within(minimum(constant<F>(20.0f), two * magnitude)) + one);
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

/* e^(-x^2 / 2), absolute error at most 2e-7: 2^y with y = n + f, |f| <= 1/2, and 2^f by a polynomial of degree 5 (relative error 9.1e-8). */
template <class F>
DP_INLINE F bell(F x) {
    const float coefficients[] = {0.0013264723f, 0.009671513f, 0.055507336f, 0.24022242f, 0.693147f, 1.0f};
    /* From there on the result, 3e-38, is as good as 0. */
    const F square = minimum(constant<F>(173.0f), x * x);
    const F factor = constant<F>(-0.72134752f);
    F shifted;
    const F n = rounded(square, factor, shifted);
    return scaled_within(polynomial(fma(square, factor, -n), coefficients), n, shifted);
}

/* The standard normal distribution at x, absolute error at most 3e-7, where `factor` is bell(x): beyond |x| lies that factor times T(t)
 * with t = 1 / (1 + 0.275 |x|), where T is fitted for the least absolute error of the product (5.0e-9). The form is Hastings's
 * (Abramowitz & Stegun 7.1.26). */
template <class F>
DP_INLINE F normal_distribution(F x, F factor) {
    const float coefficients[] = {-0.11485817f, 0.45199808f, -0.33099241f, 0.33393152f, 0.04211178f, 0.11780921f};
    const F one = constant<F>(1.0f);
    const F t = one / fma(constant<F>(0.275f), absolute(x), one);
    const F tail = polynomial(t, coefficients) * (t * factor);
    return select(less(x, constant<F>(0.0f)), tail, one - tail);
}

/* ln(1 + x), relative error at most 1e-6: ln(u) x / (u - 1) with u = 1 + x rounded, where the quotient undoes the rounding of u
 * (Kahan). Where u is 1 the result is x. */
template <class F>
DP_INLINE F logarithm_of_one_plus(F x) {
    const F u = x + constant<F>(1.0);
    const F d = u - constant<F>(1.0);
    const F plain = logarithm(u);
    /* From 2^25 on u - 1 is u. */
    const F corrected = select(less(x, constant<F>(33554432.0)), plain * (x / d), plain);
    /* x + d is x, or 0 when x is denormal. */
    return select(less(absolute(d), constant<F>(1e-30)), x + d, corrected);
}

/* e^x - 1 for |x| <= 25, relative error at most 3e-7: 2^n (e^r - 1) + (2^n - 1), with r and n as in exponential. */
template <class F>
DP_INLINE F exponential_minus_one_within(F x) {
    const float coefficients[] = {0.0013814467f, 0.008368781f, 0.041668393f, 0.1666652f, 0.49999994f};
    F n, shifted;
    const F r = exponent_rest(x, n, shifted);
    const F power = scaled_within(constant<F>(1.0f), n, shifted);
    const F small = fma(r * r, polynomial(r, coefficients), r);
    return fma(power, small, power - constant<F>(1.0));
}

/* e^x - 1, relative error at most 3e-7. */
template <class F>
DP_INLINE F exponential_minus_one(F x) {
    const F bounded = maximum(constant<F>(-25.0), minimum(constant<F>(25.0), x));
    return select(less(constant<F>(24.0), x), exponential(x), exponential_minus_one_within(bounded));
}

/* e^x - 1 for x <= 0, and any number above. */
template <class F>
DP_INLINE F exponential_minus_one_below_zero(F x) {
    return exponential_minus_one_within(maximum(constant<F>(-25.0), minimum(constant<F>(0.0), x)));
}

/* log(1 + e^x), relative error at most 1e-6. */
template <class F>
DP_INLINE F softplus(F x) {
    return maximum(constant<F>(0.0), x) + logarithm_of_one_plus(exponential(-absolute(x)));
}

/* 1 / (1 + e^-x), relative error at most 1e-6 where the result is normal. */
template <class F>
DP_INLINE F sigmoid(F x) {
    /* Beyond these bounds it rounds to 1, or is no normal number. */
    const F bounded = maximum(constant<F>(-87.0), minimum(constant<F>(88.0), -x));
    return constant<F>(1.0) / (constant<F>(1.0) + exponential_within(bounded));
}

/* r = x - n pi / 2 with |r| <= pi / 4 for |x| <= 1e4, by Cody & Waite: pi / 2 in three parts, of which the first two have so few
 * bits that their products with n are exact. The last two bits of `quadrant` are those of n. */
template <class F>
DP_INLINE F reduced_angle(F x, F& quadrant) {
    const F shift = constant<F>(12582912.0);
    quadrant = fma(x, constant<F>(0.636619772), shift);
    const F n = quadrant - shift;
    F r = fma(n, constant<F>(-1.5703125), x);
    r = fma(n, constant<F>(-4.837512969970703e-4), r);
    return fma(n, constant<F>(-7.549789954891882e-8), r);
}

/* sin(r + k pi / 2) where k is the last two bits of `quadrant` plus `turn`: Taylor's polynomials of degree 9 and 10, whose errors on
 * |r| <= pi / 4 are below 2e-9. */
template <class F>
DP_INLINE F sine_of_angle(F r, F quadrant, unsigned turn) {
    const float odd[] = {2.7557319e-6f, -1.9841270e-4f, 8.3333333e-3f, -0.16666667f};
    const float even[] = {-2.7557319e-7f, 2.4801587e-5f, -1.3888889e-3f, 4.1666667e-2f, -0.5f, 1.0f};
    const F square = r * r;
    const F sine = fma(square * r, polynomial(square, odd), r);
    const F cosine = polynomial(square, even);
    const auto k = bits(quadrant) + turn;
    const F turned = select(less(constant<F>(0.5), to_float(as_integers(k & 1u))), cosine, sine);
    return from_bits(bits(turned) ^ ((k & 2u) << 30));
}

/* sin x and cos x, absolute error at most 2e-7 for |x| <= 1e4. */
template <class F>
DP_INLINE F sine(F x) {
    F quadrant;
    const F r = reduced_angle(x, quadrant);
    const F result = sine_of_angle(r, quadrant, 0u);
    const auto large = less(constant<F>(1e4), absolute(x));
    return any(large) ? select(large, sine_of_lanes(x), result) : result;
}
template <class F>
DP_INLINE F cosine(F x) {
    F quadrant;
    const F r = reduced_angle(x, quadrant);
    const F result = sine_of_angle(r, quadrant, 1u);
    const auto large = less(constant<F>(1e4), absolute(x));
    return any(large) ? select(large, cosine_of_lanes(x), result) : result;
}

/* value where x is a number, else x (NaN). */
template <class F>
DP_INLINE F unless_nan(F x, F value) {
    return select(less(constant<F>(-1.0), absolute(x)), value, x);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
