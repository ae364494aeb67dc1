/* activation_dropout_test.cpp: the joined activation and dropout against the two calls that they stand for, bit for bit. */
#include "test_support.h"

namespace test {
namespace {

constexpr int64_t kSeed = 77, kStream = -5;

bool reads_value(int op) {
    return op == DP_SQRT || op == DP_EXP || op == DP_TANH || op == DP_RECIPROCAL || op == DP_SIGMOID || op == DP_EXPM1;
}
bool reads_neither(int op) {
    return op == DP_NEGATE || op == DP_RELU || op == DP_AFFINE || op == DP_SIGN;
}

template <class T>
void require_same(const Buffer<T>& expected, const Buffer<T>& got, const std::string& where) {
    for (int64_t i = 0; i < expected.size(); i++) {
        require(memcmp(&expected[i], &got[i], sizeof(T)) == 0, "%s: element %lld must have the bits of %.17g, got %.17g", where.c_str(),
                (long long)i, (double)expected[i], (double)got[i]);
    }
}

/* Ordinary numbers, and here and there what is special. */
template <class T>
Buffer<T> values(int64_t n, Random& random) {
    const T special[] = {(T)NAN, (T)INFINITY, (T)-INFINITY, (T)0.0, (T)-0.0, (T)(sizeof(T) == 4 ? 1e-40 : 1e-310), (T)(sizeof(T) == 4 ? -1e-40 : -1e-310)};
    Buffer<T> result(n);
    for (int64_t i = 0; i < n; i++) {
        result[i] = random.integer(0, 3) == 0 ? special[random.integer(0, 6)] : (T)random.real(-3.0f, 3.0f);
    }
    return result;
}

/* What the two calls give, forward and backward. */
template <class T>
struct Sequence {
    Buffer<T> activated, y, dx;
    Buffer<uint8_t> kept;

    Sequence(int op, int64_t n, float rate, const Buffer<T>& x, const Buffer<T>& dy) : activated(n), y(n), dx(n), kept((n + 7) / 8, 0xff) {
        const double alpha = alpha_of(op), beta = beta_of(op);
        require_status(DP_OK, dp_unary(op, kType<T>, alpha, beta, 1, n, x.data(), n, 1, activated.data()), "unary");
        require_status(DP_OK, dp_dropout_keep(kType<T>, n, rate, kSeed, kStream, activated.data(), y.data(), kept.data()), "keep");
        require_status(DP_OK, dp_dropout_kept(kType<T>, n, rate, kept.data(), dy.data(), dx.data()), "kept");
        require_status(DP_OK, dp_unary_backward(op, kType<T>, alpha, beta, n, x.data(), activated.data(), dx.data(), dx.data()), "backward");
    }
};

template <class T>
void join_is_the_sequence(int op, int64_t n, float rate, Random& random) {
    const std::string where = text("%s of %lld elements at rate %g", unary_name(op), (long long)n, (double)rate);
    const double alpha = alpha_of(op), beta = beta_of(op);
    const Buffer<T> x = values<T>(n, random), dy = values<T>(n, random);
    const Sequence<T> expected(op, n, rate, x, dy);
    const auto forward = [&](const Buffer<T>& from, T* activated, T* y, uint8_t* kept) {
        require_status(DP_OK, dp_activation_dropout(op, kType<T>, alpha, beta, n, rate, kSeed, kStream, from.data(), activated, y, kept), where);
    };
    const Buffer<T> activated(n), y(n), alone(n);
    const Buffer<uint8_t> kept((n + 7) / 8, 0xff), again((n + 7) / 8, 0xff);
    forward(x, activated.data(), y.data(), kept.data());
    require_same(expected.activated, activated, where + ", activated");
    require_same(expected.y, y, where + ", y");
    forward(x, nullptr, alone.data(), again.data());
    require_same(expected.y, alone, where + ", y without activated");
    require_same(kept, again, where + ", kept without activated");
    for (int64_t i = 0; i < 8 * kept.size(); i++) {
        const bool drawn = (expected.kept[i / 8] >> (i % 8) & 1) != 0, got = (kept[i / 8] >> (i % 8) & 1) != 0;
        const bool zero = op == DP_RELU && i < n && (x[i] <= 0 || fabs((double)x[i]) < (sizeof(T) == 4 ? 1.17549435e-38 : 2.2250738585072014e-308));
        require(got == (drawn && !zero), "%s: bit %lld", where.c_str(), (long long)i);
    }

    const Buffer<T> in_place(x), into_x(x), y_of_x(n);
    forward(in_place, nullptr, in_place.data(), again.data());
    require_same(expected.y, in_place, where + ", y is x");
    forward(into_x, into_x.data(), y_of_x.data(), again.data());
    require_same(expected.y, y_of_x, where + ", activated is x");
    require_same(expected.activated, into_x, where + ", activated into x");

    const auto backward = [&](const T* from, const T* value, const T* gradient, T* dx) {
        require_status(DP_OK, dp_activation_dropout_backward(op, kType<T>, alpha, beta, n, rate, kept.data(), from, value, gradient, dx), where);
    };
    const Buffer<T> dx(n), over_dy(dy), least(n), junk(n, (T)123);
    backward(x.data(), activated.data(), dy.data(), dx.data());
    require_same(expected.dx, dx, where + ", dx");
    backward(x.data(), activated.data(), over_dy.data(), over_dy.data());
    require_same(expected.dx, over_dy, where + ", dx is dy");
    const bool value = reads_value(op), argument = !value && !reads_neither(op);
    backward(argument ? x.data() : nullptr, value ? activated.data() : nullptr, dy.data(), least.data());
    require_same(expected.dx, least, where + ", dx of what is read alone");
    backward(argument ? x.data() : junk.data(), value ? activated.data() : junk.data(), dy.data(), least.data());
    require_same(expected.dx, least, where + ", dx beside junk");
}

template <class T>
void joined_equals_the_two_calls(Random& random) {
    /* 1e-6 draws nothing. */
    for (float rate : {0.0f, 1e-6f, 0.2f, 0.5f, 0.99999f}) {
        for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
            for (int64_t n : {0, 1, 7, 8, 33, 127, 129, 256, 300, 2048, 4500}) join_is_the_sequence<T>(op, n, rate, random);
        }
        for (int64_t n : sizes()) join_is_the_sequence<T>(DP_RELU, n, rate, random);
    }
}

void relu_passes_on_what_is_not_at_most_zero(Random&) {
    const Buffer<float> x(std::vector<float>{1.0f, -1.0f, 0.0f, -0.0f, NAN, INFINITY, -INFINITY, 1e-40f}), y(8), dx(8);
    const Buffer<float> expected(std::vector<float>{1.0f, 0.0f, 0.0f, 0.0f, NAN, INFINITY, 0.0f, 0.0f});
    f32::unary(DP_RELU, 8, x.data(), y.data());
    for (int64_t i = 0; i < 8; i++) {
        require(isnan(expected[i]) ? isnan(y[i]) : bits_of(y[i]) == bits_of(expected[i]), "relu of %g: got %g", (double)x[i], (double)y[i]);
    }
    for (float dy : {2.0f, -2.0f, (float)NAN, (float)INFINITY}) {
        f32::unary_backward(DP_RELU, 8, x.data(), y.data(), Buffer<float>(8, dy).data(), dx.data());
        for (int64_t i = 0; i < 8; i++) {
            const bool passes = expected[i] != 0;
            require(bits_of(dx[i]) == (passes ? bits_of(dy) : 0u), "gradient %g at %g: got %g", (double)dy, (double)x[i], (double)dx[i]);
        }
    }
}

void wrong_arguments_are_refused(Random&) {
    const Buffer<float> x(8, 1.0f), y(8, 7.0f), z(8, 7.0f);
    const Buffer<uint8_t> kept(1, 7);
    const auto forward = [&](int op, int dtype, int64_t n, float rate, const float* from, float* to, uint8_t* bits) {
        return dp_activation_dropout(op, dtype, 0, 0, n, rate, 1, 2, from, z.data(), to, bits);
    };
    const auto backward = [&](int op, int dtype, int64_t n, float rate, const uint8_t* bits, const float* from, const float* value,
                              const float* dy, float* dx) {
        return dp_activation_dropout_backward(op, dtype, 0, 0, n, rate, bits, from, value, dy, dx);
    };
    float* const out = y.data();
    const float* const in = x.data();
    uint8_t* const bits = kept.data();
    const int f = DP_FLOAT32;
    const int statuses[] = {
        forward(-1, f, 8, 0.5f, in, out, bits), forward(26, f, 8, 0.5f, in, out, bits), forward(DP_TANH, DP_INT32, 8, 0.5f, in, out, bits),
        forward(DP_TANH, f, -1, 0.5f, in, out, bits), forward(DP_TANH, f, 8, 1.0f, in, out, bits), forward(DP_TANH, f, 8, NAN, in, out, bits),
        forward(DP_TANH, f, 8, -0.1f, in, out, bits), forward(DP_TANH, f, 8, 0.5f, nullptr, out, bits),
        forward(DP_TANH, f, 8, 0.5f, in, nullptr, bits), forward(DP_TANH, f, 8, 0.5f, in, out, nullptr),
        backward(-1, f, 8, 0.5f, bits, in, in, in, out), backward(26, f, 8, 0.5f, bits, in, in, in, out),
        backward(DP_TANH, DP_BOOL, 8, 0.5f, bits, in, in, in, out), backward(DP_TANH, f, -1, 0.5f, bits, in, in, in, out),
        backward(DP_TANH, f, 8, 1.0f, bits, in, in, in, out), backward(DP_TANH, f, 8, 0.5f, nullptr, in, in, in, out),
        backward(DP_TANH, f, 8, 0.5f, bits, in, nullptr, in, out), backward(DP_GELU, f, 8, 0.5f, bits, nullptr, in, in, out),
        backward(DP_RELU, f, 8, 0.5f, bits, nullptr, nullptr, nullptr, out), backward(DP_RELU, f, 8, 0.5f, bits, nullptr, nullptr, in, nullptr),
    };
    int number = 0;
    for (int status : statuses) require(status == DP_INVALID_ARGUMENT, "wrong call %d: got status %d", number++, status);
    for (int64_t i = 0; i < 8; i++) require(y[i] == 7.0f && z[i] == 7.0f && kept[0] == 7, "a refused call wrote element %lld", (long long)i);
    require_status(DP_OK, forward(DP_TANH, f, 0, 0.5f, nullptr, nullptr, nullptr), "nothing");
    require_status(DP_OK, backward(DP_TANH, f, 0, 0.5f, nullptr, nullptr, nullptr, nullptr, nullptr), "nothing backward");
}

}  // namespace

void activation_dropout_tests(Suite& suite) {
    suite.each("float32 activation and dropout joined equal the two calls", joined_equals_the_two_calls<float>);
    suite.each("float64 activation and dropout joined equal the two calls", joined_equals_the_two_calls<double>);
    suite.each("relu passes on what is not at most zero", relu_passes_on_what_is_not_at_most_zero);
    suite.each("wrong arguments of a joined dropout are refused", wrong_arguments_are_refused);
}

}  // namespace test
