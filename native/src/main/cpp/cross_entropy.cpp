/*
 * cross_entropy.cpp: cross-entropy over rows. With z = logits - maximum and L = ln sum e^z a row of target t costs
 *   (1 - s) w[t] (L - z[t]) + (s / classes) (L sum w - sum w z).
 */
#include "kernels.h"
#include "softmax_rows.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* sum over the row of w (logit - maximum); w is 1 when weights is null. */
float weighted_sum(int64_t classes, const float* logits, float maximum, const float* weights) {
    vf sums[kVectors];
    for (int j = 0; j < kVectors; j++) sums[j] = splat(0.0f);
    for (int64_t c = 0; c < classes; c += kLanes) {
        for (int j = 0; j < kVectors; j++) {
            const int64_t at = c + j * VL;
            const vf z = load_up_to(logits + at, classes - at, maximum) - splat(maximum);
            sums[j] = weights == nullptr ? sums[j] + z : fma(load_up_to(weights + at, classes - at, 0.0f), z, sums[j]);
        }
    }
    return fold_sum(sums, kVectors);
}

double sum_of_weights(int64_t classes, const float* weights) {
    if (weights == nullptr) return (double)classes;
    double sum = 0.0;
    for (int64_t c = 0; c < classes; c++) sum += (double)weights[c];
    return sum;
}

double smoothed_cross_entropy(const Targets& targets, const float* logits, const float* weights, double smoothing) {
    const int64_t classes = targets.classes;
    const double all_weights = sum_of_weights(classes, weights);
    double loss = 0.0;
    for (int64_t r = 0; r < targets.rows; r++) {
        if (!targets.counts(r)) continue;
        const float* row = logits + r * classes;
        const int64_t target = targets.of[r];
        const float maximum = row_maximum(classes, row);
        const double sum = (double)logarithm(splat(row_exponentials(classes, row, maximum, nullptr)))[0];
        const double weight = weights == nullptr ? 1.0 : (double)weights[target];
        loss += (1.0 - smoothing) * weight * (sum - (double)(row[target] - maximum));
        if (smoothing > 0.0) {
            loss += smoothing / (double)classes * (sum * all_weights - (double)weighted_sum(classes, row, maximum, weights));
        }
    }
    return loss;
}

/* With p = softmax(logits): factor times p ((1 - s) w[t] + (s / classes) sum w) - (1 - s) w[t] [c = t] - (s / classes) w[c]. */
void smoothed_row_backward(int64_t classes, const float* row, int64_t target, const float* weights, double all_weights,
                           double smoothing, float factor, float* out) {
    const float inverse_sum = 1.0f / row_exponentials(classes, row, row_maximum(classes, row), out);
    const double share = smoothing / (double)classes;
    const double target_weight = (1.0 - smoothing) * (weights == nullptr ? 1.0 : (double)weights[target]);
    const vf slope = splat((float)(target_weight + share * all_weights));
    const vf uniform = splat((float)-share);
    /* Taken before the row is overwritten. */
    const float target_probability = out[target] * inverse_sum;
    const float class_weight = weights == nullptr ? 1.0f : weights[target];
    for (int64_t c = 0; c < classes; c += VL) {
        const int64_t rest = classes - c;
        const vf probabilities = load_up_to(out + c, rest, 0.0f) * splat(inverse_sum);
        const vf weight = weights == nullptr ? splat(1.0f) : load_up_to(weights + c, rest, 0.0f);
        store_up_to(out + c, rest, fma(uniform, weight, probabilities * slope) * splat(factor));
    }
    const double own = target_weight * ((double)target_probability - 1.0) + share * (all_weights * (double)target_probability - (double)class_weight);
    out[target] = (float)own * factor;
}

/* The gradient of a row of at most 16 classes. Its exponentials stay in registers: reading what was just stored under a mask waits. */
DP_INLINE float short_row_backward(int64_t classes, const float* row, float maximum, int64_t target, float factor, float* out) {
    Chunk terms = load_chunk(row, classes);
    Chunk sums;
    alignas(64) float all[kLanes];
    for (int j = 0; j < kVectors; j++) {
        terms.v[j] = exponential(terms.v[j] - splat(maximum));
        store(all + j * VL, terms.v[j]);
        sums.v[j] = terms.v[j];
    }
    const float sum = fold_sum(sums.v, kVectors);
    const float inverse_sum = 1.0f / sum;
    for (int j = 0; j < kVectors; j++) terms.v[j] = terms.v[j] * splat(inverse_sum) * splat(factor);
    store_chunk(out, classes, terms);
    out[target] = (all[target] * inverse_sum - 1.0f) * factor;
    return sum;
}

/* The gradient of a row, which `out` may be; returns the sum of its exponentials. */
float row_backward(int64_t classes, const float* row, float maximum, int64_t target, float factor, float* out) {
    if (classes <= kLanes) return short_row_backward(classes, row, maximum, target, factor, out);
    const float sum = row_exponentials(classes, row, maximum, out);
    const float inverse_sum = 1.0f / sum;
    const float target_probability = out[target] * inverse_sum;
    scale_row(classes, inverse_sum, factor, out);
    out[target] = (target_probability - 1.0f) * factor;
    return sum;
}

/*
 * VL rows at a time, so that their logarithms are one vector. With kGradient dlogits, which may be logits, gets the gradient; rows that
 * do not count get 0.
 */
template <bool kGradient>
double plain_cross_entropy(const Targets& targets, const float* logits, float factor, float* dlogits) {
    const int64_t classes = targets.classes;
    double loss = 0.0;
    for (int64_t first = 0; first < targets.rows; first += VL) {
        const int count = targets.rows - first < VL ? (int)(targets.rows - first) : VL;
        /* A row that does not count costs ln 1 - 0. */
        vf sums = splat(1.0f);
        float target_logits[VL] = {};
        for (int i = 0; i < count; i++) {
            const int64_t at = (first + i) * classes;
            float* out = kGradient ? dlogits + at : nullptr;
            if (!targets.counts(first + i)) {
                for (int64_t c = 0; kGradient && c < classes; c++) out[c] = 0.0f;
                continue;
            }
            const float* row = logits + at;
            const int64_t target = targets.of[first + i];
            const float maximum = row_maximum(classes, row);
            target_logits[i] = row[target] - maximum;
            sums[i] = kGradient ? row_backward(classes, row, maximum, target, factor, out) : row_exponentials(classes, row, maximum, nullptr);
        }
        const vf logarithms = logarithm(sums);
        for (int i = 0; i < count; i++) loss += (double)logarithms[i] - (double)target_logits[i];
    }
    return loss;
}

}  // namespace

double cross_entropy(const Targets& all_targets, const float* logits, const float* weights, double smoothing) {
    const Targets targets = all_targets;
    if (weights != nullptr || smoothing > 0.0) return smoothed_cross_entropy(targets, logits, weights, smoothing);
    return plain_cross_entropy<false>(targets, logits, 0.0f, nullptr);
}

double cross_entropy_with_gradient(const Targets& all_targets, const float* logits, const float* weights, double smoothing, float factor,
                                   float* dlogits) {
    const Targets targets = all_targets;
    if (weights == nullptr && smoothing == 0.0) return plain_cross_entropy<true>(targets, logits, factor, dlogits);
    const double loss = smoothed_cross_entropy(targets, logits, weights, smoothing);
    cross_entropy_backward(targets, logits, weights, smoothing, factor, dlogits);
    return loss;
}

void cross_entropy_backward(const Targets& all_targets, const float* logits, const float* weights, double smoothing, float factor,
                            float* dlogits) {
    const Targets targets = all_targets;
    const int64_t classes = targets.classes;
    const bool plain = weights == nullptr && smoothing == 0.0;
    const double all_weights = plain ? 0.0 : sum_of_weights(classes, weights);
    for (int64_t r = 0; r < targets.rows; r++) {
        const float* row = logits + r * classes;
        float* out = dlogits + r * classes;
        if (!targets.counts(r)) {
            for (int64_t c = 0; c < classes; c++) out[c] = 0.0f;
        } else if (plain) {
            row_backward(classes, row, row_maximum(classes, row), targets.of[r], factor, out);
        } else {
            smoothed_row_backward(classes, row, targets.of[r], weights, all_weights, smoothing, factor, out);
        }
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
