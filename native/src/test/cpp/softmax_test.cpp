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

/* Loss and gradient at once have the bits of one after the other, and a row's gradient is that of the row alone. */
void cross_entropy_at_once_is_the_same(Random& random) {
    for (int64_t classes : kClasses) {
        for (int64_t rows : {1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 70}) {
            const std::string where = text("%lld rows of %lld classes", (long long)rows, (long long)classes);
            const Buffer<float> logits(rows * classes, random, -10.0f, 10.0f), upstream(1, random, -2.0f, 2.0f);
            const Buffer<float> loss(1), gradient(rows * classes, NAN), joined_loss(1), joined(rows * classes, NAN), alone(classes);
            const Buffer<int64_t> targets(rows);
            int64_t counted = 0;
            for (int64_t r = 0; r < rows; r++) targets[r] = random.integer(0, 4) == 0 ? -100 : random.integer(0, classes - 1);
            targets[random.integer(0, rows - 1)] = classes - 1;
            for (int64_t r = 0; r < rows; r++) counted += targets[r] != -100;
            f32::cross_entropy(rows, classes, logits.data(), targets.data(), loss.data());
            f32::cross_entropy_backward(rows, classes, logits.data(), targets.data(), upstream.data(), gradient.data());
            const auto at_once = [&](const float* from, float* to) {
                require_status(DP_OK,
                               dp_cross_entropy_with_gradient(DP_FLOAT32, rows, classes, from, targets.data(), nullptr, -100, 0,
                                                              upstream.data(), joined_loss.data(), to),
                               where);
                require_same_bits(loss, joined_loss, where + ", loss");
            };
            at_once(logits.data(), joined.data());
            require_same_bits(gradient, joined, where + ", gradient");
            const Buffer<float> in_place(logits);
            at_once(in_place.data(), in_place.data());
            require_same_bits(gradient, in_place, where + ", dlogits is logits");
            const Buffer<float> share(1, upstream[0] / (float)counted);
            for (int64_t r = 0; r < rows; r++) {
                for (int64_t c = 0; c < classes; c++) alone[c] = 0.0f;
                if (targets[r] != -100) {
                    f32::cross_entropy_backward(1, classes, &logits[r * classes], &targets[r], share.data(), alone.data());
                }
                for (int64_t c = 0; c < classes; c++) {
                    require(bits_of(alone[c]) == bits_of(gradient[r * classes + c]), "%s: row %lld alone, class %lld: expected %.9g, got %.9g",
                            where.c_str(), (long long)r, (long long)c, (double)alone[c], (double)gradient[r * classes + c]);
                }
            }
        }
    }
}

void nan_logits_spoil_their_own_gradient_only(Random& random) {
    for (int64_t classes : {2, 3, 10, 16, 20}) {
        for (int64_t at = 0; at < classes; at++) {
            const Buffer<float> logits(3 * classes, random, -1.0f, 1.0f), out(3 * classes), loss(1), one(1, 1.0f);
            const Buffer<int64_t> targets(std::vector<int64_t>{0, 1, classes - 1});
            logits[classes + at] = random.coin() ? NAN : INFINITY;
            dp_cross_entropy_with_gradient(DP_FLOAT32, 3, classes, logits.data(), targets.data(), nullptr, -100, 0, one.data(), loss.data(), out.data());
            require(isnan(loss[0]), "%lld classes: the loss must be NaN, got %g", (long long)classes, (double)loss[0]);
            for (int64_t i = 0; i < 3 * classes; i++) {
                require(isnan(out[i]) == (i / classes == 1), "class %lld of %lld: element %lld is %g", (long long)at, (long long)classes,
                        (long long)i, (double)out[i]);
            }
        }
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
    suite.each("cross-entropy at once is the same", cross_entropy_at_once_is_the_same);
    suite.each("NaN logits spoil their own gradient only", nan_logits_spoil_their_own_gradient_only);
    suite.each("cross-entropy of no rows is NaN", cross_entropy_of_no_rows_is_nan);
    suite.each("cross-entropy refuses a target outside", cross_entropy_refuses_a_target_outside);
}

}  // namespace test
