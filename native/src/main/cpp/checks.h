/* checks.h: what dispatch*.cpp ask of arguments. */
#pragma once
#include <stdint.h>

namespace diapason {

/* Whether every pointer holds something when there is something to hold. */
template <class... Pointers>
bool given(int64_t n, Pointers... pointers) {
    return n >= 0 && (n == 0 || (... && (pointers != nullptr)));
}

/* rows * columns in `size`; false when either is negative or the product is no int64. */
inline bool area(int64_t rows, int64_t columns, int64_t& size) {
    return rows >= 0 && columns >= 0 && !__builtin_mul_overflow(rows, columns, &size);
}

/* outer * n * inner in `size`; false when one is negative or a product is no int64. */
inline bool volume(int64_t outer, int64_t n, int64_t inner, int64_t& size) {
    int64_t matrix = 0;
    return area(n, inner, matrix) && area(outer, matrix, size);
}

inline bool in_range(int code, int first, int last) {
    return first <= code && code <= last;
}

inline bool is_flag(int value) {
    return value == 0 || value == 1;
}

}  // namespace diapason
