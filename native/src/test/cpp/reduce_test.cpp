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
            require_status(DP_OK, dp_reduce(op, n, x.data(), out.data()), "reduce");
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
        dp_reduce(op, 5000, x.data(), out.data());
        require(out[0] == INFINITY, "op %d: expected infinity, got %g", op, (double)out[0]);
        x[17] = NAN;
        dp_reduce(op, 5000, x.data(), out.data());
        require(isnan(out[0]), "op %d: expected NaN, got %g", op, (double)out[0]);
    }
}

void column_sums_add_rows_in_order(Random& random) {
    for (int64_t columns : sizes()) {
        const int64_t rows = columns > 1000 ? 3 : random.integer(0, 70);
        const Buffer<float> x(rows * columns, random, -1.0f, 1.0f), out(columns, NAN), expected(columns, 0.0f);
        for (int64_t r = 0; r < rows; r++) {
            for (int64_t c = 0; c < columns; c++) expected[c] += x[r * columns + c];
        }
        require_status(DP_OK, dp_column_sums(rows, columns, x.data(), out.data()), "column_sums");
        require_same_bits(expected, out, text("%lld x %lld", (long long)rows, (long long)columns));
    }
}

void gather_copies_the_rows_of_the_index(Random& random) {
    for (int64_t row_bytes : {0, 1, 3, 4, 8, 12, 16, 20, 31, 32, 33, 60, 64, 65, 68, 127, 128, 200, 3136}) {
        const int64_t source_rows = random.integer(1, 40);
        const int64_t count = random.integer(0, 60);
        const Buffer<unsigned char> source(source_rows * row_bytes), out(count * row_bytes, (unsigned char)0xEE);
        for (int64_t i = 0; i < source.size(); i++) source[i] = (unsigned char)random.word();
        const Buffer<int32_t> index(count);
        for (int64_t i = 0; i < count; i++) index[i] = (int32_t)random.integer(0, source_rows - 1);
        require_status(DP_OK, dp_gather_rows(count, row_bytes, source_rows, source.data(), index.data(), out.data()), "gather");
        for (int64_t i = 0; i < count; i++) {
            for (int64_t j = 0; j < row_bytes; j++) {
                require(out[i * row_bytes + j] == source[index[i] * row_bytes + j], "row %lld of %lld bytes, byte %lld",
                        (long long)i, (long long)row_bytes, (long long)j);
            }
        }
    }
}

void gather_refuses_an_index_outside(Random&) {
    const Buffer<float> source(40, 1.0f), out(20, 7.0f);
    for (int32_t wrong : {-1, 10, INT32_MAX, INT32_MIN}) {
        const Buffer<int32_t> index(std::vector<int32_t>{0, 9, 3, 2, wrong});
        require_status(DP_INDEX_OUT_OF_RANGE, dp_gather_rows(5, 16, 10, source.data(), index.data(), out.data()), "gather");
        for (int64_t i = 0; i < 20; i++) require(out[i] == 7.0f, "gather wrote before it refused index %d", wrong);
    }
}

}  // namespace

void reduce_tests(Suite& suite) {
    suite.each("reductions match the reference", reductions_match_reference);
    suite.each("reductions carry NaN and infinity", reductions_carry_nan_and_infinity);
    suite.each("column sums add rows in order", column_sums_add_rows_in_order);
    suite.each("gather copies the rows of the index", gather_copies_the_rows_of_the_index);
    suite.each("gather refuses an index outside", gather_refuses_an_index_outside);
}

}  // namespace test
