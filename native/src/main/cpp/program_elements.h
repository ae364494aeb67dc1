/* program_elements.h: the instructions of dispatch.cpp. */
#pragma once
#include "checks.h"
#include "program_check.h"

namespace diapason {
namespace instruction {

struct Copy {
    static constexpr int kOpcode = DP_OP_COPY;
    int64_t bytes;
    Place in, out;

    bool read(Words& words) { return words(bytes, in, out); }
    bool check(Ranges& ranges) const { return bytes >= 0 && ranges.reads(in, DP_BOOL, bytes) && ranges.writes(out, DP_BOOL, bytes); }
    int run(const Step& step) const { return dp_copy(bytes, step.at(in), step.at(out)); }
};

struct Fill {
    static constexpr int kOpcode = DP_OP_FILL;
    int dtype;
    int64_t n;
    Number value;
    Place y;

    bool read(Words& words) { return words(dtype, n, value, y); }
    bool check(Ranges& ranges) const { return is_known(dtype) && n >= 0 && ranges.writes(y, dtype, n); }
    int run(const Step& step) const { return dp_fill(dtype, n, step.real(value), step.at(y)); }
};

struct Assign {
    static constexpr int kOpcode = DP_OP_ASSIGN;
    int dtype;
    int64_t rows, columns;
    Strided x, y;

    bool read(Words& words) { return words(dtype, rows, columns, x, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return is_known(dtype) && area(rows, columns, size) && ranges.reads(x, dtype, rows, columns) &&
               ranges.writes(y, dtype, rows, columns);
    }
    int run(const Step& step) const {
        return dp_assign(dtype, rows, columns, step.at(x), x.row_stride, x.column_stride, step.at(y), y.row_stride, y.column_stride);
    }
};

struct Convert {
    static constexpr int kOpcode = DP_OP_CONVERT;
    int from, to;
    int64_t rows, columns;
    Strided x;
    Place y;

    bool read(Words& words) { return words(from, to, rows, columns, x, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return is_known(from) && is_known(to) && area(rows, columns, size) &&
               ranges.reads(x, from, rows, columns, Alias::kMayBeOutput) && ranges.writes(y, to, size);
    }
    int run(const Step& step) const {
        return dp_convert(from, to, rows, columns, step.at(x), x.row_stride, x.column_stride, step.at(y));
    }
};

struct Unary {
    static constexpr int kOpcode = DP_OP_UNARY;
    int op, dtype;
    Number alpha, beta;
    int64_t rows, columns;
    Strided x;
    Place y;

    bool read(Words& words) { return words(op, dtype, alpha, beta, rows, columns, x, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return is_unary(op) && is_number(dtype) && area(rows, columns, size) &&
               ranges.reads(x, dtype, rows, columns, Alias::kMayBeOutput) && ranges.writes(y, dtype, size);
    }
    int run(const Step& step) const {
        return dp_unary(op, dtype, step.real(alpha), step.real(beta), rows, columns, step.at(x), x.row_stride, x.column_stride, step.at(y));
    }
};

struct UnaryBackward {
    static constexpr int kOpcode = DP_OP_UNARY_BACKWARD;
    int op, dtype;
    Number alpha, beta;
    int64_t n;
    Place x, y, dy, dx;

    bool read(Words& words) { return words(op, dtype, alpha, beta, n, x, y, dy, dx); }
    bool check(Ranges& ranges) const {
        return is_unary(op) && is_float(dtype) && n >= 0 && ranges.reads(x, dtype, n, Alias::kMayBeOutput) &&
               ranges.reads(y, dtype, n, Alias::kMayBeOutput) && ranges.reads(dy, dtype, n, Alias::kMayBeOutput) &&
               ranges.writes(dx, dtype, n);
    }
    int run(const Step& step) const {
        return dp_unary_backward(op, dtype, step.real(alpha), step.real(beta), n, step.at(x), step.at(y), step.at(dy), step.at(dx));
    }
};

struct Binary {
    static constexpr int kOpcode = DP_OP_BINARY;
    int op, dtype;
    int64_t rows, columns;
    Strided a, b;
    Place y;

    bool read(Words& words) { return words(op, dtype, rows, columns, a, b, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return can_binary(op, dtype) && area(rows, columns, size) && ranges.reads(a, dtype, rows, columns, Alias::kMayBeOutput) &&
               ranges.reads(b, dtype, rows, columns, Alias::kMayBeOutput) && ranges.writes(y, dtype, size);
    }
    int run(const Step& step) const {
        return dp_binary(op, dtype, rows, columns, step.at(a), a.row_stride, a.column_stride, step.at(b), b.row_stride, b.column_stride,
                         step.at(y));
    }
};

struct Compare {
    static constexpr int kOpcode = DP_OP_COMPARE;
    int op, dtype;
    int64_t rows, columns;
    Strided a, b;
    Place y;

    bool read(Words& words) { return words(op, dtype, rows, columns, a, b, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return in_range(op, DP_EQUAL, DP_GREATER_EQUAL) && is_known(dtype) && area(rows, columns, size) &&
               ranges.reads(a, dtype, rows, columns, Alias::kMayBeOutput) &&
               ranges.reads(b, dtype, rows, columns, Alias::kMayBeOutput) && ranges.writes(y, DP_BOOL, size);
    }
    int run(const Step& step) const {
        return dp_compare(op, dtype, rows, columns, step.at(a), a.row_stride, a.column_stride, step.at(b), b.row_stride, b.column_stride,
                          step.at<uint8_t>(y));
    }
};

struct Select {
    static constexpr int kOpcode = DP_OP_SELECT;
    int dtype;
    int64_t rows, columns;
    Strided condition, a, b;
    Place y;

    bool read(Words& words) { return words(dtype, rows, columns, condition, a, b, y); }
    bool check(Ranges& ranges) const {
        int64_t size = 0;
        return is_known(dtype) && area(rows, columns, size) && ranges.reads(condition, DP_BOOL, rows, columns, Alias::kMayBeOutput) &&
               ranges.reads(a, dtype, rows, columns, Alias::kMayBeOutput) &&
               ranges.reads(b, dtype, rows, columns, Alias::kMayBeOutput) && ranges.writes(y, dtype, size);
    }
    int run(const Step& step) const {
        return dp_select(dtype, rows, columns, step.at<uint8_t>(condition), condition.row_stride, condition.column_stride, step.at(a),
                         a.row_stride, a.column_stride, step.at(b), b.row_stride, b.column_stride, step.at(y));
    }
};

}  // namespace instruction
}  // namespace diapason
