/*
 * gemm.cpp: C = op(A) op(B) (+ bias) or C += op(A) op(B), register-tiled.
 *
 * k is cut into blocks of at most 512. Within a block one register holds an element's sum, started from the bias (first
 * block) or 0 and grown by one fma for each k in ascending order; blocks are then added to C in order. So an element's
 * bits depend on its row of op(A), its column of op(B) and k alone, not on tiling, packing or vector length.
 *
 * A register tile is up to kGemmRows rows by two vectors of columns (by four when the product has only a few rows). Tiles
 * read A and B where they lie unless that costs more than packing: a transposed B is always packed, as panels of two
 * vectors by the block of k; other operands are packed when their row stride would make neighbours evict each other from
 * the L1 cache and they are reused enough.
 */
#include "kernels.h"
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

constexpr int64_t kBlockK = 512;
/* Rows of A that are packed together. */
constexpr int64_t kBlockRows = 8 * kGemmRows;
/* Products of at most this many rows use tiles four vectors wide, so that enough sums are in flight. */
constexpr int kFewRows = kGemmRows / 3;

constexpr int64_t kPanelColumns = 4 * VL;
alignas(64) thread_local float packed_b[kBlockK * kPanelColumns];
/* Rows copied as rows are kept this much apart, so that neighbours never fall into the same cache set. */
constexpr int64_t kRowGap = 16;
alignas(64) thread_local float packed_a[(kBlockK + kRowGap) * kBlockRows];

/* A as tiles read it: the element at row r of the tile that starts at row i, column p, is
 * data[i * tile_stride + r * row_stride + p * step]. */
struct Rows {
    const float* data;
    int64_t tile_stride;
    int64_t row_stride;
    int64_t step;
};

/* Some neighbouring columns of B as tiles read them: element (p, j) is data[p * step + j]. */
struct Panel {
    const float* data;
    int64_t step;
    int64_t columns;
    /* Vectors, 1, 2 or 4; `masked` when nothing may be read past the last column. */
    int width;
    bool masked;
};

/* What every tile of one block of k has in common. */
struct Block {
    int64_t k;
    int64_t c_stride;
    /* Add to C instead of storing. */
    bool add;
};

/*
 * kRows rows by `columns` columns (at most kWidth vectors, more than kWidth - 1) of C. When kDenseRows, neighbouring rows
 * of A are neighbouring floats. When kMasked, B ends at the last column; else its rows can be read to whole vectors.
 */
template <int kRows, int kWidth, bool kDenseRows, bool kMasked>
void tile(const Block& block, const float* a, int64_t a_row_stride, int64_t a_step, const float* b, int64_t b_step,
          const float* bias, float* c, int64_t columns) {
    const int64_t row_stride = kDenseRows ? 1 : a_row_stride;
    const int64_t last = columns - (kWidth - 1) * VL;
    vf sums[kRows][kWidth];
    for (int j = 0; j < kWidth; j++) {
        const vf start = bias == nullptr ? splat(0.0f) : load_up_to(bias + j * VL, columns - j * VL, 0.0f);
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) sums[i][j] = start;
    }
    for (int64_t p = 0; p < block.k; p++) {
        vf row[kWidth];
#pragma GCC unroll 4
        for (int j = 0; j + 1 < kWidth; j++) row[j] = load(b + j * VL);
        row[kWidth - 1] = kMasked ? load_partial(b + (kWidth - 1) * VL, (int)last, 0.0f) : load(b + (kWidth - 1) * VL);
#pragma GCC unroll 16
        for (int i = 0; i < kRows; i++) {
            const vf factor = splat(a[i * row_stride]);
#pragma GCC unroll 4
            for (int j = 0; j < kWidth; j++) sums[i][j] = fma(factor, row[j], sums[i][j]);
        }
        a += a_step;
        b += b_step;
    }
#pragma GCC unroll 16
    for (int i = 0; i < kRows; i++) {
        float* out = c + i * block.c_stride;
#pragma GCC unroll 4
        for (int j = 0; j + 1 < kWidth; j++) store(out + j * VL, block.add ? load(out + j * VL) + sums[i][j] : sums[i][j]);
        float* end = out + (kWidth - 1) * VL;
        const vf sum = sums[i][kWidth - 1];
        store_up_to(end, last, block.add ? load_up_to(end, last, 0.0f) + sum : sum);
    }
}

typedef void (*Tile)(const Block&, const float*, int64_t, int64_t, const float*, int64_t, const float*, float*, int64_t);

/* The tiles of 1 to kRows rows, by rows - 1. */
template <int kRows>
struct Tiles {
    Tile of[kRows];
};

template <int kRows, int kWidth, bool kDenseRows, bool kMasked>
constexpr void add_tiles(Tile* tiles) {
    if constexpr (kRows > 0) {
        add_tiles<kRows - 1, kWidth, kDenseRows, kMasked>(tiles);
        tiles[kRows - 1] = tile<kRows, kWidth, kDenseRows, kMasked>;
    }
}

template <int kRows, int kWidth, bool kDenseRows, bool kMasked>
constexpr Tiles<kRows> make_tiles() {
    Tiles<kRows> tiles = {};
    add_tiles<kRows, kWidth, kDenseRows, kMasked>(tiles.of);
    return tiles;
}

/* [1]: neighbouring rows of A are neighbouring floats. */
constexpr Tiles<kGemmRows> kNarrow[2] = {make_tiles<kGemmRows, 1, false, false>(), make_tiles<kGemmRows, 1, true, false>()};
constexpr Tiles<kGemmRows> kMaskedNarrow[2] = {make_tiles<kGemmRows, 1, false, true>(), make_tiles<kGemmRows, 1, true, true>()};
constexpr Tiles<kGemmRows> kPairs[2] = {make_tiles<kGemmRows, 2, false, false>(), make_tiles<kGemmRows, 2, true, false>()};
constexpr Tiles<kFewRows> kWide[2] = {make_tiles<kFewRows, 4, false, false>(), make_tiles<kFewRows, 4, true, false>()};

int64_t ceiling(int64_t a, int64_t b) {
    return (a + b - 1) / b;
}

const Tile* tiles_for(const Panel& panel, bool dense_rows) {
    switch (panel.width) {
        case 1: return (panel.masked ? kMaskedNarrow : kNarrow)[dense_rows].of;
        case 2: return kPairs[dense_rows].of;
        default: return kWide[dense_rows].of;
    }
}

/* Rows a tile may have when it is `width` vectors wide. */
int64_t rows_per_tile(int64_t rows, int width) {
    const int64_t most = width == 4 ? kFewRows : kGemmRows;
    return ceiling(rows, ceiling(rows, most));
}

/* C's columns of one panel, for all rows of `a`, cut into tiles of nearly equal height. */
void multiply_panel(const Block& block, const Rows& a, int64_t rows, const Panel& panel, const float* bias, float* c) {
    const Tile* tiles = tiles_for(panel, a.row_stride == 1);
    const int64_t height = rows_per_tile(rows, panel.width);
    for (int64_t i = 0; i < rows; i += height) {
        const int64_t count = rows - i < height ? rows - i : height;
        tiles[count - 1](block, a.data + i * a.tile_stride, a.row_stride, a.step, panel.data, panel.step, bias,
                         c + i * block.c_stride, panel.columns);
    }
}

/* How many rows ahead are asked for: they lie in other pages, where the hardware's prefetcher does not follow. */
constexpr int64_t kPrefetch = 16;

/* Copies k rows of `columns` floats into rows of `width` floats, the rest 0. */
void pack_panel(int64_t k, int64_t columns, const float* b, int64_t b_stride, float* packed, int64_t width) {
    for (int64_t p = 0; p < k; p++) {
        if (p + kPrefetch < k) {
            for (int64_t j = 0; j < columns; j += 16) __builtin_prefetch(b + (p + kPrefetch) * b_stride + j);
        }
        for (int64_t j = 0; j < width; j += VL) {
            store(packed + p * width + j, load_up_to(b + p * b_stride + j, columns - j, 0.0f));
        }
    }
}

/* packed[p * width + j] = b[j * b_stride + p] for j < columns, else 0. */
void pack_transposed(int64_t k, int64_t columns, const float* b, int64_t b_stride, float* packed, int64_t width) {
    for (int64_t j = 0; j < width; j += VL) {
        for (int64_t p = 0; p < k; p += VL) {
            vf square[VL];
            for (int i = 0; i < VL; i++) {
                square[i] = j + i < columns ? load_up_to(b + (j + i) * b_stride + p, k - p, 0.0f) : splat(0.0f);
            }
            transpose(square);
            const int64_t count = k - p < VL ? k - p : VL;
            for (int64_t i = 0; i < count; i++) store(packed + (p + i) * width + j, square[i]);
        }
    }
}

/* The first columns of B (or of its transpose): as many as the widest tile for `rows` rows takes. */
Panel next_panel(const Block& block, int64_t rows, int64_t columns_left, const float* b, int64_t b_stride,
                 bool transposed) {
    const int64_t most = (rows <= kFewRows && columns_left > 3 * VL ? 4 : 2) * VL;
    const int64_t columns = columns_left < most ? columns_left : most;
    const int width = columns > 2 * VL ? 4 : columns > VL ? 2 : 1;
    const bool whole = columns == width * VL;
    if (transposed) {
        pack_transposed(block.k, columns, b, b_stride, packed_b, width * VL);
        return {packed_b, width * VL, columns, width, false};
    }
    /* A whole panel is worth packing when many tiles read it and its rows are far apart. */
    const bool scattered = b_stride >= 128 && b_stride != columns && rows >= 4 * kGemmRows;
    if (whole ? scattered : !(width == 1 && kMaskedLoadIsCheap)) {
        pack_panel(block.k, columns, b, b_stride, packed_b, width * VL);
        return {packed_b, width * VL, columns, width, false};
    }
    return {b, b_stride, columns, width, !whole};
}

/* Copies a block of A: rows as rows with a gap, columns (of a transposed A) as tiles of `height` neighbouring floats. */
Rows pack_rows(int64_t k, int64_t rows, int64_t height, const Rows& a) {
    if (a.row_stride != 1) {
        for (int64_t i = 0; i < rows; i++) {
            float* row = packed_a + i * (k + kRowGap);
            for (int64_t p = 0; p < k; p += VL) store(row + p, load_up_to(a.data + i * a.row_stride + p, k - p, 0.0f));
        }
        return {packed_a, k + kRowGap, k + kRowGap, 1};
    }
    for (int64_t i = 0; i < rows; i += height) {
        const int64_t count = rows - i < height ? rows - i : height;
        for (int64_t p = 0; p < k; p++) {
            float* column = packed_a + i * k + p * height;
            for (int64_t r = 0; r < count; r += VL) store(column + r, load_up_to(a.data + p * a.step + i + r, count - r, 0.0f));
        }
    }
    return {packed_a, k, 1, height};
}

/* One block of k of the whole product. */
void multiply_block(const Block& block, int64_t m, int64_t n, const Rows& a, const float* b, int64_t b_stride,
                    bool transpose_b, const float* bias, float* c) {
    const bool pack = a.row_stride == 1 && a.step >= 512 && n >= 8 * VL && m > kFewRows;
    const int64_t block_rows = pack ? ceiling(m, ceiling(m, kBlockRows)) : m;
    for (int64_t i = 0; i < m; i += block_rows) {
        const int64_t rows = m - i < block_rows ? m - i : block_rows;
        Rows block_a = {a.data + i * a.tile_stride, a.tile_stride, a.row_stride, a.step};
        if (pack) block_a = pack_rows(block.k, rows, rows_per_tile(rows, 2), block_a);
        int64_t j = 0;
        while (j < n) {
            const float* from = transpose_b ? b + j * b_stride : b + j;
            const Panel panel = next_panel(block, rows, n - j, from, b_stride, transpose_b);
            multiply_panel(block, block_a, rows, panel, bias == nullptr ? nullptr : bias + j, c + i * block.c_stride + j);
            j += panel.columns;
        }
    }
}

/* At most this many columns of A'B are computed as rows of B'A, where they fill whole vectors. */
constexpr int64_t kFewColumns = 12;

/* One block of k of C = A'B for A[k, m] and B[k, n] with few columns n. */
void multiply_block_few_columns(const Block& block, int64_t m, int64_t n, const float* a, const float* b, float* c) {
    alignas(64) float transposed[kFewColumns * kPanelColumns];
    const Block inner = {block.k, kPanelColumns, false};
    int64_t i = 0;
    while (i < m) {
        const Panel panel = next_panel(inner, n, m - i, a + i, m, false);
        multiply_panel(inner, {b, 1, 1, n}, n, panel, nullptr, transposed);
        for (int64_t r = 0; r < panel.columns; r++) {
            float* row = c + (i + r) * n;
            for (int64_t j = 0; j < n; j++) {
                const float sum = transposed[j * kPanelColumns + r];
                row[j] = block.add ? row[j] + sum : sum;
            }
        }
        i += panel.columns;
    }
}

}  // namespace

void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, const float* b,
          const float* bias, bool accumulate, float* c) {
    if (k == 0) {
        for (int64_t i = 0; i < m && !accumulate; i++) {
            for (int64_t j = 0; j < n; j++) c[i * n + j] = bias == nullptr ? 0.0f : bias[j];
        }
        return;
    }
    const Rows rows = transpose_a ? Rows{a, 1, 1, m} : Rows{a, k, k, 1};
    const int64_t b_stride = transpose_b ? k : n;
    const int64_t block_k = ceiling(k, ceiling(k, kBlockK));
    for (int64_t p = 0; p < k; p += block_k) {
        const Block block = {k - p < block_k ? k - p : block_k, n, accumulate || p > 0};
        const float* block_b = transpose_b ? b + p : b + p * n;
        if (transpose_a && !transpose_b && bias == nullptr && n <= kFewColumns) {
            multiply_block_few_columns(block, m, n, a + p * m, block_b, c);
        } else {
            const Rows block_a = {rows.data + p * rows.step, rows.tile_stride, rows.row_stride, rows.step};
            multiply_block(block, m, n, block_a, block_b, b_stride, transpose_b, p == 0 ? bias : nullptr, c);
        }
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
