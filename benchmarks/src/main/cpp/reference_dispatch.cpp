/* reference_dispatch.cpp: calls the reference kernel of an instruction set. */
#include "reference.h"

#include "reference_table.h"

namespace {

const reference::Table& table(int isa) {
#if defined(__x86_64__)
    if (isa == 2) return reference::avx512::kernels;
    if (isa == 1) return reference::avx2::kernels;
#else
    (void)isa;
#endif
    return reference::portable::kernels;
}

}  // namespace

extern "C" {

void reference_gemm(int isa, int transpose_a, int64_t m, int64_t n, int64_t k, const float* a, const float* b, float* c) {
    table(isa).gemm(transpose_a, m, n, k, a, b, c);
}

void reference_relu(int isa, int64_t n, const float* x, float* y) {
    table(isa).relu(n, x, y);
}

void reference_relu_backward(int isa, int64_t n, const float* x, const float* dy, float* dx) {
    table(isa).relu_backward(n, x, dy, dx);
}

void reference_tanh(int isa, int64_t n, const float* x, float* y) {
    table(isa).tanh(n, x, y);
}

void reference_gelu(int isa, int64_t n, const float* x, float* y) {
    table(isa).gelu(n, x, y);
}

void reference_dropout(int isa, int64_t n, uint32_t threshold, float floor, float scale, uint64_t seed, uint64_t stream, const float* x,
                       float* y) {
    table(isa).dropout(n, threshold, floor, scale, seed, stream, x, y);
}

void reference_dropout_kept(int isa, int64_t n, float scale, const uint8_t* kept, const float* x, float* y) {
    table(isa).dropout_kept(n, scale, kept, x, y);
}

float reference_cross_entropy(int isa, int64_t rows, const float* logits, const int64_t* targets, float* dlogits) {
    return table(isa).cross_entropy(rows, logits, targets, dlogits);
}

void reference_adam(int isa, int64_t n, float* p, const float* g, float* m, float* v, float step_size, float beta1, float beta2,
                    float inverse_correction, float epsilon) {
    table(isa).adam(n, p, g, m, v, step_size, beta1, beta2, inverse_correction, epsilon);
}

void reference_sgd(int isa, int64_t n, float* p, const float* g, float* velocity, float learning_rate, float momentum) {
    table(isa).sgd(n, p, g, velocity, learning_rate, momentum);
}

void reference_gather(int isa, int64_t rows, int64_t columns, const int64_t* index, const float* x, float* y) {
    table(isa).gather(rows, columns, index, x, y);
}

void reference_sum_rows(int isa, int64_t rows, int64_t columns, const float* x, float* y) {
    table(isa).sum_rows(rows, columns, x, y);
}

double reference_peak(int isa, int64_t repetitions, float factor, float* out) {
    return table(isa).peak(repetitions, factor, out);
}

}  // extern "C"
