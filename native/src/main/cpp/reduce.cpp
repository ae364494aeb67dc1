/* reduce.cpp: whole-array reductions and column sums, in one order for every instruction set. */
#include "diapason.h"
#include "kernels.h"
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

struct Sum {
    DP_INLINE vf add(vf sum, vf x) { return sum + x; }
};
struct SumOfAbsolutes {
    DP_INLINE vf add(vf sum, vf x) { return sum + absolute(x); }
};
struct SumOfSquares {
    DP_INLINE vf add(vf sum, vf x) { return fma(x, x, sum); }
};

constexpr int64_t kBlock = 4096;
/* Element i of a block is added to lane i % 32, whatever the vector length. */
constexpr int kLanes = 32;
constexpr int kVectors = kLanes / VL;

template <class Op>
float reduce_block(int64_t n, const float* x) {
    vf sums[kVectors];
    for (int j = 0; j < kVectors; j++) sums[j] = splat(0.0f);
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int j = 0; j < kVectors; j++) sums[j] = Op::add(sums[j], load(x + i + j * VL));
    }
    if (i < n) {
        for (int j = 0; j < kVectors; j++) sums[j] = Op::add(sums[j], load_up_to(x + i + j * VL, n - i - j * VL, 0.0f));
    }
    return fold_sum(sums, kVectors);
}

template <class Op>
float reduce_with(int64_t n, const float* x) {
    double sum = 0.0;
    for (int64_t i = 0; i < n; i += kBlock) sum += (double)reduce_block<Op>(n - i < kBlock ? n - i : kBlock, x + i);
    return (float)sum;
}

/* Sums of min(kWidth * VL, columns) columns at once, so that each row is read in long pieces. */
template <int kWidth>
void sum_columns(int64_t rows, int64_t row_stride, int64_t columns, const float* x, float* out) {
    vf sums[kWidth];
    for (int j = 0; j < kWidth; j++) sums[j] = splat(0.0f);
    if (columns >= kWidth * VL) {
        for (int64_t r = 0; r < rows; r++) {
            for (int j = 0; j < kWidth; j++) sums[j] = sums[j] + load(x + r * row_stride + j * VL);
        }
    } else {
        for (int64_t r = 0; r < rows; r++) {
            for (int j = 0; j < kWidth; j++) {
                sums[j] = sums[j] + load_up_to(x + r * row_stride + j * VL, columns - j * VL, 0.0f);
            }
        }
    }
    for (int j = 0; j < kWidth; j++) store_up_to(out + j * VL, columns - j * VL, sums[j]);
}

}  // namespace

float reduce(int op, int64_t n, const float* x) {
    switch (op) {
        case DP_SUM: return reduce_with<Sum>(n, x);
        case DP_SUM_ABS: return reduce_with<SumOfAbsolutes>(n, x);
        default: return reduce_with<SumOfSquares>(n, x);
    }
}

void column_sums(int64_t rows, int64_t columns, const float* x, float* out) {
    constexpr int kWidth = 8;
    int64_t c = 0;
    for (; c + kWidth * VL <= columns; c += kWidth * VL) sum_columns<kWidth>(rows, columns, columns - c, x + c, out + c);
    for (; c < columns; c += VL) sum_columns<1>(rows, columns, columns - c, x + c, out + c);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
