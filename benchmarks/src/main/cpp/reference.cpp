/* reference.cpp: the reference kernels of one instruction set; compiled once for each, with the flags of native's kernels. FROZEN. */
#include <math.h>
#include <string.h>

#include "reference_gemm.h"
#include "reference_table.h"

namespace reference {
namespace REFERENCE_ISA {
namespace {

void relu(int64_t n, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t i = 0; i < n; i++) y[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

void relu_backward(int64_t n, const float* __restrict__ x, const float* __restrict__ dy, float* __restrict__ dx) {
    for (int64_t i = 0; i < n; i++) dx[i] = x[i] > 0.0f ? dy[i] : 0.0f;
}

/* Lambert's continued fraction, cut off. */
void tanh(int64_t n, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t i = 0; i < n; i++) {
        const float t = x[i] < -5.0f ? -5.0f : x[i] > 5.0f ? 5.0f : x[i];
        const float s = t * t;
        const float above = t * (135135.0f + s * (17325.0f + s * (378.0f + s)));
        const float below = 135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f));
        y[i] = above / below;
    }
}

/* e^t = 2^w * e^r, with w whole and e^r by Taylor. */
inline float exponential(float t) {
    t = t < -80.0f ? -80.0f : t > 80.0f ? 80.0f : t;
    const float w = (t * 1.44269504f + 12582912.0f) - 12582912.0f;
    const float r = t - w * 0.693147181f;
    const float e = 1.0f + r * (1.0f + r * (0.5f + r * (0.166666667f + r * (0.0416666667f + r * 0.00833333333f))));
    const int32_t bits = ((int32_t)w + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof(power));
    return e * power;
}

void gelu(int64_t n, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t i = 0; i < n; i++) y[i] = x[i] / (1.0f + exponential(-1.702f * x[i]));
}

/* 16 blocks at a time, each of which decides about 8 elements. */
void dropout(int64_t n, uint32_t threshold, float floor, float scale, uint64_t seed, uint64_t stream, const float* __restrict__ x,
             float* __restrict__ y) {
    constexpr int kBlocks = 16;
    for (int64_t first = 0; first < n; first += 8 * kBlocks) {
        uint32_t words[4][kBlocks];
        for (int b = 0; b < kBlocks; b++) {
            words[0][b] = (uint32_t)(first / 8) + (uint32_t)b;
            words[1][b] = 0;
            words[2][b] = (uint32_t)stream;
            words[3][b] = (uint32_t)(stream >> 32);
        }
        uint32_t low_key = (uint32_t)seed, high_key = (uint32_t)(seed >> 32);
        for (int round = 0; round < 10; round++) {
            for (int b = 0; b < kBlocks; b++) {
                const uint64_t p = (uint64_t)words[0][b] * 0xD2511F53u;
                const uint64_t q = (uint64_t)words[2][b] * 0xCD9E8D57u;
                words[0][b] = (uint32_t)(q >> 32) ^ words[1][b] ^ low_key;
                words[1][b] = (uint32_t)q;
                words[2][b] = (uint32_t)(p >> 32) ^ words[3][b] ^ high_key;
                words[3][b] = (uint32_t)p;
            }
            low_key += 0x9E3779B9u;
            high_key += 0xBB67AE85u;
        }
        for (int w = 0; w < 4; w++) {
            const float* in = x + first + 2 * kBlocks * w;
            float* out = y + first + 2 * kBlocks * w;
            for (int b = 0; b < kBlocks; b++) {
                const float value = (in[b] > floor ? in[b] : floor) * scale;
                out[b] = (words[w][b] & 0xFFFFu) >= threshold ? value : 0.0f;
            }
            for (int b = 0; b < kBlocks; b++) {
                const float value = (in[kBlocks + b] > floor ? in[kBlocks + b] : floor) * scale;
                out[kBlocks + b] = (words[w][b] >> 16) >= threshold ? value : 0.0f;
            }
        }
    }
}

void dropout_kept(int64_t n, float scale, const uint8_t* __restrict__ kept, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t i = 0; i < n; i++) y[i] = kept[i] != 0 ? x[i] * scale : 0.0f;
}

float cross_entropy(int64_t rows, const float* __restrict__ logits, const int64_t* __restrict__ targets, float* __restrict__ dlogits) {
    constexpr int kClasses = 16;
    const float share = 1.0f / (float)rows;
    double loss = 0.0;
    for (int64_t r = 0; r < rows; r++) {
        const float* row = logits + r * kClasses;
        float largest = row[0];
        for (int c = 1; c < kClasses; c++) largest = row[c] > largest ? row[c] : largest;
        float powers[kClasses];
        for (int c = 0; c < kClasses; c++) powers[c] = exponential(row[c] - largest);
        float sum = 0.0f;
        for (int c = 0; c < kClasses; c++) sum += powers[c];
        const float factor = share / sum;
        for (int c = 0; c < kClasses; c++) dlogits[r * kClasses + c] = powers[c] * factor;
        dlogits[r * kClasses + targets[r]] -= share;
        loss += (double)(logf(sum) + largest - row[targets[r]]);
    }
    return (float)(loss / (double)rows);
}

void adam(int64_t n, float* __restrict__ p, const float* __restrict__ g, float* __restrict__ m, float* __restrict__ v, float step_size,
          float beta1, float beta2, float inverse_correction, float epsilon) {
    for (int64_t i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + (1.0f - beta1) * g[i];
        v[i] = beta2 * v[i] + (1.0f - beta2) * (g[i] * g[i]);
        p[i] -= step_size * m[i] / (sqrtf(v[i]) * inverse_correction + epsilon);
    }
}

void sgd(int64_t n, float* __restrict__ p, const float* __restrict__ g, float* __restrict__ velocity, float learning_rate,
         float momentum) {
    for (int64_t i = 0; i < n; i++) {
        velocity[i] = momentum * velocity[i] + g[i];
        p[i] -= learning_rate * velocity[i];
    }
}

void gather(int64_t rows, int64_t columns, const int64_t* __restrict__ index, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t i = 0; i < rows; i++) {
        const float* row = x + index[i] * columns;
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = row[j];
    }
}

void sum_rows(int64_t rows, int64_t columns, const float* __restrict__ x, float* __restrict__ y) {
    for (int64_t j = 0; j < columns; j++) y[j] = x[j];
    for (int64_t i = 1; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[j] += x[i * columns + j];
    }
}

}  // namespace

const Table kernels = {gemm, relu,         relu_backward, tanh, gelu,   dropout,  dropout_kept,
                       cross_entropy, adam, sgd,           gather, sum_rows, peak};

}  // namespace REFERENCE_ISA
}  // namespace reference
