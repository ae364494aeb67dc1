/*
 * softmax.cpp: softmax and cross-entropy over rows. Element c of a row is added to lane c % 16 whatever the vector length,
 * so every instruction set with the same exponential gives the same bits.
 */
#include "kernels.h"
#include "simd.h"

#include "formulas.h"

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
float row_maximum(int64_t classes, const float* logits) {
    Chunk greatest = load_chunk(logits, classes);
    for (int64_t c = kLanes; c < classes; c += kLanes) {
        const Chunk chunk = load_chunk(logits + c, classes - c);
        for (int j = 0; j < kVectors; j++) greatest.v[j] = maximum(greatest.v[j], chunk.v[j]);
    }
    vf lanes = greatest.v[0];
    for (int j = 1; j < kVectors; j++) lanes = maximum(lanes, greatest.v[j]);
    float result = lanes[0];
    for (int i = 1; i < VL; i++) result = lanes[i] > result ? lanes[i] : result;
    return result;
}

/* The sum over the row of e^(logit - maximum); the terms are stored when `terms` is not null. */
float row_exponentials(int64_t classes, const float* logits, float maximum, float* terms) {
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

void scale_row(int64_t classes, float inverse_sum, float factor, float* row) {
    for (int64_t c = 0; c < classes; c += VL) {
        const vf probabilities = load_up_to(row + c, classes - c, 0.0f) * splat(inverse_sum);
        store_up_to(row + c, classes - c, probabilities * splat(factor));
    }
}

}  // namespace

void softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities) {
    for (int64_t r = 0; r < rows; r++) {
        const float* row = logits + r * classes;
        float* out = probabilities + r * classes;
        const float sum = row_exponentials(classes, row, row_maximum(classes, row), out);
        scale_row(classes, 1.0f / sum, 1.0f, out);
    }
}

double cross_entropy(int64_t rows, int64_t classes, const float* logits, const int32_t* targets) {
    double loss = 0.0;
    for (int64_t first = 0; first < rows; first += VL) {
        const int count = rows - first < VL ? (int)(rows - first) : VL;
        vf sums = splat(1.0f);
        float target_logits[VL];
        for (int i = 0; i < count; i++) {
            const float* row = logits + (first + i) * classes;
            const float maximum = row_maximum(classes, row);
            sums[i] = row_exponentials(classes, row, maximum, nullptr);
            target_logits[i] = row[targets[first + i]] - maximum;
        }
        const vf logarithms = logarithm(sums);
        for (int i = 0; i < count; i++) loss += (double)logarithms[i] - (double)target_logits[i];
    }
    return loss;
}

void cross_entropy_backward(int64_t rows, int64_t classes, const float* logits, const int32_t* targets, float factor,
                            float* dlogits) {
    for (int64_t r = 0; r < rows; r++) {
        const float* row = logits + r * classes;
        float* out = dlogits + r * classes;
        const float inverse_sum = 1.0f / row_exponentials(classes, row, row_maximum(classes, row), out);
        const float target_probability = out[targets[r]] * inverse_sum;
        scale_row(classes, inverse_sum, factor, out);
        out[targets[r]] = (target_probability - 1.0f) * factor;
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
