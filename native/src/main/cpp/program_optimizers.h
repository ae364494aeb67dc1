/* program_optimizers.h: one step of each optimiser. State that a call may leave out is checked where it is given; whether it had to be
 * is the function's to say, at the step whose numbers ask for it. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

struct Sgd {
    static constexpr int kOpcode = DP_OP_SGD;
    int dtype;
    int64_t n;
    Place p, g, velocity;
    Number learning_rate, momentum, dampening;
    int nesterov;
    Number weight_decay;

    bool read(Words& words) { return words(dtype, n, p, g, velocity, learning_rate, momentum, dampening, nesterov, weight_decay); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && is_flag(nesterov) && ranges.reads(g, dtype, n) && ranges.writes(p, dtype, n) &&
               ranges.writes_if_given(velocity, dtype, n);
    }
    int run(const Step& step) const {
        return dp_sgd(dtype, n, step.at(p), step.at(g), step.at(velocity), step.real(learning_rate), step.real(momentum),
                      step.real(dampening), nesterov, step.real(weight_decay));
    }
};

struct Adam {
    static constexpr int kOpcode = DP_OP_ADAM;
    int dtype;
    int64_t n;
    Place p, g, m, v, largest_v;
    Number learning_rate, beta1, beta2, epsilon, step_size, gradient_step, inverse_correction, weight_decay;

    bool read(Words& words) {
        return words(dtype, n, p, g, m, v, largest_v, learning_rate, beta1, beta2, epsilon, step_size, gradient_step, inverse_correction,
                     weight_decay);
    }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(g, dtype, n) && ranges.writes(p, dtype, n) && ranges.writes(m, dtype, n) &&
               ranges.writes(v, dtype, n) && ranges.writes_if_given(largest_v, dtype, n);
    }
    int run(const Step& step) const {
        return dp_adam(dtype, n, step.at(p), step.at(g), step.at(m), step.at(v), step.at(largest_v), step.real(learning_rate),
                       step.real(beta1), step.real(beta2), step.real(epsilon), step.real(step_size), step.real(gradient_step),
                       step.real(inverse_correction), step.real(weight_decay));
    }
};

struct Rmsprop {
    static constexpr int kOpcode = DP_OP_RMSPROP;
    int dtype;
    int64_t n;
    Place p, g, s, mean, velocity;
    Number learning_rate, alpha, epsilon, momentum, weight_decay;

    bool read(Words& words) { return words(dtype, n, p, g, s, mean, velocity, learning_rate, alpha, epsilon, momentum, weight_decay); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(g, dtype, n) && ranges.writes(p, dtype, n) && ranges.writes(s, dtype, n) &&
               ranges.writes_if_given(mean, dtype, n) && ranges.writes_if_given(velocity, dtype, n);
    }
    int run(const Step& step) const {
        return dp_rmsprop(dtype, n, step.at(p), step.at(g), step.at(s), step.at(mean), step.at(velocity), step.real(learning_rate),
                          step.real(alpha), step.real(epsilon), step.real(momentum), step.real(weight_decay));
    }
};

struct Adagrad {
    static constexpr int kOpcode = DP_OP_ADAGRAD;
    int dtype;
    int64_t n;
    Place p, g, s;
    Number learning_rate, epsilon, weight_decay;

    bool read(Words& words) { return words(dtype, n, p, g, s, learning_rate, epsilon, weight_decay); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(g, dtype, n) && ranges.writes(p, dtype, n) && ranges.writes(s, dtype, n);
    }
    int run(const Step& step) const {
        return dp_adagrad(dtype, n, step.at(p), step.at(g), step.at(s), step.real(learning_rate), step.real(epsilon),
                          step.real(weight_decay));
    }
};

}  // namespace instruction
}  // namespace diapason
