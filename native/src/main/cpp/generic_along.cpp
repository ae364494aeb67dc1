/* generic_along.cpp: elements taken, and added, along one dimension, each by an index of its own. */
#include "generic.h"

namespace diapason {
namespace generic {
namespace {

/* T is an unsigned type, so that bits stay what they are. */
template <class T>
void take_along_as(int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const T* x, T* y) {
    for (int64_t o = 0; o < outer; o++, x += n * inner) {
        if (inner == 1) {
            for (int64_t a = 0; a < count; a++) y[a] = x[index[a]];
            y += count, index += count;
            continue;
        }
        for (int64_t a = 0; a < count; a++, y += inner, index += inner) {
            for (int64_t i = 0; i < inner; i++) y[i] = x[index[i] * inner + i];
        }
    }
}

}  // namespace

void take_along(int64_t element_bytes, int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const void* x,
                void* y) {
    switch (element_bytes) {
        case 1: return take_along_as(outer, n, inner, count, index, static_cast<const uint8_t*>(x), static_cast<uint8_t*>(y));
        case 4: return take_along_as(outer, n, inner, count, index, static_cast<const uint32_t*>(x), static_cast<uint32_t*>(y));
        case 8: return take_along_as(outer, n, inner, count, index, static_cast<const uint64_t*>(x), static_cast<uint64_t*>(y));
    }
}

template <class T>
void scatter_add_along(int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const T* dy, T* dx) {
    for (int64_t o = 0; o < outer; o++, dx += n * inner) {
        for (int64_t a = 0; a < count; a++, dy += inner, index += inner) {
            for (int64_t i = 0; i < inner; i++) dx[index[i] * inner + i] += dy[i];
        }
    }
}

template void scatter_add_along(int64_t, int64_t, int64_t, int64_t, const int64_t*, const float*, float*);
template void scatter_add_along(int64_t, int64_t, int64_t, int64_t, const int64_t*, const double*, double*);

}  // namespace generic
}  // namespace diapason
