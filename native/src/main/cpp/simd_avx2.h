/* simd_avx2.h: the primitives of simd.h for AVX2 and FMA. Included by simd.h alone. */
#pragma once
#include <immintrin.h>

namespace diapason {
namespace DP_ISA_NAME {

constexpr int VL = 8;
typedef __m256 vf;
typedef int32_t vi __attribute__((vector_size(32)));
typedef uint32_t vu __attribute__((vector_size(32)));
typedef uint64_t vw __attribute__((vector_size(32)));
typedef __m256 Mask;

/* Rows of a register tile of two vectors: 12 accumulators, two vectors of B, one of A, one to spare. */
constexpr int kGemmRows = 6;
constexpr bool kMaskedLoadIsCheap = true;
constexpr int kPhiloxBatches = 1;
constexpr int kVectorsAhead = 1;

DP_INLINE vf splat(float value) { return _mm256_set1_ps(value); }

DP_INLINE __m256i first_lanes(int n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

DP_INLINE vf load_partial(const float* p, int n, float fill) {
    const __m256i mask = first_lanes(n);
    return _mm256_blendv_ps(_mm256_set1_ps(fill), _mm256_maskload_ps(p, mask), _mm256_castsi256_ps(mask));
}
DP_INLINE void store_partial(float* p, int n, vf v) { _mm256_maskstore_ps(p, first_lanes(n), v); }

DP_INLINE vf fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
DP_INLINE vf maximum(vf a, vf b) { return _mm256_max_ps(a, b); }
DP_INLINE vf minimum(vf a, vf b) { return _mm256_min_ps(a, b); }
DP_INLINE vf square_root(vf v) { return _mm256_sqrt_ps(v); }
DP_INLINE Mask less(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
/* Not a <= b: where a > b, and where either is NaN. */
DP_INLINE Mask not_at_most(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_NLE_UQ); }
DP_INLINE Mask both(Mask a, Mask b) { return _mm256_and_ps(a, b); }
DP_INLINE Mask equal(vu a, vu b) { return _mm256_castsi256_ps(_mm256_cmpeq_epi32((__m256i)a, (__m256i)b)); }
DP_INLINE bool any(Mask mask) { return _mm256_movemask_ps(mask) != 0; }
DP_INLINE vf select(Mask mask, vf a, vf b) { return _mm256_blendv_ps(b, a, mask); }
/* v where the mask holds, else 0. */
DP_INLINE vf masked(Mask mask, vf v) { return _mm256_and_ps(mask, v); }

DP_INLINE float fold_sum(vf v) {
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/* The greatest lane; of NaN lanes some may be lost. */
DP_INLINE float fold_maximum(vf v) {
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

/* The 64-bit products a * m, as high and low words. Words move by shuffles because shifts compete with the products for
 * ports. */
DP_INLINE void multiply_wide(vu a, uint32_t m, vu& high, vu& low) {
    const __m256i factor = _mm256_set1_epi32((int)m);
    const __m256i even = _mm256_mul_epu32((__m256i)a, factor);
    const __m256i odd = _mm256_mul_epu32(_mm256_shuffle_epi32((__m256i)a, 0xF5), factor);
    high = (vu)_mm256_blend_epi32(_mm256_shuffle_epi32(even, 0xF5), odd, 0xAA);
    low = (vu)_mm256_blend_epi32(even, _mm256_shuffle_epi32(odd, 0xA0), 0xAA);
}

/* The 64-bit products of each lane's low word and m. */
DP_INLINE vw multiply_low_words(vw a, uint32_t m) { return (vw)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(m)); }
DP_INLINE vw exclusive_or(vw a, vw b, vw c) { return a ^ b ^ c; }
/* The low words of even[0], odd[0], even[1], odd[1], … */
DP_INLINE vu interleave_low_words(vw even, vw odd) {
    return (vu)_mm256_blend_epi32((__m256i)even, _mm256_shuffle_epi32((__m256i)odd, 0xA0), 0xAA);
}

/* Reads each word as two 16-bit numbers, low half first, and says of the 2 VL numbers which are >= threshold. */
DP_INLINE void at_least_16(vu words, uint32_t threshold, Mask& first, Mask& second) {
    const __m256i halves = (__m256i)words;
    const __m256i greatest = _mm256_max_epu16(halves, _mm256_set1_epi16((short)threshold));
    const __m256i mask = _mm256_cmpeq_epi16(greatest, halves);
    first = _mm256_castsi256_ps(_mm256_cvtepi16_epi32(_mm256_castsi256_si128(mask)));
    second = _mm256_castsi256_ps(_mm256_cvtepi16_epi32(_mm256_extracti128_si256(mask, 1)));
}

/* Lane i of a mask as bit i, and back. */
DP_INLINE uint32_t lane_bits(Mask mask) { return (uint32_t)_mm256_movemask_ps(mask); }
DP_INLINE Mask lanes_of_bits(uint32_t bits) {
    const __m256i lane = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    return _mm256_castsi256_ps(_mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)bits), lane), lane));
}

/* Lanes 0, 2, 4, … and 1, 3, 5, … of two vectors one behind the other; and back. */
DP_INLINE void part_pairs(vf first, vf second, vf& even, vf& odd) {
    const __m256d evens = _mm256_castps_pd(_mm256_shuffle_ps(first, second, 0x88));
    const __m256d odds = _mm256_castps_pd(_mm256_shuffle_ps(first, second, 0xdd));
    even = _mm256_castpd_ps(_mm256_permute4x64_pd(evens, 0xd8));
    odd = _mm256_castpd_ps(_mm256_permute4x64_pd(odds, 0xd8));
}
DP_INLINE void join_pairs(vf even, vf odd, vf& first, vf& second) {
    const __m256 low = _mm256_unpacklo_ps(even, odd), high = _mm256_unpackhi_ps(even, odd);
    first = _mm256_permute2f128_ps(low, high, 0x20);
    second = _mm256_permute2f128_ps(low, high, 0x31);
}

/* Transposes the VL x VL matrix whose rows are r. */
DP_INLINE void transpose(vf (&r)[VL]) {
    __m256 s[VL];
    for (int i = 0; i < VL; i += 2) {
        s[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
        s[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < VL; i += 4) {
        for (int h = 0; h < 2; h++) {
            r[i + 2 * h] = _mm256_shuffle_ps(s[i + h], s[i + h + 2], 0x44);
            r[i + 2 * h + 1] = _mm256_shuffle_ps(s[i + h], s[i + h + 2], 0xee);
        }
    }
    for (int c = 0; c < 4; c++) {
        s[c] = _mm256_permute2f128_ps(r[c], r[4 + c], 0x20);
        s[4 + c] = _mm256_permute2f128_ps(r[c], r[4 + c], 0x31);
    }
    for (int c = 0; c < VL; c++) r[c] = s[c];
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
