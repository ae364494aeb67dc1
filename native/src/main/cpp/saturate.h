/* saturate.h: numbers of one type as another, as dp_convert has it. */
#pragma once
#include <limits>
#include <type_traits>

namespace diapason {

/* Towards 0; NaN becomes 0, what is too large the nearest integer there is. */
template <class To, class From>
inline To to_integer(From value) {
    if (value != value) return 0;
    /* The least integer is a power of two, so exact as From; its negative is the first number too large. */
    const From least = (From)std::numeric_limits<To>::min();
    if (value < least) return std::numeric_limits<To>::min();
    if (value >= -least) return std::numeric_limits<To>::max();
    return (To)value;
}

/* `Boolean` says that To is DP_BOOL: anything but 0 becomes 1. */
template <class To, bool kBoolean, class From>
inline To converted(From value) {
    if constexpr (kBoolean) {
        return value != 0;
    } else if constexpr (std::is_floating_point<From>::value && std::is_integral<To>::value) {
        return to_integer<To>(value);
    } else if constexpr (std::is_same<From, int64_t>::value && std::is_same<To, int32_t>::value) {
        return value < INT32_MIN ? INT32_MIN : value > INT32_MAX ? INT32_MAX : (int32_t)value;
    } else {
        return (To)value;
    }
}

}  // namespace diapason
