/* program_dropout.h: the instructions of dispatch_dropout.cpp. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

/* Bytes of one bit an element, n >= 0. */
inline int64_t bit_bytes(int64_t n) {
    return n / 8 + (n % 8 != 0);
}

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

struct ActivationDropout {
    static constexpr int kOpcode = DP_OP_ACTIVATION_DROPOUT;
    int op, dtype;
    Number alpha, beta;
    int64_t n;
    Number rate, seed, stream;
    Place x, activated, y, kept;

    bool read(Words& words) { return words(op, dtype, alpha, beta, n, rate, seed, stream, x, activated, y, kept); }
    bool check(Ranges& ranges) const {
        return is_unary(op) && is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n, Alias::kMayBeOutput) &&
               ranges.writes_if_given(activated, dtype, n) && ranges.writes(y, dtype, n) && ranges.writes(kept, DP_BOOL, bit_bytes(n));
    }
    int run(const Step& step) const {
        return dp_activation_dropout(op, dtype, step.real(alpha), step.real(beta), n, (float)step.real(rate), step.integer(seed),
                                     step.integer(stream), step.at(x), step.at(activated), step.at(y), step.at<uint8_t>(kept));
    }
};

struct ActivationDropoutBackward {
    static constexpr int kOpcode = DP_OP_ACTIVATION_DROPOUT_BACKWARD;
    int op, dtype;
    Number alpha, beta;
    int64_t n;
    Number rate;
    Place kept, x, activated, dy, dx;

    bool read(Words& words) { return words(op, dtype, alpha, beta, n, rate, kept, x, activated, dy, dx); }
    bool check(Ranges& ranges) const {
        return is_unary(op) && is_float(dtype) && n >= 0 && ranges.reads(kept, DP_BOOL, bit_bytes(n)) &&
               (gradient_reads_argument(op) ? ranges.reads(x, dtype, n) : ranges.reads_if_given(x, dtype, n)) &&
               (gradient_reads_value(op) ? ranges.reads(activated, dtype, n) : ranges.reads_if_given(activated, dtype, n)) &&
               ranges.reads(dy, dtype, n, Alias::kMayBeOutput) && ranges.writes(dx, dtype, n);
    }
    int run(const Step& step) const {
        return dp_activation_dropout_backward(op, dtype, step.real(alpha), step.real(beta), n, (float)step.real(rate),
                                              step.at<uint8_t>(kept), step.at(x), step.at(activated), step.at(dy), step.at(dx));
    }
};

}  // namespace instruction
}  // namespace diapason
