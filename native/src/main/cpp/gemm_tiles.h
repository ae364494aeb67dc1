/*
 * gemm_tiles.h: the register tiles of gemm.cpp: up to kGemmRows rows by one or two vectors of columns, or a few rows by four.
 * Included by gemm.cpp alone.
 */
#pragma once
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

/* Products of at most this many rows use tiles four vectors wide, so that enough sums are in flight. */
constexpr int kFewRows = kGemmRows / 3;

/* What every tile of one block of k has in common. */
struct Block {
    int64_t k;
    int64_t c_stride;
    /* Add to C instead of storing. */
    bool add;
    /* The operands are larger than the caches next to the core: tiles ask for C and for the next panel in advance. */
    bool far;
};

/* Lines that a tile asks for in advance, one with each k: steps of `step` floats, but each sixteenth is `turn`. */
struct Ahead {
    const float* data;
    int64_t step;
    int64_t turn;
};

/* Some neighbouring columns of B as tiles read them: element (p, j) is data[p * step + j]. */
struct Panel {
    const float* data;
    int64_t step;
    int64_t columns;
    /* Vectors, 1, 2 or 4; `masked` when nothing may be read past the last column. */
    int width;
    bool masked;
    /* Where the first tile leaves a copy whose rows follow one another, for the others to read; may be null. */
    float* copy;
    Ahead ahead;
};

/* Hides from the compiler where a pointer came from. It would derive the addresses of all rows from one pointer, keep more strides
 * than there are registers, and fetch them in places where the multipliers wait. */
template <class T>
DP_INLINE void forget_origin(T*& pointer) {
    __asm__("" : "+r"(pointer));
}

/*
 * kRows rows by `panel.columns` columns (at most kWidth vectors, more than kWidth - 1) of C. When kDenseRows, neighbouring rows of
 * A are neighbouring floats, and `a_stride` parts its columns; else `a_stride` parts its rows. When kMasked, B ends at the last column;
 * else its rows can be read to whole vectors.
 */
template <int kRows, int kWidth, bool kDenseRows, bool kMasked, bool kCopies, bool kFar>
void tile(const Block& block, const Panel& panel, const float* a, int64_t a_stride, const float* bias, float* c) {
    const int64_t c_stride = block.c_stride;
    const int64_t last = panel.columns - (kWidth - 1) * VL;
    if constexpr (kFar) {
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) {
            for (int j = 0; j < kWidth * VL; j += 16) __builtin_prefetch(c + i * c_stride + j, 1);
        }
    }
    vf sums[kRows][kWidth];
#pragma GCC unroll 4
    for (int j = 0; j < kWidth; j++) {
        const vf start = bias == nullptr ? splat(0.0f) : load_up_to(bias + j * VL, panel.columns - j * VL, 0.0f);
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) sums[i][j] = start;
    }
    /* One pointer for every four rows: their offsets are one, two and three strides, which two registers hold. */
    constexpr int kPointers = kDenseRows ? 1 : (kRows + 3) / 4;
    const float* rows[kPointers];
#pragma GCC unroll 4
    for (int i = 0; i < kPointers; i++) {
        rows[i] = a + 4 * i * a_stride;
        forget_origin(rows[i]);
    }
    const float* b = panel.data;
    const int64_t b_step = panel.step;
    float* copy = panel.copy;
    const Ahead ahead = panel.ahead;
    const float* line = ahead.data;
    for (int64_t p = block.k; p > 0; p--) {
        vf row[kWidth];
#pragma GCC unroll 4
        for (int j = 0; j + 1 < kWidth; j++) row[j] = load(b + j * VL);
        row[kWidth - 1] = kMasked ? load_partial(b + (kWidth - 1) * VL, (int)last, 0.0f) : load(b + (kWidth - 1) * VL);
        b += b_step;
        if constexpr (kCopies) {
#pragma GCC unroll 4
            for (int j = 0; j < kWidth; j++) store(copy + j * VL, row[j]);
            copy += kWidth * VL;
        }
        if constexpr (kFar) {
            __builtin_prefetch(line);
            line += p % 16 == 0 ? ahead.turn : ahead.step;
        }
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) {
            const vf factor = splat(kDenseRows ? rows[0][i] : rows[i / 4][i % 4 * a_stride]);
#pragma GCC unroll 4
            for (int j = 0; j < kWidth; j++) sums[i][j] = fma(factor, row[j], sums[i][j]);
        }
#pragma GCC unroll 4
        for (int i = 0; i < kPointers; i++) rows[i] += kDenseRows ? a_stride : 1;
    }
    const bool whole = last == VL;
    if (block.add) {
        const float* out = c;
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) {
#pragma GCC unroll 4
            for (int j = 0; j + 1 < kWidth; j++) sums[i][j] = load(out + j * VL) + sums[i][j];
            const float* end = out + (kWidth - 1) * VL;
            sums[i][kWidth - 1] = (whole ? load(end) : load_partial(end, (int)last, 0.0f)) + sums[i][kWidth - 1];
            out += c_stride;
            forget_origin(out);
        }
    }
#pragma GCC unroll 16
    for (int i = 0; i < kRows; i++) {
#pragma GCC unroll 4
        for (int j = 0; j + 1 < kWidth; j++) store(c + j * VL, sums[i][j]);
        float* end = c + (kWidth - 1) * VL;
        if (whole) {
            store(end, sums[i][kWidth - 1]);
        } else {
            store_partial(end, (int)last, sums[i][kWidth - 1]);
        }
        c += c_stride;
        forget_origin(c);
    }
}

typedef void (*Tile)(const Block&, const Panel&, const float*, int64_t, const float*, float*);

/* The tiles of 1 to kRows rows, by rows - 1. */
template <int kRows>
struct Tiles {
    Tile of[kRows];
};

template <int kRows, int kWidth, bool kDenseRows, bool kMasked, bool kCopies, bool kFar>
constexpr void add_tiles(Tile* tiles) {
    if constexpr (kRows > 0) {
        add_tiles<kRows - 1, kWidth, kDenseRows, kMasked, kCopies, kFar>(tiles);
        tiles[kRows - 1] = tile<kRows, kWidth, kDenseRows, kMasked, kCopies, kFar>;
    }
}

template <int kRows, int kWidth, bool kDenseRows, bool kMasked, bool kCopies = false, bool kFar = false>
constexpr Tiles<kRows> make_tiles() {
    Tiles<kRows> tiles = {};
    add_tiles<kRows, kWidth, kDenseRows, kMasked, kCopies, kFar>(tiles.of);
    return tiles;
}

/* [1]: neighbouring rows of A are neighbouring floats. */
constexpr Tiles<kGemmRows> kNarrow[2] = {make_tiles<kGemmRows, 1, false, false>(), make_tiles<kGemmRows, 1, true, false>()};
constexpr Tiles<kGemmRows> kMaskedNarrow[2] = {make_tiles<kGemmRows, 1, false, true>(), make_tiles<kGemmRows, 1, true, true>()};
constexpr Tiles<kFewRows> kWide[2] = {make_tiles<kFewRows, 4, false, false>(), make_tiles<kFewRows, 4, true, false>()};
/* [dense rows][copies][far] */
constexpr Tiles<kGemmRows> kPairs[2][2][2] = {
    {{make_tiles<kGemmRows, 2, false, false, false, false>(), make_tiles<kGemmRows, 2, false, false, false, true>()},
     {make_tiles<kGemmRows, 2, false, false, true, false>(), make_tiles<kGemmRows, 2, false, false, true, true>()}},
    {{make_tiles<kGemmRows, 2, true, false, false, false>(), make_tiles<kGemmRows, 2, true, false, false, true>()},
     {make_tiles<kGemmRows, 2, true, false, true, false>(), make_tiles<kGemmRows, 2, true, false, true, true>()}}};

const Tile* tiles_for(const Block& block, const Panel& panel, bool dense_rows) {
    switch (panel.width) {
        case 1: return (panel.masked ? kMaskedNarrow : kNarrow)[dense_rows].of;
        case 2: return kPairs[dense_rows][panel.copy != nullptr][block.far].of;
        default: return kWide[dense_rows].of;
    }
}

}  // namespace
}  // namespace DP_ISA_NAME
}  // namespace diapason
