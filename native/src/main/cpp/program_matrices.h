/* program_matrices.h: the instructions of dispatch_matrices.cpp. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

struct Reduce {
    static constexpr int kOpcode = DP_OP_REDUCE;
    int op, dtype;
    int64_t outer, n, inner;
    Place x, y;

    bool read(Words& words) { return words(op, dtype, outer, n, inner, x, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0, results = 0;
        return can_reduce(op, dtype) && volume(outer, n, inner, size) && area(outer, inner, results) && ranges.reads(x, dtype, size) &&
               ranges.writes(y, dtype, results);
    }
    int run(const Step& step) const { return dp_reduce(op, dtype, outer, n, inner, step.at(x), step.at(y)); }
};

struct ArgReduce {
    static constexpr int kOpcode = DP_OP_ARG_REDUCE;
    int op, dtype;
    int64_t outer, n, inner;
    Place x, y;

    bool read(Words& words) { return words(op, dtype, outer, n, inner, x, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0, results = 0;
        return can_arg_reduce(op, dtype) && n >= 1 && volume(outer, n, inner, size) && area(outer, inner, results) &&
               ranges.reads(x, dtype, size) && ranges.writes(y, DP_INT64, results);
    }
    int run(const Step& step) const { return dp_arg_reduce(op, dtype, outer, n, inner, step.at(x), step.at<int64_t>(y)); }
};

struct Gemm {
    static constexpr int kOpcode = DP_OP_GEMM;
    int dtype;
    int64_t batch;
    int transpose_a, transpose_b;
    int64_t m, n, k;
    Place a;
    int64_t a_batch_stride;
    Place b;
    int64_t b_batch_stride;
    Place bias;
    int accumulate;
    Place c;

    bool read(Words& words) {
        return words(dtype, batch, transpose_a, transpose_b, m, n, k, a, a_batch_stride, b, b_batch_stride, bias, accumulate, c);
    }
    bool check(Ranges& ranges) const {
        int64_t size_a = 0, size_b = 0, size_c = 0, results = 0;
        if (!is_float(dtype) || !is_flag(transpose_a) || !is_flag(transpose_b) || !is_flag(accumulate) || !area(m, k, size_a) ||
            !area(k, n, size_b) || !area(m, n, size_c) || !area(batch, size_c, results) || (accumulate == 1 && is_given(bias))) {
            return false;
        }
        /* Without an element of C nothing is read. */
        const int64_t products = results == 0 ? 0 : batch;
        return ranges.reads_batch(a, dtype, products, products == 0 ? 0 : size_a, a_batch_stride) &&
               ranges.reads_batch(b, dtype, products, products == 0 ? 0 : size_b, b_batch_stride) &&
               (!is_given(bias) || ranges.reads(bias, dtype, results == 0 ? 0 : n)) && ranges.writes(c, dtype, results);
    }
    int run(const Step& step) const {
        return dp_gemm(dtype, batch, transpose_a, transpose_b, m, n, k, step.at(a), a_batch_stride, step.at(b), b_batch_stride,
                       step.at(bias), accumulate, step.at(c));
    }
};

struct Gather {
    static constexpr int kOpcode = DP_OP_GATHER;
    int dtype;
    int64_t outer, n, inner, count;
    Place index, x, y;

    bool read(Words& words) { return words(dtype, outer, n, inner, count, index, x, y); }
    bool check(Ranges& ranges) const {
        int64_t source = 0, results = 0;
        return is_known(dtype) && volume(outer, n, inner, source) && volume(outer, count, inner, results) &&
               ranges.reads(index, DP_INT64, count) && ranges.reads(x, dtype, source) && ranges.writes(y, dtype, results);
    }
    int run(const Step& step) const {
        return dp_gather(dtype, outer, n, inner, count, step.at<int64_t>(index), step.at(x), step.at(y));
    }
};

struct ScatterAdd {
    static constexpr int kOpcode = DP_OP_SCATTER_ADD;
    int dtype;
    int64_t outer, n, inner, count;
    Place index, dy, dx;

    bool read(Words& words) { return words(dtype, outer, n, inner, count, index, dy, dx); }
    bool check(Ranges& ranges) const {
        int64_t size = 0, added = 0;
        return is_float(dtype) && volume(outer, n, inner, size) && volume(outer, count, inner, added) &&
               ranges.reads(index, DP_INT64, count) && ranges.reads(dy, dtype, added) && ranges.writes(dx, dtype, size);
    }
    int run(const Step& step) const {
        return dp_scatter_add(dtype, outer, n, inner, count, step.at<int64_t>(index), step.at(dy), step.at(dx));
    }
};

struct TakeAlong {
    static constexpr int kOpcode = DP_OP_TAKE_ALONG;
    int dtype;
    int64_t outer, n, inner, count;
    Place index, x, y;

    bool read(Words& words) { return words(dtype, outer, n, inner, count, index, x, y); }
    bool check(Ranges& ranges) const {
        int64_t source = 0, results = 0;
        return is_known(dtype) && volume(outer, n, inner, source) && volume(outer, count, inner, results) &&
               ranges.reads(index, DP_INT64, results) && ranges.reads(x, dtype, source) && ranges.writes(y, dtype, results);
    }
    int run(const Step& step) const {
        return dp_take_along(dtype, outer, n, inner, count, step.at<int64_t>(index), step.at(x), step.at(y));
    }
};

struct ScatterAddAlong {
    static constexpr int kOpcode = DP_OP_SCATTER_ADD_ALONG;
    int dtype;
    int64_t outer, n, inner, count;
    Place index, dy, dx;

    bool read(Words& words) { return words(dtype, outer, n, inner, count, index, dy, dx); }
    bool check(Ranges& ranges) const {
        int64_t size = 0, added = 0;
        return is_float(dtype) && volume(outer, n, inner, size) && volume(outer, count, inner, added) &&
               ranges.reads(index, DP_INT64, added) && ranges.reads(dy, dtype, added) && ranges.writes(dx, dtype, size);
    }
    int run(const Step& step) const {
        return dp_scatter_add_along(dtype, outer, n, inner, count, step.at<int64_t>(index), step.at(dy), step.at(dx));
    }
};

}  // namespace instruction
}  // namespace diapason
