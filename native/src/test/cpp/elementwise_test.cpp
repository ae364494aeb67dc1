/* elementwise_test.cpp: unary, binary, scale, accumulate and fill: values, tails, in place, position independence. */
#include "test_support.h"
#include "unary_reference.h"

namespace test {
namespace {

float lowest_of(int op) {
    return needs_positive(op) ? 0.01f : -6.0f;
}

void unary_matches_reference(Random& random) {
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        for (int64_t n : sizes()) {
            const Buffer<float> x(n, random, lowest_of(op), 6.0f);
            const Buffer<float> y(n, NAN);
            require_status(DP_OK, f32::unary(op, n, x.data(), y.data()), unary_name(op));
            for (int64_t i = 0; i < n; i++) {
                require_close(reference_value(op, x[i]), y[i], value_tolerance(op, x[i]),
                              text("%s of %.9g, element %lld of %lld", unary_name(op), (double)x[i], (long long)i, (long long)n));
            }
        }
    }
}

void unary_backward_matches_derivative(Random& random) {
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        for (int64_t n : sizes()) {
            const Buffer<float> x(n, random, lowest_of(op), 6.0f);
            if (n > 2 && !needs_positive(op) && op != DP_RECIPROCAL) x[n / 2] = 0.0f;
            const Buffer<float> y(n), dx(n, NAN);
            const Buffer<float> dy(n, random, -2.0f, 2.0f);
            require_status(DP_OK, f32::unary(op, n, x.data(), y.data()), "forward");
            require_status(DP_OK, f32::unary_backward(op, n, x.data(), y.data(), dy.data(), dx.data()), unary_name(op));
            for (int64_t i = 0; i < n; i++) {
                const double expected = dy[i] * reference_derivative(op, x[i]);
                const double tolerance = 2e-6 * fabs((double)dy[i]) * fmax(1.0, fabs(reference_derivative(op, x[i])));
                require_close(expected, dx[i], tolerance, text("gradient of %s at %.9g", unary_name(op), (double)x[i]));
            }
            const Buffer<float> in_place(dy);
            f32::unary_backward(op, n, x.data(), y.data(), in_place.data(), in_place.data());
            require_same_bits(dx, in_place, "dx may be dy");
        }
    }
}

void unary_in_place_is_the_same(Random& random) {
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        for (int64_t n : sizes()) {
            const Buffer<float> x(n, random, lowest_of(op), 6.0f);
            const Buffer<float> y(n);
            f32::unary(op, n, x.data(), y.data());
            f32::unary(op, n, x.data(), x.data());
            require_same_bits(y, x, unary_name(op));
        }
    }
}

/* An element's bits do not depend on where in the array it stands: alone equals among others. */
void elements_do_not_depend_on_their_position(Random& random) {
    const int64_t n = 71;
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        const Buffer<float> x(n, random, -3.0f, 3.0f), dy(n, random, -1.0f, 1.0f);
        const Buffer<float> y(n), dx(n);
        f32::unary(op, n, x.data(), y.data());
        f32::unary_backward(op, n, x.data(), y.data(), dy.data(), dx.data());
        for (int64_t i = 0; i < n; i++) {
            const int64_t length = random.integer(1, n - i);
            const Buffer<float> y_part(length), dx_part(length);
            f32::unary(op, length, x.data() + i, y_part.data());
            f32::unary_backward(op, length, x.data() + i, y.data() + i, dy.data() + i, dx_part.data());
            for (int64_t j = 0; j < length; j++) {
                require(bits_of(y_part[j]) == bits_of(y[i + j]), "%s of element %lld", unary_name(op), (long long)(i + j));
                require(bits_of(dx_part[j]) == bits_of(dx[i + j]), "gradient of %s, element %lld", unary_name(op), (long long)(i + j));
            }
        }
    }
}

float binary_reference(int op, float a, float b) {
    switch (op) {
        case DP_ADD: return a + b;
        case DP_SUBTRACT: return a - b;
        case DP_MULTIPLY: return a * b;
        default: return a / b;
    }
}

void binary_is_exactly_rounded(Random& random) {
    for (int op = DP_ADD; op <= DP_DIVIDE; op++) {
        for (int64_t n : sizes()) {
            const Buffer<float> a(n, random, -4.0f, 4.0f), b(n, random, 0.5f, 4.0f);
            const Buffer<float> expected(n), y(n, NAN);
            for (int64_t i = 0; i < n; i++) expected[i] = binary_reference(op, a[i], b[i]);
            require_status(DP_OK, f32::binary(op, n, a.data(), b.data(), y.data()), "binary");
            require_same_bits(expected, y, text("binary op %d", op));
            const Buffer<float> left(a), right(b);
            f32::binary(op, n, left.data(), b.data(), left.data());
            f32::binary(op, n, a.data(), right.data(), right.data());
            require_same_bits(expected, left, text("binary op %d, y = a", op));
            require_same_bits(expected, right, text("binary op %d, y = b", op));
        }
    }
}

void scale_accumulate_and_fill_match(Random& random) {
    for (int64_t n : sizes()) {
        const Buffer<float> x(n, random, -4.0f, 4.0f), y0(n, random, -4.0f, 4.0f);
        const Buffer<float> alpha(1, random, -2.0f, 2.0f);
        const float beta = random.real(-2.0f, 2.0f);
        const Buffer<float> y(n, NAN);
        require_status(DP_OK, f32::scale(n, alpha[0], beta, x.data(), y.data()), "scale");
        for (int64_t i = 0; i < n; i++) {
            const double product = (double)alpha[0] * x[i];
            require_close(product + beta, y[i], 0.5 * ulp(product) + 0.51 * ulp(product + beta), "scale");
        }
        require_status(DP_OK, f32::scale_by(n, alpha.data(), x.data(), y.data()), "scale_by");
        for (int64_t i = 0; i < n; i++) require(y[i] == alpha[0] * x[i], "scale_by: element %lld", (long long)i);
        const Buffer<float> sum(y0);
        require_status(DP_OK, f32::accumulate(n, x.data(), sum.data()), "accumulate");
        for (int64_t i = 0; i < n; i++) require(sum[i] == y0[i] + x[i], "accumulate: element %lld", (long long)i);
        require_status(DP_OK, f32::fill(n, beta, y.data()), "fill");
        for (int64_t i = 0; i < n; i++) require(y[i] == beta, "fill: element %lld", (long long)i);
        require_status(DP_OK, f32::fill_from(n, alpha.data(), y.data()), "fill_from");
        for (int64_t i = 0; i < n; i++) require(y[i] == alpha[0], "fill_from: element %lld", (long long)i);
        const Buffer<float> in_place(x);
        f32::scale(n, alpha[0], beta, x.data(), y.data());
        f32::scale(n, alpha[0], beta, in_place.data(), in_place.data());
        require_same_bits(y, in_place, "scale in place");
    }
}

void fill_keeps_the_value_it_was_given(Random&) {
    for (float value : {-0.0f, 1e-40f, (float)INFINITY}) {
        const Buffer<float> y(37);
        f32::fill(37, value, y.data());
        for (int64_t i = 0; i < 37; i++) require(bits_of(y[i]) == bits_of(value), "fill with %.9g", (double)value);
    }
}

}  // namespace

void elementwise_tests(Suite& suite) {
    suite.each("unary matches the double-precision reference", unary_matches_reference);
    suite.each("unary backward matches the derivative", unary_backward_matches_derivative);
    suite.each("unary in place is the same", unary_in_place_is_the_same);
    suite.each("elements do not depend on their position", elements_do_not_depend_on_their_position);
    suite.each("binary is exactly rounded", binary_is_exactly_rounded);
    suite.each("scale, accumulate and fill match", scale_accumulate_and_fill_match);
    suite.each("fill keeps the value it was given", fill_keeps_the_value_it_was_given);
}

}  // namespace test
