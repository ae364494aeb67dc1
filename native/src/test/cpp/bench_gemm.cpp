/*
 * bench_gemm.cpp: the matrix products of an MLP's layers, GF/s on the calling thread, beside those of a BLAS.
 * bench_gemm [ROUNDS [ISA | LIBRARY | cold=KIB | NAME]...]
 *   ISA      as in dp_isa: measures that set (the best one when none is given); may be repeated
 *   LIBRARY  path of a CBLAS, recognised by its slash: each round measures its cblas_sgemm right after our product
 *   cold=KIB operands come from as many copies as fill so many KiB, so from L2 or L3
 *   NAME     measures layers whose name begins so, say C or C2
 * The products take turns, in each round one untimed call and then about 2 ms of calls, so that a disturbance of the machine
 * meets all of them. Printed are the median and the best round of each, in GF/s, and the median of the rounds' ratios
 * (ours / library).
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diapason.h"

namespace {

/* x[batch, in] through weights[in, out]. */
struct Layer {
    const char* name;
    int64_t batch, in, out;
};

constexpr Layer kLayers[] = {
    {"A1", 32, 16, 64},      {"A2", 32, 64, 64},      {"A3", 32, 64, 2},       {"B1", 64, 64, 128},     {"B2", 64, 128, 128},
    {"B3", 64, 128, 10},     {"C1", 128, 64, 256},    {"C2", 128, 256, 256},   {"C3", 128, 256, 10},    {"D1", 128, 784, 512},
    {"D2", 128, 512, 512},   {"D3", 128, 512, 10},    {"E1", 256, 1024, 2048}, {"E2", 256, 2048, 2048}, {"E3", 256, 2048, 1000},
    {"one row", 1, 256, 256}, {"many rows", 4096, 256, 256},
};

typedef void (*Sgemm)(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*, int);

struct Options {
    int rounds = 30;
    int64_t cold = 0;
    std::string name;
    Sgemm library = nullptr;
    std::vector<int> sets;
};

/* Of this thread's processor time, so that other work on the core counts less. */
double seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double best(const std::vector<double>& values) {
    return *std::max_element(values.begin(), values.end());
}

class Floats {
public:
    explicit Floats(int64_t n) : data(static_cast<float*>(dp_allocate(n * (int64_t)sizeof(float)))) {
        for (int64_t i = 0; i < n; i++) data[i] = (float)(i % 17) * 0.1f - 0.8f;
    }
    Floats(Floats&& other) noexcept : data(other.data) { other.data = nullptr; }
    Floats(const Floats&) = delete;
    ~Floats() { dp_free(data); }
    float* data;
};

struct Operands {
    Floats a, b, c;
};

struct Product {
    const char* layer;
    const char* name;
    int transpose_a, transpose_b;
    int64_t m, n, k;
    std::vector<Operands> copies;
    std::vector<double> ours, theirs, ratios;

    Product(const Layer& layer, const char* what, int ta, int tb, int64_t rows, int64_t columns, int64_t inner, int64_t cold)
        : layer(layer.name), name(what), transpose_a(ta), transpose_b(tb), m(rows), n(columns), k(inner) {
        const int64_t floats = m * k + k * n + m * n;
        const int64_t count = 1 + cold * 256 / floats;
        for (int64_t i = 0; i < count; i++) copies.push_back({Floats(m * k), Floats(k * n), Floats(m * n)});
    }

    template <class Multiply>
    double rate(const Multiply& multiply) const {
        const double flops = 2.0 * (double)m * (double)n * (double)k;
        const int calls = std::max(1, (int)(0.002 * 100e9 / flops));
        multiply(copies[0]);
        size_t next = copies.size() > 1 ? 1 : 0;
        const double start = seconds();
        for (int i = 0; i < calls; i++) {
            multiply(copies[next]);
            if (++next == copies.size()) next = 0;
        }
        return flops * calls / (seconds() - start) / 1e9;
    }

    void measure(Sgemm library) {
        ours.push_back(rate([&](const Operands& o) {
            if (dp_gemm(DP_FLOAT32, 1, transpose_a, transpose_b, m, n, k, o.a.data, 0, o.b.data, 0, nullptr, 0, o.c.data) != DP_OK) abort();
        }));
        if (library == nullptr) return;
        const int lda = (int)(transpose_a ? m : k), ldb = (int)(transpose_b ? k : n);
        theirs.push_back(rate([&](const Operands& o) {
            /* 101: rows are dense; 111, 112: as it is, transposed. */
            library(101, 111 + transpose_a, 111 + transpose_b, (int)m, (int)n, (int)k, 1, o.a.data, lda, o.b.data, ldb, 0, o.c.data, (int)n);
        }));
        ratios.push_back(ours.back() / theirs.back());
    }

    void print(const char* set) const {
        printf("%-8s %-9s %-7s %4d,%4d,%4d  median %6.1f  best %6.1f GF/s", set, layer, name, (int)m, (int)n, (int)k, median(ours), best(ours));
        if (!theirs.empty()) printf("   library %6.1f  best %6.1f   ratio %5.2f", median(theirs), best(theirs), median(ratios));
        printf("\n");
    }
};

void measure(int isa, const Options& options) {
    static const char* const names[] = {"portable", "avx2", "avx512"};
    if (dp_isa_select(isa) != DP_OK) {
        printf("%s: not supported by this machine\n", names[isa]);
        return;
    }
    std::vector<Product> products;
    for (const Layer& layer : kLayers) {
        if (strncmp(layer.name, options.name.c_str(), options.name.size()) != 0) continue;
        products.emplace_back(layer, "forward", 0, 0, layer.batch, layer.out, layer.in, options.cold);
        if (layer.batch == 1 || layer.batch > 1000) continue;
        products.emplace_back(layer, "dW", 1, 0, layer.in, layer.out, layer.batch, options.cold);
        products.emplace_back(layer, "dX", 0, 1, layer.batch, layer.in, layer.out, options.cold);
    }
    for (Product& product : products) product.measure(options.library);
    for (Product& product : products) {
        product.ours.clear();
        product.theirs.clear();
        product.ratios.clear();
    }
    for (int r = 0; r < options.rounds; r++) {
        for (Product& product : products) product.measure(options.library);
    }
    for (const Product& product : products) product.print(names[isa]);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (argc > 1) options.rounds = atoi(argv[1]);
    if (options.rounds < 1) {
        fprintf(stderr, "bench_gemm: rounds must be a positive number, got %s\n", argv[1]);
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        const std::string argument = argv[i];
        if (argument.compare(0, 5, "cold=") == 0) {
            options.cold = atoll(argv[i] + 5);
        } else if (argument.find('/') != std::string::npos) {
            void* library = dlopen(argv[i], RTLD_NOW);
            if (library != nullptr) options.library = reinterpret_cast<Sgemm>(dlsym(library, "cblas_sgemm"));
            if (options.library == nullptr) {
                fprintf(stderr, "bench_gemm: the library must export cblas_sgemm, got %s: %s\n", argv[i], dlerror());
                return 2;
            }
        } else if (argument.size() == 1 && argument[0] >= '0' && argument[0] <= '2') {
            options.sets.push_back(argument[0] - '0');
        } else {
            options.name = argument;
        }
    }
    if (options.sets.empty()) options.sets.push_back(dp_isa_current());
    for (int isa : options.sets) measure(isa, options);
    return 0;
}
