/*
 * gemm_heads.h: C = A B (+ bias) for few columns, too few to fill a vector: the lanes are rows instead. Included by gemm.cpp alone.
 */
#pragma once
#include "gemm_packing.h"
#include "gemm_tiles.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Products with at most this many columns have lanes for rows. */
constexpr int kHeadColumns = VL == 16 ? 12 : 10;

/* `rows` (at most VL) rows of C, whose kColumns columns are all. Rows of A are `a_stride` apart; B and C are dense. */
template <int kColumns>
void head(const Block& block, int64_t rows, const float* a, int64_t a_stride, const float* b, const float* bias, float* c) {
    vf sums[kColumns];
#pragma GCC unroll 12
    for (int j = 0; j < kColumns; j++) sums[j] = splat(bias == nullptr ? 0.0f : bias[j]);
    for (int64_t p = 0; p < block.k; p += VL) {
        const int64_t count = block.k - p < VL ? block.k - p : VL;
        vf square[VL];
        load_transposed(a + p, a_stride, rows, count, square);
        if (count == VL) {
#pragma GCC unroll 16
            for (int i = 0; i < VL; i++) {
#pragma GCC unroll 12
                for (int j = 0; j < kColumns; j++) sums[j] = fma(splat(b[i * kColumns + j]), square[i], sums[j]);
            }
        } else {
            for (int64_t i = 0; i < count; i++) {
#pragma GCC unroll 12
                for (int j = 0; j < kColumns; j++) sums[j] = fma(splat(b[i * kColumns + j]), square[i], sums[j]);
            }
        }
        b += VL * kColumns;
    }
    alignas(64) float columns[kColumns][VL];
#pragma GCC unroll 12
    for (int j = 0; j < kColumns; j++) store(columns[j], sums[j]);
    for (int64_t i = 0; i < rows; i++) {
#pragma GCC unroll 12
        for (int j = 0; j < kColumns; j++) {
            c[i * kColumns + j] = block.add ? c[i * kColumns + j] + columns[j][i] : columns[j][i];
        }
    }
}

typedef void (*Head)(const Block&, int64_t, const float*, int64_t, const float*, const float*, float*);

/* By columns - 1. */
struct Heads {
    Head of[kHeadColumns];
};

template <int kColumns>
constexpr void add_heads(Heads& heads) {
    if constexpr (kColumns > 0) {
        add_heads<kColumns - 1>(heads);
        heads.of[kColumns - 1] = head<kColumns>;
    }
}

constexpr Heads make_heads() {
    Heads heads = {};
    add_heads<kHeadColumns>(heads);
    return heads;
}

constexpr Heads kHeads = make_heads();

/* One block of k of A[m, k] B[k, n]. */
void multiply_block_by_heads(const Block& block, int64_t m, int64_t n, const float* a, int64_t a_stride, const float* b, const float* bias,
                             float* c) {
    for (int64_t i = 0; i < m; i += VL) {
        kHeads.of[n - 1](block, m - i < VL ? m - i : VL, a + i * a_stride, a_stride, b, bias, c + i * n);
    }
}

}  // namespace
}  // namespace DP_ISA_NAME
}  // namespace diapason
