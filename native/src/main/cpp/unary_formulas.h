/*
 * unary_formulas.h: the formula of each code of dp_unary_op. with_formula calls `body` with it; alpha and beta are those of
 * formulas that have any.
 */
#pragma once
#include "diapason.h"
#include "formulas.h"

namespace diapason {
namespace DP_ISA_NAME {

template <class F, class Body>
DP_INLINE void with_formula(int op, F alpha, F beta, const Body& body) {
    switch (op) {
        case DP_NEGATE: return body(Negate<F>{});
        case DP_ABS: return body(Absolute<F>{});
        case DP_SQUARE: return body(Square<F>{});
        case DP_SQRT: return body(SquareRoot<F>{});
        case DP_EXP: return body(Exponential<F>{});
        case DP_LOG: return body(Logarithm<F>{});
        case DP_RELU: return body(Relu<F>{});
        case DP_TANH: return body(Tanh<F>{});
        case DP_GELU: return body(Gelu<F>{});
        case DP_AFFINE: return body(Affine<F>{alpha, beta});
        case DP_SIGN: return body(Sign<F>{});
        case DP_RECIPROCAL: return body(Reciprocal<F>{});
        case DP_SIGMOID: return body(Sigmoid<F>{});
        case DP_SOFTPLUS: return body(Softplus<F>{});
        case DP_SILU: return body(Silu<F>{});
        case DP_MISH: return body(Mish<F>{});
        case DP_ELU: return body(Elu<F>{alpha, beta});
        case DP_SELU: return body(Selu<F>{});
        case DP_LEAKY_RELU: return body(LeakyRelu<F>{alpha, beta});
        case DP_ERF: return body(ErrorFunction<F>{});
        case DP_CLAMP: return body(Clamp<F>{alpha, beta});
        case DP_POWER: return body(Power<F>{alpha, beta});
        case DP_SIN: return body(Sine<F>{});
        case DP_COS: return body(Cosine<F>{});
        case DP_LOG1P: return body(LogarithmOfOnePlus<F>{});
        case DP_EXPM1: return body(ExponentialMinusOne<F>{});
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
