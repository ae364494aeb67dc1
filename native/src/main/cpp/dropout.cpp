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

/* Bits of two masks, in the order of their elements, are a quarter of VL bytes. */
constexpr int kPairBytes = VL / 4;

DP_INLINE void store_pair(Mask low, Mask high, uint8_t* kept) {
    const uint32_t bits = lane_bits(low) | lane_bits(high) << VL;
    for (int i = 0; i < kPairBytes; i++) kept[i] = (uint8_t)(bits >> (8 * i));
}

DP_INLINE uint32_t load_pair(const uint8_t* kept) {
    uint32_t bits = 0;
    for (int i = 0; i < kPairBytes; i++) bits |= (uint32_t)kept[i] << (8 * i);
    return bits;
}

/* Tile number `tile`, whose first element x and y point to and of which `rest` elements exist. With kKeep all its bits go to `kept`. */
template <bool kWhole, bool kKeep>
void dropout_tile(int64_t tile, int64_t rest, uint32_t threshold, vf scale, uint64_t seed, uint64_t stream, const float* x,
                  float* y, uint8_t* kept) {
    for (int first = 0; first < kTileBlocks; first += VL) {
        vu words[4];
        random_blocks(seed, stream, (uint64_t)(tile * kTileBlocks + first), words);
        for (int q = 0; q < 4; q++) {
            Mask low, high;
            at_least_16(words[q], threshold, low, high);
            const int e = 32 * q + 2 * first;
            if (kKeep) store_pair(low, high, kept + e / 8);
            keep<kWhole>(low, scale, rest - e, x + e, y + e);
            keep<kWhole>(high, scale, rest - e - VL, x + e + VL, y + e + VL);
        }
    }
}

template <bool kKeep>
void dropout_tiles(int64_t n, uint32_t threshold, float scale, uint64_t seed, uint64_t stream, const float* x, float* y, uint8_t* kept) {
    const vf factor = splat(scale);
    const int64_t whole = n / kTile;
    for (int64_t tile = 0; tile < whole; tile++) {
        const int64_t at = tile * kTile;
        dropout_tile<true, kKeep>(tile, kTile, threshold, factor, seed, stream, x + at, y + at, kKeep ? kept + at / 8 : nullptr);
    }
    const int64_t at = whole * kTile;
    const int64_t rest = n - at;
    if (rest == 0) return;
    uint8_t bits[kTile / 8];
    dropout_tile<false, kKeep>(whole, rest, threshold, factor, seed, stream, x + at, y + at, bits);
    if (!kKeep) return;
    const int64_t bytes = (rest + 7) / 8;
    if (rest % 8 != 0) bits[bytes - 1] &= (uint8_t)((1 << (rest % 8)) - 1);
    __builtin_memcpy(kept + at / 8, bits, (size_t)bytes);
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
    dropout_tiles<false>(n, threshold, scale, seed, stream, x, y, nullptr);
}

void dropout_keep(int64_t n, uint32_t threshold, float scale, uint64_t seed, uint64_t stream, const float* x, float* y, uint8_t* kept) {
    dropout_tiles<true>(n, threshold, scale, seed, stream, x, y, kept);
}

void dropout_kept(int64_t n, float scale, const uint8_t* kept, const float* x, float* y) {
    const vf factor = splat(scale);
    int64_t e = 0;
    for (; e + 2 * VL <= n; e += 2 * VL) {
        const uint32_t bits = load_pair(kept + e / 8);
        keep<true>(lanes_of_bits(bits & ((1u << VL) - 1)), factor, VL, x + e, y + e);
        keep<true>(lanes_of_bits(bits >> VL), factor, VL, x + e + VL, y + e + VL);
    }
    if (e == n) return;
    uint8_t last[kPairBytes] = {};
    __builtin_memcpy(last, kept + e / 8, (size_t)((n - e + 7) / 8));
    const uint32_t bits = load_pair(last);
    keep<false>(lanes_of_bits(bits & ((1u << VL) - 1)), factor, n - e, x + e, y + e);
    keep<false>(lanes_of_bits(bits >> VL), factor, n - e - VL, x + e + VL, y + e + VL);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
