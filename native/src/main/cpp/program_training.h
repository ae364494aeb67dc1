/* program_training.h: the instructions of dispatch_training.cpp. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

struct Softmax {
    static constexpr int kOpcode = DP_OP_SOFTMAX;
    int dtype;
    int64_t rows, classes;
    Place logits, probabilities;

    bool read(Words& words) { return words(dtype, rows, classes, logits, probabilities); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return is_float(dtype) && area(rows, classes, size) && ranges.reads(logits, dtype, size, Alias::kMayBeOutput) &&
               ranges.writes(probabilities, dtype, size);
    }
    int run(const Step& step) const { return dp_softmax(dtype, rows, classes, step.at(logits), step.at(probabilities)); }
};

/* What the three instructions of cross-entropy read. */
struct CrossEntropyInputs {
    int dtype;
    int64_t rows, classes;
    Place logits, targets, weights;
    int64_t ignored;
    Number smoothing;

    bool check(Ranges& ranges, int64_t& size, Alias logits_alias) const {
        return is_float(dtype) && area(rows, classes, size) && ranges.reads(logits, dtype, size, logits_alias) &&
               ranges.reads(targets, DP_INT64, rows) && ranges.reads_if_given(weights, dtype, classes);
    }
};

struct CrossEntropy : CrossEntropyInputs {
    static constexpr int kOpcode = DP_OP_CROSS_ENTROPY;
    Place loss;

    bool read(Words& words) { return words(dtype, rows, classes, logits, targets, weights, ignored, smoothing, loss); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return CrossEntropyInputs::check(ranges, size, Alias::kNone) && ranges.writes(loss, dtype, 1);
    }
    int run(const Step& step) const {
        return dp_cross_entropy(dtype, rows, classes, step.at(logits), step.at<int64_t>(targets), step.at(weights), ignored,
                                step.real(smoothing), step.at(loss));
    }
};

struct CrossEntropyBackward : CrossEntropyInputs {
    static constexpr int kOpcode = DP_OP_CROSS_ENTROPY_BACKWARD;
    Place upstream, dlogits;

    bool read(Words& words) { return words(dtype, rows, classes, logits, targets, weights, ignored, smoothing, upstream, dlogits); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return CrossEntropyInputs::check(ranges, size, Alias::kMayBeOutput) && ranges.reads(upstream, dtype, 1) &&
               ranges.writes(dlogits, dtype, size);
    }
    int run(const Step& step) const {
        return dp_cross_entropy_backward(dtype, rows, classes, step.at(logits), step.at<int64_t>(targets), step.at(weights), ignored,
                                         step.real(smoothing), step.at(upstream), step.at(dlogits));
    }
};

struct CrossEntropyWithGradient : CrossEntropyInputs {
    static constexpr int kOpcode = DP_OP_CROSS_ENTROPY_WITH_GRADIENT;
    Place upstream, loss, dlogits;

    bool read(Words& words) { return words(dtype, rows, classes, logits, targets, weights, ignored, smoothing, upstream, loss, dlogits); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return CrossEntropyInputs::check(ranges, size, Alias::kMayBeOutput) && ranges.reads(upstream, dtype, 1) &&
               ranges.writes(loss, dtype, 1) && ranges.writes(dlogits, dtype, size);
    }
    int run(const Step& step) const {
        return dp_cross_entropy_with_gradient(dtype, rows, classes, step.at(logits), step.at<int64_t>(targets), step.at(weights),
                                              ignored, step.real(smoothing), step.at(upstream), step.at(loss), step.at(dlogits));
    }
};

/* ---- gradients ---- */

struct CheckFinite {
    static constexpr int kOpcode = DP_OP_CHECK_FINITE;
    int dtype;
    int64_t n;
    Place x;

    bool read(Words& words) { return words(dtype, n, x); }
    bool check(Ranges& ranges) const { return is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n); }
    int run(const Step& step) const { return dp_check_finite(dtype, n, step.at(x)); }
};

struct AddSquares {
    static constexpr int kOpcode = DP_OP_ADD_SQUARES;
    int dtype;
    int64_t n;
    Place x, sum;

    bool read(Words& words) { return words(dtype, n, x, sum); }
    bool check(Ranges& ranges) const { return is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n) && ranges.writes(sum, DP_FLOAT64, 1); }
    int run(const Step& step) const { return dp_add_squares(dtype, n, step.at(x), step.at<double>(sum)); }
};

struct ScaleToNorm {
    static constexpr int kOpcode = DP_OP_SCALE_TO_NORM;
    int dtype;
    int64_t n;
    Number limit;
    Place squares, x;

    bool read(Words& words) { return words(dtype, n, limit, squares, x); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(squares, DP_FLOAT64, 1) && ranges.writes(x, dtype, n);
    }
    int run(const Step& step) const { return dp_scale_to_norm(dtype, n, step.real(limit), step.at<double>(squares), step.at(x)); }
};

}  // namespace instruction
}  // namespace diapason
