/* reference_gemm.h: a matrix product by tiles that stay in registers, without packing; and multiply-adds without memory. FROZEN. */
#pragma once
#include <stdint.h>

#if REFERENCE_LEVEL > 0
#include <immintrin.h>
#endif

namespace reference {
namespace REFERENCE_ISA {
namespace {

#if REFERENCE_LEVEL == 2
typedef float Vector __attribute__((vector_size(64)));
inline Vector multiply_add(Vector a, Vector b, Vector c) {
    return (Vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
constexpr int kRows = 8;
#elif REFERENCE_LEVEL == 1
typedef float Vector __attribute__((vector_size(32)));
inline Vector multiply_add(Vector a, Vector b, Vector c) {
    return (Vector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
constexpr int kRows = 4;
#else
typedef float Vector __attribute__((vector_size(16)));
inline Vector multiply_add(Vector a, Vector b, Vector c) {
    return a * b + c;
}
constexpr int kRows = 4;
#endif
constexpr int kLanes = (int)(sizeof(Vector) / sizeof(float));

inline Vector load(const float* p) {
    Vector v;
    __builtin_memcpy(&v, p, sizeof(v));
    return v;
}

/* kRows rows and kVectors vectors of columns; element (i, p) of A lies at a[i * a_row + p * a_step]. */
template <int kVectors>
void tile(int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_row, float* c, int64_t c_row) {
    Vector sums[kRows][kVectors] = {};
    for (int64_t p = 0; p < k; p++) {
        Vector columns[kVectors];
        for (int v = 0; v < kVectors; v++) columns[v] = load(b + p * b_row + v * kLanes);
        for (int i = 0; i < kRows; i++) {
            const Vector element = Vector{} + a[i * a_row + p * a_step];
            for (int v = 0; v < kVectors; v++) sums[i][v] = multiply_add(element, columns[v], sums[i][v]);
        }
    }
    for (int i = 0; i < kRows; i++) {
        for (int v = 0; v < kVectors; v++) __builtin_memcpy(c + i * c_row + v * kLanes, &sums[i][v], sizeof(Vector));
    }
}

template <int kVectors>
void panel(int64_t m, int64_t n, int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, float* c) {
    for (int64_t i = 0; i < m; i += kRows) tile<kVectors>(k, a + i * a_row, a_row, a_step, b, n, c + i * n, n);
}

void gemm(int transpose_a, int64_t m, int64_t n, int64_t k, const float* a, const float* b, float* c) {
    const int64_t a_row = transpose_a ? 1 : k;
    const int64_t a_step = transpose_a ? m : 1;
    int64_t j = 0;
    for (; j + 2 * kLanes <= n; j += 2 * kLanes) panel<2>(m, n, k, a, a_row, a_step, b + j, c + j);
    for (; j < n; j += kLanes) panel<1>(m, n, k, a, a_row, a_step, b + j, c + j);
}

/* So many chains that none waits for itself: 12 covers a latency of 6 at two a cycle. */
double peak(int64_t repetitions, float factor, float* out) {
    constexpr int kChains = 12;
    const Vector multiplier = Vector{} + factor;
    /* All different, or the compiler would compute one. */
    Vector chains[kChains];
    for (int c = 0; c < kChains; c++) chains[c] = load(out) + (float)c;
    for (int64_t i = 0; i < repetitions; i++) {
        for (int c = 0; c < kChains; c++) chains[c] = multiply_add(chains[c], multiplier, multiplier);
    }
    Vector sum = {};
    for (int c = 0; c < kChains; c++) sum += chains[c];
    __builtin_memcpy(out, &sum, sizeof(sum));
    return 2.0 * kLanes * kChains * (double)repetitions;
}

}  // namespace
}  // namespace REFERENCE_ISA
}  // namespace reference
