/* reduce_test.cpp: whole-array reductions, column sums and row gathering. */
#include "test_support.h"

namespace test {
namespace {

constexpr double kEpsilon = 1.1920929e-7;

double term(int op, double x) {
    return op == DP_SUM ? x : op == DP_SUM_ABS ? fabs(x) : x * x;
}

void reductions_match_reference(Random& random) {
    std::vector<int64_t> all = sizes();
    all.push_back(100003);
    for (int op = DP_SUM; op <= DP_SUM_SQUARES; op++) {
        for (int64_t n : all) {
            const Buffer<float> x(n, random, -1.0f, 1.0f), out(1, NAN);
            require_status(DP_OK, f32::reduce(op, n, x.data(), out.data()), "reduce");
            double expected = 0, magnitude = 0;
            for (int64_t i = 0; i < n; i++) {
                expected += term(op, x[i]);
                magnitude += fabs(term(op, x[i]));
            }
            /* At most 128 additions to a lane and 5 across the lanes, each half an ulp. */
            require_close(expected, out[0], 70 * kEpsilon * magnitude, text("op %d over %lld", op, (long long)n));
        }
    }
}

void reductions_carry_nan_and_infinity(Random& random) {
    for (int op = DP_SUM; op <= DP_SUM_SQUARES; op++) {
        const Buffer<float> x(5000, random, -1.0f, 1.0f), out(1);
        x[4999] = INFINITY;
        f32::reduce(op, 5000, x.data(), out.data());
        require(out[0] == INFINITY, "op %d: expected infinity, got %g", op, (double)out[0]);
        x[17] = NAN;
        f32::reduce(op, 5000, x.data(), out.data());
        require(isnan(out[0]), "op %d: expected NaN, got %g", op, (double)out[0]);
    }
}

void column_sums_add_rows_in_order(Random& random) {
    for (int64_t columns : sizes()) {
        if (columns == 1) continue; /* a column of one is summed as a row, in lanes */
        const int64_t rows = columns > 1000 ? 3 : random.integer(0, 70);
        const Buffer<float> x(rows * columns, random, -1.0f, 1.0f), out(columns, NAN), expected(columns, 0.0f);
        for (int64_t r = 0; r < rows; r++) {
            for (int64_t c = 0; c < columns; c++) expected[c] += x[r * columns + c];
        }
        require_status(DP_OK, f32::column_sums(rows, columns, x.data(), out.data()), "column_sums");
        require_same_bits(expected, out, text("%lld x %lld", (long long)rows, (long long)columns));
    }
}

int64_t bytes_of(int dtype) {
    return dtype == DP_BOOL ? 1 : dtype == DP_FLOAT32 || dtype == DP_INT32 ? 4 : 8;
}

void gather_copies_the_rows_of_the_index(Random& random) {
    for (int dtype = DP_FLOAT32; dtype <= DP_BOOL; dtype++) {
        for (int64_t inner : {0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 65, 200}) {
            const int64_t outer = random.integer(1, 3), n = random.integer(1, 40), count = random.integer(0, 60);
            const int64_t row = inner * bytes_of(dtype);
            const Buffer<unsigned char> source(outer * n * row), out(outer * count * row, (unsigned char)0xEE);
            for (int64_t i = 0; i < source.size(); i++) source[i] = (unsigned char)random.word();
            const Buffer<int64_t> index(count);
            for (int64_t i = 0; i < count; i++) index[i] = random.integer(0, n - 1);
            require_status(DP_OK, dp_gather(dtype, outer, n, inner, count, index.data(), source.data(), out.data()), "gather");
            for (int64_t o = 0; o < outer; o++) {
                for (int64_t i = 0; i < count; i++) {
                    require(memcmp(out.data() + (o * count + i) * row, source.data() + (o * n + index[i]) * row, (size_t)row) == 0,
                            "type %d, row %lld, %lld of %lld bytes", dtype, (long long)o, (long long)i, (long long)row);
                }
            }
        }
    }
}

void indices_outside_are_refused(Random&) {
    const Buffer<float> source(40, 1.0f), out(20, 7.0f);
    for (int64_t wrong : {(int64_t)-1, (int64_t)10, INT64_MAX, INT64_MIN, (int64_t)1 << 32}) {
        const Buffer<int64_t> index(std::vector<int64_t>{0, 9, 3, 2, wrong});
        require_status(DP_INDEX_OUT_OF_RANGE, dp_gather(DP_FLOAT32, 1, 10, 4, 5, index.data(), source.data(), out.data()), "gather");
        require_status(DP_INDEX_OUT_OF_RANGE, dp_scatter_add(DP_FLOAT32, 1, 10, 2, 5, index.data(), source.data(), out.data()), "scatter");
        for (int64_t i = 0; i < 20; i++) require(out[i] == 7.0f, "index %lld was refused after something was written", (long long)wrong);
    }
}

}  // namespace

void reduce_tests(Suite& suite) {
    suite.each("reductions match the reference", reductions_match_reference);
    suite.each("reductions carry NaN and infinity", reductions_carry_nan_and_infinity);
    suite.each("column sums add rows in order", column_sums_add_rows_in_order);
    suite.each("gather copies the rows of the index", gather_copies_the_rows_of_the_index);
    suite.each("indices outside are refused", indices_outside_are_refused);
}

}  // namespace test
