/* dropout.cpp: random words and dropout masks, VL Philox blocks at a time. */
#include <stddef.h>

#include "kernels.h"
#include "simd.h"

#include "philox.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Blocks `block` … `block` + VL - 1 of (seed, stream): word w of block i is lane i of words[w]. */
DP_INLINE void random_blocks(uint64_t seed, uint64_t stream, uint64_t block, vu (&words)[4]) {
    const uint32_t block_low = (uint32_t)block;
    const vu low = splat_word(block_low) + lane_numbers();
    /* A lane whose low word wrapped around is below the first lane; a true comparison is -1. */
    const vu carry = (vu)(low < splat_word(block_low));
    words[0] = low;
    words[1] = splat_word((uint32_t)(block >> 32)) - carry;
    words[2] = splat_word((uint32_t)stream);
    words[3] = splat_word((uint32_t)(stream >> 32));
    philox4x32_10(words, (uint32_t)seed, (uint32_t)(seed >> 32));
}

constexpr int64_t kTile = 128;
constexpr int kTileBlocks = 16;

/* VL elements, of which `rest` exist; kWhole says that all of them do. */
template <bool kWhole>
DP_INLINE void keep(Mask mask, vf scale, int64_t rest, const float* x, float* y) {
    if (kWhole) {
        store(y, masked(mask, load(x) * scale));
    } else {
        store_up_to(y, rest, masked(mask, load_up_to(x, rest, 0.0f) * scale));
    }
}

/* Tile number `tile`, whose first element x and y point to and of which `rest` elements exist. */
template <bool kWhole>
void dropout_tile(int64_t tile, int64_t rest, uint32_t threshold, vf scale, uint64_t seed, uint64_t stream, const float* x,
                  float* y) {
    for (int first = 0; first < kTileBlocks; first += VL) {
        vu words[4];
        random_blocks(seed, stream, (uint64_t)(tile * kTileBlocks + first), words);
        for (int q = 0; q < 4; q++) {
            Mask low, high;
            at_least_16(words[q], threshold, low, high);
            const int e = 32 * q + 2 * first;
            keep<kWhole>(low, scale, rest - e, x + e, y + e);
            keep<kWhole>(high, scale, rest - e - VL, x + e + VL, y + e + VL);
        }
    }
}

}  // namespace

void random_words(int64_t n, uint64_t seed, uint64_t stream, uint64_t block, int skip, uint32_t* out) {
    int64_t done = 0;
    while (done < n) {
        vu words[4];
        random_blocks(seed, stream, block, words);
        uint32_t ordered[4 * VL];
        for (int i = 0; i < VL; i++) {
            for (int w = 0; w < 4; w++) ordered[4 * i + w] = words[w][i];
        }
        const int64_t available = 4 * VL - skip;
        const int64_t count = n - done < available ? n - done : available;
        __builtin_memcpy(out + done, ordered + skip, (size_t)count * sizeof(uint32_t));
        done += count;
        block += VL;
        skip = 0;
    }
}

void dropout(int64_t n, uint32_t threshold, float scale, uint64_t seed, uint64_t stream, const float* x, float* y) {
    const vf factor = splat(scale);
    const int64_t whole = n / kTile;
    for (int64_t tile = 0; tile < whole; tile++) {
        dropout_tile<true>(tile, kTile, threshold, factor, seed, stream, x + tile * kTile, y + tile * kTile);
    }
    const int64_t rest = n - whole * kTile;
    if (rest > 0) dropout_tile<false>(whole, rest, threshold, factor, seed, stream, x + whole * kTile, y + whole * kTile);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
