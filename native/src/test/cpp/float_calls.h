/* float_calls.h: the functions of diapason.h over dense float32 arrays, with nothing optional and the
 * parameters of unary_reference.h: what most tests call. */
#pragma once
#include "diapason.h"
#include "unary_reference.h"

namespace test {
namespace f32 {

/* A class code that no target has. */
constexpr int64_t kNothingIgnored = -100;

inline int unary(int op, int64_t n, const float* x, float* y) {
    return dp_unary(op, DP_FLOAT32, alpha_of(op), beta_of(op), 1, n, x, n, 1, y);
}
inline int unary_backward(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    return dp_unary_backward(op, DP_FLOAT32, alpha_of(op), beta_of(op), n, x, y, dy, dx);
}
inline int binary(int op, int64_t n, const float* a, const float* b, float* y) {
    return dp_binary(op, DP_FLOAT32, 1, n, a, n, 1, b, n, 1, y);
}
inline int scale(int64_t n, float alpha, float beta, const float* x, float* y) {
    return dp_unary(DP_AFFINE, DP_FLOAT32, alpha, beta, 1, n, x, n, 1, y);
}
inline int scale_by(int64_t n, const float* alpha, const float* x, float* y) {
    return dp_binary(DP_MULTIPLY, DP_FLOAT32, 1, n, alpha, 0, 0, x, n, 1, y);
}
inline int accumulate(int64_t n, const float* x, float* y) {
    return binary(DP_ADD, n, y, x, y);
}
inline int fill(int64_t n, float value, float* y) {
    return dp_fill(DP_FLOAT32, n, value, y);
}
inline int fill_from(int64_t n, const float* alpha, float* y) {
    return dp_convert(DP_FLOAT32, DP_FLOAT32, 1, n, alpha, 0, 0, y);
}
inline int reduce(int op, int64_t n, const float* x, float* out) {
    return dp_reduce(op, DP_FLOAT32, 1, n, 1, x, out);
}
inline int column_sums(int64_t rows, int64_t columns, const float* x, float* out) {
    return dp_reduce(DP_SUM, DP_FLOAT32, 1, rows, columns, x, out);
}
inline int gemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
                const float* bias, int accumulate, float* c) {
    return dp_gemm(DP_FLOAT32, 1, transpose_a, transpose_b, m, n, k, a, 0, b, 0, bias, accumulate, c);
}
inline int dropout(int64_t n, float rate, int64_t seed, int64_t stream, const float* x, float* y) {
    return dp_dropout(DP_FLOAT32, n, rate, seed, stream, x, y);
}
inline int softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities) {
    return dp_softmax(DP_FLOAT32, rows, classes, logits, probabilities);
}
inline int cross_entropy(int64_t rows, int64_t classes, const float* logits, const int64_t* targets, float* loss) {
    return dp_cross_entropy(DP_FLOAT32, rows, classes, logits, targets, nullptr, kNothingIgnored, 0, loss);
}
inline int cross_entropy_backward(int64_t rows, int64_t classes, const float* logits, const int64_t* targets,
                                  const float* upstream, float* dlogits) {
    return dp_cross_entropy_backward(DP_FLOAT32, rows, classes, logits, targets, nullptr, kNothingIgnored, 0, upstream, dlogits);
}
inline int sgd(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, int nesterov,
               float weight_decay) {
    return dp_sgd(DP_FLOAT32, n, p, g, velocity, learning_rate, momentum, 0, nesterov, weight_decay);
}
inline int adam(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
                float epsilon, float step_size, float inverse_correction, float weight_decay) {
    return dp_adam(DP_FLOAT32, n, p, g, m, v, nullptr, learning_rate, beta1, beta2, epsilon, step_size, 0, inverse_correction,
                   weight_decay);
}
inline int rmsprop(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
                   float epsilon, float momentum, float weight_decay) {
    return dp_rmsprop(DP_FLOAT32, n, p, g, s, nullptr, velocity, learning_rate, alpha, epsilon, momentum, weight_decay);
}

}  // namespace f32
}  // namespace test
