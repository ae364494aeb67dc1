/*
 * diapason.h: the one C ABI of Diapason's native layer, and the only source of its Java bindings.
 *
 * Contract of every function that returns `int`:
 *   - It returns DP_OK or another dp_status; it never throws, prints or aborts, and it allocates nothing (but the packing
 *     buffers of dp_gemm, which a thread gets once, at its first product).
 *   - Arguments are checked first; when the status is not DP_OK no output has been written.
 *   - Sizes are in elements unless a name says bytes; a size of 0 is legal and does nothing (a reduction over nothing gives 0).
 *   - Matrices are dense, row-major. Pointers need the alignment of their element only; 64 bytes is fastest.
 *   - Outputs may alias inputs only where said ("in place is allowed": the very same pointer, never a partial overlap).
 *   - Denormals are flushed to zero inside the call and the caller's floating-point mode is restored before it returns.
 *   - NaN and infinity propagate as IEEE 754 says; nothing is compiled with -ffast-math.
 *   - For one instruction set the result is a function of the arguments alone: no thread count, address or history changes a bit.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bumped whenever a signature or a meaning changes. */
#define DP_ABI_VERSION 1

enum dp_status {
    DP_OK = 0,
    /* An argument is out of its range: a negative size, a null pointer with a positive size, an unknown code. */
    DP_INVALID_ARGUMENT = 1,
    /* An index (gather row, class of a target) is outside what it points into. */
    DP_INDEX_OUT_OF_RANGE = 2,
    /* This machine has no such instruction set. */
    DP_UNSUPPORTED = 3
};

int dp_abi_version(void);

/* ---- instruction set --------------------------------------------------------------------------------------------- */

/* The translation unit sets: plain compiler vector extensions, AVX2+FMA, AVX-512 (F, DQ, BW, VL). */
enum dp_isa { DP_ISA_PORTABLE = 0, DP_ISA_AVX2 = 1, DP_ISA_AVX512 = 2 };

/* 1 when this machine can run the set, 0 when not or when the code is unknown. */
int dp_isa_supported(int isa);

/* The set in use. Chosen once when the library is loaded: the best one supported, or DIAPASON_ISA=portable|avx2|avx512.
 * When DIAPASON_ISA names something unknown or unsupported the best one is in use and dp_isa_requested_invalid() is 1,
 * so that the loader can refuse with a sentence. */
int dp_isa_current(void);
int dp_isa_requested_invalid(void);

/* Chooses another set, for tests and benchmarks that compare them. Not to be called while a kernel runs.
 * DP_UNSUPPORTED when this machine lacks it, DP_INVALID_ARGUMENT when there is no such code. */
int dp_isa_select(int isa);

/* ---- memory ------------------------------------------------------------------------------------------------------ */

/* `bytes` of uninitialised memory aligned to 64 bytes (2 MiB and huge pages from 1 MiB on); null when there is none or bytes < 0. */
void* dp_allocate(int64_t bytes);
/* Gives back what dp_allocate returned; null is legal. */
void dp_free(void* memory);

/* memcpy of `bytes`; in and out must not overlap. */
int dp_copy(int64_t bytes, const void* in, void* out);

/* ---- elementwise (formulas.h) ------------------------------------------------------------------------------------ */

enum dp_unary_op {
    DP_NEGATE = 0,   /* -x */
    DP_ABS = 1,      /* |x|; the gradient at 0 is 0 */
    DP_SQUARE = 2,   /* x^2 */
    DP_SQRT = 3,     /* sqrt(x), NaN below 0 */
    DP_EXP = 4,      /* e^x, at most 2 ulp */
    DP_LOG = 5,      /* natural logarithm, at most 2 ulp; -inf at 0, NaN below */
    DP_RELU = 6,     /* max(x, 0), NaN stays NaN; the gradient at 0 is 0 */
    DP_TANH = 7,     /* tanh(x), relative error at most 1e-6 */
    DP_GELU = 8      /* x * (1 + erf(x / sqrt 2)) / 2, the exact form; absolute error at most 5e-7 * max(1, |x|) */
};

/* y = f(x). In place is allowed. */
int dp_unary(int op, int64_t n, const float* x, float* y);

/* dx = dy * f'(x), where y = f(x) is the forward result (read where that is cheaper than x). dx may be dy. */
int dp_unary_backward(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx);

enum dp_binary_op { DP_ADD = 0, DP_SUBTRACT = 1, DP_MULTIPLY = 2, DP_DIVIDE = 3 };

/* y = a op b, element by element over equal shapes. In place (y = a or y = b) is allowed. */
int dp_binary(int op, int64_t n, const float* a, const float* b, float* y);

/* y = alpha * x + beta, as one fused multiply-add where the set has one. In place is allowed. */
int dp_scale(int64_t n, float alpha, float beta, const float* x, float* y);

/* y = alpha[0] * x, the factor read from memory (a scalar tensor, such as an upstream gradient). In place is allowed. */
int dp_scale_by(int64_t n, const float* alpha, const float* x, float* y);

/* y += x. */
int dp_accumulate(int64_t n, const float* x, float* y);

/* y = value. */
int dp_fill(int64_t n, float value, float* y);
/* y = alpha[0], the value read from memory. */
int dp_fill_from(int64_t n, const float* alpha, float* y);

/* ---- reductions -------------------------------------------------------------------------------------------------- */

enum dp_reduce_op { DP_SUM = 0, DP_SUM_ABS = 1, DP_SUM_SQUARES = 2 };

/* out[0] = reduction of x[n]. Lane sums over blocks of 4,096 elements in float, blocks added in double, one final rounding. */
int dp_reduce(int op, int64_t n, const float* x, float* out);

/* out[c] = sum over r of x[r, c], rows in ascending order. */
int dp_column_sums(int64_t rows, int64_t columns, const float* x, float* out);

/* ---- matrix product ---------------------------------------------------------------------------------------------- */

/* C[m, n] = op(A) op(B) + bias, or C += op(A) op(B) when accumulate is 1 (then bias must be null).
 * op(A) is A[m, k], or the transpose of A[k, m] when transpose_a is 1; op(B) is B[k, n], or the transpose of B[n, k].
 * bias[n] may be null. k = 0 gives the bias or 0. C aliases nothing. */
int dp_gemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
            const float* bias, int accumulate, float* c);

/* ---- rows --------------------------------------------------------------------------------------------------------- */

/* out[i] = source[index[i]] for `count` rows of `row_bytes` bytes each; every index in [0, source_rows). */
int dp_gather_rows(int64_t count, int64_t row_bytes, int64_t source_rows, const void* source, const int32_t* index,
                   void* out);

/* ---- random numbers ----------------------------------------------------------------------------------------------- */

/* Philox4x32-10 (Salmon et al. 2011). Key = (low, high) word of seed; counter = (low, high) word of the block number,
 * (low, high) word of stream. Word w of the stream is word w % 4 of block w / 4.
 * out[i] = word first + i of the stream. first >= 0. */
int dp_random_words(int64_t n, int64_t seed, int64_t stream, int64_t first, uint32_t* out);

/* y = x * fl(1 / keep) where the element is kept (the float nearest 1 / keep), else 0; y = x when rate is 0. rate in [0, 1). In place is allowed.
 * threshold = round(rate * 65536), at most 65535; keep = (65536 - threshold) / 65536. An element is kept when its 16
 * random bits are >= threshold. Element e of tile t (tiles of 128 elements): word q = e / 32 of Philox block
 * 16 t + (e % 32) / 2 of (seed, stream), its low half for even e, its high half for odd e.
 * A dropped element is 0 even where x is NaN or infinite. The backward pass is the same call on the gradient. */
int dp_dropout(int64_t n, float rate, int64_t seed, int64_t stream, const float* x, float* y);

/* ---- softmax and cross-entropy ------------------------------------------------------------------------------------ */

/* probabilities[r, :] = softmax(logits[r, :]), the row's maximum subtracted first. In place is allowed. */
int dp_softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities);

/* loss[0] = mean over rows of -log softmax(logits[r, :])[targets[r]]; 0 rows give NaN. The mean is taken in double. */
int dp_cross_entropy(int64_t rows, int64_t classes, const float* logits, const int32_t* targets, float* loss);

/* dlogits[r, c] = upstream[0] * (softmax(logits[r, :])[c] - [c == targets[r]]) / rows. dlogits may be logits. */
int dp_cross_entropy_backward(int64_t rows, int64_t classes, const float* logits, const int32_t* targets,
                              const float* upstream, float* dlogits);

/* ---- optimisers: one step over n parameters, in place -------------------------------------------------------------- */

/* Decoupled weight decay first: p -= learning_rate * weight_decay * p. Then, with g the gradient:
 * momentum 0: p -= learning_rate * g (velocity may be null).
 * else velocity = momentum * velocity + g; p -= learning_rate * (nesterov ? g + momentum * velocity : velocity). */
int dp_sgd(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, int nesterov,
           float weight_decay);

/* Kingma & Ba 2015, decay decoupled as in Loshchilov & Hutter 2019:
 * p -= learning_rate * weight_decay * p; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
 * p -= step_size * m / (sqrt(v) * inverse_correction + epsilon),
 * with step_size = learning_rate / (1 - beta1^t) and inverse_correction = 1 / sqrt(1 - beta2^t) given by the caller. */
int dp_adam(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
            float epsilon, float step_size, float inverse_correction, float weight_decay);

/* Tieleman & Hinton 2012, with decoupled decay first: s = alpha s + (1 - alpha) g^2; u = g / (sqrt(s) + epsilon);
 * momentum 0: p -= learning_rate * u (velocity may be null); else velocity = momentum * velocity + u;
 * p -= learning_rate * velocity. */
int dp_rmsprop(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
               float epsilon, float momentum, float weight_decay);

#ifdef __cplusplus
}
#endif
