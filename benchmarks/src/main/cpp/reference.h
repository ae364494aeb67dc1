/*
 * reference.h: plain kernels that the hot kernels' times are divided by (benchmarks/README.md, "The guard"). They are FROZEN: whoever
 * changes one changes what every floor means and must calibrate all floors again, on every machine they are for.
 *
 * Each is the shortest loop that is bound by what its counterpart is bound by (multiply-adds, divisions, integer products, loads and
 * stores) at the same vector width, so that the ratio of the two says much of the kernel and little of the machine. Numbers are those of
 * the counterpart only where that costs nothing: a reference is for timing.
 *
 * `isa` is a dp_isa. Pointers are aligned to 64 bytes, sizes are multiples of 64 unless said.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* C[m, n] = op(A) B; op as in dp_gemm; m a multiple of 8, n of 16. A product with a transposed B has this one as its reference, too. */
void reference_gemm(int isa, int transpose_a, int64_t m, int64_t n, int64_t k, const float* a, const float* b, float* c);

/* y = max(x, 0) */
void reference_relu(int isa, int64_t n, const float* x, float* y);
/* dx = x > 0 ? dy : 0 */
void reference_relu_backward(int isa, int64_t n, const float* x, const float* dy, float* dx);
/* y = tanh(x), the quotient of two polynomials */
void reference_tanh(int isa, int64_t n, const float* x, float* y);
/* y = x / (1 + e^(-1.702 x)), a GELU by an exponential */
void reference_gelu(int isa, int64_t n, const float* x, float* y);

/* y = (16 random bits of Philox4x32-10 >= threshold) ? max(x, floor) * scale : 0 */
void reference_dropout(int isa, int64_t n, uint32_t threshold, float floor, float scale, uint64_t seed, uint64_t stream, const float* x,
                       float* y);
/* y = kept ? x * scale : 0; one byte an element, 0 or 1 */
void reference_dropout_kept(int isa, int64_t n, float scale, const uint8_t* kept, const float* x, float* y);

/* Loss and its gradient of softmax cross-entropy over rows of 16 columns, any number of rows. */
float reference_cross_entropy(int isa, int64_t rows, const float* logits, const int64_t* targets, float* dlogits);

void reference_adam(int isa, int64_t n, float* p, const float* g, float* m, float* v, float step_size, float beta1, float beta2,
                    float inverse_correction, float epsilon);
/* With momentum. */
void reference_sgd(int isa, int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum);

/* y[i, :] = x[index[i], :], rows of `columns` floats, any number. */
void reference_gather(int isa, int64_t rows, int64_t columns, const int64_t* index, const float* x, float* y);
/* y[j] = sum over i of x[i, j] */
void reference_sum_rows(int isa, int64_t rows, int64_t columns, const float* x, float* y);

/* Multiply-adds in registers alone: what one core can do. Returns the floating point operations done; out holds 64 floats. */
double reference_peak(int isa, int64_t repetitions, float factor, float* out);

#ifdef __cplusplus
}
#endif
