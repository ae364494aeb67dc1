/*
 * dispatch_dropout.cpp: random numbers and dropout, alone and joined to an activation: check the arguments, flush denormals, call the
 * kernels.
 */
#include <stddef.h>

#include "checks.h"
#include "diapason.h"
#include "dtype.h"
#include "floating_point_mode.h"
#include "generic.h"
#include "isa.h"

using namespace diapason;

namespace {

constexpr int64_t kTile = 128;
/* Elements that two passes share while they are in the innermost cache. */
constexpr int64_t kBlock = 16 * kTile;

bool is_rate(float rate) {
    return rate >= 0.0f && rate < 1.0f;
}

/* In float32, where `scale` is the float nearest 1 / keep. */
Draw draw_of(float rate, int64_t seed, int64_t stream) {
    const uint32_t rounded = (uint32_t)((double)rate * 65536.0 + 0.5);
    const uint32_t threshold = rounded > 65535 ? 65535 : rounded;
    return {threshold, 65536.0f / (float)(65536 - threshold), (uint64_t)seed, (uint64_t)stream, 0};
}

double scale_in_double(const Draw& draw) {
    return 65536.0 / (double)(65536 - draw.threshold);
}

Draw from_element(const Draw& draw, int64_t first) {
    Draw later = draw;
    later.tile = draw.tile + first / kTile;
    return later;
}

bool is_kept(const uint8_t* kept, int64_t e) {
    return (kept[e / 8] >> (e % 8) & 1) != 0;
}

/* ---- dropout of each type, for a threshold that is not 0; kept may be null ---- */

void drop(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept) {
    if (kept == nullptr) return current_kernels().dropout(n, draw, x, y);
    current_kernels().dropout_keep(n, draw, x, y, kept);
}

/* The mask of diapason.h, from the words of each tile. */
void drop(int64_t n, const Draw& draw, const double* x, double* y, uint8_t* kept) {
    if (kept != nullptr) __builtin_memset(kept, 0, (size_t)((n + 7) / 8));
    const double scale = scale_in_double(draw);
    for (int64_t first = 0; first < n; first += kTile) {
        uint32_t words[kTile / 2];
        const uint64_t block = (uint64_t)(draw.tile + first / kTile) * 16;
        current_kernels().random_words(kTile / 2, draw.seed, draw.stream, block, 0, words);
        const int64_t count = n - first < kTile ? n - first : kTile;
        for (int64_t e = 0; e < count; e++) {
            const uint32_t word = words[4 * (e % 32 / 2) + e / 32];
            const uint32_t random = e % 2 == 0 ? word & 0xffff : word >> 16;
            const bool keep = random >= draw.threshold;
            y[first + e] = keep ? x[first + e] * scale : 0.0;
            if (kept != nullptr) kept[(first + e) / 8] |= (uint8_t)(keep << (e % 8));
        }
    }
}

void apply_kept(int64_t n, const Draw& draw, const uint8_t* kept, const float* x, float* y) {
    current_kernels().dropout_kept(n, draw.scale, kept, x, y);
}

/* A scale of 1 changes no bit, even of a denormal. */
void apply_kept(int64_t n, const Draw& draw, const uint8_t* kept, const double* x, double* y) {
    const double scale = scale_in_double(draw);
    for (int64_t e = 0; e < n; e++) y[e] = !is_kept(kept, e) ? 0.0 : draw.threshold == 0 ? x[e] : x[e] * scale;
}

/* ---- and for any threshold ---- */

template <class T>
void drop_or_copy(int64_t n, const Draw& draw, const T* x, T* y, uint8_t* kept) {
    if (draw.threshold != 0) return drop(n, draw, x, y, kept);
    if (n > 0 && x != y) __builtin_memcpy(y, x, (size_t)n * sizeof(T));
    if (kept == nullptr) return;
    __builtin_memset(kept, 0xff, (size_t)(n / 8));
    if (n % 8 != 0) kept[n / 8] = (uint8_t)((1 << (n % 8)) - 1);
}

void drop_or_copy(int dtype, int64_t n, const Draw& draw, const void* x, void* y, uint8_t* kept) {
    if (dtype == DP_FLOAT32) return drop_or_copy(n, draw, static_cast<const float*>(x), static_cast<float*>(y), kept);
    drop_or_copy(n, draw, static_cast<const double*>(x), static_cast<double*>(y), kept);
}

/* ---- joined to an activation ---- */

struct Activation {
    int op;
    double alpha, beta;
};

void activate(const Activation& f, int64_t n, const float* x, float* y) {
    current_kernels().unary(f.op, (float)f.alpha, (float)f.beta, n, x, y);
}
void activate(const Activation& f, int64_t n, const double* x, double* y) {
    generic::unary(f.op, f.alpha, f.beta, 1, n, {x, n, 1}, y);
}

void activate_backward(const Activation& f, int64_t n, const float* x, const float* y, const float* dy, float* dx) {
    current_kernels().unary_backward(f.op, (float)f.alpha, (float)f.beta, n, x, y, dy, dx);
}
void activate_backward(const Activation& f, int64_t n, const double* x, const double* y, const double* dy, double* dx) {
    generic::unary_backward(f.op, f.alpha, f.beta, n, x, y, dy, dx);
}

void relu_and_drop(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept) {
    current_kernels().relu_dropout_keep(n, draw, x, y, kept);
}
/* What was kept and is not <= 0 is now not <= 0. */
void relu_and_drop(int64_t n, const Draw& draw, const double* x, double* y, uint8_t* kept) {
    generic::unary(DP_RELU, 0.0, 0.0, 1, n, {x, n, 1}, y);
    drop_or_copy(n, draw, y, y, kept);
    for (int64_t e = 0; e < n; e++) {
        if (y[e] <= 0.0) kept[e / 8] &= (uint8_t)~(1 << (e % 8));
    }
}

template <class T>
void activate_and_drop(const Activation& f, int64_t n, const Draw& draw, const T* x, T* activated, T* y, uint8_t* kept) {
    if (f.op == DP_RELU && activated == nullptr) return relu_and_drop(n, draw, x, y, kept);
    for (int64_t first = 0; first < n; first += kBlock) {
        const int64_t count = n - first < kBlock ? n - first : kBlock;
        T* values = (activated == nullptr ? y : activated) + first;
        activate(f, count, x + first, values);
        /* The ReLU of a ReLU is the same, and so are its bits. */
        if (f.op == DP_RELU) {
            relu_and_drop(count, from_element(draw, first), values, y + first, kept + first / 8);
        } else {
            drop_or_copy(count, from_element(draw, first), values, y + first, kept + first / 8);
        }
    }
}

template <class T>
void activate_and_drop_backward(const Activation& f, int64_t n, const Draw& draw, const uint8_t* kept, const T* x, const T* activated,
                                const T* dy, T* dx) {
    if (f.op == DP_RELU) return apply_kept(n, draw, kept, dy, dx);
    for (int64_t first = 0; first < n; first += kBlock) {
        const int64_t count = n - first < kBlock ? n - first : kBlock;
        T* gradient = dx + first;
        apply_kept(count, draw, kept + first / 8, dy + first, gradient);
        /* What is null is not read. */
        activate_backward(f, count, x == nullptr ? gradient : x + first, activated == nullptr ? gradient : activated + first, gradient,
                          gradient);
    }
}

}  // namespace

extern "C" {

int dp_random_words(int64_t n, int64_t seed, int64_t stream, int64_t first, uint32_t* out) {
    if (!given(n, out) || first < 0) return DP_INVALID_ARGUMENT;
    current_kernels().random_words(n, (uint64_t)seed, (uint64_t)stream, (uint64_t)first / 4, (int)(first % 4), out);
    return DP_OK;
}

int dp_dropout(int dtype, int64_t n, float rate, int64_t seed, int64_t stream, const void* x, void* y) {
    if (!is_float(dtype) || !given(n, x, y) || !is_rate(rate)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    drop_or_copy(dtype, n, draw_of(rate, seed, stream), x, y, nullptr);
    return DP_OK;
}

int dp_dropout_keep(int dtype, int64_t n, float rate, int64_t seed, int64_t stream, const void* x, void* y, uint8_t* kept) {
    if (!is_float(dtype) || !given(n, x, y, kept) || !is_rate(rate)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    if (n > 0) drop_or_copy(dtype, n, draw_of(rate, seed, stream), x, y, kept);
    return DP_OK;
}

int dp_dropout_kept(int dtype, int64_t n, float rate, const uint8_t* kept, const void* x, void* y) {
    if (!is_float(dtype) || !given(n, kept, x, y) || !is_rate(rate)) return DP_INVALID_ARGUMENT;
    const Draw draw = draw_of(rate, 0, 0);
    const FlushDenormals mode;
    if (draw.threshold == 0) {
        drop_or_copy(dtype, n, draw, x, y, nullptr);
    } else if (dtype == DP_FLOAT32) {
        apply_kept(n, draw, kept, static_cast<const float*>(x), static_cast<float*>(y));
    } else {
        apply_kept(n, draw, kept, static_cast<const double*>(x), static_cast<double*>(y));
    }
    return DP_OK;
}

int dp_activation_dropout(int op, int dtype, double alpha, double beta, int64_t n, float rate, int64_t seed, int64_t stream,
                          const void* x, void* activated, void* y, uint8_t* kept) {
    if (!is_unary(op) || !is_float(dtype) || !given(n, x, y, kept) || !is_rate(rate)) return DP_INVALID_ARGUMENT;
    if (n == 0) return DP_OK;
    const Activation f = {op, alpha, beta};
    const Draw draw = draw_of(rate, seed, stream);
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        activate_and_drop(f, n, draw, static_cast<const float*>(x), static_cast<float*>(activated), static_cast<float*>(y), kept);
    } else {
        activate_and_drop(f, n, draw, static_cast<const double*>(x), static_cast<double*>(activated), static_cast<double*>(y), kept);
    }
    return DP_OK;
}

int dp_activation_dropout_backward(int op, int dtype, double alpha, double beta, int64_t n, float rate, const uint8_t* kept,
                                   const void* x, const void* activated, const void* dy, void* dx) {
    if (!is_unary(op) || !is_float(dtype) || !given(n, kept, dy, dx) || !is_rate(rate) || (gradient_reads_argument(op) && !given(n, x)) ||
        (gradient_reads_value(op) && !given(n, activated))) {
        return DP_INVALID_ARGUMENT;
    }
    const Activation f = {op, alpha, beta};
    const Draw draw = draw_of(rate, 0, 0);
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        activate_and_drop_backward(f, n, draw, kept, static_cast<const float*>(x), static_cast<const float*>(activated),
                                   static_cast<const float*>(dy), static_cast<float*>(dx));
    } else {
        activate_and_drop_backward(f, n, draw, kept, static_cast<const double*>(x), static_cast<const double*>(activated),
                                   static_cast<const double*>(dy), static_cast<double*>(dx));
    }
    return DP_OK;
}

}  // extern "C"
