/* kernels.h: the kernels of the set being compiled, one declaration for each entry of KernelTable, with its contract. */
#pragma once
#include <stdint.h>

#include "kernel_table.h"

namespace diapason {
namespace DP_ISA_NAME {

/* unary.cpp, unary_backward.cpp, binary.cpp */
void unary(int op, float alpha, float beta, int64_t n, const float* x, float* y);
void unary_backward(int op, float alpha, float beta, int64_t n, const float* x, const float* y, const float* dy, float* dx);
void fill(int64_t n, float value, float* y);
void binary_dense(int op, int64_t n, const float* a, const float* b, float* y);
void binary(int op, int64_t rows, int64_t columns, const Operand& a, const Operand& b, float* y);

/* reduce.cpp */
void reduce(int op, int64_t outer, int64_t n, int64_t inner, const float* x, float* y);

/* gemm.cpp */
void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
          const float* bias, bool accumulate, float* c);

/* rows.cpp */
void gather_rows(int64_t count, int64_t row_bytes, const char* source, const int64_t* index, char* out);

/* dropout.cpp */
void random_words(int64_t n, uint64_t seed, uint64_t stream, uint64_t block, int skip, uint32_t* out);
void dropout(int64_t n, const Draw& draw, const float* x, float* y);
void dropout_keep(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept);
void relu_dropout_keep(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept);
void dropout_kept(int64_t n, float scale, const uint8_t* kept, const float* x, float* y);

/* softmax.cpp */
void softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities);

/* cross_entropy.cpp */
double cross_entropy(const Targets& targets, const float* logits, const float* weights, double smoothing);
void cross_entropy_backward(const Targets& targets, const float* logits, const float* weights, double smoothing, float factor,
                            float* dlogits);
double cross_entropy_with_gradient(const Targets& targets, const float* logits, const float* weights, double smoothing, float factor,
                                   float* dlogits);

/* optimizer.cpp */
void sgd(int64_t n, const SgdSettings& settings, const SgdState<float>& state);
void adam(int64_t n, const AdamSettings& settings, const AdamState<float>& state);
void rmsprop(int64_t n, const RmspropSettings& settings, const RmspropState<float>& state);
void adagrad(int64_t n, const AdagradSettings& settings, const AdagradState<float>& state);

}  // namespace DP_ISA_NAME
}  // namespace diapason
