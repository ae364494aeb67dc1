/*
 * dropout.cpp: random words and dropout masks, VL Philox blocks at a time. With x * scale where the mask holds and 0 elsewhere, the
 * dropout of a ReLU differs from that of x in the mask alone.
 */
#include <stddef.h>

#include "kernels.h"
#include "simd.h"

#include "philox_lanes.h"

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

/* Bits of two masks, in the order of their elements, are a quarter of VL bytes, the first of them the lowest bits of a number. */
constexpr int kPairBytes = VL / 4;

DP_INLINE void store_pair(Mask low, Mask high, uint8_t* kept) {
    const uint32_t bits = lane_bits(low) | lane_bits(high) << VL;
    __builtin_memcpy(kept, &bits, kPairBytes);
}

DP_INLINE uint32_t load_pair(const uint8_t* kept) {
    uint32_t bits = 0;
    __builtin_memcpy(&bits, kept, kPairBytes);
    return bits;
}

/* Which of the drawn elements are kept. */
struct Any {
    static DP_MEMBER Mask of(Mask drawn, vf) {
        return drawn;
    }
};
/* Relu of formulas.h is 0 elsewhere. */
struct Positive {
    static DP_MEMBER Mask of(Mask drawn, vf x) {
        return both(drawn, not_at_most(x, splat(0.0f)));
    }
};

/* VL elements, of which `rest` exist; kWhole says that all of them do. `mask` becomes those that were kept. */
template <class Kept, bool kWhole>
DP_INLINE void drop(Mask& mask, vf scale, int64_t rest, const float* x, float* y) {
    const vf value = kWhole ? load(x) : load_up_to(x, rest, 0.0f);
    mask = Kept::of(mask, value);
    const vf result = masked(mask, value * scale);
    if (kWhole) {
        store(y, result);
    } else {
        store_up_to(y, rest, result);
    }
}

/* Tiles from number `tile`, whose first element x and y point to and of which `rest` elements exist. With kKeep all bits go to `kept`. */
template <class Kept, int kTiles, bool kWhole, bool kKeep>
DP_INLINE void dropout_tiles(const PhiloxStream& stream, int64_t tile, int64_t rest, uint32_t threshold, vf scale, const float* x, float* y,
                             uint8_t* kept) {
    constexpr int kBatches = kTiles * kTileBlocks / VL < kPhiloxBatches ? kTiles * kTileBlocks / VL : kPhiloxBatches;
    for (int first = 0; first < kTiles * kTileBlocks; first += kBatches * VL) {
        vu words[kBatches][4];
        random_lanes<kBatches>(stream, (uint64_t)(tile * kTileBlocks + first), words);
        for (int b = 0; b < kBatches; b++) {
            const int block = first + b * VL;
            for (int q = 0; q < 4; q++) {
                Mask low, high;
                at_least_16(words[b][q], threshold, low, high);
                const int e = block / kTileBlocks * (int)kTile + 32 * q + block % kTileBlocks * 2;
                drop<Kept, kWhole>(low, scale, rest - e, x + e, y + e);
                drop<Kept, kWhole>(high, scale, rest - e - VL, x + e + VL, y + e + VL);
                if (kKeep) store_pair(low, high, kept + e / 8);
            }
        }
    }
}

/* The bits of the first `rest` elements, and 0 after them in the last byte. */
void copy_bits(int64_t rest, uint8_t* bits, uint8_t* kept) {
    const int64_t bytes = (rest + 7) / 8;
    if (rest % 8 != 0) bits[bytes - 1] &= (uint8_t)((1 << (rest % 8)) - 1);
    __builtin_memcpy(kept, bits, (size_t)bytes);
}

template <class Kept, bool kKeep>
void dropout_elements(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept) {
    const PhiloxStream stream(draw.seed, draw.stream);
    const uint32_t threshold = draw.threshold;
    const int64_t tile = draw.tile;
    const vf scale = splat(draw.scale);
    int64_t at = 0;
    for (; at + 2 * kTile <= n; at += 2 * kTile) {
        dropout_tiles<Kept, 2, true, kKeep>(stream, tile + at / kTile, 2 * kTile, threshold, scale, x + at, y + at, kKeep ? kept + at / 8 : nullptr);
    }
    for (; at + kTile <= n; at += kTile) {
        dropout_tiles<Kept, 1, true, kKeep>(stream, tile + at / kTile, kTile, threshold, scale, x + at, y + at, kKeep ? kept + at / 8 : nullptr);
    }
    if (at == n) return;
    uint8_t bits[kTile / 8];
    dropout_tiles<Kept, 1, false, kKeep>(stream, tile + at / kTile, n - at, threshold, scale, x + at, y + at, bits);
    if (kKeep) copy_bits(n - at, bits, kept + at / 8);
}

/* max(x, 0) and the bits of what is not <= 0. */
void relu_keep(int64_t n, const float* x, float* y, uint8_t* kept) {
    for (int64_t e = 0; e < n; e += 2 * VL) {
        const int64_t rest = n - e;
        uint8_t bits[kPairBytes];
        Mask masks[2];
        for (int i = 0; i < 2; i++) {
            const vf value = load_up_to(x + e + i * VL, rest - i * VL, 0.0f);
            masks[i] = not_at_most(value, splat(0.0f));
            store_up_to(y + e + i * VL, rest - i * VL, masked(masks[i], value));
        }
        store_pair(masks[0], masks[1], bits);
        copy_bits(rest < 2 * VL ? rest : 2 * VL, bits, kept + e / 8);
    }
}

/* VL elements of which `rest` exist. A scale of 1 changes no bit, even of a denormal. */
template <bool kScaled, bool kWhole>
DP_INLINE void keep(Mask mask, vf scale, int64_t rest, const float* x, float* y) {
    const vf value = kWhole ? load(x) : load_up_to(x, rest, 0.0f);
    const vf result = masked(mask, kScaled ? value * scale : value);
    if (kWhole) {
        store(y, result);
    } else {
        store_up_to(y, rest, result);
    }
}

template <bool kScaled>
void keep_elements(int64_t n, float scale, const uint8_t* kept, const float* x, float* y) {
    const vf factor = splat(scale);
    int64_t e = 0;
    for (; e + 2 * VL <= n; e += 2 * VL) {
        const uint32_t bits = load_pair(kept + e / 8);
        keep<kScaled, true>(lanes_of_bits(bits & ((1u << VL) - 1)), factor, VL, x + e, y + e);
        keep<kScaled, true>(lanes_of_bits(bits >> VL), factor, VL, x + e + VL, y + e + VL);
    }
    if (e == n) return;
    uint8_t last[kPairBytes] = {};
    __builtin_memcpy(last, kept + e / 8, (size_t)((n - e + 7) / 8));
    const uint32_t bits = load_pair(last);
    keep<kScaled, false>(lanes_of_bits(bits & ((1u << VL) - 1)), factor, n - e, x + e, y + e);
    keep<kScaled, false>(lanes_of_bits(bits >> VL), factor, n - e - VL, x + e + VL, y + e + VL);
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

void dropout(int64_t n, const Draw& draw, const float* x, float* y) {
    dropout_elements<Any, false>(n, draw, x, y, nullptr);
}

void dropout_keep(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept) {
    dropout_elements<Any, true>(n, draw, x, y, kept);
}

void relu_dropout_keep(int64_t n, const Draw& draw, const float* x, float* y, uint8_t* kept) {
    if (draw.threshold == 0) return relu_keep(n, x, y, kept);
    dropout_elements<Positive, true>(n, draw, x, y, kept);
}

void dropout_kept(int64_t n, float scale, const uint8_t* kept, const float* x, float* y) {
    if (scale == 1.0f) return keep_elements<false>(n, scale, kept, x, y);
    keep_elements<true>(n, scale, kept, x, y);
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
