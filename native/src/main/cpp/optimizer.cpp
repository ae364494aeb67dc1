/* optimizer.cpp: one pass of an optimiser over a flat parameter block. The updates are in formulas.h. */
#include "kernels.h"
#include "simd.h"

#include "formulas.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Lanes past the end read as 1, where every update is finite. */
DP_INLINE vf read(const float* p, int64_t rest) {
    return load_up_to(p, rest, 1.0f);
}

template <bool kNesterov>
void sgd_with_momentum(int64_t n, float* p, const float* g, float* velocity, const SgdFactors& factors) {
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf weight = read(p + i, rest);
        vf speed = read(velocity + i, rest);
        sgd_momentum_update<kNesterov>(factors, weight, read(g + i, rest), speed);
        store_up_to(velocity + i, rest, speed);
        store_up_to(p + i, rest, weight);
    }
}

}  // namespace

void sgd(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, bool nesterov,
         float weight_decay) {
    const SgdFactors factors = {learning_rate, momentum, weight_decay};
    if (velocity != nullptr) {
        return nesterov ? sgd_with_momentum<true>(n, p, g, velocity, factors)
                        : sgd_with_momentum<false>(n, p, g, velocity, factors);
    }
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf weight = read(p + i, rest);
        sgd_update(factors, weight, read(g + i, rest));
        store_up_to(p + i, rest, weight);
    }
}

void adam(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
          float epsilon, float step_size, float inverse_correction, float weight_decay) {
    const AdamFactors factors = {learning_rate, beta1, beta2, epsilon, step_size, inverse_correction, weight_decay};
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf weight = read(p + i, rest);
        vf mean = read(m + i, rest);
        vf variance = read(v + i, rest);
        adam_update(factors, weight, read(g + i, rest), mean, variance);
        store_up_to(m + i, rest, mean);
        store_up_to(v + i, rest, variance);
        store_up_to(p + i, rest, weight);
    }
}

void rmsprop(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
             float epsilon, float momentum, float weight_decay) {
    const RmspropFactors factors = {learning_rate, alpha, epsilon, momentum, weight_decay};
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf weight = read(p + i, rest);
        vf mean_square = read(s + i, rest);
        if (velocity == nullptr) {
            rmsprop_update(factors, weight, read(g + i, rest), mean_square);
        } else {
            vf speed = read(velocity + i, rest);
            rmsprop_momentum_update(factors, weight, read(g + i, rest), mean_square, speed);
            store_up_to(velocity + i, rest, speed);
        }
        store_up_to(s + i, rest, mean_square);
        store_up_to(p + i, rest, weight);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
