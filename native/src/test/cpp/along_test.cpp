/* along_test.cpp: elements taken and added along one dimension, each by an index of its own, against plain loops. */
#include <limits>

#include "test_support.h"

namespace test {
namespace {

/* outer, n, inner, count */
const int64_t kVolumes[][4] = {{1, 1, 1, 1}, {1, 5, 1, 9}, {7, 3, 1, 2}, {3, 4, 5, 6}, {2, 100, 33, 7}, {1, 3, 2, 500}, {40, 9, 1, 9}, {2, 4, 3, 0}, {0, 4, 3, 5}, {2, 4, 0, 5}};

Buffer<int64_t> indices(int64_t size, int64_t n, Random& random) {
    Buffer<int64_t> index(size);
    for (int64_t i = 0; i < size; i++) index[i] = random.integer(0, n - 1);
    return index;
}

template <class T>
void elements_are_taken_bit_for_bit(Random& random) {
    for (const auto& volume : kVolumes) {
        const int64_t outer = volume[0], n = volume[1], inner = volume[2], count = volume[3];
        const Buffer<T> x(outer * n * inner), y(outer * count * inner, (T)1), expected(y);
        for (int64_t i = 0; i < x.size(); i++) {
            const uint64_t word = random.word();
            memcpy(&x[i], &word, sizeof(T));
        }
        const Buffer<int64_t> index = indices(y.size(), n, random);
        for (int64_t at = 0; at < y.size(); at++) {
            memcpy(&expected[at], &x[(at / (count * inner) * n + index[at]) * inner + at % inner], sizeof(T));
        }
        const std::string where = text("type %d, [%lld, %lld, %lld], %lld", kType<T>, (long long)outer, (long long)n, (long long)inner, (long long)count);
        require_status(DP_OK, dp_take_along(kType<T>, outer, n, inner, count, index.data(), x.data(), y.data()), where);
        require(memcmp(expected.data(), y.data(), (size_t)y.size() * sizeof(T)) == 0, "%s: every bit must be x's", where.c_str());
    }
}

template <class T>
void gradients_are_added_in_order(Random& random) {
    for (const auto& volume : kVolumes) {
        const int64_t outer = volume[0], n = volume[1], inner = volume[2], count = volume[3];
        const Buffer<T> dy(outer * count * inner), dx(outer * n * inner);
        for (int64_t i = 0; i < dy.size(); i++) dy[i] = (T)random.real(-1.0f, 1.0f);
        for (int64_t i = 0; i < dx.size(); i++) dx[i] = (T)random.real(-1.0f, 1.0f);
        const Buffer<T> expected(dx);
        const Buffer<int64_t> index = indices(dy.size(), n, random);
        /* at grows with a. */
        for (int64_t at = 0; at < dy.size(); at++) {
            T& sum = expected[(at / (count * inner) * n + index[at]) * inner + at % inner];
            sum = sum + dy[at];
        }
        require_status(DP_OK, dp_scatter_add_along(kType<T>, outer, n, inner, count, index.data(), dy.data(), dx.data()), "scatter_add_along");
        for (int64_t i = 0; i < dx.size(); i++) {
            require(dx[i] == expected[i], "[%lld, %lld, %lld], %lld: element %lld must be %.17g, got %.17g", (long long)outer, (long long)n,
                    (long long)inner, (long long)count, (long long)i, (double)expected[i], (double)dx[i]);
        }
    }
}

void an_index_out_of_range_is_refused_and_nothing_is_written(Random&) {
    const int64_t outer = 2, n = 5, inner = 3, count = 4, size = outer * count * inner;
    for (int64_t wrong : {(int64_t)-1, n, (int64_t)1 << 32, INT64_MIN, INT64_MAX}) {
        for (int64_t place : {(int64_t)0, size / 2, size - 1}) {
            const Buffer<float> x(outer * n * inner, 7.0f), y(size, 7.0f);
            const Buffer<int64_t> index(size, (int64_t)2);
            index[place] = wrong;
            const std::string where = text("index %lld at %lld", (long long)wrong, (long long)place);
            require_status(DP_INDEX_OUT_OF_RANGE, dp_take_along(DP_FLOAT32, outer, n, inner, count, index.data(), x.data(), y.data()), where);
            require_status(DP_INDEX_OUT_OF_RANGE, dp_scatter_add_along(DP_FLOAT32, outer, n, inner, count, index.data(), y.data(), x.data()), where);
            for (int64_t i = 0; i < size; i++) require(y[i] == 7.0f, "%s: element %lld was written", where.c_str(), (long long)i);
            for (int64_t i = 0; i < x.size(); i++) require(x[i] == 7.0f, "%s: sum %lld was written", where.c_str(), (long long)i);
        }
    }
    const Buffer<int64_t> index(1, (int64_t)0);
    const Buffer<float> y(1, 7.0f);
    require_status(DP_INDEX_OUT_OF_RANGE, dp_take_along(DP_FLOAT32, 1, 0, 1, 1, index.data(), nullptr, y.data()), "an index into nothing");
    require_status(DP_INDEX_OUT_OF_RANGE, dp_scatter_add_along(DP_FLOAT32, 1, 0, 1, 1, index.data(), y.data(), nullptr), "an index into nothing");
    require(y[0] == 7.0f, "an index into nothing: nothing is written");
}

}  // namespace

void along_tests(Suite& suite) {
    suite.each("float32 elements are taken bit for bit", elements_are_taken_bit_for_bit<float>);
    suite.once("float64 elements are taken bit for bit", elements_are_taken_bit_for_bit<double>);
    suite.once("int32 elements are taken bit for bit", elements_are_taken_bit_for_bit<int32_t>);
    suite.once("int64 elements are taken bit for bit", elements_are_taken_bit_for_bit<int64_t>);
    suite.once("boolean elements are taken bit for bit", elements_are_taken_bit_for_bit<uint8_t>);
    suite.each("float32 gradients are added in order", gradients_are_added_in_order<float>);
    suite.once("float64 gradients are added in order", gradients_are_added_in_order<double>);
    suite.each("an index out of range is refused and nothing is written", an_index_out_of_range_is_refused_and_nothing_is_written);
}

}  // namespace test
