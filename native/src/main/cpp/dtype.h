/* dtype.h: the C++ type of each dp_dtype. DP_BOOL is uint8_t, 0 or 1. */
#pragma once
#include <stdint.h>

#include "diapason.h"

namespace diapason {

template <class T>
struct Type {
    typedef T of;
};

/* Calls body(Type<T>{}) for the type T of `dtype`, which is known. */
template <class Body>
void with_type(int dtype, const Body& body) {
    switch (dtype) {
        case DP_FLOAT32: return body(Type<float>{});
        case DP_FLOAT64: return body(Type<double>{});
        case DP_INT32: return body(Type<int32_t>{});
        case DP_INT64: return body(Type<int64_t>{});
        case DP_BOOL: return body(Type<uint8_t>{});
    }
}

inline int64_t bytes_of(int dtype) {
    return dtype == DP_BOOL ? 1 : dtype == DP_FLOAT32 || dtype == DP_INT32 ? 4 : 8;
}

inline bool is_known(int dtype) {
    return dtype >= DP_FLOAT32 && dtype <= DP_BOOL;
}

inline bool is_float(int dtype) {
    return dtype == DP_FLOAT32 || dtype == DP_FLOAT64;
}

}  // namespace diapason
