/* binary.cpp: dp_binary over float operands whose rows are dense or one repeated element. The formulas are in formulas.h. */
#include "diapason.h"
#include "kernels.h"
#include "power.h"

#include "formulas.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Lanes past the end read as 1, where every formula is finite. */
constexpr float kPadding = 1.0f;

/* kStepA and kStepB say whether an operand moves along its row (1) or repeats one element (0). */
template <class Op, int kStepA, int kStepB>
void map_rows(int64_t rows, int64_t columns, const Operand& a, const Operand& b, float* y) {
    for (int64_t r = 0; r < rows; r++) {
        const float* left = a.data + r * a.row_stride;
        const float* right = b.data + r * b.row_stride;
        float* out = y + r * columns;
        const vf left_element = kStepA == 0 ? splat(left[0]) : splat(0.0f);
        const vf right_element = kStepB == 0 ? splat(right[0]) : splat(0.0f);
        int64_t i = 0;
        for (; i + VL <= columns; i += VL) {
            const vf x = kStepA == 0 ? left_element : load(left + i);
            const vf z = kStepB == 0 ? right_element : load(right + i);
            store(out + i, Op::value(x, z));
        }
        if (i < columns) {
            const int rest = (int)(columns - i);
            const vf x = kStepA == 0 ? left_element : load_partial(left + i, rest, kPadding);
            const vf z = kStepB == 0 ? right_element : load_partial(right + i, rest, kPadding);
            store_partial(out + i, rest, Op::value(x, z));
        }
    }
}

template <class Op>
void map_dense(int64_t n, const float* a, const float* b, float* y) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(y + i, Op::value(load(a + i), load(b + i)));
    if (i < n) {
        const int rest = (int)(n - i);
        store_partial(y + i, rest, Op::value(load_partial(a + i, rest, kPadding), load_partial(b + i, rest, kPadding)));
    }
}

template <class Op>
void map(int64_t rows, int64_t columns, const Operand& a, const Operand& b, float* y) {
    if (a.step == 1) return b.step == 1 ? map_rows<Op, 1, 1>(rows, columns, a, b, y) : map_rows<Op, 1, 0>(rows, columns, a, b, y);
    return b.step == 1 ? map_rows<Op, 0, 1>(rows, columns, a, b, y) : map_rows<Op, 0, 0>(rows, columns, a, b, y);
}

}  // namespace

void binary_dense(int op, int64_t n, const float* a, const float* b, float* y) {
    switch (op) {
        case DP_ADD: return map_dense<Add>(n, a, b, y);
        case DP_SUBTRACT: return map_dense<Subtract>(n, a, b, y);
        case DP_MULTIPLY: return map_dense<Multiply>(n, a, b, y);
        case DP_DIVIDE: return map_dense<Divide>(n, a, b, y);
        case DP_POW: return map_dense<Pow>(n, a, b, y);
        case DP_MAXIMUM: return map_dense<Maximum>(n, a, b, y);
        case DP_MINIMUM: return map_dense<Minimum>(n, a, b, y);
    }
}

void binary(int op, int64_t rows, int64_t columns, const Operand& a, const Operand& b, float* y) {
    switch (op) {
        case DP_ADD: return map<Add>(rows, columns, a, b, y);
        case DP_SUBTRACT: return map<Subtract>(rows, columns, a, b, y);
        case DP_MULTIPLY: return map<Multiply>(rows, columns, a, b, y);
        case DP_DIVIDE: return map<Divide>(rows, columns, a, b, y);
        case DP_POW: return map<Pow>(rows, columns, a, b, y);
        case DP_MAXIMUM: return map<Maximum>(rows, columns, a, b, y);
        case DP_MINIMUM: return map<Minimum>(rows, columns, a, b, y);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
