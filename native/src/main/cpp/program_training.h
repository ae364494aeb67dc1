/* program_training.h: the instructions of dispatch_training.cpp. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

/* Bytes of one bit an element, n >= 0. */
inline int64_t bit_bytes(int64_t n) {
    return n / 8 + (n % 8 != 0);
}

/* Whether an operand that may be left out is left out, or is in its buffer. */
inline bool reads_if_given(Ranges& ranges, const Place& place, int dtype, int64_t n) {
    return !is_given(place) || ranges.reads(place, dtype, n);
}
inline bool writes_if_given(Ranges& ranges, const Place& place, int dtype, int64_t n) {
    return !is_given(place) || ranges.writes(place, dtype, n);
}

/* ---- dropout ---- */

struct Dropout {
    static constexpr int kOpcode = DP_OP_DROPOUT;
    int dtype;
    int64_t n;
    Number rate, seed, stream;
    Place x, y;

    bool read(Words& words) { return words(dtype, n, rate, seed, stream, x, y); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n, Alias::kMayBeOutput) && ranges.writes(y, dtype, n);
    }
    int run(const Step& step) const {
        return dp_dropout(dtype, n, (float)step.real(rate), step.integer(seed), step.integer(stream), step.at(x), step.at(y));
    }
};

struct DropoutKeep {
    static constexpr int kOpcode = DP_OP_DROPOUT_KEEP;
    int dtype;
    int64_t n;
    Number rate, seed, stream;
    Place x, y, kept;

    bool read(Words& words) { return words(dtype, n, rate, seed, stream, x, y, kept); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n, Alias::kMayBeOutput) && ranges.writes(y, dtype, n) &&
               ranges.writes(kept, DP_BOOL, bit_bytes(n));
    }
    int run(const Step& step) const {
        return dp_dropout_keep(dtype, n, (float)step.real(rate), step.integer(seed), step.integer(stream), step.at(x), step.at(y),
                               step.at<uint8_t>(kept));
    }
};

struct DropoutKept {
    static constexpr int kOpcode = DP_OP_DROPOUT_KEPT;
    int dtype;
    int64_t n;
    Number rate;
    Place kept, x, y;

    bool read(Words& words) { return words(dtype, n, rate, kept, x, y); }
    bool check(Ranges& ranges) const {
        return is_float(dtype) && n >= 0 && ranges.reads(kept, DP_BOOL, bit_bytes(n)) &&
               ranges.reads(x, dtype, n, Alias::kMayBeOutput) && ranges.writes(y, dtype, n);
    }
    int run(const Step& step) const {
        return dp_dropout_kept(dtype, n, (float)step.real(rate), step.at<uint8_t>(kept), step.at(x), step.at(y));
    }
};

/* ---- softmax and cross-entropy ---- */

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
               ranges.reads(targets, DP_INT64, rows) && reads_if_given(ranges, weights, dtype, classes);
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
