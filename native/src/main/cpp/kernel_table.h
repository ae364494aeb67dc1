/*
 * kernel_table.h: what one translation unit set offers. dispatch.cpp checks the arguments (see diapason.h) and calls
 * through the table of the set in use; a kernel may rely on every condition stated there, and on denormals being flushed.
 */
#pragma once
#include <stdint.h>

namespace diapason {

struct KernelTable {
    void (*unary)(int op, int64_t n, const float* x, float* y);
    void (*unary_backward)(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx);
    void (*binary)(int op, int64_t n, const float* a, const float* b, float* y);
    void (*scale)(int64_t n, float alpha, float beta, const float* x, float* y);
    void (*scale_by)(int64_t n, float alpha, const float* x, float* y);
    void (*accumulate)(int64_t n, const float* x, float* y);
    void (*fill)(int64_t n, float value, float* y);

    float (*reduce)(int op, int64_t n, const float* x);
    void (*column_sums)(int64_t rows, int64_t columns, const float* x, float* out);

    void (*gemm)(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
                 const float* bias, bool accumulate, float* c);

    void (*gather_rows)(int64_t count, int64_t row_bytes, const char* source, const int32_t* index, char* out);
    /* Whether every index is in [0, limit). */
    bool (*indices_within)(int64_t count, int64_t limit, const int32_t* index);

    /* out[i] = word skip + i of the stream counted from block `block`, 0 <= skip < 4. */
    void (*random_words)(int64_t n, uint64_t seed, uint64_t stream, uint64_t block, int skip, uint32_t* out);
    /* An element is kept, and multiplied by `scale`, when its 16 bits are >= threshold (1 to 65535). */
    void (*dropout)(int64_t n, uint32_t threshold, float scale, uint64_t seed, uint64_t stream, const float* x, float* y);

    void (*softmax)(int64_t rows, int64_t classes, const float* logits, float* probabilities);
    /* The sum over rows, not yet the mean. */
    double (*cross_entropy)(int64_t rows, int64_t classes, const float* logits, const int32_t* targets);
    /* factor = upstream / rows. */
    void (*cross_entropy_backward)(int64_t rows, int64_t classes, const float* logits, const int32_t* targets,
                                   float factor, float* dlogits);

    /* velocity is null exactly when there is no momentum. */
    void (*sgd)(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, bool nesterov,
                float weight_decay);
    void (*adam)(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
                 float epsilon, float step_size, float inverse_correction, float weight_decay);
    void (*rmsprop)(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
                    float epsilon, float momentum, float weight_decay);
};

namespace portable {
extern const KernelTable kernels;
}
#if defined(__x86_64__)
namespace avx2 {
extern const KernelTable kernels;
}
namespace avx512 {
extern const KernelTable kernels;
}
#endif

}  // namespace diapason
