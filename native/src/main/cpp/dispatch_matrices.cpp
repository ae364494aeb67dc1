/* dispatch_matrices.cpp: reductions, products, picking and scattering: check the arguments, flush denormals, call the kernel. */
#include "checks.h"
#include "diapason.h"
#include "dtype.h"
#include "floating_point_mode.h"
#include "generic.h"
#include "isa.h"

using namespace diapason;

namespace {

template <class T, class Gemm>
void each_product(int64_t batch, int64_t c_size, const void* a, int64_t a_stride, const void* b, int64_t b_stride, void* c,
                  const Gemm& gemm) {
    for (int64_t i = 0; i < batch; i++) {
        gemm(static_cast<const T*>(a) + i * a_stride, static_cast<const T*>(b) + i * b_stride, static_cast<T*>(c) + i * c_size);
    }
}

}  // namespace

extern "C" {

int dp_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, void* y) {
    int64_t size = 0, results = 0;
    if (!can_reduce(op, dtype) || !volume(outer, n, inner, size) || !area(outer, inner, results) || !given(size, x) ||
        !given(results, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (results == 0) return DP_OK;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().reduce(op, outer, n, inner, static_cast<const float*>(x), static_cast<float*>(y));
    } else {
        generic::reduce(op, dtype, outer, n, inner, x, y);
    }
    return DP_OK;
}

int dp_arg_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, int64_t* y) {
    int64_t size = 0;
    if (!can_arg_reduce(op, dtype) || n < 1 || !volume(outer, n, inner, size) || !given(size, x, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (size == 0) return DP_OK;
    const FlushDenormals mode;
    generic::arg_reduce(op, dtype, outer, n, inner, x, y);
    return DP_OK;
}

int dp_gemm(int dtype, int64_t batch, int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const void* a,
            int64_t a_batch_stride, const void* b, int64_t b_batch_stride, const void* bias, int accumulate, void* c) {
    int64_t size_a = 0, size_b = 0, size_c = 0, results = 0;
    if (!is_float(dtype) || !is_flag(transpose_a) || !is_flag(transpose_b) || !is_flag(accumulate) ||
        (accumulate == 1 && bias != nullptr) || !area(m, k, size_a) || !area(k, n, size_b) || !area(m, n, size_c) ||
        !area(batch, size_c, results)) {
        return DP_INVALID_ARGUMENT;
    }
    /* Without an element of C nothing is read. */
    if (results == 0) return DP_OK;
    if (!given(size_a, a) || !given(size_b, b) || c == nullptr) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        const KernelTable& kernels = current_kernels();
        each_product<float>(batch, size_c, a, a_batch_stride, b, b_batch_stride, c, [&](const float* left, const float* right, float* out) {
            kernels.gemm(transpose_a == 1, transpose_b == 1, m, n, k, left, right, static_cast<const float*>(bias), accumulate == 1, out);
        });
    } else {
        each_product<double>(batch, size_c, a, a_batch_stride, b, b_batch_stride, c, [&](const double* left, const double* right, double* out) {
            generic::gemm(transpose_a == 1, transpose_b == 1, m, n, k, left, right, static_cast<const double*>(bias), accumulate == 1, out);
        });
    }
    return DP_OK;
}

int dp_gather(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x, void* y) {
    int64_t source = 0, results = 0;
    if (!is_known(dtype) || !volume(outer, n, inner, source) || !volume(outer, count, inner, results) || !given(count, index) ||
        !given(source, x) || !given(results, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!generic::indices_within(count, n, index)) return DP_INDEX_OUT_OF_RANGE;
    if (results == 0) return DP_OK;
    const int64_t row_bytes = inner * bytes_of(dtype);
    const char* from = static_cast<const char*>(x);
    char* to = static_cast<char*>(y);
    for (int64_t o = 0; o < outer; o++) {
        current_kernels().gather_rows(count, row_bytes, from + o * n * row_bytes, index, to + o * count * row_bytes);
    }
    return DP_OK;
}

int dp_scatter_add(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* dy,
                   void* dx) {
    int64_t size = 0, added = 0;
    if (!is_float(dtype) || !volume(outer, n, inner, size) || !volume(outer, count, inner, added) || !given(count, index) ||
        !given(added, dy) || !given(size, dx)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!generic::indices_within(count, n, index)) return DP_INDEX_OUT_OF_RANGE;
    if (added == 0) return DP_OK;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        generic::scatter_add(outer, n, inner, count, index, static_cast<const float*>(dy), static_cast<float*>(dx));
    } else {
        generic::scatter_add(outer, n, inner, count, index, static_cast<const double*>(dy), static_cast<double*>(dx));
    }
    return DP_OK;
}

int dp_take_along(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x, void* y) {
    int64_t source = 0, results = 0;
    if (!is_known(dtype) || !volume(outer, n, inner, source) || !volume(outer, count, inner, results) || !given(source, x) ||
        !given(results, index, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!generic::indices_within(results, n, index)) return DP_INDEX_OUT_OF_RANGE;
    if (results == 0) return DP_OK;
    generic::take_along(bytes_of(dtype), outer, n, inner, count, index, x, y);
    return DP_OK;
}

int dp_scatter_add_along(int dtype, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* dy,
                         void* dx) {
    int64_t size = 0, added = 0;
    if (!is_float(dtype) || !volume(outer, n, inner, size) || !volume(outer, count, inner, added) || !given(added, index, dy) ||
        !given(size, dx)) {
        return DP_INVALID_ARGUMENT;
    }
    if (!generic::indices_within(added, n, index)) return DP_INDEX_OUT_OF_RANGE;
    if (added == 0) return DP_OK;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        generic::scatter_add_along(outer, n, inner, count, index, static_cast<const float*>(dy), static_cast<float*>(dx));
    } else {
        generic::scatter_add_along(outer, n, inner, count, index, static_cast<const double*>(dy), static_cast<double*>(dx));
    }
    return DP_OK;
}

}  // extern "C"
