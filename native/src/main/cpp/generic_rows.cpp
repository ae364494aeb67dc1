/* generic_rows.cpp: indices checked, and rows added where indices say. */
#include "generic.h"

namespace diapason {
namespace generic {

bool indices_within(int64_t count, int64_t limit, const int64_t* index) {
    /* Compared as unsigned words, a negative index is above any limit. */
    bool within = true;
    for (int64_t i = 0; i < count; i++) within &= (uint64_t)index[i] < (uint64_t)limit;
    return within;
}

template <class T>
void scatter_add(int64_t outer, int64_t n, int64_t inner, int64_t count, const int64_t* index, const T* dy, T* dx) {
    for (int64_t o = 0; o < outer; o++) {
        for (int64_t i = 0; i < count; i++) {
            const T* from = dy + (o * count + i) * inner;
            T* to = dx + (o * n + index[i]) * inner;
            for (int64_t j = 0; j < inner; j++) to[j] += from[j];
        }
    }
}

template void scatter_add(int64_t, int64_t, int64_t, int64_t, const int64_t*, const float*, float*);
template void scatter_add(int64_t, int64_t, int64_t, int64_t, const int64_t*, const double*, double*);

}  // namespace generic
}  // namespace diapason
