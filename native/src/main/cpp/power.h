/*
 * power.h: a^b for float vectors, through double lanes, so that the logarithm's error is not multiplied by b: at most 1 ulp.
 * Included after simd.h.
 */
#pragma once
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {

/* Half as many doubles as floats: as many bytes. */
typedef double vd __attribute__((vector_size(VL * 4)));
typedef int64_t vl __attribute__((vector_size(VL * 4)));
typedef float vh __attribute__((vector_size(VL * 2)));

DP_INLINE vd choose(vl mask, vd a, vd b) { return (vd)((mask & (vl)a) | (~mask & (vl)b)); }

/* ln m for a normal m > 0, relative error below 1e-9: m = 2^k (1 + s) / (1 - s) with |s| < 0.172, and
 * ln((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + …). */
DP_INLINE vd natural_logarithm(vd m) {
    const vl exponent = ((vl)m - 0x3FE6A09E667F3BCDll) >> 52;
    const vd mantissa = (vd)((vl)m - (exponent << 52));
    const vd s = (mantissa - 1.0) / (mantissa + 1.0);
    const vd square = s * s;
    vd sum = square * (1.0 / 13.0) + 1.0 / 11.0;
    sum = sum * square + 1.0 / 9.0;
    sum = sum * square + 1.0 / 7.0;
    sum = sum * square + 1.0 / 5.0;
    sum = sum * square + 1.0 / 3.0;
    sum = sum * square + 1.0;
    return __builtin_convertvector(exponent, vd) * 0.6931471805599453 + 2.0 * s * sum;
}

/* e^t for |t| <= 700, relative error below 1e-10: t = n ln 2 + r, Taylor's polynomial of degree 9 in r. */
DP_INLINE vd natural_exponential(vd t) {
    /* Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits. */
    const vd shift = vd{} + 6755399441055744.0;
    const vd shifted = t * 1.4426950408889634 + shift;
    const vd n = shifted - shift;
    const vd r = t - n * 0.6931471805599453;
    vd sum = r * (1.0 / 362880.0) + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    sum = sum * r + 1.0;
    return sum * (vd)(((vl)shifted << 52) + 0x3FF0000000000000ll);
}

/* a^b as IEEE 754's pow: 1 where b is 0 or a is 1; a negative a needs a whole b, whose parity decides the sign. */
DP_INLINE vh power_of_half(vh a, vh b) {
    const vd infinity = vd{} + __builtin_inf();
    const vd base = __builtin_convertvector(a, vd);
    const vd exponent = __builtin_convertvector(b, vd);
    const vd magnitude = (vd)((vl)base & INT64_MAX);
    const vd absolute_exponent = (vd)((vl)exponent & INT64_MAX);
    vd logarithm = natural_logarithm(magnitude);
    logarithm = choose(magnitude == 0.0, -infinity, logarithm);
    /* Infinity stays itself and NaN stays NaN. */
    logarithm = choose(magnitude < infinity, logarithm, magnitude);
    vd t = exponent * logarithm;
    t = choose(t > 200.0, vd{} + 200.0, choose(t < -200.0, vd{} - 200.0, t));
    vd result = natural_exponential(t);
    result = choose(t >= 200.0, infinity, choose(t <= -200.0, vd{}, choose(t == t, result, t)));
    result = choose((magnitude == 1.0) & (exponent == exponent), vd{} + 1.0, result);
    /* From 2^24 on every float is an even integer. The added 1.5 * 2^52 leaves the integer's parity in the last bit. */
    const vd shift = vd{} + 6755399441055744.0;
    const vl small = absolute_exponent < 16777216.0;
    const vd shifted = exponent + shift;
    const vl whole = (~small & (exponent == exponent)) | (shifted - shift == exponent);
    const vl odd = small & whole & -((vl)shifted & 1);
    const vl negative = (vl)base >> 63;
    result = (vd)((vl)result ^ (odd & negative & INT64_MIN));
    const vl refused = negative & ~whole & (magnitude > 0.0) & (magnitude < infinity);
    result = choose(refused, vd{} + __builtin_nan(""), result);
    result = choose((exponent == 0.0) | (base == 1.0), vd{} + 1.0, result);
    return __builtin_convertvector(result, vh);
}

DP_INLINE vf power(vf a, vf b) {
    vh bases[2], exponents[2], results[2];
    __builtin_memcpy(bases, &a, sizeof a);
    __builtin_memcpy(exponents, &b, sizeof b);
    for (int i = 0; i < 2; i++) results[i] = power_of_half(bases[i], exponents[i]);
    vf result;
    __builtin_memcpy(&result, results, sizeof result);
    return result;
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
