/* gemm_packing.h: copies of parts of an operand in the order in which tiles read them. Included by gemm.cpp alone. */
#pragma once
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* How many rows ahead are asked for: they lie in other pages, where the hardware's prefetcher does not follow. */
constexpr int64_t kPrefetch = 16;

/* Copies k rows of `columns` floats into rows of `width` floats, the rest 0. */
void pack_panel(int64_t k, int64_t columns, const float* b, int64_t b_stride, float* packed, int64_t width) {
    for (int64_t p = 0; p < k; p++) {
        if (p + kPrefetch < k) {
            for (int64_t j = 0; j < columns; j += 16) __builtin_prefetch(b + (p + kPrefetch) * b_stride + j);
        }
        for (int64_t j = 0; j < width; j += VL) {
            store(packed + p * width + j, load_up_to(b + p * b_stride + j, columns - j, 0.0f));
        }
    }
}

/* square[p] lane r = data[r * stride + p] for r < rows and p < columns, else 0. */
DP_INLINE void load_transposed(const float* data, int64_t stride, int64_t rows, int64_t columns, vf (&square)[VL]) {
    if (rows >= VL && columns >= VL) {
#pragma GCC unroll 16
        for (int i = 0; i < VL; i++) square[i] = load(data + i * stride);
    } else {
        for (int i = 0; i < VL; i++) square[i] = i < rows ? load_up_to(data + i * stride, columns, 0.0f) : splat(0.0f);
    }
    transpose(square);
}

/*
 * packed[p * width + j] = b[j * b_stride + p] for j < columns, else 0. Vectors are stored whole where width ends within them, up to
 * VL - 1 floats too far: the later ones of a row first, so that those of the next row win.
 */
void pack_transposed(int64_t k, int64_t columns, const float* b, int64_t b_stride, float* packed, int64_t width) {
    for (int64_t p = 0; p < k; p += VL) {
        for (int64_t j = (width - 1) / VL * VL; j >= 0; j -= VL) {
            vf square[VL];
            load_transposed(b + j * b_stride + p, b_stride, columns - j, k - p, square);
            float* out = packed + p * width + j;
            if (k - p >= VL) {
#pragma GCC unroll 16
                for (int i = 0; i < VL; i++) store(out + i * width, square[i]);
            } else {
                for (int64_t i = 0; i < k - p; i++) store(out + i * width, square[i]);
            }
        }
    }
}

}  // namespace
}  // namespace DP_ISA_NAME
}  // namespace diapason
