/*
 * agreement_test.cpp: the instruction sets against each other. Random words and dropout are equal bit for bit everywhere.
 * AVX2 and AVX-512 are equal bit for bit in everything, since both fuse and sums are taken in one order; the portable set
 * rounds twice where they fuse, and stays close.
 */
#include "test_support.h"
#include "unary_reference.h"

namespace test {
namespace {

struct Result {
    std::string name;
    std::vector<float> values;
    /* How far another set may be, relative to max(1, |value|); 0 for bits. */
    double tolerance;
};

void add(std::vector<Result>& results, const std::string& name, const Buffer<float>& values, double tolerance) {
    results.push_back({name, std::vector<float>(values.data(), values.data() + values.size()), tolerance});
}

/* The same inputs whatever the set: `random` is a copy. */
std::vector<Result> everything(Random random) {
    std::vector<Result> results;
    const int64_t n = 5003;
    const Buffer<float> x(n, random, -5.0f, 5.0f), positive(n, random, 0.01f, 5.0f), y(n), z(n), one(1);
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        const Buffer<float>& in = needs_positive(op) ? positive : x;
        f32::unary(op, n, in.data(), y.data());
        add(results, unary_name(op), y, 1e-6);
        f32::unary_backward(op, n, in.data(), y.data(), x.data(), z.data());
        add(results, std::string(unary_name(op)) + " backward", z, 3e-6);
    }
    f32::scale(n, 1.3f, -0.7f, x.data(), y.data());
    add(results, "scale", y, 1e-6);
    for (int op = DP_SUM; op <= DP_SUM_SQUARES; op++) {
        f32::reduce(op, n, x.data(), one.data());
        add(results, text("reduce %d", op), one, 1e-5);
    }
    f32::dropout(n, 0.3f, 11, 12, x.data(), y.data());
    add(results, "dropout", y, 0);
    const Buffer<uint32_t> words(n);
    dp_random_words(n, -5, 7, 13, words.data());
    for (int64_t i = 0; i < n; i++) y[i] = float_of(words[i] & 0x3fffffff);
    add(results, "random words", y, 0);
    for (int layout = 0; layout < 4; layout++) {
        for (int64_t columns : {1, 2, 10, 16, 33, 100}) {
            const int64_t m = 47, k = 601;
            const Buffer<float> a(m * k, random, -1.0f, 1.0f), b(k * columns, random, -1.0f, 1.0f), c(m * columns, 0.5f);
            f32::gemm(layout & 1, layout >> 1, m, columns, k, a.data(), b.data(), nullptr, 1, c.data());
            add(results, text("gemm layout %d, %lld columns", layout, (long long)columns), c, 1e-4);
        }
    }
    for (int64_t classes : {2, 10, 37, 100}) {
        const int64_t rows = 50;
        const Buffer<float> logits(rows * classes, random, -5.0f, 5.0f), out(rows * classes);
        const Buffer<int64_t> targets(rows);
        for (int64_t r = 0; r < rows; r++) targets[r] = random.integer(0, classes - 1);
        f32::column_sums(rows, classes, logits.data(), out.data());
        add(results, "column sums", out, 0);
        f32::softmax(rows, classes, logits.data(), out.data());
        add(results, "softmax", out, 1e-6);
        f32::cross_entropy(rows, classes, logits.data(), targets.data(), one.data());
        add(results, "cross-entropy", one, 2e-6);
        f32::cross_entropy_backward(rows, classes, logits.data(), targets.data(), x.data(), out.data());
        add(results, "cross-entropy backward", out, 1e-6);
    }
    const Buffer<float> p(x), m(n, 0.1f), v(positive);
    f32::adam(n, p.data(), x.data(), m.data(), v.data(), 0.01f, 0.9f, 0.999f, 1e-8f, 0.02f, 3.0f, 0.1f);
    add(results, "adam", p, 2e-6);
    f32::sgd(n, p.data(), x.data(), m.data(), 0.01f, 0.9f, 1, 0.1f);
    add(results, "sgd", p, 2e-6);
    f32::rmsprop(n, p.data(), x.data(), v.data(), m.data(), 0.01f, 0.9f, 1e-8f, 0.9f, 0.1f);
    add(results, "rmsprop", p, 2e-6);
    return results;
}

void sets_agree(Random& random) {
    const int before = dp_isa_current();
    std::vector<Result> first, fused;
    for (int isa : sets()) {
        dp_isa_select(isa);
        const std::vector<Result> results = everything(random);
        if (first.empty()) first = results;
        if (isa != DP_ISA_PORTABLE && fused.empty()) fused = results;
        for (size_t i = 0; i < results.size(); i++) {
            for (size_t j = 0; j < results[i].values.size(); j++) {
                const float got = results[i].values[j], expected = first[i].values[j];
                const double tolerance = results[i].tolerance * fmax(1.0, fabs((double)expected));
                const bool same = tolerance == 0 ? bits_of(got) == bits_of(expected) : is_close(expected, got, tolerance);
                require(same, "%s, element %zu: %.9g, and %.9g by %s", results[i].name.c_str(), j, (double)expected, (double)got, name_of(isa));
                if (isa == DP_ISA_PORTABLE) continue;
                require(bits_of(got) == bits_of(fused[i].values[j]), "%s, element %zu: fused sets must give the same bits, got %.9g and %.9g by %s",
                        results[i].name.c_str(), j, (double)fused[i].values[j], (double)got, name_of(isa));
            }
        }
    }
    dp_isa_select(before);
}

/* Every kStride-th bit pattern of the floats: where exponentials overflow, are flushed or saturate, as well. */
void fused_sets_agree_over_all_floats(Random& random) {
    constexpr uint32_t kStride = 50021;
    const int before = dp_isa_current();
    std::vector<float> patterns;
    for (uint64_t pattern = (uint64_t)random.integer(0, kStride - 1); pattern <= 0xffffffffu; pattern += kStride) {
        patterns.push_back(float_of((uint32_t)pattern));
    }
    for (float x = -110.0f; x < 110.0f; x += 0.0137f) patterns.push_back(x);
    const Buffer<float> x(patterns);
    const int64_t n = x.size();
    const Buffer<float> one(n, 1.0f), y(n), dx(n);
    for (int op = DP_NEGATE; op <= DP_EXPM1; op++) {
        std::vector<float> first;
        for (int isa : sets()) {
            if (isa == DP_ISA_PORTABLE) continue;
            dp_isa_select(isa);
            f32::unary(op, n, x.data(), y.data());
            f32::unary_backward(op, n, x.data(), y.data(), one.data(), dx.data());
            std::vector<float> both(y.data(), y.data() + n);
            both.insert(both.end(), dx.data(), dx.data() + n);
            if (first.empty()) first = both;
            for (size_t i = 0; i < both.size(); i++) {
                const bool same = isnan(first[i]) ? isnan(both[i]) : bits_of(first[i]) == bits_of(both[i]);
                require(same, "%s%s of %.9g: %.9g, and %.9g by %s", i < (size_t)n ? "" : "gradient of ", unary_name(op),
                        (double)patterns[i % (size_t)n], (double)first[i], (double)both[i], name_of(isa));
            }
        }
    }
    dp_isa_select(before);
}

}  // namespace

void agreement_tests(Suite& suite) {
    suite.once("the instruction sets agree", sets_agree);
    suite.once("fused sets agree over all floats", fused_sets_agree_over_all_floats);
}

}  // namespace test
