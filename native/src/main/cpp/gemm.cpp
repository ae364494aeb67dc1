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
 * the L1 cache and they are reused enough. A panel of B that is not transposed is packed by its first tile, which reads it anyway.
 * When the operands are larger than the near caches, the first tiles of a panel also ask for the next panel, and every
 * tile for its part of C, so that none of them waits for memory. Few columns do not fill a vector: then the lanes are rows
 * (gemm_heads.h, and multiply_block_few_columns() for A').
 */
#include "gemm_heads.h"
#include "gemm_packing.h"
#include "gemm_tiles.h"
#include "kernels.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

constexpr int64_t kBlockK = 512;
/* Operands of more floats do not stay in the caches next to the core from one step to the next. */
constexpr int64_t kFarFloats = 1 << 16;
/* Of A that stays where it is, the panels take turns at a block of this many floats, which the L2 cache holds. */
constexpr int64_t kBlockFloats = 1 << 17;
/* Rows of A that are packed together. */
constexpr int64_t kBlockRows = 20 * kGemmRows;
constexpr int64_t kPanelColumns = 4 * VL;
alignas(64) thread_local float packed_b[kBlockK * kPanelColumns];
/* pack_transposed() may write a little too far. */
alignas(64) thread_local float packed_a[kBlockK * kBlockRows + VL];

/* A as tiles read it: the element at row r of the tile that starts at row i, column p, is
 * data[i * tile_stride + r * row_stride + p * step]. */
struct Rows {
    const float* data;
    int64_t tile_stride;
    int64_t row_stride;
    int64_t step;
};

int64_t ceiling(int64_t a, int64_t b) {
    return (a + b - 1) / b;
}

/* The lines after those that the first of a panel's tiles asked for: of the other columns, or the other rows of B'. */
Ahead second_half(const Ahead& ahead) {
    return {ahead.data + (ahead.turn == ahead.step ? 16 : 16 * ahead.step), ahead.step, ahead.turn};
}

Ahead nothing_ahead(const Panel& panel) {
    return {panel.data, 0, 0};
}

/* Rows a tile may have when it is `width` vectors wide. */
int64_t rows_per_tile(int64_t rows, int width) {
    const int64_t most = width == 4 ? kFewRows : kGemmRows;
    return ceiling(rows, ceiling(rows, most));
}

/* C's columns of one panel, for all rows of `a`, cut into tiles of nearly equal height. */
void multiply_panel(const Block& block, const Rows& a, int64_t rows, Panel& panel, const float* bias, float* c) {
    const bool dense_rows = a.row_stride == 1;
    const int64_t a_stride = dense_rows ? a.step : a.row_stride;
    const int64_t height = rows_per_tile(rows, panel.width);
    const Tile* tiles = tiles_for(block, panel, dense_rows);
    for (int64_t i = 0; i < rows; i += height) {
        const int64_t count = rows - i < height ? rows - i : height;
        tiles[count - 1](block, panel, a.data + i * a.tile_stride, a_stride, bias, c + i * block.c_stride);
        if (panel.copy != nullptr) {
            panel.data = panel.copy;
            panel.step = panel.width * VL;
            panel.copy = nullptr;
            tiles = tiles_for(block, panel, dense_rows);
        }
        if (block.far) panel.ahead = i == 0 ? second_half(panel.ahead) : nothing_ahead(panel);
    }
}

/* The first columns of B (or of its transpose): as many as the widest tile for `rows` rows takes. */
Panel next_panel(const Block& block, int64_t rows, int64_t columns_left, const float* b, int64_t b_stride,
                 bool transposed) {
    const int64_t most = (rows <= kFewRows && columns_left > 3 * VL ? 4 : 2) * VL;
    const int64_t columns = columns_left < most ? columns_left : most;
    const int width = columns > 2 * VL ? 4 : columns > VL ? 2 : 1;
    const bool whole = columns == width * VL;
    const float* next = columns_left > columns ? b + columns * (transposed ? b_stride : 1) : b;
    const int64_t next_stride = columns_left > columns ? b_stride : 0;
    if (transposed) {
        pack_transposed(block.k, columns, b, b_stride, packed_b, width * VL);
        return {packed_b, width * VL, columns, width, false, nullptr, {next, next_stride, 16 - 15 * next_stride}};
    }
    const Ahead ahead = {next, next_stride, next_stride};
    /* A whole panel is worth copying when many tiles read it and its rows are far apart. */
    const bool scattered = b_stride >= 128 && b_stride != columns && rows >= 4 * kGemmRows;
    if (whole && width == 2 && scattered) return {b, b_stride, columns, width, false, packed_b, ahead};
    if (!whole && !(width == 1 && kMaskedLoadIsCheap)) {
        pack_panel(block.k, columns, b, b_stride, packed_b, width * VL);
        return {packed_b, width * VL, columns, width, false, nullptr, ahead};
    }
    return {b, b_stride, columns, width, !whole, nullptr, ahead};
}

/* Copies `rows` rows of a block of A as tiles of `height` rows, whose columns of `height` floats follow one another. */
Rows pack_rows(int64_t k, int64_t rows, int64_t height, const Rows& a) {
    for (int64_t i = 0; i < rows; i += height) {
        const int64_t count = rows - i < height ? rows - i : height;
        float* packed = packed_a + i * k;
        if (a.row_stride == 1) {
            for (int64_t p = 0; p < k; p++) {
                const float* column = a.data + p * a.step + i;
                for (int64_t r = 0; r < count; r += VL) store(packed + p * height + r, load_up_to(column + r, count - r, 0.0f));
            }
        } else {
            pack_transposed(k, count, a.data + i * a.row_stride, a.row_stride, packed, height);
        }
    }
    return {packed_a, k, 1, height};
}

/* Whether tiles should read a copy of A: its neighbouring rows are so far apart that they would evict each other from the L1 cache, or
 * its columns so far apart that each is in another page; and enough panels of B read the copy. */
bool should_pack(const Rows& a, int64_t m, int64_t n) {
    const bool scattered = a.row_stride == 1 ? a.step >= 512 : a.row_stride >= 1024;
    return scattered && n >= 8 * VL && m > kFewRows;
}

/* One block of k of the whole product. */
void multiply_block(const Block& block, int64_t m, int64_t n, const Rows& a, const float* b, int64_t b_stride,
                    bool transpose_b, const float* bias, float* c) {
    const bool pack = should_pack(a, m, n);
    const int64_t most = pack ? kBlockRows : kBlockFloats / block.k;
    const int64_t block_rows = ceiling(m, ceiling(m, most));
    for (int64_t i = 0; i < m; i += block_rows) {
        const int64_t rows = m - i < block_rows ? m - i : block_rows;
        Rows block_a = {a.data + i * a.tile_stride, a.tile_stride, a.row_stride, a.step};
        if (pack) block_a = pack_rows(block.k, rows, rows_per_tile(rows, 2), block_a);
        int64_t j = 0;
        while (j < n) {
            const float* from = transpose_b ? b + j * b_stride : b + j;
            Panel panel = next_panel(block, rows, n - j, from, b_stride, transpose_b);
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
    const Block inner = {block.k, kPanelColumns, false, false};
    int64_t i = 0;
    while (i < m) {
        Panel panel = next_panel(inner, n, m - i, a + i, m, false);
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
        const Block block = {k - p < block_k ? k - p : block_k, n, accumulate || p > 0, m * k + k * n + m * n > kFarFloats};
        const float* block_b = transpose_b ? b + p : b + p * n;
        if (transpose_a && !transpose_b && bias == nullptr && n <= kFewColumns) {
            multiply_block_few_columns(block, m, n, a + p * m, block_b, c);
        } else if (!transpose_a && (!transpose_b || n == 1) && m >= VL && n <= kHeadColumns) {
            multiply_block_by_heads(block, m, n, a + p, k, block_b, p == 0 ? bias : nullptr, c);
        } else {
            const Rows block_a = {rows.data + p * rows.step, rows.tile_stride, rows.row_stride, rows.step};
            multiply_block(block, m, n, block_a, block_b, b_stride, transpose_b, p == 0 ? bias : nullptr, c);
        }
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
