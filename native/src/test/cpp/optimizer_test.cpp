/* optimizer_test.cpp: ten steps of each optimiser against the formulas of diapason.h in double precision. */
#include "test_support.h"

namespace test {
namespace {

constexpr int kSteps = 10;

struct Sgd {
    double learning_rate, momentum, weight_decay;
    bool nesterov;
    void operator()(double& p, double g, double& velocity) const {
        p -= learning_rate * weight_decay * p;
        velocity = momentum == 0 ? 0 : momentum * velocity + g;
        p -= learning_rate * (momentum == 0 ? g : nesterov ? g + momentum * velocity : velocity);
    }
};

void sgd_matches_reference(Random& random) {
    for (int64_t n : sizes()) {
        for (float momentum : {0.0f, 0.9f}) {
            for (int nesterov = 0; nesterov < 2; nesterov++) {
                const float learning_rate = random.real(0.001f, 0.1f), weight_decay = random.coin() ? 0.0f : 0.05f;
                const Sgd reference = {learning_rate, momentum, weight_decay, nesterov == 1};
                const Buffer<float> p(n, random, -1.0f, 1.0f), velocity(n, 0.0f);
                std::vector<double> expected(p.data(), p.data() + n), speed((size_t)n);
                for (int step = 0; step < kSteps; step++) {
                    const Buffer<float> g(n, random, -1.0f, 1.0f);
                    for (int64_t i = 0; i < n; i++) reference(expected[(size_t)i], g[i], speed[(size_t)i]);
                    float* state = momentum == 0.0f ? nullptr : velocity.data();
                    require_status(DP_OK, f32::sgd(n, p.data(), g.data(), state, learning_rate, momentum, nesterov, weight_decay), "sgd");
                }
                for (int64_t i = 0; i < n; i++) {
                    require_close(expected[(size_t)i], p[i], 5e-6, text("momentum %g, element %lld of %lld", (double)momentum, (long long)i, (long long)n));
                }
            }
        }
    }
}

void adam_matches_reference(Random& random) {
    for (int64_t n : sizes()) {
        const float rate = 0.01f, beta1 = 0.9f, beta2 = 0.999f, epsilon = 1e-8f;
        const float decay = random.coin() ? 0.0f : 0.02f;
        const Buffer<float> p(n, random, -1.0f, 1.0f), m(n, 0.0f), v(n, 0.0f);
        std::vector<double> w(p.data(), p.data() + n), mean((size_t)n), variance((size_t)n);
        for (int step = 1; step <= kSteps; step++) {
            const Buffer<float> g(n, random, -1.0f, 1.0f);
            const double correction1 = 1 - pow(beta1, step), correction2 = 1 - pow(beta2, step);
            require_status(DP_OK,
                           f32::adam(n, p.data(), g.data(), m.data(), v.data(), rate, beta1, beta2, epsilon,
                                   (float)(rate / correction1), (float)(1 / sqrt(correction2)), decay),
                           "adam");
            for (int64_t i = 0; i < n; i++) {
                const size_t at = (size_t)i;
                w[at] -= (double)rate * decay * w[at];
                mean[at] = beta1 * mean[at] + (1.0 - beta1) * g[i];
                variance[at] = beta2 * variance[at] + (1.0 - beta2) * g[i] * g[i];
                w[at] -= rate / correction1 * mean[at] / (sqrt(variance[at]) / sqrt(correction2) + epsilon);
            }
        }
        for (int64_t i = 0; i < n; i++) {
            require_close(w[(size_t)i], p[i], 3e-6, text("parameter %lld of %lld", (long long)i, (long long)n));
            require_close(mean[(size_t)i], m[i], 1e-6, "first moment");
            require_close(variance[(size_t)i], v[i], 1e-6, "second moment");
        }
    }
}

/* 1 - beta2 is taken of the float beta2, and square root and division are exactly rounded. */
void one_adam_step_is_exact_to_rounding(Random& random) {
    const int64_t n = 53;
    const Buffer<float> p(n, 0.0f), g(n, random, 0.5f, 1.0f), m(n, 0.0f), v(n, random, 0.5f, 1.0f), before(v);
    f32::adam(n, p.data(), g.data(), m.data(), v.data(), 1.0f, 0.0f, 1.0f, 0.0f, 1.0f, 1.0f, 0.0f);
    for (int64_t i = 0; i < n; i++) {
        require(v[i] == before[i] && m[i] == g[i], "element %lld: moments", (long long)i);
        require(p[i] == -(g[i] / sqrtf(v[i])), "element %lld: expected %.9g, got %.9g", (long long)i,
                (double)-(g[i] / sqrtf(v[i])), (double)p[i]);
    }
}

void rmsprop_matches_reference(Random& random) {
    for (int64_t n : sizes()) {
        for (float momentum : {0.0f, 0.8f}) {
            const float rate = 0.01f, alpha = 0.9f, epsilon = 1e-8f;
            const float decay = random.coin() ? 0.0f : 0.02f;
            const Buffer<float> p(n, random, -1.0f, 1.0f), s(n, 0.0f), velocity(n, 0.0f);
            std::vector<double> w(p.data(), p.data() + n), square((size_t)n), speed((size_t)n);
            for (int step = 0; step < kSteps; step++) {
                const Buffer<float> g(n, random, -1.0f, 1.0f);
                float* state = momentum == 0.0f ? nullptr : velocity.data();
                require_status(DP_OK, f32::rmsprop(n, p.data(), g.data(), s.data(), state, rate, alpha, epsilon, momentum, decay), "rmsprop");
                for (int64_t i = 0; i < n; i++) {
                    const size_t at = (size_t)i;
                    w[at] -= (double)rate * decay * w[at];
                    square[at] = alpha * square[at] + (1.0 - alpha) * g[i] * g[i];
                    const double u = g[i] / (sqrt(square[at]) + epsilon);
                    speed[at] = momentum * speed[at] + u;
                    w[at] -= rate * speed[at];
                }
            }
            for (int64_t i = 0; i < n; i++) require_close(w[(size_t)i], p[i], 3e-6, text("momentum %g, parameter %lld", (double)momentum, (long long)i));
        }
    }
}

void parameters_do_not_depend_on_their_position(Random& random) {
    const int64_t n = 67;
    const Buffer<float> p0(n, random, -1.0f, 1.0f), g(n, random, -1.0f, 1.0f), m0(n, random, -1.0f, 1.0f), v0(n, random, 0.1f, 1.0f);
    const Buffer<float> p(p0), m(m0), v(v0), q(p0), velocity(m0), r(p0), s(v0), speed(m0);
    f32::adam(n, p.data(), g.data(), m.data(), v.data(), 0.01f, 0.9f, 0.99f, 1e-8f, 0.02f, 3.0f, 0.1f);
    f32::sgd(n, q.data(), g.data(), velocity.data(), 0.01f, 0.9f, 1, 0.1f);
    f32::rmsprop(n, r.data(), g.data(), s.data(), speed.data(), 0.01f, 0.9f, 1e-8f, 0.5f, 0.1f);
    for (int64_t i = 0; i < n; i++) {
        float one = p0[i], first = m0[i], second = v0[i];
        f32::adam(1, &one, &g[i], &first, &second, 0.01f, 0.9f, 0.99f, 1e-8f, 0.02f, 3.0f, 0.1f);
        require(bits_of(one) == bits_of(p[i]) && bits_of(first) == bits_of(m[i]) && bits_of(second) == bits_of(v[i]), "adam, element %lld", (long long)i);
        one = p0[i], first = m0[i];
        f32::sgd(1, &one, &g[i], &first, 0.01f, 0.9f, 1, 0.1f);
        require(bits_of(one) == bits_of(q[i]) && bits_of(first) == bits_of(velocity[i]), "sgd, element %lld", (long long)i);
        one = p0[i], first = m0[i], second = v0[i];
        f32::rmsprop(1, &one, &g[i], &second, &first, 0.01f, 0.9f, 1e-8f, 0.5f, 0.1f);
        require(bits_of(one) == bits_of(r[i]) && bits_of(first) == bits_of(speed[i]) && bits_of(second) == bits_of(s[i]), "rmsprop, element %lld", (long long)i);
    }
}

}  // namespace

void optimizer_tests(Suite& suite) {
    suite.each("sgd matches the reference", sgd_matches_reference);
    suite.each("adam matches the reference", adam_matches_reference);
    suite.each("one adam step is exact to rounding", one_adam_step_is_exact_to_rounding);
    suite.each("rmsprop matches the reference", rmsprop_matches_reference);
    suite.each("parameters do not depend on their position", parameters_do_not_depend_on_their_position);
}

}  // namespace test
