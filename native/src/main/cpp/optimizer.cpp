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

/* kVectors vectors of Adam's operands; g is read alone. */
template <bool kLargest, int kVectors>
struct AdamBlock {
    vf p[kVectors], g[kVectors], m[kVectors], v[kVectors], largest[kVectors];

    DP_MEMBER void load_from(const AdamState<float>& state, int64_t i, int64_t rest) {
        for (int j = 0; j < kVectors; j++, i += VL, rest -= VL) {
            p[j] = read(state.p + i, rest);
            g[j] = read(state.g + i, rest);
            m[j] = read(state.m + i, rest);
            v[j] = read(state.v + i, rest);
            largest[j] = kLargest ? read(state.largest_v + i, rest) : v[j];
        }
    }
    template <bool kGradientStep>
    DP_MEMBER void update(const AdamFactors<float>& factors, const AdamState<float>& state, int64_t i, int64_t rest) {
        for (int j = 0; j < kVectors; j++, i += VL, rest -= VL) {
            adam_update<kLargest, kGradientStep>(factors, p[j], g[j], m[j], v[j], largest[j]);
            store_up_to(state.m + i, rest, m[j]);
            store_up_to(state.v + i, rest, v[j]);
            if (kLargest) store_up_to(state.largest_v + i, rest, largest[j]);
            store_up_to(state.p + i, rest, p[j]);
        }
    }
};

/*
 * Each block is read before the one before it is written. A processor lets a load wait for an earlier store whose address has the same
 * last 12 bits; where arrays begin some 64 bytes apart, modulo 4096, that would be the store of the vector before, at the end of a
 * square root and a division.
 */
template <bool kLargest, bool kGradientStep>
void adam_with(int64_t n, const AdamFactors<float>& factors, AdamState<float> state) {
    constexpr int kStep = kVectorsAhead * VL;
    int64_t i = 0;
    if (n >= kStep) {
        AdamBlock<kLargest, kVectorsAhead> block;
        block.load_from(state, 0, kStep);
        for (; i + 2 * kStep <= n; i += kStep) {
            AdamBlock<kLargest, kVectorsAhead> next;
            next.load_from(state, i + kStep, kStep);
            block.template update<kGradientStep>(factors, state, i, kStep);
            block = next;
        }
        block.template update<kGradientStep>(factors, state, i, kStep);
        i += kStep;
    }
    for (; i < n; i += VL) {
        AdamBlock<kLargest, 1> block;
        block.load_from(state, i, n - i);
        block.template update<kGradientStep>(factors, state, i, n - i);
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
