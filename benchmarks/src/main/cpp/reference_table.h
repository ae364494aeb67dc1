/* reference_table.h: the reference kernels of one instruction set; the functions of reference.h without their first argument. */
#pragma once
#include <stdint.h>

namespace reference {

struct Table {
    void (*gemm)(int transpose_a, int64_t m, int64_t n, int64_t k, const float* a, const float* b, float* c);
    void (*relu)(int64_t n, const float* x, float* y);
    void (*relu_backward)(int64_t n, const float* x, const float* dy, float* dx);
    void (*tanh)(int64_t n, const float* x, float* y);
    void (*gelu)(int64_t n, const float* x, float* y);
    void (*dropout)(int64_t n, uint32_t threshold, float floor, float scale, uint64_t seed, uint64_t stream, const float* x, float* y);
    void (*dropout_kept)(int64_t n, float scale, const uint8_t* kept, const float* x, float* y);
    float (*cross_entropy)(int64_t rows, const float* logits, const int64_t* targets, float* dlogits);
    void (*adam)(int64_t n, float* p, const float* g, float* m, float* v, float step_size, float beta1, float beta2,
                 float inverse_correction, float epsilon);
    void (*sgd)(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum);
    void (*gather)(int64_t rows, int64_t columns, const int64_t* index, const float* x, float* y);
    void (*sum_rows)(int64_t rows, int64_t columns, const float* x, float* y);
    double (*peak)(int64_t repetitions, float factor, float* out);
};

namespace portable {
extern const Table kernels;
}
namespace avx2 {
extern const Table kernels;
}
namespace avx512 {
extern const Table kernels;
}

}  // namespace reference
