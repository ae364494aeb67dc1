/* simd_avx512.h: the primitives of simd.h for AVX-512 F, DQ, BW, VL. Included by simd.h alone. */
#pragma once
#include <immintrin.h>

namespace diapason {
namespace DP_ISA_NAME {

constexpr int VL = 16;
typedef __m512 vf;
typedef int32_t vi __attribute__((vector_size(64)));
typedef uint32_t vu __attribute__((vector_size(64)));
typedef uint64_t vw __attribute__((vector_size(64)));
typedef __mmask16 Mask;

/* Rows of a register tile of two vectors: 28 accumulators, two vectors of B, two to spare. */
constexpr int kGemmRows = 14;
constexpr bool kMaskedLoadIsCheap = true;
/* Batches of VL Philox blocks at once: what the registers hold. */
constexpr int kPhiloxBatches = 2;
/* Vectors of each operand that an optimiser reads ahead. */
constexpr int kVectorsAhead = 2;

DP_INLINE vf splat(float value) { return _mm512_set1_ps(value); }

DP_INLINE Mask first_lanes(int n) { return (Mask)((1u << n) - 1); }

DP_INLINE vf load_partial(const float* p, int n, float fill) {
    return _mm512_mask_loadu_ps(_mm512_set1_ps(fill), first_lanes(n), p);
}
DP_INLINE void store_partial(float* p, int n, vf v) { _mm512_mask_storeu_ps(p, first_lanes(n), v); }

DP_INLINE vf fma(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }
/* v * 2^n for a whole n; see functions.h. */
DP_INLINE vf scaled(vf v, vf n, vf) { return _mm512_scalef_ps(v, n); }
DP_INLINE vf scaled_within(vf v, vf n, vf) { return _mm512_scalef_ps(v, n); }
DP_INLINE vf maximum(vf a, vf b) { return _mm512_max_ps(a, b); }
DP_INLINE vf minimum(vf a, vf b) { return _mm512_min_ps(a, b); }
DP_INLINE vf square_root(vf v) { return _mm512_sqrt_ps(v); }
DP_INLINE Mask less(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
/* Not a <= b: where a > b, and where either is NaN. */
DP_INLINE Mask not_at_most(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_NLE_UQ); }
DP_INLINE Mask equal(vu a, vu b) { return _mm512_cmpeq_epi32_mask((__m512i)a, (__m512i)b); }
DP_INLINE bool any(Mask mask) { return mask != 0; }
DP_INLINE Mask both(Mask a, Mask b) { return (Mask)(a & b); }
DP_INLINE vf select(Mask mask, vf a, vf b) { return _mm512_mask_blend_ps(mask, b, a); }
/* v where the mask holds, else 0. */
DP_INLINE vf masked(Mask mask, vf v) { return _mm512_maskz_mov_ps(mask, v); }

DP_INLINE float fold_sum(vf v) {
    const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/* The greatest lane; of NaN lanes some may be lost. */
DP_INLINE float fold_maximum(vf v) {
    const __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

/* The 64-bit products a * m, as high and low words. Words move by shuffles because shifts compete with the products for a
 * port. */
DP_INLINE void multiply_wide(vu a, uint32_t m, vu& high, vu& low) {
    const __m512i factor = _mm512_set1_epi32((int)m);
    const __m512i even = _mm512_mul_epu32((__m512i)a, factor);
    const __m512i odd = _mm512_mul_epu32(_mm512_shuffle_epi32((__m512i)a, (_MM_PERM_ENUM)0xF5), factor);
    high = (vu)_mm512_mask_shuffle_epi32(odd, 0x5555, even, (_MM_PERM_ENUM)0xF5);
    low = (vu)_mm512_mask_shuffle_epi32(even, 0xAAAA, odd, (_MM_PERM_ENUM)0xA0);
}

/* The 64-bit products of each lane's low word and m. */
DP_INLINE vw multiply_low_words(vw a, uint32_t m) { return (vw)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64(m)); }
DP_INLINE vw exclusive_or(vw a, vw b, vw c) { return (vw)_mm512_ternarylogic_epi64((__m512i)a, (__m512i)b, (__m512i)c, 0x96); }
/* The low words of even[0], odd[0], even[1], odd[1], … */
DP_INLINE vu interleave_low_words(vw even, vw odd) {
    return (vu)_mm512_mask_shuffle_epi32((__m512i)even, 0xAAAA, (__m512i)odd, (_MM_PERM_ENUM)0xA0);
}

/* Reads each word as two 16-bit numbers, low half first, and says of the 2 VL numbers which are >= threshold. */
DP_INLINE void at_least_16(vu words, uint32_t threshold, Mask& first, Mask& second) {
    const __mmask32 mask = _mm512_cmpge_epu16_mask((__m512i)words, _mm512_set1_epi16((short)threshold));
    first = (Mask)mask;
    second = (Mask)(mask >> 16);
}

/* Lane i of a mask as bit i, and back. */
DP_INLINE uint32_t lane_bits(Mask mask) { return mask; }
DP_INLINE Mask lanes_of_bits(uint32_t bits) { return (Mask)bits; }

/* Lanes 0, 2, 4, … and 1, 3, 5, … of two vectors one behind the other; and back. */
DP_INLINE void part_pairs(vf first, vf second, vf& even, vf& odd) {
    const __m512i lanes = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    even = _mm512_permutex2var_ps(first, lanes, second);
    odd = _mm512_permutex2var_ps(first, _mm512_or_si512(lanes, _mm512_set1_epi32(1)), second);
}
DP_INLINE void join_pairs(vf even, vf odd, vf& first, vf& second) {
    const __m512i lanes = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    first = _mm512_permutex2var_ps(even, lanes, odd);
    second = _mm512_permutex2var_ps(even, _mm512_or_si512(lanes, _mm512_set1_epi32(8)), odd);
}

/* Transposes the VL x VL matrix whose rows are r. */
DP_INLINE void transpose(vf (&r)[VL]) {
    __m512 s[VL];
    for (int i = 0; i < VL; i += 2) {
        s[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
        s[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < VL; i += 4) {
        for (int h = 0; h < 2; h++) {
            const __m512d a = _mm512_castps_pd(s[i + h]);
            const __m512d b = _mm512_castps_pd(s[i + h + 2]);
            r[i + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(a, b));
            r[i + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(a, b));
        }
    }
    /* r[4 g + c] now holds column c, 4 + c, 8 + c, 12 + c of rows 4 g … 4 g + 3, one 128-bit piece each. */
    for (int c = 0; c < 4; c++) {
        s[c] = _mm512_shuffle_f32x4(r[c], r[4 + c], 0x88);
        s[4 + c] = _mm512_shuffle_f32x4(r[c], r[4 + c], 0xdd);
        s[8 + c] = _mm512_shuffle_f32x4(r[8 + c], r[12 + c], 0x88);
        s[12 + c] = _mm512_shuffle_f32x4(r[8 + c], r[12 + c], 0xdd);
    }
    for (int c = 0; c < 8; c++) {
        r[c] = _mm512_shuffle_f32x4(s[c], s[8 + c], 0x88);
        r[8 + c] = _mm512_shuffle_f32x4(s[c], s[8 + c], 0xdd);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
