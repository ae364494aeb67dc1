/*
 * bench_gemm.cpp: matrix products of an MLP's training step, GF/s on the calling thread for each instruction set given.
 * bench_gemm [ROUNDS [ISA...]], ISA as in dp_isa: the shapes take turns, in each round one untimed call and then about 2 ms
 * of calls, so that operands are warm and a disturbance of the machine meets all shapes; printed are the best round and the
 * median.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "diapason.h"

namespace {

struct Shape {
    const char* name;
    int transpose_a, transpose_b;
    int64_t m, n, k;
};

constexpr Shape kShapes[] = {
    {"A2 forward NN", 0, 0, 32, 64, 64},      {"A2 dW      TN", 1, 0, 64, 64, 32},      {"A2 dX      NT", 0, 1, 32, 64, 64},
    {"B2 forward NN", 0, 0, 64, 128, 128},    {"B2 dW      TN", 1, 0, 128, 128, 64},    {"B2 dX      NT", 0, 1, 64, 128, 128},
    {"C2 forward NN", 0, 0, 128, 256, 256},   {"C2 dW      TN", 1, 0, 256, 256, 128},   {"C2 dX      NT", 0, 1, 128, 256, 256},
    {"C3 forward NN", 0, 0, 128, 10, 256},    {"C3 dW      TN", 1, 0, 256, 10, 128},    {"C3 dX      NT", 0, 1, 128, 256, 10},
    {"A3 forward NN", 0, 0, 32, 2, 64},       {"A3 dW      TN", 1, 0, 64, 2, 32},       {"A3 dX      NT", 0, 1, 32, 64, 2},
    {"D1 forward NN", 0, 0, 128, 512, 784},   {"D1 dW      TN", 1, 0, 784, 512, 128},   {"D1 dX      NT", 0, 1, 128, 784, 512},
    {"D2 forward NN", 0, 0, 128, 512, 512},   {"D2 dW      TN", 1, 0, 512, 512, 128},   {"D2 dX      NT", 0, 1, 128, 512, 512},
    {"E2 forward NN", 0, 0, 256, 2048, 2048}, {"E2 dW      TN", 1, 0, 2048, 2048, 256}, {"E2 dX      NT", 0, 1, 256, 2048, 2048},
    {"1 row      NN", 0, 0, 1, 256, 256},
};

struct Problem {
    Shape shape;
    float* a;
    float* b;
    float* c;
    std::vector<double> gflops;
};

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

float* filled(int64_t n) {
    float* p = static_cast<float*>(dp_allocate(n * (int64_t)sizeof(float)));
    for (int64_t i = 0; i < n; i++) p[i] = (float)(i % 17) * 0.1f - 0.8f;
    return p;
}

void run_round(Problem& problem) {
    const Shape& s = problem.shape;
    const double flops = 2.0 * (double)s.m * (double)s.n * (double)s.k;
    const int calls = std::max(1, (int)(0.002 * 150e9 / flops));
    const auto multiply = [&] {
        if (dp_gemm(DP_FLOAT32, 1, s.transpose_a, s.transpose_b, s.m, s.n, s.k, problem.a, 0, problem.b, 0, nullptr, 0, problem.c) != DP_OK) abort();
    };
    multiply();
    const double start = seconds();
    for (int i = 0; i < calls; i++) multiply();
    problem.gflops.push_back(flops * calls / (seconds() - start) / 1e9);
}

void measure(int isa, int rounds) {
    static const char* const names[] = {"portable", "avx2", "avx512"};
    if (dp_isa_select(isa) != DP_OK) {
        printf("%s: not supported by this machine\n", names[isa]);
        return;
    }
    std::vector<Problem> problems;
    for (const Shape& s : kShapes) {
        problems.push_back({s, filled(s.m * s.k), filled(s.k * s.n), filled(s.m * s.n), {}});
    }
    for (Problem& problem : problems) run_round(problem);
    for (Problem& problem : problems) problem.gflops.clear();
    for (int r = 0; r < rounds; r++) {
        for (Problem& problem : problems) run_round(problem);
    }
    for (Problem& problem : problems) {
        std::sort(problem.gflops.begin(), problem.gflops.end());
        const Shape& s = problem.shape;
        printf("%-8s %s %4d,%4d,%4d  best %6.1f  median %6.1f GF/s\n", names[isa], s.name, (int)s.m, (int)s.n, (int)s.k,
               problem.gflops.back(), problem.gflops[problem.gflops.size() / 2]);
        dp_free(problem.a);
        dp_free(problem.b);
        dp_free(problem.c);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? atoi(argv[1]) : 50;
    if (rounds < 1) {
        fprintf(stderr, "bench_gemm: rounds must be a positive number, got %s\n", argv[1]);
        return 2;
    }
    if (argc < 3) measure(dp_isa_current(), rounds);
    for (int i = 2; i < argc; i++) measure(atoi(argv[i]), rounds);
    return 0;
}
