/*
 * diapason.h: the one C ABI of Diapason's native layer, and the only source of its Java bindings.
 *
 * Contract of every function that returns `int`:
 *   - It returns DP_OK or another dp_status; it never throws, prints or aborts, and it allocates nothing (but the packing
 *     buffers of dp_gemm, which a thread gets once, at its first product, and what dp_program_create makes).
 *   - Arguments are checked first; when the status is not DP_OK no output has been written.
 *   - Sizes are in elements unless a name says bytes; a size of 0 is legal and does nothing (a reduction over nothing gives 0).
 *   - Matrices are dense, row-major. Pointers need the alignment of their element only; 64 bytes is fastest.
 *   - Outputs may alias inputs only where said ("in place is allowed": the very same pointer, never a partial overlap).
 *   - Denormals are flushed to zero inside the call and the caller's floating-point mode is restored before it returns.
 *   - NaN and infinity propagate as IEEE 754 says; nothing is compiled with -ffast-math. Copies and sign changes keep denormals.
 *   - For one instruction set the result is a function of the arguments alone: no thread count, address or history changes a bit.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bumped whenever a signature or a meaning changes. */
#define DP_ABI_VERSION 5

enum dp_status {
    DP_OK = 0,
    /* An argument is out of its range: a negative size, a null pointer with a positive size, an unknown code. */
    DP_INVALID_ARGUMENT = 1,
    /* An index (gather row, class of a target) is outside what it points into. */
    DP_INDEX_OUT_OF_RANGE = 2,
    /* This machine has no such instruction set. */
    DP_UNSUPPORTED = 3,
    /* There is no memory left. */
    DP_OUT_OF_MEMORY = 4,
    /* A number that must be finite is infinite or NaN. */
    DP_NOT_FINITE = 5,
    /* The caller's cancel word ended a run. */
    DP_CANCELLED = 6
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

/* ---- elements of any type and layout ------------------------------------------------------------------------------ */

/* DP_BOOL is one byte, 0 or 1. Indices that an operation makes or takes are DP_INT64. */
enum dp_dtype { DP_FLOAT32 = 0, DP_FLOAT64 = 1, DP_INT32 = 2, DP_INT64 = 3, DP_BOOL = 4 };

/*
 * Operands are two-dimensional views: element (i, j) of x lies at x[i * x_row_stride + j * x_column_stride]; strides are in
 * elements, 0 repeats (broadcasting), negative ones run backwards. Results are dense: y[i * columns + j], but where a function
 * takes strides of y. Callers loop over further dimensions. In place (y is the very pointer of an operand that is dense, too) is allowed.
 * A float32 result has the same bits for every layout of the same numbers.
 */

enum dp_unary_op {
    DP_NEGATE = 0,      /* -x */
    DP_ABS = 1,         /* |x|; the gradient at 0 is 0 */
    DP_SQUARE = 2,      /* x^2 */
    DP_SQRT = 3,        /* sqrt(x), NaN below 0 */
    DP_EXP = 4,         /* e^x, at most 2 ulp */
    DP_LOG = 5,         /* natural logarithm, at most 2 ulp; -inf at 0, NaN below */
    DP_RELU = 6,        /* 0 where x <= 0 (-0 as well), else x; the gradient is 0 there whatever dy is, else dy, as PyTorch's */
    DP_TANH = 7,        /* tanh(x), relative error at most 1e-6 */
    DP_GELU = 8,        /* x * (1 + erf(x / sqrt 2)) / 2, the exact form; absolute error at most 5e-7 * max(1, |x|) */
    DP_AFFINE = 9,      /* alpha * x + beta, as one fused multiply-add where the set has one */
    DP_SIGN = 10,       /* -1, 0 or 1; NaN stays NaN; the gradient is 0 */
    DP_RECIPROCAL = 11, /* 1 / x */
    DP_SIGMOID = 12,    /* 1 / (1 + e^-x), relative error at most 1e-6 where the result is normal */
    DP_SOFTPLUS = 13,   /* log(1 + e^x) = max(x, 0) + log1p(e^-|x|), relative error at most 1e-6 */
    DP_SILU = 14,       /* x * sigmoid(x) */
    DP_MISH = 15,       /* x * tanh(softplus(x)) */
    DP_ELU = 16,        /* x above 0, else alpha * (e^x - 1), error at most 2e-7 * max(|result|, |alpha x|) near 0 as well */
    DP_SELU = 17,       /* Klambauer et al. 2017, their two constants; as DP_ELU */
    DP_LEAKY_RELU = 18, /* x above 0, else alpha * x; the gradient at 0 is alpha */
    DP_ERF = 19,        /* the error function, absolute error at most 3e-7 */
    DP_CLAMP = 20,      /* min(max(x, alpha), beta), NaN stays NaN; the gradient is 1 inside and on the bounds */
    DP_POWER = 21,      /* x^alpha, at most 4 ulp for |alpha log x| <= 16; negative x only with whole alpha */
    DP_SIN = 22,        /* absolute error at most 2e-7 for |x| <= 1e4 */
    DP_COS = 23,        /* absolute error at most 2e-7 for |x| <= 1e4 */
    DP_LOG1P = 24,      /* log(1 + x), relative error at most 1e-6 */
    DP_EXPM1 = 25       /* e^x - 1, relative error at most 1e-6 */
};

/* y = f(x) for DP_FLOAT32 and DP_FLOAT64; alpha and beta belong to the operations that name them. DP_NEGATE, DP_ABS, DP_SQUARE,
 * DP_SIGN, DP_AFFINE (with whole alpha and beta) and DP_CLAMP also take DP_INT32 and DP_INT64 (overflow wraps). */
int dp_unary(int op, int dtype, double alpha, double beta, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride,
             int64_t x_column_stride, void* y);

/* dx = dy * f'(x) over n dense elements, where y = f(x) is the forward result (read where that is cheaper than x). dx may be x, y or dy.
 * DP_FLOAT32 and DP_FLOAT64. */
int dp_unary_backward(int op, int dtype, double alpha, double beta, int64_t n, const void* x, const void* y, const void* dy,
                      void* dx);

/* DP_POW is a^b (float types), DP_MAXIMUM and DP_MINIMUM give NaN where an operand is NaN. */
enum dp_binary_op { DP_ADD = 0, DP_SUBTRACT = 1, DP_MULTIPLY = 2, DP_DIVIDE = 3, DP_POW = 4, DP_MAXIMUM = 5, DP_MINIMUM = 6 };

/* y = a op b. Float types and integers (wrapping; division truncates, by 0 is DP_INVALID_ARGUMENT with nothing written). */
int dp_binary(int op, int dtype, int64_t rows, int64_t columns, const void* a, int64_t a_row_stride, int64_t a_column_stride,
              const void* b, int64_t b_row_stride, int64_t b_column_stride, void* y);

enum dp_compare_op { DP_EQUAL = 0, DP_NOT_EQUAL = 1, DP_LESS = 2, DP_LESS_EQUAL = 3, DP_GREATER = 4, DP_GREATER_EQUAL = 5 };

/* y = a op b as DP_BOOL, operands of one type, any. */
int dp_compare(int op, int dtype, int64_t rows, int64_t columns, const void* a, int64_t a_row_stride, int64_t a_column_stride,
               const void* b, int64_t b_row_stride, int64_t b_column_stride, uint8_t* y);

/* y = condition ? a : b, any type; the condition is DP_BOOL. */
int dp_select(int dtype, int64_t rows, int64_t columns, const uint8_t* condition, int64_t condition_row_stride,
              int64_t condition_column_stride, const void* a, int64_t a_row_stride, int64_t a_column_stride, const void* b,
              int64_t b_row_stride, int64_t b_column_stride, void* y);

/* y = x as another type (or the same: a copy made dense). Floats become integers towards 0, NaN becomes 0, too large ones the
 * nearest integer there is; anything but 0 becomes true. */
int dp_convert(int from, int to, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride, int64_t x_column_stride,
               void* y);

/* y = x, bit for bit, any type, into any place: element (i, j) of y lies at y[i * y_row_stride + j * y_column_stride]. y's strides may
 * be negative, but no two of its elements may share a place: a stride of 0 over more than one element is DP_INVALID_ARGUMENT. What lies
 * between y's elements keeps its value. x and y do not overlap. */
int dp_assign(int dtype, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride, int64_t x_column_stride, void* y,
              int64_t y_row_stride, int64_t y_column_stride);

/* y = value, converted as dp_convert does. */
int dp_fill(int dtype, int64_t n, double value, void* y);

/* ---- reductions ---------------------------------------------------------------------------------------------------- */

enum dp_reduce_op {
    DP_SUM = 0,
    DP_SUM_ABS = 1,
    DP_SUM_SQUARES = 2,
    DP_PRODUCT = 3,
    DP_MAX = 4,         /* NaN wins */
    DP_MIN = 5,         /* NaN wins */
    DP_LOG_SUM_EXP = 6  /* log sum e^x, the maximum subtracted first; float types */
};

/* y[o, i] = reduction over a of x[o, a, i]; x dense [outer, n, inner], y dense [outer, inner] of the same type. n = 0 gives 0, 0,
 * 0, 1, -inf (or the least integer), inf (or the greatest integer), -inf. Float sums with inner = 1: lane sums over blocks of 4,096
 * elements, blocks added in double, one final rounding; with inner > 1: rows added in ascending order. DP_BOOL takes DP_MAX (any) and
 * DP_MIN (all) alone; integer sums and products wrap. */
int dp_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, void* y);

/* y[o, i] = the first a at which x[o, a, i] is the maximum (DP_MAX) or minimum (DP_MIN); the first NaN wins. n >= 1. */
int dp_arg_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, int64_t* y);

/* ---- matrix product ------------------------------------------------------------------------------------------------ */

/* For each of `batch` matrices: C[m, n] = op(A) op(B) + bias, or C += op(A) op(B) when accumulate is 1 (then bias must be null).
 * DP_FLOAT32 and DP_FLOAT64. op(A) is A[m, k], or the transpose of A[k, m] when transpose_a is 1; op(B) is B[k, n], or the transpose
 * of B[n, k]. Matrix b of A begins at a + b * a_batch_stride elements (0 repeats one matrix), of B likewise; C is dense
 * [batch, m, n]. bias[n] may be null and is the same for all. k = 0 gives the bias or 0. C aliases nothing. */
int dp_gemm(int dtype, int64_t batch, int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const void* a,
            int64_t a_batch_stride, const void* b, int64_t b_batch_stride, const void* bias, int accumulate, void* c);

/* ---- picking and scattering ---------------------------------------------------------------------------------------- */

/* y[o, i, :] = x[o, index[i], :]; x dense [outer, n, inner], y dense [outer, count, inner], any type; every index in [0, n). */
int dp_gather(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x, void* y);

/* dx[o, index[i], :] += dy[o, i, :], in ascending i. Float types. dx dense [outer, n, inner] holds what is added to. */
int dp_scatter_add(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* dy,
                   void* dx);

/* y[o, a, i] = x[o, index[o, a, i], i]: an index for each result. x dense [outer, n, inner], index and y dense [outer, count, inner],
 * any type, bits kept; every index in [0, n). */
int dp_take_along(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x, void* y);

/* dx[o, index[o, a, i], i] += dy[o, a, i], in ascending a. Float types. index and dy dense [outer, count, inner]; dx dense
 * [outer, n, inner] holds what is added to. */
int dp_scatter_add_along(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* dy,
                         void* dx);

/* ---- random numbers ----------------------------------------------------------------------------------------------- */

/* Philox4x32-10 (Salmon et al. 2011). Key = (low, high) word of seed; counter = (low, high) word of the block number,
 * (low, high) word of stream. Word w of the stream is word w % 4 of block w / 4.
 * out[i] = word first + i of the stream. first >= 0. */
int dp_random_words(int64_t n, int64_t seed, int64_t stream, int64_t first, uint32_t* out);

/* A shuffled order of 0 ... n - 1 (Fisher and Yates): for i from 0 on, order[i] = order[j] and order[j] = i, where j = floor((i + 1) b / 2^64)
 * for the number b that words 2 i (low) and 2 i + 1 (high) of the stream make. 0 <= n < 2^31. */
int dp_permutation(int64_t n, int64_t seed, int64_t stream, int64_t* order);

/* y = x * fl(1 / keep) where the element is kept (the float nearest 1 / keep), else 0; y = x when rate is 0. rate in [0, 1). In place is allowed.
 * threshold = round(rate * 65536), at most 65535; keep = (65536 - threshold) / 65536. An element is kept when its 16
 * random bits are >= threshold. Element e of tile t (tiles of 128 elements): word q = e / 32 of Philox block
 * 16 t + (e % 32) / 2 of (seed, stream), its low half for even e, its high half for odd e.
 * A dropped element is 0 even where x is NaN or infinite. DP_FLOAT32 and DP_FLOAT64 (times 1 / keep in double), with one mask. The backward pass is the same call on the gradient. */
int dp_dropout(int dtype, int64_t n, float rate, int64_t seed, int64_t stream, const void* x, void* y);

/* dp_dropout for a training step: also writes which elements were kept, element e as bit e % 8 of kept[e / 8]; bits past the last element
 * are 0. kept has (n + 7) / 8 bytes. */
int dp_dropout_keep(int dtype, int64_t n, float rate, int64_t seed, int64_t stream, const void* x, void* y, uint8_t* kept);

/* y as dp_dropout of the same rate gives it, with the elements that `kept` says instead of a mask drawn again: its backward pass, at a
 * fraction of the cost. In place is allowed. */
int dp_dropout_kept(int dtype, int64_t n, float rate, const uint8_t* kept, const void* x, void* y);

/* y = dropout(f(x)) in one pass, with the bits of dp_unary and dp_dropout_keep one after the other. activated, when not null, receives
 * f(x), which some backward passes read (below). activated or y may be x; the two are never one array.
 * `kept` is for dp_activation_dropout_backward of the same op, n and rate alone: with DP_RELU a bit says kept and not x <= 0. */
int dp_activation_dropout(int op, int dtype, double alpha, double beta, int64_t n, float rate, int64_t seed, int64_t stream,
                          const void* x, void* activated, void* y, uint8_t* kept);

/* dx = f'(x) * dropout(dy) in one pass, with the bits of dp_dropout_kept and dp_unary_backward one after the other. dx may be dy.
 * activated is read with DP_SQRT, DP_EXP, DP_TANH, DP_RECIPROCAL, DP_SIGMOID and DP_EXPM1, neither of the two with DP_NEGATE, DP_RELU,
 * DP_AFFINE and DP_SIGN, and x with all others; what is not read may be null, or hold anything. */
int dp_activation_dropout_backward(int op, int dtype, double alpha, double beta, int64_t n, float rate, const uint8_t* kept,
                                   const void* x, const void* activated, const void* dy, void* dx);

/* ---- softmax and cross-entropy ------------------------------------------------------------------------------------ */

/* probabilities[r, :] = softmax(logits[r, :]), the row's maximum subtracted first. In place is allowed. DP_FLOAT32, DP_FLOAT64. */
int dp_softmax(int dtype, int64_t rows, int64_t classes, const void* logits, void* probabilities);

/* Targets are int64 classes; one of `ignored` (a class code such as -100) does not count, any other must be in [0, classes).
 * With s = smoothing in [0, 1), w = class weights (null: all 1) and p = softmax(logits[r, :]), a row of target t costs
 * -(1 - s) w[t] log p[t] - (s / classes) sum_c w[c] log p[c].
 * loss[0] = sum of costs / sum of w[t] over the rows that count (PyTorch's mean reduction); no such row gives NaN. Summed in double.
 * DP_FLOAT32 and DP_FLOAT64; weights have the logits' type. */
int dp_cross_entropy(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets, const void* weights,
                     int64_t ignored, double smoothing, void* loss);

/* dlogits = upstream[0] * d loss / d logits, 0 in rows that do not count (and everywhere when none does). dlogits may be logits. */
int dp_cross_entropy_backward(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets,
                              const void* weights, int64_t ignored, double smoothing, const void* upstream, void* dlogits);

/* Both at once, with the same bits: the loss as dp_cross_entropy, dlogits as dp_cross_entropy_backward. dlogits may be
 * logits. */
int dp_cross_entropy_with_gradient(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets,
                                   const void* weights, int64_t ignored, double smoothing, const void* upstream, void* loss,
                                   void* dlogits);

/* ---- gradients: what is asked of them before a step; DP_FLOAT32 and DP_FLOAT64 -------------------------------------------- */

/* DP_NOT_FINITE when an element is infinite or NaN, else DP_OK. */
int dp_check_finite(int dtype, int64_t n, const void* x);

/* sum[0] += the sum of x^2, as dp_reduce gives it for x's type; where float32 would overflow, of x as float64. */
int dp_add_squares(int dtype, int64_t n, const void* x, double* sum);

/* With r = limit / (sqrt(squares[0]) + 1e-6): x *= r where r < 1 or NaN, as DP_AFFINE does it; else nothing. After dp_add_squares over
 * all gradients this limits their joint norm (Pascanu et al. 2013; PyTorch's clip_grad_norm_). */
int dp_scale_to_norm(int dtype, int64_t n, double limit, const double* squares, void* x);

/* ---- optimisers: one step over n parameters, in place; DP_FLOAT32 and DP_FLOAT64 ------------------------------------- */

/* Decoupled weight decay first in all of them: p -= learning_rate * weight_decay * p. For DP_FLOAT32 the factors 1 - dampening,
 * 1 - beta1, 1 - beta2 and 1 - alpha are computed in double and rounded once, as every factor is. */

/* With g the gradient: momentum 0: p -= learning_rate * g (velocity may be null);
 * else velocity = momentum * velocity + (1 - dampening) * g; p -= learning_rate * (nesterov ? g + momentum * velocity : velocity).
 * At the first step of a parameter the caller passes dampening 0, so that velocity = g (Sutskever et al. 2013; PyTorch's SGD). */
int dp_sgd(int dtype, int64_t n, void* p, const void* g, void* velocity, double learning_rate, double momentum, double dampening,
           int nesterov, double weight_decay);

/* Kingma & Ba 2015, decay decoupled as in Loshchilov & Hutter 2019: m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
 * p -= step_size * m / (sqrt(v) * inverse_correction + epsilon), with step_size = learning_rate / (1 - beta1^t) and
 * inverse_correction = 1 / sqrt(1 - beta2^t) given by the caller. When largest_v is not null (AMSGrad, Reddi et al. 2018)
 * largest_v = max(largest_v, v) takes the place of v in the last formula.
 * When gradient_step is not 0, then p -= gradient_step * g / (the same divisor). With it two relatives are other factors of step t:
 *   NAdam (Dozat 2016): with mu_i the momentum of step i (beta1 (1 - 0.96^(0.004 i) / 2)) and P_t = mu_1 ... mu_t:
 *     step_size = learning_rate * mu_(t+1) / (1 - P_(t+1)), gradient_step = learning_rate * (1 - mu_t) / (1 - P_t), and
 *     inverse_correction as above.
 *   RAdam (Liu et al. 2020): with R = 2 / (1 - beta2) - 1 and r = R - 2 t beta2^t / (1 - beta2^t), gradient_step is 0; and
 *     rectified, when r > 5: step_size = learning_rate * sqrt((r - 4) (r - 2) R / ((R - 4) (R - 2) r)) * sqrt(1 - beta2^t) / (1 - beta1^t)
 *     and inverse_correction = 1, so that epsilon stands beside sqrt(v) itself;
 *     else step_size = learning_rate / (1 - beta1^t), inverse_correction = 0 and epsilon = 1: the divisor is 1 exactly for every finite
 *     v, so that p -= step_size * m without a further rounding. */
int dp_adam(int dtype, int64_t n, void* p, const void* g, void* m, void* v, void* largest_v, double learning_rate, double beta1,
            double beta2, double epsilon, double step_size, double gradient_step, double inverse_correction, double weight_decay);

/* Tieleman & Hinton 2012: s = alpha s + (1 - alpha) g^2; when mean is not null (centred, Graves 2013) mean = alpha mean + (1 - alpha) g
 * and r = max(s - mean^2, 0), else r = s; u = g / (sqrt(r) + epsilon); momentum 0: p -= learning_rate * u (velocity may be null); else
 * velocity = momentum * velocity + u; p -= learning_rate * velocity. */
int dp_rmsprop(int dtype, int64_t n, void* p, const void* g, void* s, void* mean, void* velocity, double learning_rate, double alpha,
               double epsilon, double momentum, double weight_decay);

/* Duchi, Hazan, Singer 2011: s = s + g^2; p -= learning_rate * g / (sqrt(s) + epsilon); the caller decays the learning rate. */
int dp_adagrad(int dtype, int64_t n, void* p, const void* g, void* s, double learning_rate, double epsilon, double weight_decay);

/* ---- programs: a list of calls, checked once, replayed for many steps in one call -------------------------------------------- */

/*
 * A program's code is a list of instructions: [opcode, number of its argument words, argument words ...], each word an int64. An
 * instruction is a call of the dp_ function of its name, with bits to match, and its arguments are that function's parameters in
 * their order:
 *   - a code, flag, size, stride or `ignored` is one word;
 *   - a double, a float, a seed or a stream is two words (kind, value): kind 0, the value is the integer or the bits of the double
 *     (for a float too); kind 1, such a value is read at each step from this column of the step's row of the table;
 *   - a pointer is three words (buffer, byte offset, bytes a step): at step s it is the address memory[buffer] + byte offset + s * bytes a step.
 *     Buffer -1 is null, where the function allows it (the offsets are then ignored).
 * An output may be in the memory of an input only where the function allows it in place: the same place and stride a step, both
 * dense, of one type. Outputs never overlap each other; dp_assign's output is a view whose rows or columns do not interleave.
 */
enum dp_opcode {
    DP_OP_COPY = 0,
    DP_OP_FILL = 1,
    DP_OP_ASSIGN = 2,
    DP_OP_CONVERT = 3,
    DP_OP_UNARY = 4,
    DP_OP_UNARY_BACKWARD = 5,
    DP_OP_BINARY = 6,
    DP_OP_COMPARE = 7,
    DP_OP_SELECT = 8,
    DP_OP_REDUCE = 9,
    DP_OP_ARG_REDUCE = 10,
    DP_OP_GEMM = 11,
    DP_OP_GATHER = 12,
    DP_OP_SCATTER_ADD = 13,
    DP_OP_TAKE_ALONG = 14,
    DP_OP_SCATTER_ADD_ALONG = 15,
    DP_OP_DROPOUT = 16,
    DP_OP_DROPOUT_KEEP = 17,
    DP_OP_DROPOUT_KEPT = 18,
    DP_OP_SOFTMAX = 19,
    DP_OP_CROSS_ENTROPY = 20,
    DP_OP_CROSS_ENTROPY_BACKWARD = 21,
    DP_OP_CROSS_ENTROPY_WITH_GRADIENT = 22,
    DP_OP_CHECK_FINITE = 23,
    DP_OP_ADD_SQUARES = 24,
    DP_OP_SCALE_TO_NORM = 25,
    DP_OP_SGD = 26,
    DP_OP_ADAM = 27,
    DP_OP_RMSPROP = 28,
    DP_OP_ADAGRAD = 29,
    DP_OP_ACTIVATION_DROPOUT = 30,
    DP_OP_ACTIVATION_DROPOUT_BACKWARD = 31
};

/*
 * Makes a program of `words` words of code over `buffers` buffers of buffer_bytes[b] bytes, for steps 0 ... steps - 1 and a table
 * of `columns` columns. Checked: opcodes, codes and types; the number of arguments; columns; that every operand is inside its buffer
 * and aligned to its type at every step; outputs against everything else of their instruction. Code and sizes are copied.
 * Returns the program, for dp_programs_run by any number of threads at once and for dp_program_destroy, and *status (may be null) DP_OK;
 * or null, and *status DP_OUT_OF_MEMORY, or DP_INVALID_ARGUMENT with *position (may be null) the word at which the wrong instruction
 * begins, or -1 when something else is wrong.
 */
void* dp_program_create(int64_t buffers, const int64_t* buffer_bytes, int64_t words, const int64_t* code, int64_t columns, int64_t steps,
                        int* status, int64_t* position);
/* Frees a program that no thread runs; null is legal. */
void dp_program_destroy(void* program);

/*
 * One program's share of a run: steps first ... first + steps - 1, over memory[b], the address of buffer b, a multiple of 8 (0 only
 * when it has no bytes); buffers do not overlap. Row i of the table [steps, columns] is that of step first + i.
 */
struct dp_program_part {
    const void* program;
    const int64_t* memory;
    int64_t first, steps;
    const int64_t* table;
    /* Set by the run: steps completed. */
    int64_t done;
};

/*
 * Runs programs one after another, each instruction of each step in order, without locks or allocations: an epoch is its full
 * batches, a smaller last one, and a validation pass. Every part is checked before the first step. `cancel`, when not null, is
 * read before each step: a number other than 0 ends the run (DP_CANCELLED), and another thread may write it.
 * The run ends at the first instruction whose function does not return DP_OK, with that status: DP_INDEX_OUT_OF_RANGE,
 * DP_NOT_FINITE, or DP_INVALID_ARGUMENT for what depends on data (a rate of the table, an integer divided by 0). It was in the first
 * part with fewer steps done than wanted, and *position (may be null) is the word of its program at which the instruction begins, or
 * -1. What was computed before stays: instructions before it in the same step have run, it has written nothing, and those after it
 * have not run.
 */
int dp_programs_run(int64_t parts, struct dp_program_part* part, const int32_t* cancel, int64_t* position);

#ifdef __cplusplus
}
#endif
