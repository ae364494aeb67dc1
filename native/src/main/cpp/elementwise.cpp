/* elementwise.cpp: unary, binary, scale, accumulate and fill. The formulas are in formulas.h. */
#include "diapason.h"
#include "kernels.h"
#include "simd.h"

#include "formulas.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Lanes past the end read as 1, where every formula is finite. */
constexpr float kPadding = 1.0f;

template <class Op>
void map_unary(int64_t n, const float* x, float* y) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(y + i, Op::value(load(x + i)));
    if (i < n) store_partial(y + i, (int)(n - i), Op::value(load_partial(x + i, (int)(n - i), kPadding)));
}

template <class Op>
void map_unary_backward(int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(dx + i, Op::gradient(load(x + i), load(y + i), load(dy + i)));
    if (i < n) {
        const int rest = (int)(n - i);
        const vf gradient = Op::gradient(load_partial(x + i, rest, kPadding), load_partial(y + i, rest, kPadding),
                                         load_partial(dy + i, rest, kPadding));
        store_partial(dx + i, rest, gradient);
    }
}

template <class Op>
void map_binary(int64_t n, const float* a, const float* b, float* y) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(y + i, Op::value(load(a + i), load(b + i)));
    if (i < n) {
        const int rest = (int)(n - i);
        store_partial(y + i, rest, Op::value(load_partial(a + i, rest, kPadding), load_partial(b + i, rest, kPadding)));
    }
}

}  // namespace

void unary(int op, int64_t n, const float* x, float* y) {
    switch (op) {
        case DP_NEGATE: return map_unary<Negate>(n, x, y);
        case DP_ABS: return map_unary<Absolute>(n, x, y);
        case DP_SQUARE: return map_unary<Square>(n, x, y);
        case DP_SQRT: return map_unary<SquareRoot>(n, x, y);
        case DP_EXP: return map_unary<Exponential>(n, x, y);
        case DP_LOG: return map_unary<Logarithm>(n, x, y);
        case DP_RELU: return map_unary<Relu>(n, x, y);
        case DP_TANH: return map_unary<Tanh>(n, x, y);
        case DP_GELU: return map_unary<Gelu>(n, x, y);
    }
}

void unary_backward(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    switch (op) {
        case DP_NEGATE: return map_unary_backward<Negate>(n, x, y, dy, dx);
        case DP_ABS: return map_unary_backward<Absolute>(n, x, y, dy, dx);
        case DP_SQUARE: return map_unary_backward<Square>(n, x, y, dy, dx);
        case DP_SQRT: return map_unary_backward<SquareRoot>(n, x, y, dy, dx);
        case DP_EXP: return map_unary_backward<Exponential>(n, x, y, dy, dx);
        case DP_LOG: return map_unary_backward<Logarithm>(n, x, y, dy, dx);
        case DP_RELU: return map_unary_backward<Relu>(n, x, y, dy, dx);
        case DP_TANH: return map_unary_backward<Tanh>(n, x, y, dy, dx);
        case DP_GELU: return map_unary_backward<Gelu>(n, x, y, dy, dx);
    }
}

void binary(int op, int64_t n, const float* a, const float* b, float* y) {
    switch (op) {
        case DP_ADD: return map_binary<Add>(n, a, b, y);
        case DP_SUBTRACT: return map_binary<Subtract>(n, a, b, y);
        case DP_MULTIPLY: return map_binary<Multiply>(n, a, b, y);
        case DP_DIVIDE: return map_binary<Divide>(n, a, b, y);
    }
}

void scale(int64_t n, float alpha, float beta, const float* x, float* y) {
    const vf slope = splat(alpha);
    const vf intercept = splat(beta);
    for (int64_t i = 0; i < n; i += VL) {
        store_up_to(y + i, n - i, fma(slope, load_up_to(x + i, n - i, kPadding), intercept));
    }
}

void scale_by(int64_t n, float alpha, const float* x, float* y) {
    const vf slope = splat(alpha);
    for (int64_t i = 0; i < n; i += VL) store_up_to(y + i, n - i, slope * load_up_to(x + i, n - i, kPadding));
}

void accumulate(int64_t n, const float* x, float* y) {
    map_binary<Add>(n, y, x, y);
}

void fill(int64_t n, float value, float* y) {
    const vf filled = splat(value);
    for (int64_t i = 0; i < n; i += VL) store_up_to(y + i, n - i, filled);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
