/*
 * reduce.cpp: reductions of float arrays along their last axis (lane sums over blocks) and along others (row after row), in one
 * order for every instruction set.
 */
#include "diapason.h"
#include "kernels.h"
#include "simd.h"

#include "functions.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

constexpr float kInfinity = __builtin_inff();

/* Each reduction: where it starts, how an element joins, and how two lanes join. */
struct Sum {
    static constexpr float kStart = 0.0f;
    DP_INLINE vf add(vf sum, vf x) { return sum + x; }
};
struct SumOfAbsolutes {
    static constexpr float kStart = 0.0f;
    DP_INLINE vf add(vf sum, vf x) { return sum + absolute(x); }
};
struct SumOfSquares {
    static constexpr float kStart = 0.0f;
    DP_INLINE vf add(vf sum, vf x) { return fma(x, x, sum); }
};
struct Product {
    static constexpr float kStart = 1.0f;
    DP_INLINE vf add(vf product, vf x) { return product * x; }
};
/* maximum() gives its second operand, what was found before, when either is NaN. */
struct Greatest {
    static constexpr float kStart = -kInfinity;
    DP_INLINE vf add(vf greatest, vf x) { return unless_nan(x, maximum(x, greatest)); }
};
struct Least {
    static constexpr float kStart = kInfinity;
    DP_INLINE vf add(vf least, vf x) { return unless_nan(x, minimum(x, least)); }
};

constexpr int64_t kBlock = 4096;
/* Element i of a block is added to lane i % 32, whatever the vector length. */
constexpr int kLanes = 32;
constexpr int kVectors = kLanes / VL;

/* The lanes of n elements, each begun with Op::kStart. */
template <class Op>
DP_INLINE void reduce_lanes(int64_t n, const float* x, vf (&lanes)[kVectors]) {
    for (int j = 0; j < kVectors; j++) lanes[j] = splat(Op::kStart);
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int j = 0; j < kVectors; j++) lanes[j] = Op::add(lanes[j], load(x + i + j * VL));
    }
    if (i < n) {
        for (int j = 0; j < kVectors; j++) lanes[j] = Op::add(lanes[j], load_up_to(x + i + j * VL, n - i - j * VL, Op::kStart));
    }
}

template <class Op>
float sum_of(int64_t n, const float* x) {
    double sum = 0.0;
    for (int64_t i = 0; i < n; i += kBlock) {
        vf lanes[kVectors];
        reduce_lanes<Op>(n - i < kBlock ? n - i : kBlock, x + i, lanes);
        sum += (double)fold_sum(lanes, kVectors);
    }
    return (float)sum;
}

/* Product, greatest or least: lanes are joined in halves, as fold_sum does. */
template <class Op>
float fold_of(int64_t n, const float* x) {
    vf lanes[kVectors];
    reduce_lanes<Op>(n, x, lanes);
    for (int half = kVectors / 2; half > 0; half /= 2) {
        for (int j = 0; j < half; j++) lanes[j] = Op::add(lanes[j], lanes[j + half]);
    }
    /* The upper half of `last` stays Op::kStart; only its first `half` results are used each time. */
    alignas(64) float last[2 * VL];
    store(last, lanes[0]);
    store(last + VL, splat(Op::kStart));
    for (int half = VL / 2; half > 0; half /= 2) store(last, Op::add(load(last), load(last + half)));
    return last[0];
}

float log_sum_exp_of(int64_t n, const float* x) {
    const float greatest = fold_of<Greatest>(n, x);
    /* Infinite or NaN: the sum is the same, and a difference would be NaN. */
    if (!(greatest > -kInfinity && greatest < kInfinity)) return greatest;
    double sum = 0.0;
    for (int64_t i = 0; i < n; i += kBlock) {
        const int64_t count = n - i < kBlock ? n - i : kBlock;
        vf lanes[kVectors];
        for (int j = 0; j < kVectors; j++) lanes[j] = splat(0.0f);
        for (int64_t p = 0; p < count; p += kLanes) {
            for (int j = 0; j < kVectors; j++) {
                const vf chunk = load_up_to(x + i + p + j * VL, count - p - j * VL, -kInfinity);
                lanes[j] = lanes[j] + exponential(chunk - splat(greatest));
            }
        }
        sum += (double)fold_sum(lanes, kVectors);
    }
    return greatest + logarithm(splat((float)sum))[0];
}

/* min(kWidth * VL, columns) columns at once, so that each row is read in long pieces. */
template <class Op, int kWidth>
void reduce_columns(int64_t rows, int64_t row_stride, int64_t columns, const float* x, float* out) {
    vf sums[kWidth];
    for (int j = 0; j < kWidth; j++) sums[j] = splat(Op::kStart);
    if (columns >= kWidth * VL) {
        for (int64_t r = 0; r < rows; r++) {
            for (int j = 0; j < kWidth; j++) sums[j] = Op::add(sums[j], load(x + r * row_stride + j * VL));
        }
    } else {
        for (int64_t r = 0; r < rows; r++) {
            for (int j = 0; j < kWidth; j++) {
                sums[j] = Op::add(sums[j], load_up_to(x + r * row_stride + j * VL, columns - j * VL, Op::kStart));
            }
        }
    }
    for (int j = 0; j < kWidth; j++) store_up_to(out + j * VL, columns - j * VL, sums[j]);
}

template <class Op>
void reduce_rows(int64_t rows, int64_t columns, const float* x, float* out) {
    constexpr int kWidth = 8;
    int64_t c = 0;
    for (; c + kWidth * VL <= columns; c += kWidth * VL) reduce_columns<Op, kWidth>(rows, columns, columns - c, x + c, out + c);
    for (; c < columns; c += VL) reduce_columns<Op, 1>(rows, columns, columns - c, x + c, out + c);
}

void log_sum_exp_rows(int64_t rows, int64_t columns, const float* x, float* out) {
    reduce_rows<Greatest>(rows, columns, x, out);
    for (int64_t c = 0; c < columns; c += VL) {
        const int64_t rest = columns - c;
        const vf greatest = load_up_to(out + c, rest, 0.0f);
        vf sum = splat(0.0f);
        for (int64_t r = 0; r < rows; r++) {
            sum = sum + exponential(load_up_to(x + r * columns + c, rest, -kInfinity) - greatest);
        }
        const auto finite = less(absolute(greatest), splat(kInfinity));
        store_up_to(out + c, rest, select(finite, greatest + logarithm(sum), greatest));
    }
}

float reduce_row(int op, int64_t n, const float* x) {
    switch (op) {
        case DP_SUM: return sum_of<Sum>(n, x);
        case DP_SUM_ABS: return sum_of<SumOfAbsolutes>(n, x);
        case DP_SUM_SQUARES: return sum_of<SumOfSquares>(n, x);
        case DP_PRODUCT: return fold_of<Product>(n, x);
        case DP_MAX: return fold_of<Greatest>(n, x);
        case DP_MIN: return fold_of<Least>(n, x);
        default: return log_sum_exp_of(n, x);
    }
}

void reduce_matrix(int op, int64_t rows, int64_t columns, const float* x, float* out) {
    switch (op) {
        case DP_SUM: return reduce_rows<Sum>(rows, columns, x, out);
        case DP_SUM_ABS: return reduce_rows<SumOfAbsolutes>(rows, columns, x, out);
        case DP_SUM_SQUARES: return reduce_rows<SumOfSquares>(rows, columns, x, out);
        case DP_PRODUCT: return reduce_rows<Product>(rows, columns, x, out);
        case DP_MAX: return reduce_rows<Greatest>(rows, columns, x, out);
        case DP_MIN: return reduce_rows<Least>(rows, columns, x, out);
        default: return log_sum_exp_rows(rows, columns, x, out);
    }
}

}  // namespace

void reduce(int op, int64_t outer, int64_t n, int64_t inner, const float* x, float* y) {
    for (int64_t o = 0; o < outer; o++) {
        if (inner == 1) {
            y[o] = reduce_row(op, n, x + o * n);
        } else {
            reduce_matrix(op, n, inner, x + o * n * inner, y + o * inner);
        }
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
