/* unary.cpp: dp_unary and dp_fill over dense float arrays. The formulas are in formulas.h. */
#include "kernels.h"
#include "power.h"

#include "unary_formulas.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Lanes past the end read as 1, where every formula is finite. */
constexpr float kPadding = 1.0f;

template <class Formula>
void map(const Formula& formula, int64_t n, const float* x, float* y) {
    int64_t i = 0;
    for (; i + VL <= n; i += VL) store(y + i, formula.value(load(x + i)));
    if (i < n) store_partial(y + i, (int)(n - i), formula.value(load_partial(x + i, (int)(n - i), kPadding)));
}

}  // namespace

void unary(int op, float alpha, float beta, int64_t n, const float* x, float* y) {
    with_formula<vf>(op, splat(alpha), splat(beta), [=](const auto& formula) { map(formula, n, x, y); });
}

void fill(int64_t n, float value, float* y) {
    const vf filled = splat(value);
    for (int64_t i = 0; i < n; i += VL) store_up_to(y + i, n - i, filled);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
