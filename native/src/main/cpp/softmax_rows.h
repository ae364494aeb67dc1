/*
 * softmax_rows.h: what softmax and cross-entropy do with one row of logits. Element c of a row is added to lane c % 16 whatever
 * the vector length, so every instruction set with the same exponential gives the same bits.
 */
#pragma once
#include "simd.h"

#include "functions.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

constexpr int kLanes = 16;
constexpr int kVectors = kLanes / VL;
constexpr float kMinusInfinity = -__builtin_inff();

/* Up to 16 neighbouring elements of a row. */
struct Chunk {
    vf v[kVectors];
};

DP_INLINE Chunk load_chunk(const float* p, int64_t n) {
    Chunk chunk;
    for (int j = 0; j < kVectors; j++) chunk.v[j] = load_up_to(p + j * VL, n - j * VL, kMinusInfinity);
    return chunk;
}

DP_INLINE void store_chunk(float* p, int64_t n, const Chunk& chunk) {
    for (int j = 0; j < kVectors; j++) store_up_to(p + j * VL, n - j * VL, chunk.v[j]);
}

/* The greatest element. A NaN may be lost here: the row's sum brings it back. */
inline float row_maximum(int64_t classes, const float* logits) {
    Chunk greatest = load_chunk(logits, classes);
    for (int64_t c = kLanes; c < classes; c += kLanes) {
        const Chunk chunk = load_chunk(logits + c, classes - c);
        for (int j = 0; j < kVectors; j++) greatest.v[j] = maximum(greatest.v[j], chunk.v[j]);
    }
    vf lanes = greatest.v[0];
    for (int j = 1; j < kVectors; j++) lanes = maximum(lanes, greatest.v[j]);
    return fold_maximum(lanes);
}

/* The sum over the row of e^(logit - maximum); the terms are stored when `terms` is not null. */
inline float row_exponentials(int64_t classes, const float* logits, float maximum, float* terms) {
    Chunk sums;
    for (int j = 0; j < kVectors; j++) sums.v[j] = splat(0.0f);
    for (int64_t c = 0; c < classes; c += kLanes) {
        Chunk chunk = load_chunk(logits + c, classes - c);
        for (int j = 0; j < kVectors; j++) {
            chunk.v[j] = exponential(chunk.v[j] - splat(maximum));
            sums.v[j] = sums.v[j] + chunk.v[j];
        }
        if (terms != nullptr) store_chunk(terms + c, classes - c, chunk);
    }
    return fold_sum(sums.v, kVectors);
}

inline void scale_row(int64_t classes, float inverse_sum, float factor, float* row) {
    for (int64_t c = 0; c < classes; c += VL) {
        const vf probabilities = load_up_to(row + c, classes - c, 0.0f) * splat(inverse_sum);
        store_up_to(row + c, classes - c, probabilities * splat(factor));
    }
}

}  // namespace
}  // namespace DP_ISA_NAME
}  // namespace diapason
