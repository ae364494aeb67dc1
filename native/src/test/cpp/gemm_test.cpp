/* gemm_test.cpp: matrix products of every layout over random and awkward shapes. */
#include "test_support.h"

namespace test {
namespace {

constexpr double kEpsilon = 1.1920929e-7;

struct Product {
    bool transpose_a, transpose_b, accumulate, with_bias;
    int64_t m, n, k;

    double a_at(const Buffer<float>& a, int64_t i, int64_t p) const { return transpose_a ? a[p * m + i] : a[i * k + p]; }
    double b_at(const Buffer<float>& b, int64_t p, int64_t j) const { return transpose_b ? b[j * k + p] : b[p * n + j]; }
    std::string name() const {
        return text("m %lld n %lld k %lld, %c%c%s%s", (long long)m, (long long)n, (long long)k, transpose_a ? 'T' : 'N',
                    transpose_b ? 'T' : 'N', accumulate ? ", accumulate" : "", with_bias ? ", bias" : "");
    }
};

void check_product(const Product& product, Random& random) {
    const int64_t m = product.m, n = product.n, k = product.k;
    const Buffer<float> a(m * k, random, -1.0f, 1.0f), b(k * n, random, -1.0f, 1.0f), bias(n, random, -1.0f, 1.0f);
    /* Without accumulate C is not read, so what it holds is NaN. */
    const Buffer<float> before = product.accumulate ? Buffer<float>(m * n, random, -1.0f, 1.0f) : Buffer<float>(m * n, NAN);
    const Buffer<float> c(before);
    require_status(DP_OK,
                   f32::gemm(product.transpose_a, product.transpose_b, m, n, k, a.data(), b.data(),
                           product.with_bias ? bias.data() : nullptr, product.accumulate, c.data()),
                   product.name());
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            double expected = product.accumulate ? before[i * n + j] : product.with_bias ? bias[j] : 0.0;
            double magnitude = fabs(expected);
            for (int64_t p = 0; p < k; p++) {
                const double one = product.a_at(a, i, p) * product.b_at(b, p, j);
                expected += one;
                magnitude += fabs(one);
            }
            /* k + 1 additions and, without fma, k products, each half an ulp of at most `magnitude`. */
            require_close(expected, c[i * n + j], (double)(k + 1) * kEpsilon * magnitude,
                          product.name() + text(", element %lld, %lld", (long long)i, (long long)j));
        }
    }
}

void small_products_of_every_layout_match(Random& random) {
    for (int layout = 0; layout < 4; layout++) {
        for (int t = 0; t < 120; t++) {
            const bool accumulate = random.integer(0, 2) == 0;
            check_product({(layout & 1) != 0, (layout & 2) != 0, accumulate, !accumulate && random.coin(), random.integer(0, 40),
                           random.integer(0, 70), random.integer(0, 40)}, random);
        }
    }
}

/* Sizes at which tiles, panels, packing and blocks of k begin and end. */
void awkward_products_of_every_layout_match(Random& random) {
    const int64_t shapes[][3] = {{1, 1, 1},    {1, 200, 33},  {4, 65, 17},   {5, 49, 512},  {14, 32, 513}, {15, 33, 7},
                                 {70, 129, 40}, {113, 20, 30}, {57, 130, 9}, {600, 3, 70},  {530, 66, 5},  {3, 5, 1100},
                                 {60, 12, 700}, {520, 140, 20}, {61, 13, 50}, {29, 160, 16},
                                 {290, 135, 1030}, {131, 301, 40}, {75, 260, 260}};
    for (const auto& shape : shapes) {
        for (int layout = 0; layout < 4; layout++) {
            for (int extra = 0; extra < 3; extra++) {
                check_product({(layout & 1) != 0, (layout & 2) != 0, extra == 1, extra == 2, shape[0], shape[1], shape[2]}, random);
            }
        }
    }
}

void heads_of_one_to_sixteen_outputs_match(Random& random) {
    for (int64_t outputs = 1; outputs <= 16; outputs++) {
        /* Rows and k that fill no whole vectors, and blocks of k. */
        check_product({false, false, false, true, 37, outputs, 43}, random);
        check_product({false, false, true, false, 16, outputs, 521}, random);
        check_product({false, true, false, false, 37, outputs, 43}, random);
        check_product({false, false, false, true, 32, outputs, 64}, random);
        check_product({true, false, false, false, 64, outputs, 32}, random);
        check_product({true, false, true, false, 64, outputs, 32}, random);
        check_product({false, true, false, false, 32, 64, outputs}, random);
    }
}

/* An element depends on its row, its column and k alone: one row, one column and a single element give the same bits. */
void elements_do_not_depend_on_the_shape_around_them(Random& random) {
    const int64_t m = 61, n = 75, k = 530;
    const Buffer<float> a(m * k, random, -1.0f, 1.0f), b(k * n, random, -1.0f, 1.0f), bt(n * k), at(k * m);
    for (int64_t p = 0; p < k; p++) {
        for (int64_t j = 0; j < n; j++) bt[j * k + p] = b[p * n + j];
        for (int64_t i = 0; i < m; i++) at[p * m + i] = a[i * k + p];
    }
    const Buffer<float> c(m * n), other(m * n), row(n), column(m);
    f32::gemm(0, 0, m, n, k, a.data(), b.data(), nullptr, 0, c.data());
    for (int layout = 1; layout < 4; layout++) {
        const bool ta = (layout & 1) != 0, tb = (layout & 2) != 0;
        f32::gemm(ta, tb, m, n, k, ta ? at.data() : a.data(), tb ? bt.data() : b.data(), nullptr, 0, other.data());
        require_same_bits(c, other, text("layout %d", layout));
    }
    for (int64_t i = 0; i < m; i += 7) {
        f32::gemm(0, 0, 1, n, k, a.data() + i * k, b.data(), nullptr, 0, row.data());
        for (int64_t j = 0; j < n; j++) require(bits_of(row[j]) == bits_of(c[i * n + j]), "row %lld alone", (long long)i);
    }
    for (int64_t j = 0; j < n; j += 7) {
        for (int ta = 0; ta < 2; ta++) {
            f32::gemm(ta, 1, m, 1, k, ta == 1 ? at.data() : a.data(), bt.data() + j * k, nullptr, 0, column.data());
            for (int64_t i = 0; i < m; i++) require(bits_of(column[i]) == bits_of(c[i * n + j]), "column %lld alone", (long long)j);
        }
    }
    /* The first columns alone, with a bias. */
    const Buffer<float> bias(n, random, -1.0f, 1.0f);
    f32::gemm(0, 0, m, n, k, a.data(), b.data(), bias.data(), 0, c.data());
    for (int64_t count = 1; count <= 16; count++) {
        const Buffer<float> few(k * count), part(m * count);
        for (int64_t p = 0; p < k; p++) {
            for (int64_t j = 0; j < count; j++) few[p * count + j] = b[p * n + j];
        }
        f32::gemm(0, 0, m, count, k, a.data(), few.data(), bias.data(), 0, part.data());
        for (int64_t i = 0; i < m * count; i++) {
            require(bits_of(part[i]) == bits_of(c[i / count * n + i % count]), "%lld columns alone", (long long)count);
        }
    }
}

/* Large products pack both operands, in blocks of rows, and ask for memory in advance: the same bits as their parts alone. */
void large_products_have_the_bits_of_their_parts(Random& random) {
    const int64_t m = 300, n = 165, k = 1040;
    const Buffer<float> a(m * k, random, -1.0f, 1.0f), b(k * n, random, -1.0f, 1.0f), bt(n * k), at(k * m);
    for (int64_t p = 0; p < k; p++) {
        for (int64_t j = 0; j < n; j++) bt[j * k + p] = b[p * n + j];
        for (int64_t i = 0; i < m; i++) at[p * m + i] = a[i * k + p];
    }
    const Buffer<float> c(m * n), other(m * n), rows(9 * n);
    f32::gemm(0, 0, m, n, k, a.data(), b.data(), nullptr, 0, c.data());
    for (int layout = 1; layout < 4; layout++) {
        const bool ta = (layout & 1) != 0, tb = (layout & 2) != 0;
        f32::gemm(ta, tb, m, n, k, ta ? at.data() : a.data(), tb ? bt.data() : b.data(), nullptr, 0, other.data());
        require_same_bits(c, other, text("layout %d", layout));
    }
    for (int64_t i = 0; i + 9 <= m; i += 97) {
        f32::gemm(0, 0, 9, n, k, a.data() + i * k, b.data(), nullptr, 0, rows.data());
        for (int64_t j = 0; j < 9 * n; j++) require(bits_of(rows[j]) == bits_of(c[i * n + j]), "rows from %lld", (long long)i);
    }
}

void an_empty_inner_dimension_gives_the_bias(Random& random) {
    const Buffer<float> bias(5, random, -1.0f, 1.0f), c(15, NAN);
    require_status(DP_OK, f32::gemm(0, 0, 3, 5, 0, nullptr, nullptr, bias.data(), 0, c.data()), "k = 0");
    for (int64_t i = 0; i < 15; i++) require(c[i] == bias[i % 5], "k = 0 must give the bias");
    require_status(DP_OK, f32::gemm(0, 0, 3, 5, 0, nullptr, nullptr, nullptr, 1, c.data()), "k = 0, accumulate");
    for (int64_t i = 0; i < 15; i++) require(c[i] == bias[i % 5], "k = 0 must leave C when it accumulates");
    require_status(DP_OK, f32::gemm(0, 0, 3, 5, 0, nullptr, nullptr, nullptr, 0, c.data()), "k = 0, no bias");
    for (int64_t i = 0; i < 15; i++) require(c[i] == 0.0f, "k = 0 without bias must give 0");
}

/* NaN in A[i, p] makes row i NaN and no other; infinity times zero is NaN. */
void nan_and_infinity_stay_in_their_row(Random& random) {
    const int64_t m = 33, n = 35, k = 20;
    const Buffer<float> a(m * k, random, 0.5f, 1.0f), b(k * n, random, 0.5f, 1.0f), c(m * n);
    a[7 * k + 3] = NAN;
    a[20 * k + 5] = INFINITY;
    b[5 * n + 11] = 0.0f;
    f32::gemm(0, 0, m, n, k, a.data(), b.data(), nullptr, 0, c.data());
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            const float value = c[i * n + j];
            const bool right = i == 7 || (i == 20 && j == 11) ? isnan(value) : i == 20 ? isinf(value) : isfinite(value);
            require(right, "element %lld, %lld: got %g", (long long)i, (long long)j, (double)value);
        }
    }
}

}  // namespace

void gemm_tests(Suite& suite) {
    suite.each("small products of every layout match", small_products_of_every_layout_match);
    suite.each("awkward products of every layout match", awkward_products_of_every_layout_match);
    suite.each("heads of one to sixteen outputs match", heads_of_one_to_sixteen_outputs_match);
    suite.each("elements do not depend on the shape around them", elements_do_not_depend_on_the_shape_around_them);
    suite.each("large products have the bits of their parts", large_products_have_the_bits_of_their_parts);
    suite.each("an empty inner dimension gives the bias", an_empty_inner_dimension_gives_the_bias);
    suite.each("NaN and infinity stay in their row", nan_and_infinity_stay_in_their_row);
}

}  // namespace test
