/*
 * bench_step.cpp: one training step of an MLP (program_mlp.h), microseconds on the calling thread.
 * bench_step [ROUNDS [ISA]]: the variants take turns, each some 20 ms a round; printed are the best round and the median of
 *   calls    the plain dp_ functions called one by one
 *   plain    the same as a program
 *   fused    with dropout's bits kept for the backward pass, and loss and gradient in one
 * and, for the fused program, the time of each instruction by itself, repeated in place.
 */
#include <algorithm>
#include <chrono>

#include "program_mlp.h"

namespace {

using namespace test;
using namespace test::mlp;

struct Named {
    const char* name;
    Sizes sizes;
};

constexpr Named kShapes[] = {{"A", {2048, 16, 64, 2, 32, 64}},
                             {"B", {4096, 64, 128, 10, 64, 64}},
                             {"C", {8192, 64, 256, 10, 128, 64}},
                             {"D", {4096, 784, 512, 10, 128, 32}}};

const char* name_of_opcode(int64_t opcode) {
    static const char* const names[] = {"copy", "fill", "assign", "convert", "unary", "unary_backward", "binary", "compare", "select",
                                        "reduce", "arg_reduce", "gemm", "gather", "scatter_add", "take_along", "scatter_add_along",
                                        "dropout", "dropout_keep", "dropout_kept", "softmax", "cross_entropy", "cross_entropy_backward",
                                        "cross_entropy_with_gradient", "check_finite", "add_squares", "scale_to_norm", "sgd", "adam",
                                        "rmsprop", "adagrad"};
    return names[opcode];
}

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Times {
    std::vector<double> rounds;

    void print(const char* shape, const char* what) {
        std::sort(rounds.begin(), rounds.end());
        printf("%s %-8s best %9.2f  median %9.2f us a step\n", shape, what, rounds.front() * 1e6, rounds[rounds.size() / 2] * 1e6);
    }
};

/* Seconds a run, from about 20 ms of runs. */
template <class Run>
double measure(const Run& run) {
    run();
    const double start = now();
    int runs = 0;
    do {
        run();
        runs++;
    } while (now() - start < 0.02);
    return (now() - start) / runs;
}

void measure_shape(const Named& shape, int rounds) {
    const Sizes& s = shape.sizes;
    Random random(1);
    const Training plain = training(s, false), fused = training(s, true);
    std::vector<char*> bases;
    const Memory filled(plain.buffers);
    fill(s, plain, filled, random);
    for (size_t b = 0; b < plain.buffers.size(); b++) {
        bases.push_back(static_cast<char*>(dp_allocate(plain.buffers[b])));
        memcpy(bases.back(), filled.bases()[b], (size_t)plain.buffers[b]);
    }
    const std::vector<int64_t> table = table_of(s, random, 0.2, 1e9);
    Handle one(plain.buffers, plain.code.words, kColumns, s.steps), two(fused.buffers, fused.code.words, kColumns, s.steps);
    Times calls, replayed, replayed_fused;
    for (int r = 0; r < rounds; r++) {
        const double steps = (double)s.steps;
        calls.rounds.push_back(measure([&] { plain.code.run_one_by_one(bases.data(), 0, s.steps, table.data(), kColumns); }) / steps);
        replayed.rounds.push_back(measure([&] { one.run(bases.data(), 0, s.steps, table.data()); }) / steps);
        replayed_fused.rounds.push_back(measure([&] { two.run(bases.data(), 0, s.steps, table.data()); }) / steps);
    }
    calls.print(shape.name, "calls");
    replayed.print(shape.name, "plain");
    replayed_fused.print(shape.name, "fused");
    const std::vector<int64_t>& words = fused.code.words;
    for (int64_t start : fused.code.starts) {
        const auto begin = words.begin() + start;
        Handle alone(fused.buffers, std::vector<int64_t>(begin, begin + 2 + begin[1]), kColumns, s.steps);
        /* As in a step: what the instruction before it did over and over is forgotten. */
        for (size_t b = 0; b < plain.buffers.size(); b++) memcpy(bases[b], filled.bases()[b], (size_t)plain.buffers[b]);
        two.run(bases.data(), 0, 1, table.data());
        std::vector<double> times;
        for (int r = 0; r < 3; r++) times.push_back(measure([&] { alone.run(bases.data(), 0, s.steps, table.data()); }) / (double)s.steps);
        printf("  %s %-28s %9.3f us\n", shape.name, name_of_opcode(*begin), *std::min_element(times.begin(), times.end()) * 1e6);
    }
    for (char* base : bases) dp_free(base);
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? atoi(argv[1]) : 20;
    if (rounds < 1 || (argc > 2 && dp_isa_select(atoi(argv[2])) != DP_OK)) {
        fprintf(stderr, "bench_step: rounds must be a positive number and the set one of this machine; usage: bench_step [ROUNDS [ISA]]\n");
        return 2;
    }
    printf("set %s\n", name_of(dp_isa_current()));
    for (const Named& shape : kShapes) measure_shape(shape, rounds);
    return 0;
}
