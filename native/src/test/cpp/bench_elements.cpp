/*
 * bench_elements.cpp: the kernels beside the matrix products of a training step, nanoseconds an element (of cross-entropy: a row) on the
 * calling thread. bench_elements [ROUNDS [ISA [NAME]]]: the kernels whose name begins with NAME take turns, in each round one untimed call
 * and then about 1 ms of calls; printed are the best round and the median. Elements are as many as a batch of 128 has at width 256.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "diapason.h"

namespace {

constexpr int64_t kElements = 128 * 256;

struct Kernel {
    std::string name;
    int64_t elements;
    std::function<int()> call;
    std::vector<double> rounds;
};

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/* From -4 to 4 in no order, kept for the whole run. */
float* filled(int64_t n) {
    float* p = static_cast<float*>(dp_allocate(n * (int64_t)sizeof(float)));
    uint32_t state = 1;
    for (int64_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        p[i] = (float)(state >> 8) / 16777216.0f * 8.0f - 4.0f;
    }
    return p;
}

float* positive(int64_t n) {
    float* p = filled(n);
    for (int64_t i = 0; i < n; i++) p[i] = p[i] * p[i] + 1e-6f;
    return p;
}

void add_activations(std::vector<Kernel>& kernels) {
    struct Named {
        const char* name;
        int op;
        double alpha;
    };
    constexpr Named activations[] = {{"relu", DP_RELU, 0},      {"leaky_relu", DP_LEAKY_RELU, 0.01}, {"tanh", DP_TANH, 0},
                                     {"sigmoid", DP_SIGMOID, 0}, {"gelu", DP_GELU, 0},               {"silu", DP_SILU, 0},
                                     {"mish", DP_MISH, 0},       {"elu", DP_ELU, 1},                 {"selu", DP_SELU, 0},
                                     {"softplus", DP_SOFTPLUS, 0}};
    const int64_t n = kElements;
    float *x = filled(n), *y = filled(n), *dy = filled(n), *dx = filled(n);
    uint8_t* kept = static_cast<uint8_t*>(dp_allocate(n / 8));
    for (const Named& f : activations) {
        const int op = f.op;
        const double alpha = f.alpha;
        const std::string name = f.name;
        kernels.push_back({name, n, [=] { return dp_unary(op, DP_FLOAT32, alpha, 0, 1, n, x, n, 1, y); }, {}});
        kernels.push_back({name + " backward", n, [=] { return dp_unary_backward(op, DP_FLOAT32, alpha, 0, n, x, y, dy, dx); }, {}});
        kernels.push_back({name + " dropout", n,
                           [=] { return dp_activation_dropout(op, DP_FLOAT32, alpha, 0, n, 0.2f, 1, 2, x, nullptr, y, kept); }, {}});
        kernels.push_back({name + " dropout backward", n,
                           [=] { return dp_activation_dropout_backward(op, DP_FLOAT32, alpha, 0, n, 0.2f, kept, x, y, dy, dx); }, {}});
    }
    kernels.push_back({"dropout", n, [=] { return dp_dropout(DP_FLOAT32, n, 0.2f, 1, 2, x, y); }, {}});
    kernels.push_back({"dropout_keep", n, [=] { return dp_dropout_keep(DP_FLOAT32, n, 0.2f, 1, 2, x, y, kept); }, {}});
    kernels.push_back({"dropout_kept", n, [=] { return dp_dropout_kept(DP_FLOAT32, n, 0.2f, kept, dy, dx); }, {}});
}

/* In the innermost cache, in the second one, and beyond. */
void add_adam(std::vector<Kernel>& kernels) {
    for (int64_t n : {(int64_t)1500, (int64_t)27000, (int64_t)670000}) {
        float *p = filled(n), *g = filled(n), *m = filled(n), *v = positive(n);
        kernels.push_back({"adam " + std::to_string(n), n,
                           [=] { return dp_adam(DP_FLOAT32, n, p, g, m, v, nullptr, 1e-3, 0.9, 0.999, 1e-8, 1e-3, 0, 1, 0.01); }, {}});
    }
}

void add_cross_entropy(std::vector<Kernel>& kernels) {
    struct Shape {
        int64_t rows, classes;
    };
    static const float one = 1.0f;
    for (const Shape& s : {Shape{32, 2}, Shape{64, 10}, Shape{128, 10}, Shape{128, 16}, Shape{256, 1000}}) {
        float *logits = filled(s.rows * s.classes), *gradient = filled(s.rows * s.classes), *loss = filled(1);
        int64_t* targets = static_cast<int64_t*>(dp_allocate(s.rows * 8));
        for (int64_t r = 0; r < s.rows; r++) targets[r] = r * 7 % s.classes;
        kernels.push_back({"cross_entropy " + std::to_string(s.rows) + "x" + std::to_string(s.classes), s.rows,
                           [=] {
                               return dp_cross_entropy_with_gradient(DP_FLOAT32, s.rows, s.classes, logits, targets, nullptr, -100, 0, &one,
                                                                     loss, gradient);
                           },
                           {}});
    }
}

void run_round(Kernel& kernel) {
    if (kernel.call() != DP_OK) abort();
    const double start = seconds();
    int64_t calls = 0;
    double spent = 0;
    do {
        for (int i = 0; i < 4; i++) (void)kernel.call();
        calls += 4;
        spent = seconds() - start;
    } while (spent < 0.001);
    kernel.rounds.push_back(spent / (double)(calls * kernel.elements) * 1e9);
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? atoi(argv[1]) : 50;
    if (rounds < 1 || (argc > 2 && dp_isa_select(atoi(argv[2])) != DP_OK)) {
        fprintf(stderr, "bench_elements: rounds must be a positive number and the set one of this machine; "
                        "usage: bench_elements [ROUNDS [ISA [NAME]]]\n");
        return 2;
    }
    std::vector<Kernel> kernels;
    add_activations(kernels);
    add_adam(kernels);
    add_cross_entropy(kernels);
    if (argc > 3) {
        const std::string name = argv[3];
        kernels.erase(std::remove_if(kernels.begin(), kernels.end(), [&](const Kernel& k) { return k.name.compare(0, name.size(), name) != 0; }),
                      kernels.end());
    }
    for (int r = 0; r < rounds; r++) {
        for (Kernel& kernel : kernels) run_round(kernel);
    }
    for (Kernel& kernel : kernels) {
        std::sort(kernel.rounds.begin(), kernel.rounds.end());
        printf("%-28s best %7.3f  median %7.3f ns\n", kernel.name.c_str(), kernel.rounds.front(), kernel.rounds[kernel.rounds.size() / 2]);
    }
    return 0;
}
