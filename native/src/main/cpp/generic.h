/*
 * generic.h: the kernels of every type but float32, and what is the same for all types: plain loops compiled once, for
 * correctness rather than speed. dispatch*.cpp check the arguments; denormals are flushed where numbers are computed.
 * float64 sums are compensated.
 */
#pragma once
#include <stdint.h>

#include "kernel_types.h"
#include "view.h"

namespace diapason {
namespace generic {

/* generic_unary.cpp; the integer one says whether op, alpha and beta are possible for the type */
void unary(int op, double alpha, double beta, int64_t rows, int64_t columns, const View<double>& x, double* y);
void unary_backward(int op, double alpha, double beta, int64_t n, const double* x, const double* y, const double* dy, double* dx);
template <class T>
bool integer_unary(int op, double alpha, double beta, int64_t rows, int64_t columns, const View<T>& x, T* y);

/* generic_binary.cpp; op is possible for T */
template <class T>
void binary(int op, int64_t rows, int64_t columns, const View<T>& a, const View<T>& b, T* y);
template <class T>
bool has_zero(int64_t rows, int64_t columns, const View<T>& x);

/* generic_elements.cpp */
void compare(int op, int dtype, int64_t rows, int64_t columns, const View<void>& a, const View<void>& b, uint8_t* y);
void select(int dtype, int64_t rows, int64_t columns, const View<uint8_t>& condition, const View<void>& a, const View<void>& b,
            void* y);
void fill(int dtype, int64_t n, double value, void* y);

/* generic_assign.cpp; elements of 1, 4 or 8 bytes */
void assign(int64_t element_bytes, int64_t rows, int64_t columns, const View<void>& x, void* y, int64_t y_row_stride,
            int64_t y_column_stride);

/* generic_convert.cpp */
void convert(int from, int to, int64_t rows, int64_t columns, const View<void>& x, void* y);

/* generic_reduce.cpp; any type but float32, op possible for it */
void reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, void* y);
/* of float or double, as float64 */
template <class T>
double sum_of_squares(int64_t n, const T* x);
template <class T>
bool all_finite(int64_t n, const T* x);
/* any type, n >= 1 */
void arg_reduce(int op, int dtype, int64_t outer, int64_t n, int64_t inner, const void* x, int64_t* y);

/* generic_gemm.cpp */
void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const double* a, const double* b, const double* bias,
          bool accumulate, double* c);

/* generic_rows.cpp */
bool indices_within(int64_t count, int64_t limit, const int64_t* index);
template <class T>
void scatter_add(int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const T* dy, T* dx);

/* generic_along.cpp; elements of 1, 4 or 8 bytes */
void take_along(int64_t element_bytes, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x,
                void* y);
template <class T>
void scatter_add_along(int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const T* dy, T* dx);

/* generic_softmax.cpp; as the entries of KernelTable */
void softmax(int64_t rows, int64_t classes, const double* logits, double* probabilities);
double cross_entropy(const Targets& targets, const double* logits, const double* weights, double smoothing);
void cross_entropy_backward(const Targets& targets, const double* logits, const double* weights, double smoothing, double factor,
                            double* dlogits);

/* generic_optimizer.cpp */
void sgd(int64_t n, const SgdSettings& settings, const SgdState<double>& state);
void adam(int64_t n, const AdamSettings& settings, const AdamState<double>& state);
void rmsprop(int64_t n, const RmspropSettings& settings, const RmspropState<double>& state);
void adagrad(int64_t n, const AdagradSettings& settings, const AdagradState<double>& state);

}  // namespace generic
}  // namespace diapason
