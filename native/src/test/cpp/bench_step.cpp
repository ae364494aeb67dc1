/*
 * bench_step.cpp: one training step of an MLP (program_mlp.h), microseconds on the calling thread.
 * bench_step [ROUNDS [ISA]]: the variants take turns, each some 2 ms a round; printed are the best round and the median of
 *   calls    the plain dp_ functions called one by one
 *   plain    the same as a program
 *   fused    with activation and dropout in one, whose bits are kept for the backward pass, and loss and gradient in one
 *   fused, no dropout
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
                             {"D", {4096, 784, 512, 10, 128, 32}},
                             {"E", {2048, 1024, 2048, 1000, 256, 2}}};

const char* name_of_opcode(int64_t opcode) {
    static const char* const names[] = {"copy", "fill", "assign", "convert", "unary", "unary_backward", "binary", "compare", "select",
                                        "reduce", "arg_reduce", "gemm", "gather", "scatter_add", "take_along", "scatter_add_along",
                                        "dropout", "dropout_keep", "dropout_kept", "softmax", "cross_entropy", "cross_entropy_backward",
                                        "cross_entropy_with_gradient", "check_finite", "add_squares", "scale_to_norm", "sgd", "adam",
                                        "rmsprop", "adagrad", "activation_dropout", "activation_dropout_backward"};
    return names[opcode];
}

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Times {
    std::vector<double> rounds;

    void print(const char* shape, const char* what) {
        std::sort(rounds.begin(), rounds.end());
        printf("%s %-17s best %9.2f  median %9.2f us a step\n", shape, what, rounds.front() * 1e6, rounds[rounds.size() / 2] * 1e6);
    }
};

/* Seconds a run, from about 2 ms of runs. */
template <class Run>
double measure(const Run& run) {
    run();
    const double start = now();
    int runs = 0;
    do {
        run();
        runs++;
    } while (now() - start < 0.002);
    return (now() - start) / runs;
}

/* A training in memory of its own. */
struct Variant {
    Variant(const char* name_, const Sizes& sizes_, bool fused)
        : name(name_), sizes(sizes_), made(training(sizes, fused)), program(made.buffers, made.code.words, kColumns, sizes.steps), filled(made.buffers) {
        Random random(1);
        fill(sizes, made, filled, random);
        table = table_of(sizes, random, 0.2, 1e9);
        for (int64_t bytes : made.buffers) bases.push_back(static_cast<char*>(dp_allocate(bytes)));
        reset();
    }
    Variant(const Variant&) = delete;
    ~Variant() {
        for (char* base : bases) dp_free(base);
    }

    void reset() {
        for (size_t b = 0; b < bases.size(); b++) memcpy(bases[b], filled.bases()[b], (size_t)made.buffers[b]);
    }
    void call() { (void)made.code.run_one_by_one(bases.data(), 0, sizes.steps, table.data(), kColumns); }
    void replay(int64_t steps) { (void)program.run(bases.data(), 0, steps, table.data()); }

    const char* name;
    Sizes sizes;
    Training made;
    Handle program;
    Memory filled;
    std::vector<int64_t> table;
    std::vector<char*> bases;
    Times times;
};

/* The time of each instruction by itself, as in a step: what the instruction before it did over and over is forgotten. */
void measure_instructions(const char* shape, Variant& variant) {
    const std::vector<int64_t>& words = variant.made.code.words;
    const int64_t steps = variant.sizes.steps;
    for (int64_t start : variant.made.code.starts) {
        const auto begin = words.begin() + start;
        Handle alone(variant.made.buffers, std::vector<int64_t>(begin, begin + 2 + begin[1]), kColumns, steps);
        variant.reset();
        variant.replay(1);
        std::vector<double> times;
        for (int r = 0; r < 10; r++) {
            times.push_back(measure([&] { alone.run(variant.bases.data(), 0, steps, variant.table.data()); }) / (double)steps);
        }
        printf("  %s %-28s %9.3f us\n", shape, name_of_opcode(*begin), *std::min_element(times.begin(), times.end()) * 1e6);
    }
}

void measure_shape(const Named& shape, int rounds) {
    Sizes without = shape.sizes;
    without.dropout = false;
    const double steps = (double)shape.sizes.steps;
    Variant called("calls", shape.sizes, false), plain("plain", shape.sizes, false), fused("fused", shape.sizes, true);
    Variant undropped("fused, no dropout", without, true);
    for (int r = 0; r < rounds; r++) {
        called.times.rounds.push_back(measure([&] { called.call(); }) / steps);
        for (Variant* variant : {&plain, &fused, &undropped}) {
            variant->times.rounds.push_back(measure([&] { variant->replay(variant->sizes.steps); }) / steps);
        }
    }
    for (Variant* variant : {&called, &plain, &fused, &undropped}) variant->times.print(shape.name, variant->name);
    measure_instructions(shape.name, fused);
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? atoi(argv[1]) : 100;
    if (rounds < 1 || (argc > 2 && dp_isa_select(atoi(argv[2])) != DP_OK)) {
        fprintf(stderr, "bench_step: rounds must be a positive number and the set one of this machine; usage: bench_step [ROUNDS [ISA]]\n");
        return 2;
    }
    printf("set %s\n", name_of(dp_isa_current()));
    for (const Named& shape : kShapes) measure_shape(shape, rounds);
    return 0;
}
