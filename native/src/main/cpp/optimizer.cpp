/* optimizer.cpp: one pass of an optimiser over a flat block of float parameters. The updates are in updates.h. */
#include "kernels.h"
#include "power.h"

#include "updates.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* States are copied, so that the compiler knows that no store to a parameter changes a pointer. Lanes past the end read as 1, where every update is finite. */
DP_INLINE vf read(const float* p, int64_t rest) {
    return load_up_to(p, rest, 1.0f);
}

template <bool kNesterov, bool kDampened>
void sgd_with_momentum(int64_t n, const SgdFactors<float>& factors, SgdState<float> state) {
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf p = read(state.p + i, rest);
        vf velocity = read(state.velocity + i, rest);
        sgd_momentum_update<kNesterov, kDampened>(factors, p, read(state.g + i, rest), velocity);
        store_up_to(state.velocity + i, rest, velocity);
        store_up_to(state.p + i, rest, p);
    }
}

template <bool kLargest, bool kGradientStep>
void adam_with(int64_t n, const AdamFactors<float>& factors, AdamState<float> state) {
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf p = read(state.p + i, rest);
        vf m = read(state.m + i, rest);
        vf v = read(state.v + i, rest);
        vf largest = kLargest ? read(state.largest_v + i, rest) : v;
        adam_update<kLargest, kGradientStep>(factors, p, read(state.g + i, rest), m, v, largest);
        store_up_to(state.m + i, rest, m);
        store_up_to(state.v + i, rest, v);
        if (kLargest) store_up_to(state.largest_v + i, rest, largest);
        store_up_to(state.p + i, rest, p);
    }
}

template <bool kCentred, bool kMomentum>
void rmsprop_with(int64_t n, const RmspropFactors<float>& factors, RmspropState<float> state) {
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf p = read(state.p + i, rest);
        vf s = read(state.s + i, rest);
        vf mean = kCentred ? read(state.mean + i, rest) : s;
        const vf g = read(state.g + i, rest);
        if (kMomentum) {
            vf velocity = read(state.velocity + i, rest);
            rmsprop_momentum_update<kCentred>(factors, p, g, s, mean, velocity);
            store_up_to(state.velocity + i, rest, velocity);
        } else {
            rmsprop_update<kCentred>(factors, p, g, s, mean);
        }
        store_up_to(state.s + i, rest, s);
        if (kCentred) store_up_to(state.mean + i, rest, mean);
        store_up_to(state.p + i, rest, p);
    }
}

}  // namespace

void sgd(int64_t n, const SgdSettings& settings, const SgdState<float>& arrays) {
    const SgdState<float> state = arrays;
    const SgdFactors<float> factors(settings);
    if (state.velocity != nullptr) {
        if (settings.dampening == 0.0) {
            return settings.nesterov ? sgd_with_momentum<true, false>(n, factors, state)
                                     : sgd_with_momentum<false, false>(n, factors, state);
        }
        return settings.nesterov ? sgd_with_momentum<true, true>(n, factors, state)
                                 : sgd_with_momentum<false, true>(n, factors, state);
    }
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf p = read(state.p + i, rest);
        sgd_update(factors, p, read(state.g + i, rest));
        store_up_to(state.p + i, rest, p);
    }
}

void adam(int64_t n, const AdamSettings& settings, const AdamState<float>& state) {
    const AdamFactors<float> factors(settings);
    if (settings.gradient_step == 0.0) {
        return state.largest_v == nullptr ? adam_with<false, false>(n, factors, state) : adam_with<true, false>(n, factors, state);
    }
    return state.largest_v == nullptr ? adam_with<false, true>(n, factors, state) : adam_with<true, true>(n, factors, state);
}

void rmsprop(int64_t n, const RmspropSettings& settings, const RmspropState<float>& state) {
    const RmspropFactors<float> factors(settings);
    if (state.mean == nullptr) {
        return state.velocity == nullptr ? rmsprop_with<false, false>(n, factors, state) : rmsprop_with<false, true>(n, factors, state);
    }
    return state.velocity == nullptr ? rmsprop_with<true, false>(n, factors, state) : rmsprop_with<true, true>(n, factors, state);
}

void adagrad(int64_t n, const AdagradSettings& settings, const AdagradState<float>& arrays) {
    const AdagradState<float> state = arrays;
    const AdagradFactors<float> factors(settings);
    for (int64_t i = 0; i < n; i += VL) {
        const int64_t rest = n - i;
        vf p = read(state.p + i, rest);
        vf s = read(state.s + i, rest);
        adagrad_update(factors, p, read(state.g + i, rest), s);
        store_up_to(state.s + i, rest, s);
        store_up_to(state.p + i, rest, p);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
