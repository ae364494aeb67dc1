/* unary_backward.cpp: dp_unary_backward over dense float arrays. The formulas are in formulas.h. */
#include "kernels.h"
#include "power.h"

#include "unary_formulas.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Lanes past the end read as 1, where every formula is finite. */
constexpr float kPadding = 1.0f;

template <class Formula>
void map(const Formula& formula, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(dx + i, formula.gradient(load(x + i), load(y + i), load(dy + i)));
    if (i < n) {
        const int rest = (int)(n - i);
        const vf gradient = formula.gradient(load_partial(x + i, rest, kPadding), load_partial(y + i, rest, kPadding),
                                             load_partial(dy + i, rest, kPadding));
        store_partial(dx + i, rest, gradient);
    }
}

}  // namespace

void unary_backward(int op, float alpha, float beta, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    with_formula<vf>(op, splat(alpha), splat(beta), [=](const auto& formula) { map(formula, n, x, y, dy, dx); });
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
