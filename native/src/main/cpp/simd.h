/*
 * simd.h: the vector type of the instruction set being compiled, and the few primitives every kernel is written with.
 *
 * Each set file defines, in namespace diapason::DP_ISA_NAME:
 *   VL, vf, vi, vu, vw  lanes, and the vectors of float, int32_t, uint32_t and, half as many, uint64_t (compiler vectors:
 *                       + - * / & | ^ << >> work)
 *   Mask                what less(), not_at_most() and equal() (of words) give and select() takes
 *   splat               a vector whose lanes are all one value
 *   load store load_partial store_partial    unaligned; the partial ones touch only the first n (0 < n < VL) elements
 *   fma                 a * b + c with one rounding where the set has it, with two in the portable set on x86
 *   any, both           whether a mask holds in some lane; where two masks hold
 *   maximum minimum     a > b ? a : b and a < b ? a : b: the second operand wins when either is NaN
 *   multiply_wide, multiply_low_words, exclusive_or, interleave_low_words, at_least_16, lane_bits, lanes_of_bits, part_pairs,
 *   join_pairs, transpose, fold_sum, fold_maximum (see there)
 * This file adds what is the same everywhere. Included only by translation units compiled for one set: everything here is
 * always_inline and inside the set's own namespace, so that the linker never sees two versions of one symbol.
 */
#pragma once
#include <stdint.h>

#ifndef DP_ISA_NAME
#error "compile with -DDP_ISA_NAME=portable|avx2|avx512 and -DDP_ISA_LEVEL=0|1|2, as build.sh does"
#endif

#define DP_INLINE static inline __attribute__((always_inline))
#define DP_MEMBER inline __attribute__((always_inline))

#if DP_ISA_LEVEL == 2
#include "simd_avx512.h"
#elif DP_ISA_LEVEL == 1
#include "simd_avx2.h"
#else
#include "simd_portable.h"
#endif

namespace diapason {
namespace DP_ISA_NAME {

DP_INLINE vf load(const float* p) {
    vf v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

DP_INLINE void store(float* p, vf v) { __builtin_memcpy(p, &v, sizeof v); }

DP_INLINE vu splat_word(uint32_t value) { return vu{} + value; }

DP_INLINE vw splat_wide(uint32_t value) { return vw{} + value; }

/* The constant `value` as the element type F of formulas.h. */
template <class F>
DP_INLINE F constant(double value) {
    return splat((float)value);
}

DP_INLINE vu bits(vf v) { return (vu)v; }
DP_INLINE vf from_bits(vu v) { return (vf)v; }
/* Words as integers, for arithmetic shifts, and back; all other arithmetic on bits is on words, which may wrap around. */
DP_INLINE vi as_integers(vu v) { return (vi)v; }
DP_INLINE vu as_words(vi v) { return (vu)v; }
/* The value of the lanes' integers as floats; exact below 2^24. */
DP_INLINE vf to_float(vi v) { return __builtin_convertvector(v, vf); }

DP_INLINE vf absolute(vf v) { return from_bits(bits(v) & 0x7fffffffu); }
/* |magnitude| with the sign bit of `sign`. */
DP_INLINE vf copy_sign(vf magnitude, vf sign) {
    return from_bits((bits(magnitude) & 0x7fffffffu) | (bits(sign) & 0x80000000u));
}

/* sin x and cos x one lane at a time, through double: for arguments so large that they are rare. */
DP_INLINE vf sine_of_lanes(vf v) {
    for (int i = 0; i < VL; i++) v[i] = (float)__builtin_sin((double)v[i]);
    return v;
}
DP_INLINE vf cosine_of_lanes(vf v) {
    for (int i = 0; i < VL; i++) v[i] = (float)__builtin_cos((double)v[i]);
    return v;
}

/* Lane numbers 0, 1, 2, … */
DP_INLINE vu lane_numbers() {
    vu v;
    for (int i = 0; i < VL; i++) v[i] = (uint32_t)i;
    return v;
}

/* Loads or stores min(n, VL) elements; nothing when n <= 0. Lanes past n are `fill`. */
DP_INLINE vf load_up_to(const float* p, int64_t n, float fill) {
    return n >= VL ? load(p) : n > 0 ? load_partial(p, (int)n, fill) : splat(fill);
}

DP_INLINE void store_up_to(float* p, int64_t n, vf v) {
    if (n >= VL) {
        store(p, v);
    } else if (n > 0) {
        store_partial(p, (int)n, v);
    }
}

/* Sums `count` vectors (a power of two) lane by lane, halving the array each time, then folds the lanes in halves: for the
 * same total of lanes every set adds in the same order. Destroys v. */
DP_INLINE float fold_sum(vf* v, int count) {
    for (int half = count / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) v[i] = v[i] + v[i + half];
    }
    return fold_sum(v[0]);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
