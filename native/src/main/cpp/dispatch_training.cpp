/* dispatch_training.cpp: softmax and losses, optimisers: check the arguments, flush denormals, call the kernel. */
#include <stddef.h>

#include "checks.h"
#include "diapason.h"
#include "dtype.h"
#include "floating_point_mode.h"
#include "isa.h"
#include "generic.h"

using namespace diapason;

namespace {

/* Whether every target counts as a class or is `ignored`; `rows_that_count` and the sum of their weights are set. */
template <class T>
bool count_targets(const Targets& targets, const T* weights, int64_t& rows_that_count, double& weight) {
    bool within = true;
    rows_that_count = 0;
    for (int64_t r = 0; r < targets.rows; r++) {
        const bool counts = targets.counts(r);
        within &= !counts || (uint64_t)targets.of[r] < (uint64_t)targets.classes;
        rows_that_count += counts;
    }
    if (!within) return false;
    weight = weights == nullptr ? (double)rows_that_count : 0.0;
    for (int64_t r = 0; r < targets.rows && weights != nullptr; r++) {
        if (targets.counts(r)) weight += (double)weights[targets.of[r]];
    }
    return true;
}

double sum_of_costs(const Targets& targets, const float* logits, const float* weights, double smoothing) {
    return current_kernels().cross_entropy(targets, logits, weights, smoothing);
}
double sum_of_costs(const Targets& targets, const double* logits, const double* weights, double smoothing) {
    return generic::cross_entropy(targets, logits, weights, smoothing);
}

template <class T>
int cross_entropy(const Targets& targets, const void* logits, const void* weights, double smoothing, void* loss) {
    const T* class_weights = static_cast<const T*>(weights);
    int64_t rows = 0;
    double weight = 0.0;
    if (!count_targets(targets, class_weights, rows, weight)) return DP_INDEX_OUT_OF_RANGE;
    T* out = static_cast<T*>(loss);
    if (rows == 0) {
        out[0] = (T)__builtin_nan("");
        return DP_OK;
    }
    const FlushDenormals mode;
    out[0] = (T)(sum_of_costs(targets, static_cast<const T*>(logits), class_weights, smoothing) / weight);
    return DP_OK;
}

void gradients(const Targets& targets, const float* logits, const float* weights, double smoothing, float factor, float* dlogits) {
    current_kernels().cross_entropy_backward(targets, logits, weights, smoothing, factor, dlogits);
}
void gradients(const Targets& targets, const double* logits, const double* weights, double smoothing, double factor, double* dlogits) {
    generic::cross_entropy_backward(targets, logits, weights, smoothing, factor, dlogits);
}

template <class T>
int cross_entropy_backward(const Targets& targets, const void* logits, const void* weights, double smoothing, const void* upstream,
                           void* dlogits) {
    const T* class_weights = static_cast<const T*>(weights);
    int64_t rows = 0;
    double weight = 0.0;
    if (!count_targets(targets, class_weights, rows, weight)) return DP_INDEX_OUT_OF_RANGE;
    if (targets.rows == 0) return DP_OK;
    const FlushDenormals mode;
    const T factor = rows == 0 ? T(0) : static_cast<const T*>(upstream)[0] / (T)weight;
    gradients(targets, static_cast<const T*>(logits), class_weights, smoothing, factor, static_cast<T*>(dlogits));
    return DP_OK;
}

double costs_and_gradients(const Targets& targets, const float* logits, const float* weights, double smoothing, float factor, float* dlogits) {
    return current_kernels().cross_entropy_with_gradient(targets, logits, weights, smoothing, factor, dlogits);
}
double costs_and_gradients(const Targets& targets, const double* logits, const double* weights, double smoothing, double factor,
                           double* dlogits) {
    const double loss = generic::cross_entropy(targets, logits, weights, smoothing);
    generic::cross_entropy_backward(targets, logits, weights, smoothing, factor, dlogits);
    return loss;
}

template <class T>
int cross_entropy_with_gradient(const Targets& targets, const void* logits, const void* weights, double smoothing, const void* upstream,
                                void* loss, void* dlogits) {
    const T* class_weights = static_cast<const T*>(weights);
    int64_t rows = 0;
    double weight = 0.0;
    if (!count_targets(targets, class_weights, rows, weight)) return DP_INDEX_OUT_OF_RANGE;
    const FlushDenormals mode;
    const T factor = rows == 0 ? T(0) : static_cast<const T*>(upstream)[0] / (T)weight;
    const double sum =
        costs_and_gradients(targets, static_cast<const T*>(logits), class_weights, smoothing, factor, static_cast<T*>(dlogits));
    static_cast<T*>(loss)[0] = rows == 0 ? (T)__builtin_nan("") : (T)(sum / weight);
    return DP_OK;
}

bool is_smoothing(double smoothing) {
    return smoothing >= 0.0 && smoothing < 1.0;
}

template <class T>
T* as(void* pointer) {
    return static_cast<T*>(pointer);
}
template <class T>
const T* as(const void* pointer) {
    return static_cast<const T*>(pointer);
}

}  // namespace

extern "C" {

/* ---- softmax and cross-entropy ---- */

int dp_softmax(int dtype, int64_t rows, int64_t classes, const void* logits, void* probabilities) {
    int64_t size = 0;
    if (!is_float(dtype) || !area(rows, classes, size) || !given(size, logits, probabilities)) return DP_INVALID_ARGUMENT;
    if (size == 0) return DP_OK;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().softmax(rows, classes, as<float>(logits), as<float>(probabilities));
    } else {
        generic::softmax(rows, classes, as<double>(logits), as<double>(probabilities));
    }
    return DP_OK;
}

int dp_cross_entropy(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets, const void* weights,
                     int64_t ignored, double smoothing, void* loss) {
    int64_t size = 0;
    if (!is_float(dtype) || !area(rows, classes, size) || !given(size, logits) || !given(rows, targets) || !is_smoothing(smoothing) ||
        loss == nullptr) {
        return DP_INVALID_ARGUMENT;
    }
    const Targets all = {rows, classes, targets, ignored};
    return dtype == DP_FLOAT32 ? cross_entropy<float>(all, logits, weights, smoothing, loss)
                               : cross_entropy<double>(all, logits, weights, smoothing, loss);
}

int dp_cross_entropy_backward(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets,
                              const void* weights, int64_t ignored, double smoothing, const void* upstream, void* dlogits) {
    int64_t size = 0;
    if (!is_float(dtype) || !area(rows, classes, size) || !given(size, logits, dlogits) || !given(rows, targets, upstream) ||
        !is_smoothing(smoothing)) {
        return DP_INVALID_ARGUMENT;
    }
    const Targets all = {rows, classes, targets, ignored};
    return dtype == DP_FLOAT32 ? cross_entropy_backward<float>(all, logits, weights, smoothing, upstream, dlogits)
                               : cross_entropy_backward<double>(all, logits, weights, smoothing, upstream, dlogits);
}

int dp_cross_entropy_with_gradient(int dtype, int64_t rows, int64_t classes, const void* logits, const int64_t* targets,
                                   const void* weights, int64_t ignored, double smoothing, const void* upstream, void* loss,
                                   void* dlogits) {
    int64_t size = 0;
    if (!is_float(dtype) || !area(rows, classes, size) || !given(size, logits, dlogits) || !given(rows, targets, upstream) ||
        !is_smoothing(smoothing) || loss == nullptr) {
        return DP_INVALID_ARGUMENT;
    }
    const Targets all = {rows, classes, targets, ignored};
    return dtype == DP_FLOAT32 ? cross_entropy_with_gradient<float>(all, logits, weights, smoothing, upstream, loss, dlogits)
                               : cross_entropy_with_gradient<double>(all, logits, weights, smoothing, upstream, loss, dlogits);
}

/* ---- gradients ---- */

int dp_check_finite(int dtype, int64_t n, const void* x) {
    if (!is_float(dtype) || !given(n, x)) return DP_INVALID_ARGUMENT;
    const bool finite = dtype == DP_FLOAT32 ? generic::all_finite(n, as<float>(x)) : generic::all_finite(n, as<double>(x));
    return finite ? DP_OK : DP_NOT_FINITE;
}

int dp_add_squares(int dtype, int64_t n, const void* x, double* sum) {
    if (!is_float(dtype) || !given(n, x) || sum == nullptr) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT64) {
        sum[0] += generic::sum_of_squares(n, as<double>(x));
        return DP_OK;
    }
    float squares = 0.0f;
    current_kernels().reduce(DP_SUM_SQUARES, 1, n, 1, as<float>(x), &squares);
    sum[0] += generic::all_finite(1, &squares) ? (double)squares : generic::sum_of_squares(n, as<float>(x));
    return DP_OK;
}

int dp_scale_to_norm(int dtype, int64_t n, double limit, const double* squares, void* x) {
    if (!is_float(dtype) || !given(n, x) || squares == nullptr) return DP_INVALID_ARGUMENT;
    const double factor = limit / (__builtin_sqrt(squares[0]) + 1e-6);
    return factor >= 1.0 ? (int)DP_OK : dp_unary(DP_AFFINE, dtype, factor, 0.0, 1, n, x, n, 1, x);
}

/* ---- optimisers ---- */

int dp_sgd(int dtype, int64_t n, void* p, const void* g, void* velocity, double learning_rate, double momentum, double dampening,
           int nesterov, double weight_decay) {
    const bool plain = momentum == 0.0;
    if (!is_float(dtype) || !given(n, p, g) || !is_flag(nesterov) || (!plain && !given(n, velocity))) return DP_INVALID_ARGUMENT;
    const SgdSettings settings = {learning_rate, momentum, dampening, weight_decay, nesterov == 1};
    if (plain) velocity = nullptr;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().sgd(n, settings, {as<float>(p), as<float>(g), as<float>(velocity)});
    } else {
        generic::sgd(n, settings, {as<double>(p), as<double>(g), as<double>(velocity)});
    }
    return DP_OK;
}

int dp_adam(int dtype, int64_t n, void* p, const void* g, void* m, void* v, void* largest_v, double learning_rate, double beta1,
            double beta2, double epsilon, double step_size, double gradient_step, double inverse_correction, double weight_decay) {
    if (!is_float(dtype) || !given(n, p, g, m, v)) return DP_INVALID_ARGUMENT;
    const AdamSettings settings = {learning_rate, beta1,         beta2,              epsilon,
                                   step_size,     gradient_step, inverse_correction, weight_decay};
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().adam(n, settings, {as<float>(p), as<float>(g), as<float>(m), as<float>(v), as<float>(largest_v)});
    } else {
        generic::adam(n, settings, {as<double>(p), as<double>(g), as<double>(m), as<double>(v), as<double>(largest_v)});
    }
    return DP_OK;
}

int dp_rmsprop(int dtype, int64_t n, void* p, const void* g, void* s, void* mean, void* velocity, double learning_rate, double alpha,
               double epsilon, double momentum, double weight_decay) {
    const bool plain = momentum == 0.0;
    if (!is_float(dtype) || !given(n, p, g, s) || (!plain && !given(n, velocity))) return DP_INVALID_ARGUMENT;
    const RmspropSettings settings = {learning_rate, alpha, epsilon, momentum, weight_decay};
    if (plain) velocity = nullptr;
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().rmsprop(n, settings, {as<float>(p), as<float>(g), as<float>(s), as<float>(mean), as<float>(velocity)});
    } else {
        generic::rmsprop(n, settings, {as<double>(p), as<double>(g), as<double>(s), as<double>(mean), as<double>(velocity)});
    }
    return DP_OK;
}

int dp_adagrad(int dtype, int64_t n, void* p, const void* g, void* s, double learning_rate, double epsilon, double weight_decay) {
    if (!is_float(dtype) || !given(n, p, g, s)) return DP_INVALID_ARGUMENT;
    const AdagradSettings settings = {learning_rate, epsilon, weight_decay};
    const FlushDenormals mode;
    if (dtype == DP_FLOAT32) {
        current_kernels().adagrad(n, settings, {as<float>(p), as<float>(g), as<float>(s)});
    } else {
        generic::adagrad(n, settings, {as<double>(p), as<double>(g), as<double>(s)});
    }
    return DP_OK;
}

}  // extern "C"
