/*
 * kernel_table.h: what one translation unit set offers for float32. dispatch*.cpp check the arguments (see diapason.h) and call
 * through the table of the set in use; a kernel may rely on every condition stated there, and on denormals being flushed.
 */
#pragma once
#include <stdint.h>

#include "kernel_types.h"

namespace diapason {

struct KernelTable {
    void (*unary)(int op, float alpha, float beta, int64_t n, const float* x, float* y);
    void (*unary_backward)(int op, float alpha, float beta, int64_t n, const float* x, const float* y, const float* dy, float* dx);
    void (*fill)(int64_t n, float value, float* y);
    void (*binary_dense)(int op, int64_t n, const float* a, const float* b, float* y);
    void (*binary)(int op, int64_t rows, int64_t columns, const Operand& a, const Operand& b, float* y);

    void (*reduce)(int op, int64_t outer, int64_t n, int64_t inner, const float* x, float* y);

    void (*gemm)(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
                 const float* bias, bool accumulate, float* c);

    /* row_bytes > 0 */
    void (*gather_rows)(int64_t count, int64_t row_bytes, const char* source, const int64_t* index, char* out);

    /* out[i] = word skip + i of the stream counted from block `block`, 0 <= skip < 4. */
    void (*random_words)(int64_t n, uint64_t seed, uint64_t stream, uint64_t block, int skip, uint32_t* out);
    /* threshold >= 1 */
    void (*dropout)(int64_t n, const Draw& draw, const float* x, float* y);
    /* The same, and which elements were kept, as bits. */
    void (*dropout_keep)(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept);
    /* dropout_keep of max(x, 0), with the bits of those that were kept and are not <= 0. */
    void (*relu_dropout_keep)(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept);
    void (*dropout_kept)(int64_t n, float scale, const uint8_t* kept, const float* x, float* y);

    void (*softmax)(int64_t rows, int64_t classes, const float* logits, float* probabilities);
    /* The sum of the rows' costs, not yet divided by the sum of their weights. */
    double (*cross_entropy)(const Targets& targets, const float* logits, const float* weights, double smoothing);
    /* factor = upstream / sum of the rows' weights. */
    void (*cross_entropy_backward)(const Targets& targets, const float* logits, const float* weights, double smoothing,
                                   float factor, float* dlogits);
    double (*cross_entropy_with_gradient)(const Targets& targets, const float* logits, const float* weights, double smoothing,
                                          float factor, float* dlogits);

    void (*sgd)(int64_t n, const SgdSettings& settings, const SgdState<float>& state);
    void (*adam)(int64_t n, const AdamSettings& settings, const AdamState<float>& state);
    void (*rmsprop)(int64_t n, const RmspropSettings& settings, const RmspropState<float>& state);
    void (*adagrad)(int64_t n, const AdagradSettings& settings, const AdagradState<float>& state);
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
