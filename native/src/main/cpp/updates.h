/* updates.h: every optimiser's formula, stated once, as templates over the element type F; formulas.h says which those are. */
#pragma once
#include "formulas.h"
#include "kernel_types.h"

namespace diapason {
namespace DP_ISA_NAME {

/* ---- optimisers: one parameter's update, in place (see dp_sgd, dp_adam, dp_rmsprop, dp_adagrad). T is the type of the
 * factors, float or double; F the type of the parameters: a vector of T or T itself. A false flag leaves its term out.
 * Factors are computed in double and rounded once: 1 less the float nearest 0.999 is off by 1e-5 of itself. ---- */

/* p - learning_rate * weight_decay * p. */
template <class F, class T>
DP_INLINE F decayed(F p, T learning_rate, T weight_decay) {
    return fma(constant<F>(-(learning_rate * weight_decay)), p, p);
}

template <class T>
struct SgdFactors {
    T learning_rate, momentum, one_minus_dampening, weight_decay;

    explicit SgdFactors(const SgdSettings& settings)
        : learning_rate((T)settings.learning_rate),
          momentum((T)settings.momentum),
          one_minus_dampening((T)(1.0 - settings.dampening)),
          weight_decay((T)settings.weight_decay) {}
};

template <class F, class T>
DP_INLINE void sgd_update(const SgdFactors<T>& factors, F& p, F g) {
    p = fma(constant<F>(-factors.learning_rate), g, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <bool kNesterov, bool kDampened, class F, class T>
DP_INLINE void sgd_momentum_update(const SgdFactors<T>& factors, F& p, F g, F& velocity) {
    const F momentum = constant<F>(factors.momentum);
    velocity = fma(momentum, velocity, kDampened ? constant<F>(factors.one_minus_dampening) * g : g);
    const F direction = kNesterov ? fma(momentum, velocity, g) : velocity;
    p = fma(constant<F>(-factors.learning_rate), direction, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <class T>
struct AdamFactors {
    T learning_rate, beta1, one_minus_beta1, beta2, one_minus_beta2, epsilon, step_size, gradient_step, inverse_correction, weight_decay;

    explicit AdamFactors(const AdamSettings& settings)
        : learning_rate((T)settings.learning_rate),
          beta1((T)settings.beta1),
          one_minus_beta1((T)(1.0 - settings.beta1)),
          beta2((T)settings.beta2),
          one_minus_beta2((T)(1.0 - settings.beta2)),
          epsilon((T)settings.epsilon),
          step_size((T)settings.step_size),
          gradient_step((T)settings.gradient_step),
          inverse_correction((T)settings.inverse_correction),
          weight_decay((T)settings.weight_decay) {}
};

/* largest is read and written with kLargest alone. */
template <bool kLargest, bool kGradientStep, class F, class T>
DP_INLINE void adam_update(const AdamFactors<T>& factors, F& p, F g, F& m, F& v, F& largest) {
    m = fma(constant<F>(factors.beta1), m, constant<F>(factors.one_minus_beta1) * g);
    v = fma(constant<F>(factors.beta2), v, constant<F>(factors.one_minus_beta2) * g * g);
    if (kLargest) largest = unless_nan(largest, maximum(largest, v));
    const F root = square_root(kLargest ? largest : v);
    const F denominator = fma(root, constant<F>(factors.inverse_correction), constant<F>(factors.epsilon));
    p = decayed(p, factors.learning_rate, factors.weight_decay) - constant<F>(factors.step_size) * m / denominator;
    if (kGradientStep) p = p - constant<F>(factors.gradient_step) * g / denominator;
}

template <class T>
struct RmspropFactors {
    T learning_rate, alpha, one_minus_alpha, epsilon, momentum, weight_decay;

    explicit RmspropFactors(const RmspropSettings& settings)
        : learning_rate((T)settings.learning_rate),
          alpha((T)settings.alpha),
          one_minus_alpha((T)(1.0 - settings.alpha)),
          epsilon((T)settings.epsilon),
          momentum((T)settings.momentum),
          weight_decay((T)settings.weight_decay) {}
};

/* The scaled gradient u, with the running mean square s, and with kCentred the running mean, brought up to date. Rounding may leave
 * s - mean^2 below 0, which counts as 0. */
template <bool kCentred, class F, class T>
DP_INLINE F rmsprop_direction(const RmspropFactors<T>& factors, F g, F& s, F& mean) {
    const F alpha = constant<F>(factors.alpha);
    const F one_minus_alpha = constant<F>(factors.one_minus_alpha);
    s = fma(alpha, s, one_minus_alpha * g * g);
    if (!kCentred) return g / (square_root(s) + constant<F>(factors.epsilon));
    mean = fma(alpha, mean, one_minus_alpha * g);
    const F variance = maximum(constant<F>(0.0), fma(-mean, mean, s));
    return g / (square_root(variance) + constant<F>(factors.epsilon));
}

template <bool kCentred, class F, class T>
DP_INLINE void rmsprop_update(const RmspropFactors<T>& factors, F& p, F g, F& s, F& mean) {
    const F u = rmsprop_direction<kCentred>(factors, g, s, mean);
    p = fma(constant<F>(-factors.learning_rate), u, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <bool kCentred, class F, class T>
DP_INLINE void rmsprop_momentum_update(const RmspropFactors<T>& factors, F& p, F g, F& s, F& mean, F& velocity) {
    velocity = fma(constant<F>(factors.momentum), velocity, rmsprop_direction<kCentred>(factors, g, s, mean));
    p = fma(constant<F>(-factors.learning_rate), velocity, decayed(p, factors.learning_rate, factors.weight_decay));
}

template <class T>
struct AdagradFactors {
    T learning_rate, epsilon, weight_decay;

    explicit AdagradFactors(const AdagradSettings& settings)
        : learning_rate((T)settings.learning_rate), epsilon((T)settings.epsilon), weight_decay((T)settings.weight_decay) {}
};

template <class F, class T>
DP_INLINE void adagrad_update(const AdagradFactors<T>& factors, F& p, F g, F& s) {
    s = fma(g, g, s);
    const F u = g / (square_root(s) + constant<F>(factors.epsilon));
    p = fma(constant<F>(-factors.learning_rate), u, decayed(p, factors.learning_rate, factors.weight_decay));
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
