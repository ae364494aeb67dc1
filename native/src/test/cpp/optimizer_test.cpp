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

/* Square root and division are exactly rounded. */
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

template <class T>
Buffer<T> converted(const Buffer<float>& values) {
    Buffer<T> out(values.size());
    for (int64_t i = 0; i < values.size(); i++) out[i] = (T)values[i];
    return out;
}

/* From states of 0 what is left of a moment is 1 - beta times the gradient. The float nearest 0.999 is 1.3e-8 too large: 1 less that
 * float would be 1.3e-5 of itself too small. */
template <class T>
void one_minus_beta_is_rounded_once(Random& random) {
    const int64_t n = 53;
    const double rounding = kType<T> == DP_FLOAT32 ? 6e-8 : 1.2e-16;
    const Buffer<T> g = converted<T>(Buffer<float>(n, random, 0.5f, 2.0f)), p(n), m(n), v(n), s(n), mean(n), velocity(n, (T)0);
    for (double beta : {0.9, 0.99, 0.999, 0.9999, 0.99999}) {
        for (int64_t i = 0; i < n; i++) p[i] = m[i] = v[i] = s[i] = mean[i] = velocity[i] = 0;
        require_status(DP_OK, dp_adam(kType<T>, n, p.data(), g.data(), m.data(), v.data(), nullptr, 0.1, beta, beta, 1e-8, 0.1, 0, 1, 0), "adam");
        require_status(DP_OK, dp_rmsprop(kType<T>, n, p.data(), g.data(), s.data(), mean.data(), nullptr, 0.1, beta, 1e-8, 0, 0), "rmsprop");
        require_status(DP_OK, dp_sgd(kType<T>, n, p.data(), g.data(), velocity.data(), 0.1, 0.5, beta, 0, 0), "sgd");
        for (int64_t i = 0; i < n; i++) {
            const std::string where = text("beta %g, element %lld", beta, (long long)i);
            const double first = (1 - beta) * (double)g[i], second = first * (double)g[i];
            require_close(first, (double)m[i], 2 * rounding * first, where + " m");
            require_close(second, (double)v[i], 3 * rounding * second, where + " v");
            require_close(second, (double)s[i], 3 * rounding * second, where + " s");
            require_close(first, (double)mean[i], 2 * rounding * first, where + " mean");
            require_close(first, (double)velocity[i], 2 * rounding * first, where + " velocity");
        }
    }
}

/* As published, with epsilon where PyTorch's have it. */
template <class T>
void nadam_and_radam_are_adam_with_other_factors(Random& random) {
    const int64_t n = 37;
    const double rate = 0.01, beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8, greatest = 2 / (1 - beta2) - 1;
    const double tolerance = kType<T> == DP_FLOAT32 ? 3e-6 : 1e-14;
    const Buffer<T> nadam = converted<T>(Buffer<float>(n, random, -1.0f, 1.0f)), radam(nadam);
    const Buffer<T> m(n, (T)0), v(n, (T)0), m2(n, (T)0), v2(n, (T)0);
    std::vector<double> w(nadam.data(), nadam.data() + n), u(w), mean((size_t)n), variance((size_t)n);
    double product = 1;
    bool plain = false, rectified = false;
    for (int t = 1; t <= 12; t++) {
        const Buffer<T> g = converted<T>(Buffer<float>(n, random, -1.0f, 1.0f));
        const double mu = beta1 * (1 - 0.5 * pow(0.96, 0.004 * t)), next = beta1 * (1 - 0.5 * pow(0.96, 0.004 * (t + 1)));
        const double correction1 = 1 - pow(beta1, t), correction2 = 1 - pow(beta2, t);
        product *= mu;
        const double length = greatest - 2 * t * pow(beta2, t) / correction2;
        const double ratio = (length - 4) * (length - 2) * greatest / ((greatest - 4) * (greatest - 2) * length);
        plain |= length <= 5;
        rectified |= length > 5;
        require_status(DP_OK,
                       dp_adam(kType<T>, n, nadam.data(), g.data(), m.data(), v.data(), nullptr, rate, beta1, beta2, epsilon,
                               rate * next / (1 - product * next), rate * (1 - mu) / (1 - product), 1 / sqrt(correction2), 0),
                       "nadam");
        require_status(DP_OK,
                       length > 5 ? dp_adam(kType<T>, n, radam.data(), g.data(), m2.data(), v2.data(), nullptr, rate, beta1, beta2, epsilon,
                                            rate * sqrt(ratio) * sqrt(correction2) / correction1, 0, 1, 0)
                                  : dp_adam(kType<T>, n, radam.data(), g.data(), m2.data(), v2.data(), nullptr, rate, beta1, beta2, 1,
                                            rate / correction1, 0, 0, 0),
                       "radam");
        for (size_t i = 0; i < (size_t)n; i++) {
            const double gradient = (double)g[(int64_t)i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
            variance[i] = beta2 * variance[i] + (1 - beta2) * gradient * gradient;
            const double momentum = next * mean[i] / (1 - product * next) + (1 - mu) * gradient / (1 - product);
            w[i] -= rate * momentum / (sqrt(variance[i] / correction2) + epsilon);
            const double adaptive = length > 5 ? sqrt(ratio) * sqrt(correction2) / (sqrt(variance[i]) + epsilon) : 1;
            u[i] -= rate * mean[i] / correction1 * adaptive;
        }
    }
    require(plain && rectified, "both forms of RAdam must have been taken");
    for (int64_t i = 0; i < n; i++) {
        require_close(w[(size_t)i], (double)nadam[i], tolerance, text("nadam, element %lld", (long long)i));
        require_close(u[(size_t)i], (double)radam[i], tolerance, text("radam, element %lld", (long long)i));
    }
}

template <class T>
void a_divisor_of_one_leaves_the_moment_alone(Random& random) {
    const int64_t n = 1003;
    const Buffer<T> before = converted<T>(Buffer<float>(n, random, -1.0f, 1.0f)), g = converted<T>(Buffer<float>(n, random, -1.0f, 1.0f));
    const Buffer<T> p(before), m = converted<T>(Buffer<float>(n, random, -1.0f, 1.0f)), v = converted<T>(Buffer<float>(n, random, 0.0f, 1e30f));
    v[0] = 0;
    const T step = (T)0.0123;
    dp_adam(kType<T>, n, p.data(), g.data(), m.data(), v.data(), nullptr, 0.1, 0.9, 0.999, 1, 0.0123, 0, 0, 0);
    for (int64_t i = 0; i < n; i++) {
        const T product = step * m[i], expected = before[i] - product;
        require(p[i] == expected, "element %lld: expected %.17g, got %.17g", (long long)i, (double)expected, (double)p[i]);
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
    suite.each("float32 1 - beta is rounded once", one_minus_beta_is_rounded_once<float>);
    suite.once("float64 1 - beta is rounded once", one_minus_beta_is_rounded_once<double>);
    suite.each("float32 NAdam and RAdam are Adam with other factors", nadam_and_radam_are_adam_with_other_factors<float>);
    suite.once("float64 NAdam and RAdam are Adam with other factors", nadam_and_radam_are_adam_with_other_factors<double>);
    suite.each("float32 a divisor of one leaves the moment alone", a_divisor_of_one_leaves_the_moment_alone<float>);
    suite.once("float64 a divisor of one leaves the moment alone", a_divisor_of_one_leaves_the_moment_alone<double>);
    suite.each("parameters do not depend on their position", parameters_do_not_depend_on_their_position);
}

}  // namespace test
