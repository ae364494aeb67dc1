/*
 * typed_test.cpp: what float32 and float64 (and for extremes every type) have in common beyond the elementwise functions:
 * reductions along any axis, batched products, scattering, weighted and smoothed cross-entropy, optimisers with all their terms.
 */
#include <limits>
#include <type_traits>

#include "test_support.h"
#include "unary_reference.h"

namespace test {
namespace {

/* Half the distance from 1 to the next number. */
template <class T>
constexpr double kRounding = std::is_same<T, float>::value ? 5.97e-8 : 1.12e-16;

template <class T>
Buffer<T> uniform(int64_t n, Random& random, double low, double high) {
    Buffer<T> values(n);
    for (int64_t i = 0; i < n; i++) values[i] = (T)(low + (high - low) * ((double)(random.word() >> 11) / 9007199254740992.0));
    return values;
}

const int64_t kVolumes[][3] = {{1, 1, 1}, {1, 0, 3}, {3, 0, 1}, {2, 5, 1}, {4, 100, 1}, {1, 9001, 1}, {2, 3, 4}, {1, 70, 33}, {3, 17, 130}, {2, 1000, 3}};

/* A reduction in long double, and the size of what was added. */
long double reference_reduction(int op, const std::vector<long double>& x, long double& magnitude) {
    long double sum = op == DP_PRODUCT ? 1 : op == DP_MAX ? -INFINITY : op == DP_MIN ? INFINITY : 0, greatest = -INFINITY;
    magnitude = 0;
    for (long double value : x) {
        const long double term = op == DP_SUM_ABS ? fabsl(value) : op == DP_SUM_SQUARES ? value * value : value;
        magnitude += fabsl(term);
        greatest = fmaxl(greatest, value);
        sum = op == DP_PRODUCT ? sum * value : op == DP_MAX ? fmaxl(sum, value) : op == DP_MIN ? fminl(sum, value) : sum + term;
    }
    if (op == DP_PRODUCT) magnitude = fabsl(sum) * (long double)x.size();
    if (op == DP_MAX || op == DP_MIN) magnitude = 0;
    if (op != DP_LOG_SUM_EXP) return sum;
    sum = 0;
    for (long double value : x) sum += expl(value - greatest);
    magnitude = 4 + fabsl(greatest);
    return x.empty() ? -INFINITY : greatest + logl(sum);
}

template <class T>
void reductions_match_reference(Random& random) {
    for (const auto& volume : kVolumes) {
        const int64_t outer = volume[0], n = volume[1], inner = volume[2];
        const Buffer<T> x = uniform<T>(outer * n * inner, random, -1.5, 1.5), y(outer * inner, (T)7);
        for (int op = DP_SUM; op <= DP_LOG_SUM_EXP; op++) {
            require_status(DP_OK, dp_reduce(op, kType<T>, outer, n, inner, x.data(), y.data()), "reduce");
            for (int64_t at = 0; at < outer * inner; at++) {
                std::vector<long double> terms;
                for (int64_t a = 0; a < n; a++) terms.push_back(x[(at / inner * n + a) * inner + at % inner]);
                long double magnitude;
                const long double expected = reference_reduction(op, terms, magnitude);
                /* float32 adds in a few lanes or in order; float64 is compensated. */
                const double growth = std::is_same<T, float>::value ? (double)(op == DP_PRODUCT ? 2 : inner == 1 ? 140 : n + 10) : 4;
                require_close((double)expected, (double)y[at], growth * kRounding<T> * (double)magnitude + (double)std::numeric_limits<T>::min(),
                              text("op %d over [%lld, %lld, %lld], result %lld", op, (long long)outer, (long long)n, (long long)inner, (long long)at));
            }
        }
    }
}

template <class T>
void extremes_and_their_places(Random& random) {
    for (const auto& volume : kVolumes) {
        const int64_t outer = volume[0], n = volume[1], inner = volume[2];
        if (n == 0) continue;
        const Buffer<T> x(outer * n * inner), y(outer * inner);
        const Buffer<int64_t> place(outer * inner, (int64_t)-1);
        for (int64_t i = 0; i < x.size(); i++) {
            const bool nan = std::is_floating_point<T>::value && random.integer(0, 2 * n) == 0;
            x[i] = nan ? std::numeric_limits<T>::quiet_NaN() : std::is_same<T, uint8_t>::value ? (T)random.coin() : (T)random.integer(-20, 20);
        }
        for (int op : {DP_MAX, DP_MIN}) {
            require_status(DP_OK, dp_reduce(op, kType<T>, outer, n, inner, x.data(), y.data()), "extreme");
            require_status(DP_OK, dp_arg_reduce(op, kType<T>, outer, n, inner, x.data(), place.data()), "place");
            for (int64_t at = 0; at < outer * inner; at++) {
                const T* column = x.data() + at / inner * n * inner + at % inner;
                int64_t expected = 0;
                for (int64_t a = 0; a < n && column[expected * inner] == column[expected * inner]; a++) {
                    const T value = column[a * inner], best = column[expected * inner];
                    if (value != value || (op == DP_MAX ? value > best : value < best)) expected = a;
                }
                const T extreme = column[expected * inner];
                require(place[at] == expected, "op %d of type %d: place must be %lld, got %lld", op, kType<T>, (long long)expected, (long long)place[at]);
                require(y[at] == extreme || (y[at] != y[at] && extreme != extreme), "op %d of type %d: expected %g, got %g", op, kType<T>,
                        (double)extreme, (double)y[at]);
            }
        }
    }
}

template <class T>
void integer_sums_wrap(Random& random) {
    const int64_t n = 50;
    const Buffer<T> x(n), y(1);
    for (int64_t i = 0; i < n; i++) x[i] = (T)random.word();
    for (int op = DP_SUM; op <= DP_PRODUCT; op++) {
        uint64_t expected = op == DP_PRODUCT ? 1 : 0;
        for (int64_t i = 0; i < n; i++) {
            const uint64_t value = (uint64_t)(int64_t)x[i];
            if (op == DP_PRODUCT) expected *= value;
            else expected += op == DP_SUM ? value : op == DP_SUM_ABS ? (x[i] < 0 ? 0 - value : value) : value * value;
        }
        require_status(DP_OK, dp_reduce(op, kType<T>, 1, n, 1, x.data(), y.data()), "integers");
        require(y[0] == (T)expected, "op %d: expected %lld, got %lld", op, (long long)(T)expected, (long long)y[0]);
    }
    require_status(DP_OK, dp_reduce(DP_MAX, kType<T>, 1, 0, 1, nullptr, y.data()), "maximum of nothing");
    require(y[0] == std::numeric_limits<T>::min(), "the maximum of nothing is the least integer, got %lld", (long long)y[0]);
    require_status(DP_INVALID_ARGUMENT, dp_reduce(DP_LOG_SUM_EXP, kType<T>, 1, n, 1, x.data(), y.data()), "log-sum-exp of integers");
    require_status(DP_INVALID_ARGUMENT, dp_arg_reduce(DP_MAX, kType<T>, 1, 0, 1, nullptr, nullptr), "place in nothing");
}

template <class T>
void special_reductions(Random&) {
    const T infinity = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
    for (int64_t inner : {1, 2}) {
        const auto reduce = [&](int op, std::vector<T> values) {
            const Buffer<T> x((int64_t)values.size() * inner), y(inner);
            for (int64_t i = 0; i < x.size(); i++) x[i] = values[(size_t)(i / inner)];
            dp_reduce(op, kType<T>, 1, (int64_t)values.size(), inner, x.data(), y.data());
            return (double)y[inner - 1];
        };
        require(reduce(DP_LOG_SUM_EXP, {-infinity, -infinity}) == -INFINITY, "log-sum-exp of nothing possible");
        require(reduce(DP_LOG_SUM_EXP, {1, infinity}) == INFINITY, "log-sum-exp of infinity");
        require(isnan(reduce(DP_LOG_SUM_EXP, {1, nan})), "log-sum-exp of NaN");
        require_close(1000 + log(2.0), reduce(DP_LOG_SUM_EXP, {1000, 1000}), 1e-4, "log-sum-exp does not overflow");
        for (int op : {DP_MAX, DP_MIN, DP_SUM, DP_PRODUCT}) {
            require(isnan(reduce(op, {1, nan, 2})), "op %d of NaN first", op);
            require(isnan(reduce(op, {nan, 1, 2})), "op %d of NaN", op);
        }
        require(reduce(DP_SUM, {infinity, 1, 2}) == INFINITY, "a sum with infinity");
    }
}

template <class T>
void batched_products_match(Random& random) {
    for (int t = 0; t < 60; t++) {
        const int64_t batch = random.integer(0, 4), m = random.integer(0, 20), n = random.integer(0, 40), k = random.integer(0, t % 10 == 0 ? 600 : 30);
        const bool ta = random.coin(), tb = random.coin(), accumulate = random.coin(), with_bias = !accumulate && random.coin();
        const bool one_a = random.coin(), one_b = random.coin();
        const Buffer<T> a = uniform<T>((one_a ? 1 : batch) * m * k, random, -1, 1), b = uniform<T>((one_b ? 1 : batch) * k * n, random, -1, 1);
        const Buffer<T> bias = uniform<T>(n, random, -1, 1), before = uniform<T>(batch * m * n, random, -1, 1), c(before);
        require_status(DP_OK,
                       dp_gemm(kType<T>, batch, ta, tb, m, n, k, a.data(), one_a ? 0 : m * k, b.data(), one_b ? 0 : k * n,
                               with_bias ? bias.data() : nullptr, accumulate, c.data()),
                       "gemm");
        for (int64_t at = 0; at < c.size(); at++) {
            const int64_t one = at / (m * n), i = at / n % m, j = at % n;
            const T* left = a.data() + (one_a ? 0 : one * m * k);
            const T* right = b.data() + (one_b ? 0 : one * k * n);
            long double expected = accumulate ? before[at] : with_bias ? bias[j] : 0, magnitude = 1;
            for (int64_t p = 0; p < k; p++) {
                const long double product = (long double)(ta ? left[p * m + i] : left[i * k + p]) * (tb ? right[j * k + p] : right[p * n + j]);
                expected += product;
                magnitude += fabsl(product);
            }
            require_close((double)expected, (double)c[at], 2 * (double)(k + 1) * kRounding<T> * (double)magnitude, "batched product");
        }
    }
}

template <class T>
void scatter_adds_in_order(Random& random) {
    for (int64_t inner : {1, 3, 17, 64}) {
        const int64_t outer = 2, n = 5, count = 40;
        const Buffer<T> dy = uniform<T>(outer * count * inner, random, -1, 1), dx = uniform<T>(outer * n * inner, random, -1, 1), expected(dx);
        const Buffer<int64_t> index(count);
        for (int64_t i = 0; i < count; i++) index[i] = random.integer(0, n - 1);
        for (int64_t at = 0; at < dy.size(); at++) {
            T& sum = expected[(at / (count * inner) * n + index[at / inner % count]) * inner + at % inner];
            sum = sum + dy[at];
        }
        require_status(DP_OK, dp_scatter_add(kType<T>, outer, n, inner, count, index.data(), dy.data(), dx.data()), "scatter_add");
        for (int64_t i = 0; i < dx.size(); i++) require(dx[i] == expected[i], "element %lld", (long long)i);
    }
}

/* The loss by its definition in long double; logits[changed] is replaced by `value`. */
template <class T>
long double reference_loss(const Buffer<T>& logits, int64_t changed, long double value, const Buffer<int64_t>& targets, const Buffer<T>& weights,
                           bool weighted, int64_t ignored, long double smoothing) {
    const int64_t rows = targets.size(), classes = weights.size();
    long double cost = 0, weight = 0;
    for (int64_t r = 0; r < rows; r++) {
        if (targets[r] == ignored) continue;
        std::vector<long double> z;
        long double sum = 0;
        for (int64_t c = 0; c < classes; c++) z.push_back(r * classes + c == changed ? value : (long double)logits[r * classes + c]);
        for (long double one : z) sum += expl(one);
        for (int64_t c = 0; c < classes; c++) {
            const long double w = weighted ? (long double)weights[c] : 1, loss = logl(sum) - z[(size_t)c];
            if (c == targets[r]) cost += (1 - smoothing) * w * loss, weight += w;
            cost += smoothing / (long double)classes * w * loss;
        }
    }
    return cost / weight;
}

template <class T>
void weighted_smoothed_cross_entropy_matches(Random& random) {
    for (int form = 0; form < 8; form++) {
        for (int64_t classes : {1, 2, 7, 10, 16, 37}) {
            const bool weighted = (form & 1) != 0;
            const double smoothing = (form & 2) != 0 ? 0.2 : 0;
            const int64_t rows = 9, ignored = (form & 4) != 0 ? (classes > 1 ? 1 : -100) : -100;
            const Buffer<T> logits = uniform<T>(rows * classes, random, -4, 4), weights = uniform<T>(classes, random, 0.5, 2);
            const Buffer<T> upstream(1, (T)1.5), loss(1), dlogits(rows * classes, (T)9), in_place(logits);
            const Buffer<int64_t> targets(rows);
            for (int64_t r = 0; r < rows; r++) targets[r] = r == 4 && ignored < 0 ? ignored : random.integer(0, classes - 1);
            targets[0] = 0;
            const void* w = weighted ? weights.data() : nullptr;
            require_status(DP_OK, dp_cross_entropy(kType<T>, rows, classes, logits.data(), targets.data(), w, ignored, smoothing, loss.data()), "loss");
            require_status(DP_OK,
                           dp_cross_entropy_backward(kType<T>, rows, classes, logits.data(), targets.data(), w, ignored, smoothing,
                                                     upstream.data(), dlogits.data()),
                           "gradient");
            const auto at = [&](int64_t i, long double value) { return reference_loss(logits, i, value, targets, weights, weighted, ignored, (long double)smoothing); };
            const std::string where = text("form %d, %lld classes", form, (long long)classes);
            const long double expected = at(-1, 0);
            require_close((double)expected, (double)loss[0], 60 * kRounding<T> * (1 + (double)expected), where);
            for (int64_t i = 0; i < rows * classes; i++) {
                const long double h = 1e-5L, slope = (at(i, logits[i] + h) - at(i, logits[i] - h)) / (2 * h);
                require_close(1.5 * (double)slope, (double)dlogits[i], 60 * kRounding<T> + 1e-10, where + " gradient");
                if (targets[i / classes] == ignored) require(dlogits[i] == 0, "an ignored row has no gradient");
            }
            dp_cross_entropy_backward(kType<T>, rows, classes, in_place.data(), targets.data(), w, ignored, smoothing, upstream.data(), in_place.data());
            for (int64_t i = 0; i < rows * classes; i++) require(in_place[i] == dlogits[i], "dlogits may be logits");
        }
    }
    const Buffer<T> logits(6, (T)1), loss(1), dlogits(6, (T)9), upstream(1, (T)1);
    const Buffer<int64_t> none(2, (int64_t)-100);
    require_status(DP_OK, dp_cross_entropy(kType<T>, 2, 3, logits.data(), none.data(), nullptr, -100, 0, loss.data()), "all ignored");
    require(isnan((double)loss[0]), "no row that counts: expected NaN, got %g", (double)loss[0]);
    dp_cross_entropy_backward(kType<T>, 2, 3, logits.data(), none.data(), nullptr, -100, 0, upstream.data(), dlogits.data());
    for (int64_t i = 0; i < 6; i++) require(dlogits[i] == 0, "no row that counts: gradient %g", (double)dlogits[i]);
    for (double wrong : {-0.1, 1.0, (double)NAN}) {
        require_status(DP_INVALID_ARGUMENT, dp_cross_entropy(kType<T>, 2, 3, logits.data(), none.data(), nullptr, -100, wrong, loss.data()), "smoothing");
    }
    require_status(DP_INDEX_OUT_OF_RANGE, dp_cross_entropy(kType<T>, 2, 3, logits.data(), none.data(), nullptr, -1, 0, loss.data()), "a class of -100");
}

void softmax_of_doubles_matches(Random& random) {
    const int64_t rows = 5, classes = 13;
    const Buffer<double> logits = uniform<double>(rows * classes, random, -30, 30), p(rows * classes);
    require_status(DP_OK, dp_softmax(DP_FLOAT64, rows, classes, logits.data(), p.data()), "softmax");
    for (int64_t i = 0; i < rows * classes; i++) {
        long double sum = 0;
        for (int64_t c = 0; c < classes; c++) sum += expl((long double)logits[i / classes * classes + c]);
        const long double expected = expl((long double)logits[i]) / sum;
        require_close((double)expected, p[i], 1e-14 * (double)expected, "softmax");
    }
}

void dropout_of_doubles_has_the_mask_of_floats(Random& random) {
    for (int64_t n : sizes()) {
        const Buffer<float> ones(n, 1.0f), kept(n);
        const Buffer<double> x = uniform<double>(n, random, 1, 2), y(n);
        dp_dropout(DP_FLOAT32, n, 0.3f, 8, 9, ones.data(), kept.data());
        require_status(DP_OK, dp_dropout(DP_FLOAT64, n, 0.3f, 8, 9, x.data(), y.data()), "dropout");
        const double keep = (65536 - lround(65536 * (double)0.3f)) / 65536.0;
        for (int64_t i = 0; i < n; i++) require_close(kept[i] == 0 ? 0 : x[i] / keep, y[i], 1e-15, "dropout");
    }
}

/* Values and derivatives of doubles are those of the C library's functions in double, by the same formulas. */
void unary_of_doubles_matches(Random& random) {
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        const int64_t n = 200;
        const Buffer<double> x = uniform<double>(n, random, needs_positive(op) ? 0.01 : -6, 6), y(n), dy = uniform<double>(n, random, -2, 2), dx(n);
        require_status(DP_OK, dp_unary(op, DP_FLOAT64, alpha_of(op), beta_of(op), 1, n, x.data(), n, 1, y.data()), "unary");
        require_status(DP_OK, dp_unary_backward(op, DP_FLOAT64, alpha_of(op), beta_of(op), n, x.data(), y.data(), dy.data(), dx.data()), "backward");
        for (int64_t i = 0; i < n; i++) {
            const double value = reference_value(op, x[i]), slope = reference_derivative(op, x[i]);
            require_close(value, y[i], 2e-15 * fmax(1, fabs(value)), text("%s of %.17g", unary_name(op), x[i]));
            require_close(dy[i] * slope, dx[i], 1e-14 * fmax(1, fabs(slope)), text("gradient of %s at %.17g", unary_name(op), x[i]));
        }
    }
}

void powers_are_those_of_ieee_754(Random& random) {
    const float values[] = {0.0f, -0.0f, 1.0f, -1.0f, 2.0f, -2.0f, 0.5f, -0.5f, 3.0f, -3.0f, 2.5f, 1e30f, -1e30f, 16777217.0f, INFINITY, -INFINITY, NAN, 1e-30f};
    constexpr int kCount = sizeof values / sizeof values[0];
    for (float a : values) {
        const Buffer<float> x(kCount, a), b(std::vector<float>(values, values + kCount)), y(kCount);
        require_status(DP_OK, f32::binary(DP_POW, kCount, x.data(), b.data(), y.data()), "pow");
        for (int i = 0; i < kCount; i++) {
            const double exact = pow((double)a, (double)values[i]);
            const float expected = fabs(exact) < 1.17549435e-38 ? copysignf(0.0f, (float)exact) : (float)exact;
            require(bits_of(expected) == bits_of(y[i]) || (isnan(expected) && isnan(y[i])), "%g to the power %g: expected %g, got %g", (double)a,
                    (double)values[i], (double)expected, (double)y[i]);
        }
    }
    const Buffer<float> a(5000, random, 0.001f, 10.0f), b(5000, random, -12.0f, 12.0f), y(5000);
    f32::binary(DP_POW, 5000, a.data(), b.data(), y.data());
    for (int64_t i = 0; i < 5000; i++) {
        const double expected = pow((double)a[i], (double)b[i]);
        if (fabs(expected) > 1.2e-38 && fabs(expected) < 3.4e38) require_close(expected, y[i], ulp(expected), "pow");
    }
}

void sine_of_large_arguments_matches(Random& random) {
    const Buffer<float> x(3000, random, -1e4f, 1e4f), y(3000);
    for (int64_t i = 0; i < 100; i++) x[i] = x[i] * 1e20f;
    for (int op : {DP_SIN, DP_COS}) {
        f32::unary(op, 3000, x.data(), y.data());
        for (int64_t i = 0; i < 3000; i++) require_close(reference_value(op, x[i]), y[i], 2e-7, text("%s of %.9g", unary_name(op), (double)x[i]));
    }
}

template <class T>
void optimisers_with_every_term_match(Random& random) {
    for (int form = 0; form < 16; form++) {
        const int64_t n = 37;
        const double rate = 0.03, decay = (form & 8) != 0 ? 0.1 : 0, momentum = (form & 1) != 0 ? 0.9 : 0, tolerance = 40 * kRounding<T>;
        const int nesterov = (form & 2) != 0;
        const double dampening = (form & 4) != 0 ? 0.3 : 0, gradient_step = (form & 4) != 0 ? 0.01 : 0;
        const Buffer<T> p0 = uniform<T>(n, random, -1, 1), g = uniform<T>(n, random, -1, 1), m0 = uniform<T>(n, random, -0.5, 0.5);
        const Buffer<T> v0 = uniform<T>(n, random, 0.5, 1), l0 = uniform<T>(n, random, 0.5, 1);
        const Buffer<T> sgd(p0), velocity(m0), adam(p0), m(m0), v(v0), largest(l0), rms(p0), s(v0), mean(m0), speed(m0), ada(p0), sum(v0);
        require_status(DP_OK, dp_sgd(kType<T>, n, sgd.data(), g.data(), momentum == 0 ? nullptr : velocity.data(), rate, momentum, dampening, nesterov, decay), "sgd");
        require_status(DP_OK,
                       dp_adam(kType<T>, n, adam.data(), g.data(), m.data(), v.data(), nesterov ? largest.data() : nullptr, rate, 0.9, 0.75, 1e-3,
                               0.02, gradient_step, 1.25, decay),
                       "adam");
        require_status(DP_OK,
                       dp_rmsprop(kType<T>, n, rms.data(), g.data(), s.data(), nesterov ? mean.data() : nullptr, momentum == 0 ? nullptr : speed.data(),
                                  rate, 0.75, 1e-3, momentum, decay),
                       "rmsprop");
        require_status(DP_OK, dp_adagrad(kType<T>, n, ada.data(), g.data(), sum.data(), rate, 1e-3, decay), "adagrad");
        for (int64_t i = 0; i < n; i++) {
            const double p = (double)p0[i] * (1 - rate * decay), gradient = (double)g[i];
            const std::string where = text("form %d, element %lld", form, (long long)i);
            const double new_velocity = momentum * (double)m0[i] + (1 - dampening) * gradient;
            const double direction = momentum == 0 ? gradient : nesterov ? gradient + momentum * new_velocity : new_velocity;
            require_close(p - rate * direction, (double)sgd[i], tolerance, where + " sgd");
            require_close(momentum == 0 ? (double)m0[i] : new_velocity, (double)velocity[i], tolerance, where + " velocity");
            const double new_m = 0.9 * (double)m0[i] + 0.1 * gradient, new_v = 0.75 * (double)v0[i] + 0.25 * gradient * gradient;
            const double new_largest = nesterov ? fmax((double)l0[i], new_v) : (double)l0[i];
            const double root = sqrt(nesterov ? new_largest : new_v) * 1.25 + 1e-3;
            require_close(p - (0.02 * new_m + gradient_step * gradient) / root, (double)adam[i], tolerance, where + " adam");
            require_close(new_m, (double)m[i], tolerance, where + " m");
            require_close(new_v, (double)v[i], tolerance, where + " v");
            require_close(new_largest, (double)largest[i], tolerance, where + " largest v");
            const double new_mean = 0.75 * (double)m0[i] + 0.25 * gradient;
            const double u = gradient / (sqrt(nesterov ? fmax(0, new_v - new_mean * new_mean) : new_v) + 1e-3);
            const double new_speed = momentum * (double)m0[i] + u;
            require_close(p - rate * (momentum == 0 ? u : new_speed), (double)rms[i], 4 * tolerance, where + " rmsprop");
            require_close(new_v, (double)s[i], tolerance, where + " s");
            require_close(nesterov ? new_mean : (double)m0[i], (double)mean[i], tolerance, where + " mean");
            const double squares = (double)v0[i] + gradient * gradient;
            require_close(p - rate * gradient / (sqrt(squares) + 1e-3), (double)ada[i], tolerance, where + " adagrad");
            require_close(squares, (double)sum[i], tolerance, where + " sum of squares");
        }
    }
}

}  // namespace

void typed_tests(Suite& suite) {
    suite.each("float32 reductions along any axis match", reductions_match_reference<float>);
    suite.once("float64 reductions along any axis match", reductions_match_reference<double>);
    suite.each("float32 extremes and their places", extremes_and_their_places<float>);
    suite.once("float64 extremes and their places", extremes_and_their_places<double>);
    suite.once("int32 extremes and their places", extremes_and_their_places<int32_t>);
    suite.once("int64 extremes and their places", extremes_and_their_places<int64_t>);
    suite.once("boolean extremes and their places", extremes_and_their_places<uint8_t>);
    suite.once("int32 sums wrap", integer_sums_wrap<int32_t>);
    suite.once("int64 sums wrap", integer_sums_wrap<int64_t>);
    suite.each("float32 special reductions", special_reductions<float>);
    suite.once("float64 special reductions", special_reductions<double>);
    suite.each("float32 batched products match", batched_products_match<float>);
    suite.once("float64 batched products match", batched_products_match<double>);
    suite.once("float32 scatter adds in order", scatter_adds_in_order<float>);
    suite.once("float64 scatter adds in order", scatter_adds_in_order<double>);
    suite.each("float32 weighted and smoothed cross-entropy matches", weighted_smoothed_cross_entropy_matches<float>);
    suite.once("float64 weighted and smoothed cross-entropy matches", weighted_smoothed_cross_entropy_matches<double>);
    suite.once("softmax of doubles matches", softmax_of_doubles_matches);
    suite.each("dropout of doubles has the mask of floats", dropout_of_doubles_has_the_mask_of_floats);
    suite.once("unary of doubles matches", unary_of_doubles_matches);
    suite.each("powers are those of IEEE 754", powers_are_those_of_ieee_754);
    suite.each("sine and cosine match up to large arguments", sine_of_large_arguments_matches);
    suite.each("float32 optimisers with every term match", optimisers_with_every_term_match<float>);
    suite.once("float64 optimisers with every term match", optimisers_with_every_term_match<double>);
}

}  // namespace test
