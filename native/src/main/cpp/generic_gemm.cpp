/*
 * generic_gemm.cpp: C = op(A) op(B) (+ bias) or C += op(A) op(B) in float64. A block of k of eight columns of op(B) is copied to the
 * stack, then multiplied by two rows at a time; each element's sum grows in ascending k.
 */
#include "generic.h"

namespace diapason {
namespace generic {
namespace {

constexpr int64_t kBlockK = 256;
constexpr int kColumns = 8;

/* Element (i, p) of op(A) is data[i * row_stride + p * step]; of op(B) likewise with p as the row. */
struct Matrix {
    const double* data;
    int64_t row_stride, step;
};

void pack(int64_t k, int64_t columns, const Matrix& b, double (*packed)[kColumns]) {
    for (int64_t p = 0; p < k; p++) {
        for (int j = 0; j < kColumns; j++) packed[p][j] = j < columns ? b.data[p * b.row_stride + j * b.step] : 0.0;
    }
}

/* Adds kRows rows of the product to c. */
template <int kRows>
void add_tile(int64_t k, int64_t columns, const Matrix& a, const double (*b)[kColumns], double* c, int64_t c_stride) {
    double sums[kRows][kColumns];
    for (int i = 0; i < kRows; i++) {
        for (int j = 0; j < kColumns; j++) sums[i][j] = j < columns ? c[i * c_stride + j] : 0.0;
    }
    for (int64_t p = 0; p < k; p++) {
        for (int i = 0; i < kRows; i++) {
            const double factor = a.data[i * a.row_stride + p * a.step];
            for (int j = 0; j < kColumns; j++) sums[i][j] += factor * b[p][j];
        }
    }
    for (int i = 0; i < kRows; i++) {
        for (int j = 0; j < columns; j++) c[i * c_stride + j] = sums[i][j];
    }
}

}  // namespace

void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const double* a, const double* b, const double* bias,
          bool accumulate, double* c) {
    for (int64_t i = 0; i < m && !accumulate; i++) {
        for (int64_t j = 0; j < n; j++) c[i * n + j] = bias == nullptr ? 0.0 : bias[j];
    }
    const Matrix left = transpose_a ? Matrix{a, 1, m} : Matrix{a, k, 1};
    const Matrix right = transpose_b ? Matrix{b, 1, k} : Matrix{b, n, 1};
    alignas(64) double packed[kBlockK][kColumns];
    for (int64_t p = 0; p < k; p += kBlockK) {
        const int64_t depth = k - p < kBlockK ? k - p : kBlockK;
        for (int64_t j = 0; j < n; j += kColumns) {
            const int64_t columns = n - j < kColumns ? n - j : kColumns;
            pack(depth, columns, {right.data + p * right.row_stride + j * right.step, right.row_stride, right.step}, packed);
            for (int64_t i = 0; i < m; i += 2) {
                const Matrix rows = {left.data + i * left.row_stride + p * left.step, left.row_stride, left.step};
                if (i + 1 < m) {
                    add_tile<2>(depth, columns, rows, packed, c + i * n + j, n);
                } else {
                    add_tile<1>(depth, columns, rows, packed, c + i * n + j, n);
                }
            }
        }
    }
}

}  // namespace generic
}  // namespace diapason
