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

/* The gradient of a row, which `out` may be; returns the sum of its exponentials. */
float row_backward(int64_t classes, const float* row, float maximum, int64_t target, float factor, float* out) {
    const float sum = row_exponentials(classes, row, maximum, out);
    const float inverse_sum = 1.0f / sum;
    const float target_probability = out[target] * inverse_sum;
    scale_row(classes, inverse_sum, factor, out);
    out[target] = (target_probability - 1.0f) * factor;
    return sum;
}

/* Rows' costs, ln sum e^z - z[t]: row r is added to sum r % 4, whatever the vector length. */
class Costs {
public:
    /* VL rows from a multiple of VL. A row that does not count costs ln 1 - 0. */
    DP_MEMBER void add(vf sums, vf target_logits) {
        const vf logarithms = logarithm(sums);
        four_floats parts[2][VL / 4];
        __builtin_memcpy(parts[0], &logarithms, sizeof logarithms);
        __builtin_memcpy(parts[1], &target_logits, sizeof target_logits);
        for (int i = 0; i < VL / 4; i++) {
            sums_ += __builtin_convertvector(parts[0][i], four_doubles) - __builtin_convertvector(parts[1][i], four_doubles);
        }
    }
    DP_MEMBER double total() const { return (sums_[0] + sums_[2]) + (sums_[1] + sums_[3]); }

private:
    typedef float four_floats __attribute__((vector_size(16)));
    typedef double four_doubles __attribute__((vector_size(32)));
    four_doubles sums_ = {};
};

/*
 * VL rows of more than 16 classes, from row `first`, of which `count` exist. With kGradient dlogits, which may be logits, gets the gradient;
 * rows that do not count get 0.
 */
template <bool kGradient>
void long_rows(const Targets& targets, int64_t first, int count, const float* logits, float factor, float* dlogits, Costs& costs) {
    const int64_t classes = targets.classes;
    vf sums = splat(1.0f), target_logits = splat(0.0f);
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
    costs.add(sums, target_logits);
}

/* Columns of `count` <= VL rows of at most 16 classes, a row a lane. Lanes and columns past the end are 0. */
DP_INLINE void load_columns(int64_t classes, int count, const float* rows, vf (&columns)[kLanes]) {
    if (classes == 2) {
        part_pairs(load_up_to(rows, 2 * count, 0.0f), load_up_to(rows + VL, 2 * count - VL, 0.0f), columns[0], columns[1]);
        return;
    }
    for (int64_t c = 0; c < classes; c += VL) {
        vf square[VL];
        for (int i = 0; i < VL; i++) square[i] = load_up_to(rows + i * classes + c, i < count ? classes - c : 0, 0.0f);
        transpose(square);
        for (int i = 0; i < VL; i++) columns[c + i] = square[i];
    }
}

DP_INLINE void store_columns(int64_t classes, int count, const vf (&columns)[kLanes], float* rows) {
    const int64_t size = count * classes;
    if (classes == 2) {
        vf first, second;
        join_pairs(columns[0], columns[1], first, second);
        store_up_to(rows, size, first);
        store_up_to(rows + VL, size - VL, second);
        return;
    }
    vf squares[kVectors][VL];
    for (int p = 0; p < kVectors; p++) {
        if (p * VL >= classes) break;
        for (int i = 0; i < VL; i++) squares[p][i] = columns[p * VL + i];
        transpose(squares[p]);
    }
    for (int i = 0; i < count; i++) {
        for (int p = 0; p < kVectors && p * VL < classes; p++) {
            /* Whole vectors are stored as long as what they write past a row belongs to the next one, which then overwrites it. */
            const int64_t at = i * classes + p * VL;
            store_up_to(rows + at, size - at < VL ? classes - p * VL : VL, squares[p][i]);
        }
    }
}

/* A class, or kLanes for a row that does not count. */
DP_INLINE uint32_t code_of(const Targets& targets, int64_t row) {
    return targets.counts(row) ? (uint32_t)targets.of[row] : (uint32_t)kLanes;
}

/* The same for at most 16 classes, a row a lane, with the sums' order of row_exponentials. */
template <bool kGradient>
void short_rows(const Targets& targets, int64_t first, int count, const float* logits, float factor, float* dlogits, Costs& costs) {
    const int classes = (int)targets.classes;
    alignas(64) uint32_t codes[VL];
    if (count == VL) {
        for (int i = 0; i < VL; i++) codes[i] = code_of(targets, first + i);
    } else {
        for (int i = 0; i < VL; i++) codes[i] = i < count ? code_of(targets, first + i) : kLanes;
    }
    vu target;
    __builtin_memcpy(&target, codes, sizeof target);
    const Mask skipped = equal(target, splat_word(kLanes));

    vf columns[kLanes];
    load_columns(classes, count, logits + first * classes, columns);
    vf greatest = columns[0];
    for (int c = 1; c < classes; c++) greatest = maximum(greatest, columns[c]);
    vf target_logits = splat(0.0f), sums[kLanes];
    for (int c = 0; c < classes; c++) {
        const vf z = columns[c] - greatest;
        target_logits = select(equal(target, splat_word((uint32_t)c)), z, target_logits);
        columns[c] = exponential(z);
        sums[c] = columns[c];
    }
    for (int half = kLanes / 2; half > 0; half /= 2) {
        for (int c = half; c < 2 * half && c < classes; c++) sums[c - half] = sums[c - half] + sums[c];
    }
    costs.add(select(skipped, splat(1.0f), sums[0]), target_logits);
    if (!kGradient) return;
    const vf one = splat(1.0f);
    const vf inverse_sum = one / sums[0];
    for (int c = 0; c < classes; c++) {
        const vf probability = columns[c] * inverse_sum;
        const vf slope = select(equal(target, splat_word((uint32_t)c)), probability - one, probability);
        columns[c] = select(skipped, splat(0.0f), slope * splat(factor));
    }
    store_columns(classes, count, columns, dlogits + first * classes);
}

template <bool kGradient>
double plain_cross_entropy(const Targets& targets, const float* logits, float factor, float* dlogits) {
    Costs costs;
    if (targets.classes == 0) return 0.0;
    for (int64_t first = 0; first < targets.rows; first += VL) {
        const int count = targets.rows - first < VL ? (int)(targets.rows - first) : VL;
        if (targets.classes <= kLanes) {
            short_rows<kGradient>(targets, first, count, logits, factor, dlogits, costs);
        } else {
            long_rows<kGradient>(targets, first, count, logits, factor, dlogits, costs);
        }
    }
    return costs.total();
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
    if (weights == nullptr && smoothing == 0.0) {
        (void)plain_cross_entropy<true>(targets, logits, factor, dlogits);
        return;
    }
    const int64_t classes = targets.classes;
    const double all_weights = sum_of_weights(classes, weights);
    for (int64_t r = 0; r < targets.rows; r++) {
        float* out = dlogits + r * classes;
        if (targets.counts(r)) {
            smoothed_row_backward(classes, logits + r * classes, targets.of[r], weights, all_weights, smoothing, factor, out);
        } else {
            for (int64_t c = 0; c < classes; c++) out[c] = 0.0f;
        }
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
