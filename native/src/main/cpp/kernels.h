/* kernels.h: the kernels of the set being compiled, one declaration for each entry of KernelTable, with its contract. */
#pragma once
#include <stdint.h>

namespace diapason {
namespace DP_ISA_NAME {

/* elementwise.cpp */
void unary(int op, int64_t n, const float* x, float* y);
void unary_backward(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx);
void binary(int op, int64_t n, const float* a, const float* b, float* y);
void scale(int64_t n, float alpha, float beta, const float* x, float* y);
void scale_by(int64_t n, float alpha, const float* x, float* y);
void accumulate(int64_t n, const float* x, float* y);
void fill(int64_t n, float value, float* y);

/* reduce.cpp */
float reduce(int op, int64_t n, const float* x);
void column_sums(int64_t rows, int64_t columns, const float* x, float* out);

/* gemm.cpp */
void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
          const float* bias, bool accumulate, float* c);

/* rows.cpp */
void gather_rows(int64_t count, int64_t row_bytes, const char* source, const int32_t* index, char* out);
bool indices_within(int64_t count, int64_t limit, const int32_t* index);

/* dropout.cpp */
void random_words(int64_t n, uint64_t seed, uint64_t stream, uint64_t block, int skip, uint32_t* out);
void dropout(int64_t n, uint32_t threshold, float scale, uint64_t seed, uint64_t stream, const float* x, float* y);

/* softmax.cpp */
void softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities);
double cross_entropy(int64_t rows, int64_t classes, const float* logits, const int32_t* targets);
void cross_entropy_backward(int64_t rows, int64_t classes, const float* logits, const int32_t* targets, float factor,
                            float* dlogits);

/* optimizer.cpp */
void sgd(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, bool nesterov,
         float weight_decay);
void adam(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
          float epsilon, float step_size, float inverse_correction, float weight_decay);
void rmsprop(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
             float epsilon, float momentum, float weight_decay);

}  // namespace DP_ISA_NAME
}  // namespace diapason
