/* generic_softmax.cpp: softmax and cross-entropy in float64. */
#include "scalar.h"

#include "generic.h"

namespace diapason {
namespace generic {
namespace {

/* NaN is lost here, and found again in the sum. */
double row_maximum(int64_t classes, const double* logits) {
    double greatest = -__builtin_inf();
    for (int64_t c = 0; c < classes; c++) greatest = maximum(logits[c], greatest);
    return greatest;
}

double row_sum(int64_t classes, const double* logits, double greatest) {
    double sum = 0.0;
    for (int64_t c = 0; c < classes; c++) sum += exponential(logits[c] - greatest);
    return sum;
}

double weight_of(const double* weights, int64_t c) {
    return weights == nullptr ? 1.0 : weights[c];
}

}  // namespace

void softmax(int64_t rows, int64_t classes, const double* logits, double* probabilities) {
    for (int64_t r = 0; r < rows; r++) {
        const double* row = logits + r * classes;
        const double greatest = row_maximum(classes, row);
        const double sum = row_sum(classes, row, greatest);
        for (int64_t c = 0; c < classes; c++) probabilities[r * classes + c] = exponential(row[c] - greatest) / sum;
    }
}

double cross_entropy(const Targets& targets, const double* logits, const double* weights, double smoothing) {
    const double share = smoothing / (double)targets.classes;
    double loss = 0.0;
    for (int64_t r = 0; r < targets.rows; r++) {
        if (!targets.counts(r)) continue;
        const double* row = logits + r * targets.classes;
        const int64_t target = targets.of[r];
        const double greatest = row_maximum(targets.classes, row);
        const double log_sum = logarithm(row_sum(targets.classes, row, greatest));
        loss += (1.0 - smoothing) * weight_of(weights, target) * (log_sum - (row[target] - greatest));
        for (int64_t c = 0; c < targets.classes && smoothing > 0.0; c++) {
            loss += share * weight_of(weights, c) * (log_sum - (row[c] - greatest));
        }
    }
    return loss;
}

void cross_entropy_backward(const Targets& targets, const double* logits, const double* weights, double smoothing, double factor,
                            double* dlogits) {
    const int64_t classes = targets.classes;
    const double share = smoothing / (double)classes;
    double all_weights = 0.0;
    for (int64_t c = 0; c < classes; c++) all_weights += weight_of(weights, c);
    for (int64_t r = 0; r < targets.rows; r++) {
        const double* row = logits + r * classes;
        double* out = dlogits + r * classes;
        if (!targets.counts(r)) {
            for (int64_t c = 0; c < classes; c++) out[c] = 0.0;
            continue;
        }
        const double greatest = row_maximum(classes, row);
        const double sum = row_sum(classes, row, greatest);
        const double own = (1.0 - smoothing) * weight_of(weights, targets.of[r]);
        for (int64_t c = 0; c < classes; c++) {
            const double probability = exponential(row[c] - greatest) / sum;
            const double target_term = c == targets.of[r] ? own * (probability - 1.0) : own * probability;
            out[c] = factor * (target_term + share * (all_weights * probability - weight_of(weights, c)));
        }
    }
}

}  // namespace generic
}  // namespace diapason
