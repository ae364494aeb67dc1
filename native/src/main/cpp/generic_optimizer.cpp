/* generic_optimizer.cpp: one pass of an optimiser over a flat block of float64 parameters. The updates are in updates.h. */
#include "scalar.h"

#include "generic.h"
#include "updates.h"

namespace diapason {
namespace generic {

void sgd(int64_t n, const SgdSettings& settings, const SgdState<double>& state) {
    const SgdFactors<double> factors(settings);
    for (int64_t i = 0; i < n; i++) {
        if (state.velocity == nullptr) {
            sgd_update(factors, state.p[i], state.g[i]);
        } else if (settings.nesterov) {
            sgd_momentum_update<true, true>(factors, state.p[i], state.g[i], state.velocity[i]);
        } else {
            sgd_momentum_update<false, true>(factors, state.p[i], state.g[i], state.velocity[i]);
        }
    }
}

void adam(int64_t n, const AdamSettings& settings, const AdamState<double>& state) {
    const AdamFactors<double> factors(settings);
    for (int64_t i = 0; i < n; i++) {
        if (state.largest_v == nullptr) {
            adam_update<false, true>(factors, state.p[i], state.g[i], state.m[i], state.v[i], state.v[i]);
        } else {
            adam_update<true, true>(factors, state.p[i], state.g[i], state.m[i], state.v[i], state.largest_v[i]);
        }
    }
}

void rmsprop(int64_t n, const RmspropSettings& settings, const RmspropState<double>& state) {
    const RmspropFactors<double> factors(settings);
    for (int64_t i = 0; i < n; i++) {
        double& p = state.p[i];
        double& s = state.s[i];
        double unused = 0.0;
        double& velocity = state.velocity == nullptr ? unused : state.velocity[i];
        if (state.mean != nullptr) {
            rmsprop_momentum_update<true>(factors, p, state.g[i], s, state.mean[i], velocity);
        } else {
            rmsprop_momentum_update<false>(factors, p, state.g[i], s, unused, velocity);
        }
    }
}

void adagrad(int64_t n, const AdagradSettings& settings, const AdagradState<double>& state) {
    const AdagradFactors<double> factors(settings);
    for (int64_t i = 0; i < n; i++) adagrad_update(factors, state.p[i], state.g[i], state.s[i]);
}

}  // namespace generic
}  // namespace diapason
