/* dispatch.cpp: the functions of diapason.h over float arrays: check the arguments, flush denormals, call the kernel. */
#include <stddef.h>
#include <stdint.h>

#include "diapason.h"
#include "floating_point_mode.h"
#include "isa.h"

namespace {

using diapason::current_kernels;
using diapason::FlushDenormals;

/* Whether every pointer holds something when there is something to hold. */
template <class... Pointers>
bool given(int64_t n, Pointers... pointers) {
    return n >= 0 && (n == 0 || (... && (pointers != nullptr)));
}

/* rows * columns in `size`; false when either is negative or the product is no int64. */
bool area(int64_t rows, int64_t columns, int64_t& size) {
    return rows >= 0 && columns >= 0 && !__builtin_mul_overflow(rows, columns, &size);
}

bool in_range(int code, int first, int last) {
    return first <= code && code <= last;
}

bool is_flag(int value) {
    return value == 0 || value == 1;
}

}  // namespace

extern "C" {

int dp_abi_version(void) {
    return DP_ABI_VERSION;
}

/* ---- elementwise ---- */

int dp_unary(int op, int64_t n, const float* x, float* y) {
    if (!in_range(op, DP_NEGATE, DP_GELU) || !given(n, x, y)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().unary(op, n, x, y);
    return DP_OK;
}

int dp_unary_backward(int op, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    if (!in_range(op, DP_NEGATE, DP_GELU) || !given(n, x, y, dy, dx)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().unary_backward(op, n, x, y, dy, dx);
    return DP_OK;
}

int dp_binary(int op, int64_t n, const float* a, const float* b, float* y) {
    if (!in_range(op, DP_ADD, DP_DIVIDE) || !given(n, a, b, y)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().binary(op, n, a, b, y);
    return DP_OK;
}

int dp_scale(int64_t n, float alpha, float beta, const float* x, float* y) {
    if (!given(n, x, y)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().scale(n, alpha, beta, x, y);
    return DP_OK;
}

int dp_scale_by(int64_t n, const float* alpha, const float* x, float* y) {
    if (!given(n, alpha, x, y)) return DP_INVALID_ARGUMENT;
    if (n == 0) return DP_OK;
    const FlushDenormals mode;
    current_kernels().scale_by(n, alpha[0], x, y);
    return DP_OK;
}

int dp_accumulate(int64_t n, const float* x, float* y) {
    if (!given(n, x, y)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().accumulate(n, x, y);
    return DP_OK;
}

int dp_fill(int64_t n, float value, float* y) {
    if (!given(n, y)) return DP_INVALID_ARGUMENT;
    current_kernels().fill(n, value, y);
    return DP_OK;
}

int dp_fill_from(int64_t n, const float* alpha, float* y) {
    if (!given(n, alpha, y)) return DP_INVALID_ARGUMENT;
    if (n > 0) current_kernels().fill(n, alpha[0], y);
    return DP_OK;
}

/* ---- reductions ---- */

int dp_reduce(int op, int64_t n, const float* x, float* out) {
    if (!in_range(op, DP_SUM, DP_SUM_SQUARES) || !given(n, x) || out == nullptr) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    out[0] = current_kernels().reduce(op, n, x);
    return DP_OK;
}

int dp_column_sums(int64_t rows, int64_t columns, const float* x, float* out) {
    int64_t size = 0;
    if (!area(rows, columns, size) || !given(size, x) || !given(columns, out)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().column_sums(rows, columns, x, out);
    return DP_OK;
}

/* ---- matrix product ---- */

int dp_gemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
            const float* bias, int accumulate, float* c) {
    int64_t size_a = 0, size_b = 0, size_c = 0;
    if (!is_flag(transpose_a) || !is_flag(transpose_b) || !is_flag(accumulate) || (accumulate == 1 && bias != nullptr) ||
        !area(m, k, size_a) || !area(k, n, size_b) || !area(m, n, size_c)) {
        return DP_INVALID_ARGUMENT;
    }
    /* Without an element of C nothing is read. */
    if (size_c == 0) return DP_OK;
    if (!given(size_a, a) || !given(size_b, b) || c == nullptr) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().gemm(transpose_a == 1, transpose_b == 1, m, n, k, a, b, bias, accumulate == 1, c);
    return DP_OK;
}

/* ---- rows ---- */

int dp_gather_rows(int64_t count, int64_t row_bytes, int64_t source_rows, const void* source, const int32_t* index,
                   void* out) {
    int64_t size = 0, source_size = 0;
    if (!area(count, row_bytes, size) || !area(source_rows, row_bytes, source_size) || !given(count, index) ||
        !given(size, out) || !given(source_size, source)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!current_kernels().indices_within(count, source_rows, index)) return DP_INDEX_OUT_OF_RANGE;
    if (size > 0) {
        current_kernels().gather_rows(count, row_bytes, static_cast<const char*>(source), index, static_cast<char*>(out));
    }
    return DP_OK;
}

/* ---- random numbers ---- */

int dp_random_words(int64_t n, int64_t seed, int64_t stream, int64_t first, uint32_t* out) {
    if (!given(n, out) || first < 0) return DP_INVALID_ARGUMENT;
    current_kernels().random_words(n, (uint64_t)seed, (uint64_t)stream, (uint64_t)first / 4, (int)(first % 4), out);
    return DP_OK;
}

int dp_dropout(int64_t n, float rate, int64_t seed, int64_t stream, const float* x, float* y) {
    if (!given(n, x, y) || !(rate >= 0.0f && rate < 1.0f)) return DP_INVALID_ARGUMENT;
    const uint32_t rounded = (uint32_t)((double)rate * 65536.0 + 0.5);
    const uint32_t threshold = rounded > 65535 ? 65535 : rounded;
    if (threshold == 0) {
        if (n > 0 && x != y) __builtin_memcpy(y, x, (size_t)n * sizeof(float));
        return DP_OK;
    }
    const float scale = 65536.0f / (float)(65536 - threshold);
    const FlushDenormals mode;
    current_kernels().dropout(n, threshold, scale, (uint64_t)seed, (uint64_t)stream, x, y);
    return DP_OK;
}

/* ---- softmax and cross-entropy ---- */

int dp_softmax(int64_t rows, int64_t classes, const float* logits, float* probabilities) {
    int64_t size = 0;
    if (!area(rows, classes, size) || !given(size, logits, probabilities)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    const FlushDenormals mode;
    current_kernels().softmax(rows, classes, logits, probabilities);
    return DP_OK;
}

int dp_cross_entropy(int64_t rows, int64_t classes, const float* logits, const int32_t* targets, float* loss) {
    int64_t size = 0;
    if (!area(rows, classes, size) || !given(size, logits) || !given(rows, targets) || loss == nullptr) {
        return DP_INVALID_ARGUMENT;
    }
    if (!current_kernels().indices_within(rows, classes, targets)) return DP_INDEX_OUT_OF_RANGE;
    if (rows == 0) {
        loss[0] = __builtin_nanf("");
        return DP_OK;
    }
    const FlushDenormals mode;
    loss[0] = (float)(current_kernels().cross_entropy(rows, classes, logits, targets) / (double)rows);
    return DP_OK;
}

int dp_cross_entropy_backward(int64_t rows, int64_t classes, const float* logits, const int32_t* targets,
                              const float* upstream, float* dlogits) {
    int64_t size = 0;
    if (!area(rows, classes, size) || !given(size, logits, dlogits) || !given(rows, targets, upstream)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!current_kernels().indices_within(rows, classes, targets)) return DP_INDEX_OUT_OF_RANGE;
    if (rows == 0) return DP_OK;
    const FlushDenormals mode;
    current_kernels().cross_entropy_backward(rows, classes, logits, targets, upstream[0] / (float)rows, dlogits);
    return DP_OK;
}

/* ---- optimisers ---- */

int dp_sgd(int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum, int nesterov,
           float weight_decay) {
    const bool plain = momentum == 0.0f;
    if (!given(n, p, g) || !is_flag(nesterov) || (!plain && !given(n, velocity))) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().sgd(n, p, g, plain ? nullptr : velocity, learning_rate, momentum, nesterov == 1, weight_decay);
    return DP_OK;
}

int dp_adam(int64_t n, float* p, const float* g, float* m, float* v, float learning_rate, float beta1, float beta2,
            float epsilon, float step_size, float inverse_correction, float weight_decay) {
    if (!given(n, p, g, m, v)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().adam(n, p, g, m, v, learning_rate, beta1, beta2, epsilon, step_size, inverse_correction,
                           weight_decay);
    return DP_OK;
}

int dp_rmsprop(int64_t n, float* p, const float* g, float* s, float* velocity, float learning_rate, float alpha,
               float epsilon, float momentum, float weight_decay) {
    const bool plain = momentum == 0.0f;
    if (!given(n, p, g, s) || (!plain && !given(n, velocity))) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    current_kernels().rmsprop(n, p, g, s, plain ? nullptr : velocity, learning_rate, alpha, epsilon, momentum, weight_decay);
    return DP_OK;
}

}  // extern "C"
