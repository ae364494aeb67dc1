/* generic_convert.cpp: elements as another type. */
#include "dtype.h"
#include "generic.h"
#include "saturate.h"

namespace diapason {
namespace generic {
namespace {

template <bool kBoolean, class From, class To>
void convert_as(int64_t rows, int64_t columns, const View<From>& x, To* y) {
    for (int64_t i = 0; i < rows; i++) {
        for (int64_t j = 0; j < columns; j++) y[i * columns + j] = converted<To, kBoolean>(x.at(i, j));
    }
}

}  // namespace

void convert(int from, int to, int64_t rows, int64_t columns, const View<void>& x, void* y) {
    if (from == to) return assign(bytes_of(from), rows, columns, x, y, columns, 1);
    with_type(from, [&](auto from_type) {
        typedef typename decltype(from_type)::of From;
        with_type(to, [&](auto to_type) {
            typedef typename decltype(to_type)::of To;
            convert_as<std::is_same<To, uint8_t>::value>(rows, columns, x.as<From>(), static_cast<To*>(y));
        });
    });
}

}  // namespace generic
}  // namespace diapason
