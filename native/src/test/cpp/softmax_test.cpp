/* softmax_test.cpp: softmax, cross-entropy and its gradient. */
#include "test_support.h"

namespace test {
namespace {

std::vector<double> reference_softmax(const Buffer<float>& logits, int64_t row, int64_t classes) {
    double greatest = -INFINITY, sum = 0;
    for (int64_t c = 0; c < classes; c++) greatest = fmax(greatest, logits[row * classes + c]);
    std::vector<double> result((size_t)classes);
    for (int64_t c = 0; c < classes; c++) sum += result[(size_t)c] = exp(logits[row * classes + c] - greatest);
    for (double& value : result) value /= sum;
    return result;
}

const int64_t kClasses[] = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 100, 1000};

void softmax_matches_reference(Random& random) {
    for (int64_t classes : kClasses) {
        const int64_t rows = random.integer(0, 40);
        const Buffer<float> logits(rows * classes, random, -20.0f, 20.0f), probabilities(rows * classes, NAN);
        require_status(DP_OK, f32::softmax(rows, classes, logits.data(), probabilities.data()), "softmax");
        for (int64_t r = 0; r < rows; r++) {
            const std::vector<double> expected = reference_softmax(logits, r, classes);
            for (int64_t c = 0; c < classes; c++) {
                /* logit - maximum is rounded to 40 * 2^-24 at most, and e^x turns that into a relative error. */
                require_close(expected[(size_t)c], probabilities[r * classes + c], 4e-6 * expected[(size_t)c] + 1e-38,
                              text("%lld classes, row %lld, class %lld", (long long)classes, (long long)r, (long long)c));
            }
        }
        const Buffer<float> in_place(logits);
        f32::softmax(rows, classes, in_place.data(), in_place.data());
        require_same_bits(probabilities, in_place, "softmax in place");
    }
}

void softmax_of_huge_logits_does_not_overflow(Random&) {
    const Buffer<float> logits(std::vector<float>{3e38f, -3e38f, 1.0f, -INFINITY, 0.0f, 0.0f}), out(6);
    f32::softmax(2, 3, logits.data(), out.data());
    require(out[0] == 1.0f && out[1] == 0.0f && out[2] == 0.0f, "huge logits: got %g %g %g", (double)out[0], (double)out[1], (double)out[2]);
    require(out[3] == 0.0f && out[4] == 0.5f && out[5] == 0.5f, "a class of -inf: got %g %g %g", (double)out[3], (double)out[4], (double)out[5]);
}

void nan_spoils_its_own_row_only(Random& random) {
    for (int64_t classes : {3, 16, 20, 50}) {
        for (int64_t at = 0; at < classes; at++) {
            const Buffer<float> logits(3 * classes, random, -1.0f, 1.0f), out(3 * classes);
            logits[classes + at] = NAN;
            f32::softmax(3, classes, logits.data(), out.data());
            for (int64_t i = 0; i < 3 * classes; i++) {
                require(isnan(out[i]) == (i / classes == 1), "NaN at class %lld of %lld: element %lld is %g", (long long)at,
                        (long long)classes, (long long)i, (double)out[i]);
            }
        }
    }
}

void cross_entropy_matches_reference(Random& random) {
    for (int64_t classes : kClasses) {
        const int64_t rows = random.integer(1, 70);
        const Buffer<float> logits(rows * classes, random, -10.0f, 10.0f), loss(1, NAN), dlogits(rows * classes, NAN);
        const Buffer<float> upstream(1, random, -2.0f, 2.0f);
        const Buffer<int64_t> targets(rows);
        for (int64_t r = 0; r < rows; r++) targets[r] = random.integer(0, classes - 1);
        require_status(DP_OK, f32::cross_entropy(rows, classes, logits.data(), targets.data(), loss.data()), "loss");
        require_status(DP_OK,
                       f32::cross_entropy_backward(rows, classes, logits.data(), targets.data(), upstream.data(), dlogits.data()),
                       "gradient");
        double expected = 0;
        for (int64_t r = 0; r < rows; r++) {
            const std::vector<double> p = reference_softmax(logits, r, classes);
            expected -= log(p[(size_t)targets[r]]) / (double)rows;
            for (int64_t c = 0; c < classes; c++) {
                const double gradient = upstream[0] * (p[(size_t)c] - (c == targets[r] ? 1.0 : 0.0)) / (double)rows;
                require_close(gradient, dlogits[r * classes + c], 3e-6 * fabs((double)upstream[0]) / (double)rows + 1e-38, "gradient");
            }
        }
        require_close(expected, loss[0], 2e-6 * (1.0 + expected), text("loss over %lld classes", (long long)classes));
        const Buffer<float> in_place(logits);
        f32::cross_entropy_backward(rows, classes, in_place.data(), targets.data(), upstream.data(), in_place.data());
        require_same_bits(dlogits, in_place, "dlogits may be logits");
    }
}

void cross_entropy_of_no_rows_is_nan(Random&) {
    const Buffer<float> loss(1, 1.0f);
    require_status(DP_OK, f32::cross_entropy(0, 5, nullptr, nullptr, loss.data()), "no rows");
    require(isnan(loss[0]), "no rows: expected NaN, got %g", (double)loss[0]);
}

void cross_entropy_refuses_a_target_outside(Random&) {
    const Buffer<float> logits(12, 0.5f), out(12, 7.0f), loss(1, 7.0f), upstream(1, 1.0f);
    for (int64_t wrong : {(int64_t)-1, (int64_t)3, INT64_MAX, INT64_MIN, (int64_t)1 << 32}) {
        const Buffer<int64_t> targets(std::vector<int64_t>{0, 1, 2, wrong});
        require_status(DP_INDEX_OUT_OF_RANGE, f32::cross_entropy(4, 3, logits.data(), targets.data(), loss.data()), "loss");
        require_status(DP_INDEX_OUT_OF_RANGE,
                       f32::cross_entropy_backward(4, 3, logits.data(), targets.data(), upstream.data(), out.data()), "gradient");
        require(loss[0] == 7.0f, "the loss was written before target %lld was refused", (long long)wrong);
        for (int64_t i = 0; i < 12; i++) require(out[i] == 7.0f, "the gradient was written before target %lld was refused", (long long)wrong);
    }
}

}  // namespace

void softmax_tests(Suite& suite) {
    suite.each("softmax matches the reference", softmax_matches_reference);
    suite.each("softmax of huge logits does not overflow", softmax_of_huge_logits_does_not_overflow);
    suite.each("NaN spoils its own row only", nan_spoils_its_own_row_only);
    suite.each("cross-entropy and its gradient match the reference", cross_entropy_matches_reference);
    suite.each("cross-entropy of no rows is NaN", cross_entropy_of_no_rows_is_nan);
    suite.each("cross-entropy refuses a target outside", cross_entropy_refuses_a_target_outside);
}

}  // namespace test
