/* dispatch.cpp: dp_unary to dp_fill: check the arguments, flush denormals, call the kernel of the type. */
#include <type_traits>

#include "checks.h"
#include "diapason.h"
#include "dtype.h"
#include "float_views.h"
#include "floating_point_mode.h"
#include "generic.h"
#include "isa.h"

using namespace diapason;

extern "C" {

int dp_abi_version(void) {
    return DP_ABI_VERSION;
}

int dp_unary(int op, int dtype, double alpha, double beta, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride,
             int64_t x_column_stride, void* y) {
    int64_t size = 0;
    if (!is_unary(op) || !is_number(dtype) || !area(rows, columns, size) ||
        !given(size, x, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (size == 0) return DP_OK;
    const View<void> view = {x, x_row_stride, x_column_stride};
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32 && view.dense(rows, columns)) {
        current_kernels().unary(op, (float)alpha, (float)beta, size, static_cast<const float*>(x), static_cast<float*>(y));
        return DP_OK;
    }
    switch (dtype) {
        case DP_FLOAT32:
            unary_of_view(current_kernels(), op, (float)alpha, (float)beta, rows, columns, view.as<float>(), static_cast<float*>(y));
            return DP_OK;
        case DP_FLOAT64: generic::unary(op, alpha, beta, rows, columns, view.as<double>(), static_cast<double*>(y)); return DP_OK;
        case DP_INT32:
            return generic::integer_unary(op, alpha, beta, rows, columns, view.as<int32_t>(), static_cast<int32_t*>(y))
                       ? DP_OK
                       : DP_INVALID_ARGUMENT;
        default:
            return generic::integer_unary(op, alpha, beta, rows, columns, view.as<int64_t>(), static_cast<int64_t*>(y))
                       ? DP_OK
                       : DP_INVALID_ARGUMENT;
    }
}

int dp_unary_backward(int op, int dtype, double alpha, double beta, int64_t n, const void* x, const void* y, const void* dy,
                      void* dx) {
    if (!is_unary(op) || !is_float(dtype) || !given(n, x, y, dy, dx)) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().unary_backward(op, (float)alpha, (float)beta, n, static_cast<const float*>(x), static_cast<const float*>(y),
                                         static_cast<const float*>(dy), static_cast<float*>(dx));
    } else {
        generic::unary_backward(op, alpha, beta, n, static_cast<const double*>(x), static_cast<const double*>(y),
                                static_cast<const double*>(dy), static_cast<double*>(dx));
    }
    return DP_OK;
}

int dp_binary(int op, int dtype, int64_t rows, int64_t columns, const void* a, int64_t a_row_stride, int64_t a_column_stride,
              const void* b, int64_t b_row_stride, int64_t b_column_stride, void* y) {
    int64_t size = 0;
    if (!can_binary(op, dtype) || !area(rows, columns, size) || !given(size, a, b, y)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    const View<void> left = {a, a_row_stride, a_column_stride};
    const View<void> right = {b, b_row_stride, b_column_stride};
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32 && left.dense(rows, columns) && right.dense(rows, columns)) {
        current_kernels().binary_dense(op, size, static_cast<const float*>(a), static_cast<const float*>(b), static_cast<float*>(y));
        return DP_OK;
    }
    if (dtype == DP_FLOAT32) {
        binary_of_views(current_kernels(), op, rows, columns, left.as<float>(), right.as<float>(), static_cast<float*>(y));
        return DP_OK;
    }
    if (op == DP_DIVIDE && ((dtype == DP_INT32 && generic::has_zero(rows, columns, right.as<int32_t>())) ||
                            (dtype == DP_INT64 && generic::has_zero(rows, columns, right.as<int64_t>())))) {
        return DP_INVALID_ARGUMENT;
    }
    with_type(dtype, [&](auto type) {
        typedef typename decltype(type)::of T;
        if constexpr (!std::is_same<T, float>::value && !std::is_same<T, uint8_t>::value) {
            generic::binary(op, rows, columns, left.as<T>(), right.as<T>(), static_cast<T*>(y));
        }
    });
    return DP_OK;
}

int dp_compare(int op, int dtype, int64_t rows, int64_t columns, const void* a, int64_t a_row_stride, int64_t a_column_stride,
               const void* b, int64_t b_row_stride, int64_t b_column_stride, uint8_t* y) {
    int64_t size = 0;
    if (!in_range(op, DP_EQUAL, DP_GREATER_EQUAL) || !is_known(dtype) || !area(rows, columns, size) || !given(size, a, b, y)) {
        return DP_INVALID_ARGUMENT;
    }
    if (size == 0) return DP_OK;
    const FlushDenormals mode;
    generic::compare(op, dtype, rows, columns, {a, a_row_stride, a_column_stride}, {b, b_row_stride, b_column_stride}, y);
    return DP_OK;
}

int dp_select(int dtype, int64_t rows, int64_t columns, const uint8_t* condition, int64_t condition_row_stride,
              int64_t condition_column_stride, const void* a, int64_t a_row_stride, int64_t a_column_stride, const void* b,
              int64_t b_row_stride, int64_t b_column_stride, void* y) {
    int64_t size = 0;
    if (!is_known(dtype) || !area(rows, columns, size) || !given(size, condition, a, b, y)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    generic::select(dtype, rows, columns, {condition, condition_row_stride, condition_column_stride},
                    {a, a_row_stride, a_column_stride}, {b, b_row_stride, b_column_stride}, y);
    return DP_OK;
}

int dp_convert(int from, int to, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride, int64_t x_column_stride,
               void* y) {
    int64_t size = 0;
    if (!is_known(from) || !is_known(to) || !area(rows, columns, size) || !given(size, x, y)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    const View<void> view = {x, x_row_stride, x_column_stride};
    if (from == to && from == DP_FLOAT32 && view.as<float>().repeated(rows, columns)) {
        current_kernels().fill(size, static_cast<const float*>(x)[0], static_cast<float*>(y));
        return DP_OK;
    }
    const FlushDenormals mode;
    generic::convert(from, to, rows, columns, view, y);
    return DP_OK;
}

int dp_assign(int dtype, int64_t rows, int64_t columns, const void* x, int64_t x_row_stride, int64_t x_column_stride, void* y,
              int64_t y_row_stride, int64_t y_column_stride) {
    int64_t size = 0;
    if (!is_known(dtype) || !area(rows, columns, size) || !given(size, x, y)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    if ((rows > 1 && y_row_stride == 0) || (columns > 1 && y_column_stride == 0)) return DP_INVALID_ARGUMENT;
    generic::assign(bytes_of(dtype), rows, columns, {x, x_row_stride, x_column_stride}, y, y_row_stride, y_column_stride);
    return DP_OK;
}

int dp_fill(int dtype, int64_t n, double value, void* y) {
    if (!is_known(dtype) || !given(n, y)) return DP_INVALID_ARGUMENT;
    if (dtype == DP_FLOAT32) {
        current_kernels().fill(n, (float)value, static_cast<float*>(y));
    } else {
        generic::fill(dtype, n, value, y);
    }
    return DP_OK;
}

}  // extern "C"
