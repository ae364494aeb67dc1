/*
 * simd_portable.h: the primitives of simd.h on 128-bit compiler vectors, for every machine. Where the architecture's own
 * baseline has an instruction that the compiler would not find (square root, wide product, NEON's fused multiply-add),
 * it is named under its guard. Included by simd.h alone.
 */
#pragma once
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace diapason {
namespace DP_ISA_NAME {

constexpr int VL = 4;
typedef float vf __attribute__((vector_size(16)));
typedef int32_t vi __attribute__((vector_size(16)));
typedef uint32_t vu __attribute__((vector_size(16)));
typedef uint64_t vw __attribute__((vector_size(16)));
typedef vi Mask;

/* Rows of a register tile of two vectors: what 16 registers (x86-64) or 32 (AArch64) hold beside A and B. */
#if defined(__aarch64__)
constexpr int kGemmRows = 12;
#else
constexpr int kGemmRows = 5;
#endif
constexpr bool kMaskedLoadIsCheap = false;
constexpr int kPhiloxBatches = 1;
constexpr int kVectorsAhead = 1;

DP_INLINE vf splat(float value) { return vf{value, value, value, value}; }

DP_INLINE vf load_partial(const float* p, int n, float fill) {
    return vf{p[0], n > 1 ? p[1] : fill, n > 2 ? p[2] : fill, fill};
}
DP_INLINE void store_partial(float* p, int n, vf v) {
    p[0] = v[0];
    if (n > 1) p[1] = v[1];
    if (n > 2) p[2] = v[2];
}

DP_INLINE vf fma(vf a, vf b, vf c) {
#if defined(__aarch64__)
    return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
    return a * b + c;
#endif
}

DP_INLINE Mask less(vf a, vf b) { return a < b; }
/* Not a <= b: where a > b, and where either is NaN. */
DP_INLINE Mask not_at_most(vf a, vf b) { return ~(a <= b); }
DP_INLINE Mask both(Mask a, Mask b) { return a & b; }
DP_INLINE Mask equal(vu a, vu b) { return (Mask)(a == b); }
DP_INLINE bool any(Mask mask) { return (mask[0] | mask[1] | mask[2] | mask[3]) != 0; }
DP_INLINE vf select(Mask mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
/* v where the mask holds, else 0. */
DP_INLINE vf masked(Mask mask, vf v) { return (vf)(mask & (vi)v); }

DP_INLINE vf maximum(vf a, vf b) {
#if defined(__SSE2__)
    return _mm_max_ps(a, b);
#else
    return select(a > b, a, b);
#endif
}
DP_INLINE vf minimum(vf a, vf b) {
#if defined(__SSE2__)
    return _mm_min_ps(a, b);
#else
    return select(a < b, a, b);
#endif
}

DP_INLINE vf square_root(vf v) {
#if defined(__SSE2__)
    return _mm_sqrt_ps(v);
#elif defined(__aarch64__)
    return (vf)vsqrtq_f32((float32x4_t)v);
#else
    for (int i = 0; i < VL; i++) v[i] = __builtin_sqrtf(v[i]);
    return v;
#endif
}

DP_INLINE float fold_sum(vf v) { return (v[0] + v[2]) + (v[1] + v[3]); }

/* The 64-bit products a * m, as high and low words. */
DP_INLINE void multiply_wide(vu a, uint32_t m, vu& high, vu& low) {
#if defined(__SSE2__)
    const __m128i factor = _mm_set1_epi32((int)m);
    const __m128i even = _mm_mul_epu32((__m128i)a, factor);
    const __m128i odd = _mm_mul_epu32(_mm_srli_epi64((__m128i)a, 32), factor);
    const __m128i low_words = _mm_set1_epi64x(0xffffffff);
    high = (vu)_mm_or_si128(_mm_srli_epi64(even, 32), _mm_andnot_si128(low_words, odd));
    low = (vu)_mm_or_si128(_mm_and_si128(even, low_words), _mm_slli_epi64(odd, 32));
#else
    for (int i = 0; i < VL; i++) {
        const uint64_t product = (uint64_t)a[i] * m;
        high[i] = (uint32_t)(product >> 32);
        low[i] = (uint32_t)product;
    }
#endif
}

/* The 64-bit products of each lane's low word and m. */
DP_INLINE vw multiply_low_words(vw a, uint32_t m) {
#if defined(__SSE2__)
    return (vw)_mm_mul_epu32((__m128i)a, _mm_set1_epi32((int)m));
#else
    return (a & 0xffffffffu) * (vw{} + m);
#endif
}
DP_INLINE vw exclusive_or(vw a, vw b, vw c) { return a ^ b ^ c; }
/* The low words of even[0], odd[0], even[1], odd[1], … */
DP_INLINE vu interleave_low_words(vw even, vw odd) { return (vu)((even & 0xffffffffu) | odd << 32); }

/* Reads each word as two 16-bit numbers, low half first, and says of the 2 VL numbers which are >= threshold. */
DP_INLINE void at_least_16(vu words, uint32_t threshold, Mask& first, Mask& second) {
    const vi limit = vi{} + (int32_t)threshold;
    const vi low = (vi)(words & 0xffffu) >= limit;
    const vi high = (vi)(words >> 16) >= limit;
    first = Mask{low[0], high[0], low[1], high[1]};
    second = Mask{low[2], high[2], low[3], high[3]};
}

/* The greatest lane; of NaN lanes some may be lost. */
DP_INLINE float fold_maximum(vf v) {
    const float first = v[0] > v[1] ? v[0] : v[1];
    const float second = v[2] > v[3] ? v[2] : v[3];
    return first > second ? first : second;
}

/* Lane i of a mask as bit i, and back. */
DP_INLINE uint32_t lane_bits(Mask mask) {
    const vi bits = mask & vi{1, 2, 4, 8};
    return (uint32_t)(bits[0] | bits[1] | bits[2] | bits[3]);
}
DP_INLINE Mask lanes_of_bits(uint32_t bits) {
    const vi lane = {1, 2, 4, 8};
    return ((vi{} + (int32_t)bits) & lane) == lane;
}

/* Lanes 0, 2, 4, … and 1, 3, 5, … of two vectors one behind the other; and back. */
DP_INLINE void part_pairs(vf first, vf second, vf& even, vf& odd) {
    even = vf{first[0], first[2], second[0], second[2]};
    odd = vf{first[1], first[3], second[1], second[3]};
}
DP_INLINE void join_pairs(vf even, vf odd, vf& first, vf& second) {
    first = vf{even[0], odd[0], even[1], odd[1]};
    second = vf{even[2], odd[2], even[3], odd[3]};
}

/* Transposes the VL x VL matrix whose rows are r. */
DP_INLINE void transpose(vf (&r)[VL]) {
    const vf a = r[0], b = r[1], c = r[2], d = r[3];
    r[0] = vf{a[0], b[0], c[0], d[0]};
    r[1] = vf{a[1], b[1], c[1], d[1]};
    r[2] = vf{a[2], b[2], c[2], d[2]};
    r[3] = vf{a[3], b[3], c[3], d[3]};
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
