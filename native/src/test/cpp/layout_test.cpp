/* layout_test.cpp: every elementwise function, and assignment, over strided, broadcast, reversed and transposed operands of every type. */
#include <type_traits>

#include "test_support.h"
#include "unary_reference.h"

namespace test {
namespace {

/* A [rows, columns] operand in a buffer of its own: dense, or with strides that repeat, skip, run backwards or transpose. */
template <class T>
struct Strided {
    Buffer<T> memory;
    int64_t first, row_stride, column_stride;

    const T* data() const { return memory.data() + first; }
    T at(int64_t i, int64_t j) const { return memory[first + i * row_stride + j * column_stride]; }
};

constexpr int kLayouts = 10;

template <class T>
Strided<T> strided(int layout, int64_t rows, int64_t columns, Random& random) {
    int64_t row_stride = columns, column_stride = 1;
    switch (layout) {
        case 0: break;
        case 1: row_stride = 0, column_stride = 0; break;
        case 2: row_stride = 0; break;
        case 3: row_stride = 1, column_stride = 0; break;
        case 4: row_stride = 1, column_stride = rows; break;
        case 5: row_stride = columns + random.integer(1, 5); break;
        case 6: column_stride = random.integer(2, 4), row_stride = columns * column_stride; break;
        case 7: column_stride = -1; break;
        case 8: row_stride = -columns; break;
        default: row_stride = -1, column_stride = -rows; break;
    }
    const int64_t last_row = rows > 0 ? rows - 1 : 0, last_column = columns > 0 ? columns - 1 : 0;
    const int64_t lowest = (row_stride < 0 ? row_stride * last_row : 0) + (column_stride < 0 ? column_stride * last_column : 0);
    const int64_t highest = (row_stride > 0 ? row_stride * last_row : 0) + (column_stride > 0 ? column_stride * last_column : 0);
    Strided<T> x = {Buffer<T>(rows * columns == 0 ? 0 : highest - lowest + 1), -lowest, row_stride, column_stride};
    for (int64_t i = 0; i < x.memory.size(); i++) {
        if (std::is_same<T, uint8_t>::value) {
            x.memory[i] = (T)random.coin();
        } else if (std::is_floating_point<T>::value) {
            x.memory[i] = (T)(random.integer(0, 30) == 0 ? NAN : random.real(-3.0f, 3.0f));
        } else {
            x.memory[i] = (T)random.integer(-4, 4);
        }
    }
    return x;
}

template <class T>
bool same(T a, T b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

template <class T>
void require_same(const Buffer<T>& expected, const Buffer<T>& got, const std::string& where) {
    for (int64_t i = 0; i < expected.size(); i++) {
        require(same(expected[i], got[i]), "%s: element %lld must be %.17g, got %.17g", where.c_str(), (long long)i, (double)expected[i],
                (double)got[i]);
    }
}

/* The operand copied out, one element after another. */
template <class T>
Buffer<T> dense(const Strided<T>& x, int64_t rows, int64_t columns) {
    Buffer<T> out(rows * columns);
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) out[i * columns + j] = x.at(i, j);
    }
    return out;
}

const int64_t kShapes[][2] = {{0, 5}, {5, 0}, {1, 1}, {1, 70}, {70, 1}, {3, 2}, {7, 33}, {33, 7}, {40, 100}, {2, 1100}, {1100, 2}};

template <class T>
void unary_of_every_layout(Random& random) {
    for (const auto& shape : kShapes) {
        const int64_t rows = shape[0], columns = shape[1], n = rows * columns;
        for (int layout = 0; layout < kLayouts; layout++) {
            const Strided<T> x = strided<T>(layout, rows, columns, random);
            const Buffer<T> in = dense(x, rows, columns);
            for (int op : {DP_NEGATE, DP_AFFINE, DP_CLAMP, DP_SIGN, DP_TANH, DP_POWER}) {
                if (!std::is_floating_point<T>::value && (op == DP_TANH || op == DP_POWER)) continue;
                const Buffer<T> expected(n), got(n);
                const std::string where = text("%s of layout %d, %lld x %lld", unary_name(op), layout, (long long)rows, (long long)columns);
                require_status(DP_OK, dp_unary(op, kType<T>, 2, 3, 1, n, in.data(), n, 1, expected.data()), where);
                require_status(DP_OK,
                               dp_unary(op, kType<T>, 2, 3, rows, columns, x.data(), x.row_stride, x.column_stride, got.data()), where);
                require_same(expected, got, where);
            }
        }
    }
}

/* a op b by C++ alone; pow by the dense call. */
template <class T>
T binary_of(int op, T a, T b) {
    switch (op) {
        case DP_ADD: return (T)(a + b);
        case DP_SUBTRACT: return (T)(a - b);
        case DP_MULTIPLY: return (T)(a * b);
        case DP_DIVIDE: return (T)(a / b);
        case DP_MAXIMUM: return a != a ? a : b != b ? b : a > b ? a : b;
        default: return a != a ? a : b != b ? b : a < b ? a : b;
    }
}

template <class T>
void binary_of_every_layout(Random& random) {
    for (const auto& shape : kShapes) {
        const int64_t rows = shape[0], columns = shape[1], n = rows * columns;
        for (int pair = 0; pair < kLayouts * kLayouts; pair += (int)random.integer(1, 3)) {
            const Strided<T> a = strided<T>(pair / kLayouts, rows, columns, random);
            const Strided<T> b = strided<T>(pair % kLayouts, rows, columns, random);
            for (int64_t i = 0; i < b.memory.size() && std::is_integral<T>::value; i++) b.memory[i] = b.memory[i] == 0 ? (T)5 : b.memory[i];
            const Buffer<T> left = dense(a, rows, columns), right = dense(b, rows, columns);
            for (int op = DP_ADD; op <= DP_MINIMUM; op++) {
                if (op == DP_POW && std::is_integral<T>::value) continue;
                const Buffer<T> expected(n), got(n);
                const std::string where = text("binary %d of layouts %d and %d, %lld x %lld", op, pair / kLayouts, pair % kLayouts,
                                               (long long)rows, (long long)columns);
                for (int64_t i = 0; i < n; i++) expected[i] = binary_of(op, left[i], right[i]);
                if (op == DP_POW) dp_binary(op, kType<T>, 1, n, left.data(), n, 1, right.data(), n, 1, expected.data());
                require_status(DP_OK,
                               dp_binary(op, kType<T>, rows, columns, a.data(), a.row_stride, a.column_stride, b.data(), b.row_stride,
                                         b.column_stride, got.data()),
                               where);
                require_same(expected, got, where);
                const Buffer<T> in_place(right);
                dp_binary(op, kType<T>, rows, columns, a.data(), a.row_stride, a.column_stride, in_place.data(), columns, 1, in_place.data());
                require_same(expected, in_place, where + " in place");
            }
        }
    }
}

template <class T>
void comparison_and_selection_of_every_layout(Random& random) {
    for (const auto& shape : kShapes) {
        const int64_t rows = shape[0], columns = shape[1], n = rows * columns;
        for (int layout = 0; layout < kLayouts; layout++) {
            const Strided<T> a = strided<T>(layout, rows, columns, random);
            const Strided<T> b = strided<T>((int)random.integer(0, kLayouts - 1), rows, columns, random);
            const Strided<uint8_t> condition = strided<uint8_t>((int)random.integer(0, kLayouts - 1), rows, columns, random);
            const Buffer<uint8_t> got(n, (uint8_t)9);
            for (int op = DP_EQUAL; op <= DP_GREATER_EQUAL; op++) {
                require_status(DP_OK,
                               dp_compare(op, kType<T>, rows, columns, a.data(), a.row_stride, a.column_stride, b.data(), b.row_stride,
                                          b.column_stride, got.data()),
                               "compare");
                for (int64_t i = 0; i < n; i++) {
                    const T p = a.at(i / columns, i % columns), q = b.at(i / columns, i % columns);
                    const bool expected[] = {p == q, p != q, p < q, p <= q, p > q, p >= q};
                    require(got[i] == (uint8_t)expected[op], "comparison %d of %g and %g: got %d", op, (double)p, (double)q, got[i]);
                }
            }
            const Buffer<T> chosen(n), expected(n);
            for (int64_t i = 0; i < n; i++) {
                const int64_t r = i / columns, c = i % columns;
                expected[i] = condition.at(r, c) == 1 ? a.at(r, c) : b.at(r, c);
            }
            require_status(DP_OK,
                           dp_select(kType<T>, rows, columns, condition.data(), condition.row_stride, condition.column_stride, a.data(),
                                     a.row_stride, a.column_stride, b.data(), b.row_stride, b.column_stride, chosen.data()),
                           "select");
            require_same(expected, chosen, "select");
            require_status(DP_OK,
                           dp_convert(kType<T>, kType<T>, rows, columns, a.data(), a.row_stride, a.column_stride, chosen.data()), "copy");
            require_same(dense(a, rows, columns), chosen, "a view made dense");
        }
    }
}

/* Every bit pattern there is, NaN payloads and denormals among them. */
template <class T>
void fill_with_bits(const Buffer<T>& values, Random& random) {
    for (int64_t i = 0; i < values.size(); i++) {
        const uint64_t word = random.word();
        memcpy(&values[i], &word, sizeof(T));
    }
}

/* Bits land in y's elements, and nowhere else. */
template <class T>
void require_assignment(int from, int to, int64_t rows, int64_t columns, Random& random) {
    const Strided<T> x = strided<T>(from, rows, columns, random), y = strided<T>(to, rows, columns, random);
    fill_with_bits(x.memory, random);
    fill_with_bits(y.memory, random);
    const Buffer<T> expected(y.memory), before(x.memory);
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) {
            memcpy(&expected[y.first + i * y.row_stride + j * y.column_stride], &x.data()[i * x.row_stride + j * x.column_stride], sizeof(T));
        }
    }
    /* The stride of a single row or column means nothing. */
    const bool one_row = rows == 1, one_column = columns == 1;
    T* const out = y.memory.data() + y.first;
    const std::string where = text("layout %d into layout %d, %lld x %lld", from, to, (long long)rows, (long long)columns);
    require_status(DP_OK,
                   dp_assign(kType<T>, rows, columns, x.data(), one_row ? INT64_MIN : x.row_stride, one_column ? INT64_MAX : x.column_stride,
                             out, one_row ? 0 : y.row_stride, one_column ? INT64_MIN : y.column_stride),
                   where);
    require(memcmp(expected.data(), y.memory.data(), (size_t)expected.size() * sizeof(T)) == 0, "%s: every bit must be x's", where.c_str());
    require(memcmp(before.data(), x.memory.data(), (size_t)before.size() * sizeof(T)) == 0, "%s: x must stay", where.c_str());
}

template <class T>
void assignment_between_every_two_layouts(Random& random) {
    for (int pair = 0; pair < kLayouts * kLayouts; pair++) {
        const int from = pair / kLayouts, to = pair % kLayouts;
        /* Layouts 1 to 3 repeat an element. */
        if (to >= 1 && to <= 3) continue;
        for (const auto& shape : kShapes) require_assignment<T>(from, to, shape[0], shape[1], random);
        /* Large enough to move in squares, whatever the type. */
        require_assignment<T>(from, to, 150, 130, random);
    }
}

void two_elements_in_one_place_are_refused(Random&) {
    const Buffer<float> x(6, 1.0f), y(6, 7.0f);
    require_status(DP_INVALID_ARGUMENT, dp_assign(DP_FLOAT32, 2, 3, x.data(), 3, 1, y.data(), 0, 1), "rows in one place");
    require_status(DP_INVALID_ARGUMENT, dp_assign(DP_FLOAT32, 2, 3, x.data(), 3, 1, y.data(), 3, 0), "columns in one place");
    require_same(Buffer<float>(6, 7.0f), y, "nothing is written");
}

template <class From, class To>
void require_conversion(const std::vector<From>& from, const std::vector<To>& expected) {
    const Buffer<From> x(from);
    const Buffer<To> y((int64_t)from.size());
    require_status(DP_OK, dp_convert(kType<From>, kType<To>, 1, x.size(), x.data(), 0, 1, y.data()), "convert");
    require_same(Buffer<To>(expected), y, text("type %d as type %d", kType<From>, kType<To>));
    for (size_t i = 0; i < from.size() && std::is_same<From, double>::value; i++) {
        const Buffer<To> filled(3);
        require_status(DP_OK, dp_fill(kType<To>, 3, (double)from[i], filled.data()), "fill");
        require_same(Buffer<To>(3, expected[i]), filled, "fill");
    }
}

void conversions_saturate(Random&) {
    require_conversion<double, int32_t>({1.9, -1.9, NAN, 3e9, -3e9, INFINITY, 2147483647.0, 2147483648.0, -2147483648.0},
                                        {1, -1, 0, INT32_MAX, INT32_MIN, INT32_MAX, INT32_MAX, INT32_MAX, INT32_MIN});
    require_conversion<float, int32_t>({1.9f, -1.9f, NAN, 3e9f, -3e9f, -INFINITY}, {1, -1, 0, INT32_MAX, INT32_MIN, INT32_MIN});
    require_conversion<float, int64_t>({1e30f, -1e30f, NAN, 9e18f}, {INT64_MAX, INT64_MIN, 0, 9000000202358128640});
    require_conversion<double, int64_t>({1e30, -1e30, NAN, -7.99}, {INT64_MAX, INT64_MIN, 0, -7});
    require_conversion<int64_t, int32_t>({5, (int64_t)1 << 40, -((int64_t)1 << 40)}, {5, INT32_MAX, INT32_MIN});
    require_conversion<double, uint8_t>({0.0, -0.0, 0.1, -3.0, NAN, INFINITY}, {0, 0, 1, 1, 1, 1});
    require_conversion<int32_t, uint8_t>({0, 256, -1}, {0, 1, 1});
    require_conversion<uint8_t, double>({0, 1}, {0.0, 1.0});
    require_conversion<int64_t, float>({16777217, -3}, {16777216.0f, -3.0f});
    require_conversion<double, float>({0.1, 1e300, NAN}, {0.1f, INFINITY, NAN});
    require_conversion<float, double>({0.1f, -INFINITY}, {(double)0.1f, -INFINITY});
}

void integers_wrap_and_division_by_zero_is_refused(Random&) {
    const Buffer<int32_t> a(std::vector<int32_t>{INT32_MAX, INT32_MIN, INT32_MIN, 7}), b(std::vector<int32_t>{1, -1, -1, -2}), y(4, 42);
    const auto check = [&](int op, std::vector<int32_t> expected) {
        require_status(DP_OK, dp_binary(op, DP_INT32, 1, 4, a.data(), 4, 1, b.data(), 4, 1, y.data()), "integers");
        require_same(Buffer<int32_t>(expected), y, text("integers, op %d", op));
    };
    check(DP_ADD, {INT32_MIN, INT32_MAX, INT32_MAX, 5});
    check(DP_SUBTRACT, {INT32_MAX - 1, INT32_MIN + 1, INT32_MIN + 1, 9});
    check(DP_MULTIPLY, {INT32_MAX, INT32_MIN, INT32_MIN, -14});
    check(DP_DIVIDE, {INT32_MAX, INT32_MIN, INT32_MIN, -3});
    b[2] = 0;
    const Buffer<int32_t> untouched(4, 42);
    require_status(DP_INVALID_ARGUMENT, dp_binary(DP_DIVIDE, DP_INT32, 1, 4, a.data(), 4, 1, b.data(), 4, 1, untouched.data()), "by 0");
    require_same(Buffer<int32_t>(4, 42), untouched, "nothing is written");
    const Buffer<int64_t> x(std::vector<int64_t>{INT64_MIN, INT64_MAX, 3}), z(3);
    require_status(DP_OK, dp_unary(DP_ABS, DP_INT64, 0, 0, 1, 3, x.data(), 3, 1, z.data()), "abs");
    require_same(Buffer<int64_t>(std::vector<int64_t>{INT64_MIN, INT64_MAX, 3}), z, "abs wraps");
    require_status(DP_OK, dp_unary(DP_CLAMP, DP_INT64, -1.5, 2.5, 1, 3, x.data(), 3, 1, z.data()), "clamp");
    require_same(Buffer<int64_t>(std::vector<int64_t>{-1, 2, 2}), z, "clamp");
    require_status(DP_INVALID_ARGUMENT, dp_unary(DP_AFFINE, DP_INT64, 1.5, 0, 1, 3, x.data(), 3, 1, z.data()), "alpha of 1.5");
    require_status(DP_INVALID_ARGUMENT, dp_unary(DP_EXP, DP_INT64, 0, 0, 1, 3, x.data(), 3, 1, z.data()), "exp of integers");
    require_status(DP_INVALID_ARGUMENT, dp_binary(DP_POW, DP_INT64, 1, 3, x.data(), 3, 1, x.data(), 3, 1, z.data()), "pow of integers");
    require_status(DP_INVALID_ARGUMENT, dp_binary(DP_ADD, DP_BOOL, 1, 3, x.data(), 3, 1, x.data(), 3, 1, z.data()), "booleans added");
}

}  // namespace

void layout_tests(Suite& suite) {
    suite.each("float32 unary of every layout has the bits of the dense one", unary_of_every_layout<float>);
    suite.each("float32 binary of every layout has the bits of the dense one", binary_of_every_layout<float>);
    suite.once("float64 unary of every layout", unary_of_every_layout<double>);
    suite.once("int32 unary of every layout", unary_of_every_layout<int32_t>);
    suite.once("int64 unary of every layout", unary_of_every_layout<int64_t>);
    suite.once("float64 binary of every layout", binary_of_every_layout<double>);
    suite.once("int32 binary of every layout", binary_of_every_layout<int32_t>);
    suite.once("int64 binary of every layout", binary_of_every_layout<int64_t>);
    suite.once("float32 comparison and selection", comparison_and_selection_of_every_layout<float>);
    suite.once("float64 comparison and selection", comparison_and_selection_of_every_layout<double>);
    suite.once("int32 comparison and selection", comparison_and_selection_of_every_layout<int32_t>);
    suite.once("int64 comparison and selection", comparison_and_selection_of_every_layout<int64_t>);
    suite.once("boolean comparison and selection", comparison_and_selection_of_every_layout<uint8_t>);
    suite.each("float32 assignment between every two layouts", assignment_between_every_two_layouts<float>);
    suite.once("float64 assignment between every two layouts", assignment_between_every_two_layouts<double>);
    suite.once("int32 assignment between every two layouts", assignment_between_every_two_layouts<int32_t>);
    suite.once("int64 assignment between every two layouts", assignment_between_every_two_layouts<int64_t>);
    suite.once("boolean assignment between every two layouts", assignment_between_every_two_layouts<uint8_t>);
    suite.once("two elements in one place are refused", two_elements_in_one_place_are_refused);
    suite.once("conversions saturate", conversions_saturate);
    suite.once("integers wrap and division by zero is refused", integers_wrap_and_division_by_zero_is_refused);
}

}  // namespace test
