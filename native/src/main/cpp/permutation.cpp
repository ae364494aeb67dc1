/* permutation.cpp: dp_permutation: Fisher and Yates's shuffle, its random numbers drawn by the vector kernels. */
#include "diapason.h"
#include "isa.h"
#include "kernel_table.h"

namespace {

/* Positions whose numbers are drawn at once; two words each. */
constexpr int64_t kChunk = 512;

}  // namespace

extern "C" int dp_permutation(int64_t n, int64_t seed, int64_t stream, int64_t* order) {
    if (n < 0 || n > INT32_MAX || (order == nullptr && n > 0)) return DP_INVALID_ARGUMENT;
    uint32_t words[2 * kChunk];
    for (int64_t first = 0; first < n; first += kChunk) {
        const int64_t count = n - first < kChunk ? n - first : kChunk;
        diapason::current_kernels().random_words(2 * count, (uint64_t)seed, (uint64_t)stream, (uint64_t)first / 2, 0, words);
        for (int64_t i = first; i < first + count; i++) {
            /* The high word of a number of 64 bits times the number of choices (Lemire 2019). */
            const uint64_t low = words[2 * (i - first)], high = words[2 * (i - first) + 1], choices = (uint64_t)i + 1;
            const int64_t j = (int64_t)((high * choices + (low * choices >> 32)) >> 32);
            order[i] = order[j];
            order[j] = i;
        }
    }
    return DP_OK;
}
