/* accuracy_test.cpp: the error bounds of diapason.h over the whole range of floats, and the special values. */
#include "test_support.h"
#include "unary_reference.h"

namespace test {
namespace {

/* Every kStride-th bit pattern of the floats, from a random start; a denormal counts as 0. */
void unary_keeps_its_bound_over_all_floats(Random& random) {
    constexpr uint32_t kStride = 16411;
    constexpr int64_t kChunk = 4096;
    uint64_t pattern = (uint64_t)random.integer(0, kStride - 1);
    const Buffer<float> x(kChunk), y(kChunk);
    while (pattern <= 0xffffffffu) {
        int64_t n = 0;
        for (; n < kChunk && pattern <= 0xffffffffu; pattern += kStride) {
            const float value = float_of((uint32_t)pattern);
            if (fabsf(value) >= 1.17549435e-38f && !isinf(value)) x[n++] = value;
        }
        for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
            f32::unary(op, n, x.data(), y.data());
            for (int64_t i = 0; i < n; i++) {
                if (!is_promised(op, x[i])) continue;
                const double expected = reference_value(op, x[i]);
                /* Results below the normal range are flushed; those above the greatest float are infinite. */
                if (fabs(expected) < 1.18e-38 && y[i] == 0.0f) continue;
                if (fabs(expected) > 3.4028235e38 && isinf(y[i]) && (y[i] > 0) == (expected > 0)) continue;
                require_close(expected, y[i], value_tolerance(op, x[i]), text("%s of %.9g", unary_name(op), (double)x[i]));
            }
        }
    }
}

/* Densest where a polynomial gives way to another. */
void unary_keeps_its_bound_near_its_seams(Random&) {
    const float seams[] = {0.625f, 1.0f, 1.41421356f, 0.70710678f, 4.0f, 5.6568542f, 88.72284f, 0.34657359f, 2.0f, 9.0f};
    constexpr int64_t n = 4001;
    const Buffer<float> x(n), y(n);
    for (float seam : seams) {
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int64_t i = 0; i < n; i++) x[i] = (float)sign * float_of(bits_of(seam) + (uint32_t)(int32_t)(i - n / 2));
            for (int op = DP_EXP; op <= DP_EXPM1; op++) {
                f32::unary(op, n, x.data(), y.data());
                for (int64_t i = 0; i < n; i++) {
                    if (!is_promised(op, x[i])) continue;
                    const double expected = reference_value(op, x[i]);
                    if (fabs(expected) < 1.18e-38 && y[i] == 0.0f) continue;
                    if (fabs(expected) > 3.4028235e38 && isinf(y[i])) continue;
                    require_close(expected, y[i], value_tolerance(op, x[i]), text("%s of %.9g", unary_name(op), (double)x[i]));
                }
            }
        }
    }
}

void special_values_are_those_of_ieee_754(Random&) {
    struct Case {
        int op;
        float x, expected;
    };
    const float infinity = INFINITY;
    const float nan = NAN;
    const Case cases[] = {
        {DP_NEGATE, 0.0f, -0.0f},       {DP_NEGATE, infinity, -infinity}, {DP_NEGATE, nan, nan},
        {DP_ABS, -infinity, infinity},  {DP_ABS, -0.0f, 0.0f},            {DP_ABS, nan, nan},
        {DP_SQUARE, -infinity, infinity}, {DP_SQUARE, nan, nan},          {DP_SQRT, 0.0f, 0.0f},
        {DP_SQRT, -1.0f, nan},          {DP_SQRT, infinity, infinity},    {DP_SQRT, nan, nan},
        {DP_EXP, 0.0f, 1.0f},           {DP_EXP, infinity, infinity},     {DP_EXP, -infinity, 0.0f},
        {DP_EXP, 1000.0f, infinity},    {DP_EXP, -1000.0f, 0.0f},         {DP_EXP, nan, nan},
        {DP_LOG, 1.0f, 0.0f},           {DP_LOG, 0.0f, -infinity},        {DP_LOG, -0.0f, -infinity},
        {DP_LOG, -1.0f, nan},           {DP_LOG, -infinity, nan},         {DP_LOG, infinity, infinity},
        {DP_LOG, 1e-40f, -infinity},    {DP_LOG, nan, nan},               {DP_RELU, -1.0f, 0.0f},
        {DP_RELU, -infinity, 0.0f},     {DP_RELU, infinity, infinity},    {DP_RELU, nan, nan},
        {DP_TANH, infinity, 1.0f},      {DP_TANH, -infinity, -1.0f},      {DP_TANH, -0.0f, -0.0f},
        {DP_TANH, nan, nan},            {DP_GELU, 0.0f, 0.0f},            {DP_GELU, infinity, infinity},
        {DP_GELU, nan, nan},
    };
    for (const Case& one : cases) {
        /* In a vector's body and in a tail. */
        const Buffer<float> x(35, one.x), y(35, 42.0f);
        f32::unary(one.op, 35, x.data(), y.data());
        for (int64_t i = 0; i < 35; i++) {
            const bool same = isnan(one.expected) ? isnan(y[i]) : bits_of(y[i]) == bits_of(one.expected);
            require(same, "%s of %g: expected %g, got %.9g", unary_name(one.op), (double)one.x, (double)one.expected, (double)y[i]);
        }
    }
}

void nan_reaches_every_gradient(Random&) {
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        for (int which = 0; which < 2; which++) {
            /* x is not in the derivative; a ReLU passes dy on. */
            if ((op == DP_NEGATE || op == DP_AFFINE || op == DP_SIGN || op == DP_RELU) && which == 0) continue;
            const Buffer<float> x(19, which == 0 ? NAN : 1.5f), dy(19, which == 1 ? NAN : 1.0f), y(19), dx(19);
            f32::unary(op, 19, x.data(), y.data());
            f32::unary_backward(op, 19, x.data(), y.data(), dy.data(), dx.data());
            for (int64_t i = 0; i < 19; i++) require(isnan(dx[i]), "%s: NaN in %s gave %g", unary_name(op), which == 0 ? "x" : "dy", (double)dx[i]);
        }
    }
}

}  // namespace

void accuracy_tests(Suite& suite) {
    suite.each("unary keeps its bound over all floats", unary_keeps_its_bound_over_all_floats);
    suite.each("unary keeps its bound near its seams", unary_keeps_its_bound_near_its_seams);
    suite.each("special values are those of IEEE 754", special_values_are_those_of_ieee_754);
    suite.each("NaN reaches every gradient", nan_reaches_every_gradient);
}

}  // namespace test
