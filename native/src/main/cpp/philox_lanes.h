/*
 * philox_lanes.h: VL neighbouring Philox blocks at once, for kernels that draw many. Included after simd.h.
 *
 * A word of the state stands in the low half of a 64-bit lane, where the multiplication reads it, and what the high half holds does not
 * matter: the low word of a product is the product itself, the high word one shift, and no word is ever moved to another lane. Even
 * and odd blocks are two vectors, which interleave at the end.
 */
#pragma once
#include "simd.h"

#include "philox.h"

namespace diapason {
namespace DP_ISA_NAME {

/* What all blocks of a (seed, stream) have in common. */
struct PhiloxStream {
    /* The keys of each round. */
    uint32_t key_low[10], key_high[10];
    uint32_t stream_high;
    /* The first round's product of the low word of the stream. */
    uint32_t product_high, product_low;

    PhiloxStream(uint64_t seed, uint64_t stream) : stream_high((uint32_t)(stream >> 32)) {
        for (uint32_t round = 0; round < 10; round++) {
            key_low[round] = (uint32_t)seed + round * 0x9E3779B9u;
            key_high[round] = (uint32_t)(seed >> 32) + round * 0xBB67AE85u;
        }
        multiply_wide((uint32_t)stream, 0xCD9E8D57u, product_high, product_low);
    }
};

/* Words of kBatches times VL blocks from `block`, a multiple of VL: word w of block b * VL + i is lane i of words[b][w]. Batches together hide
 * one another's latency. */
template <int kBatches>
DP_INLINE void random_lanes(const PhiloxStream& common, uint64_t block, vu (&words)[kBatches][4]) {
    constexpr int kHalves = 2 * kBatches;
    vw even;
    for (int i = 0; i < VL / 2; i++) even[i] = (uint64_t)(2 * i);
    vw state[4][kHalves];
    for (int h = 0; h < kHalves; h++) {
        /* Of the words before round 1 only the first differs between lanes, and before round 2 only the last two do. */
        const uint64_t begin = block + (uint64_t)(h / 2 * VL);
        uint32_t second_high, second_low;
        multiply_wide(common.product_high ^ (uint32_t)(begin >> 32) ^ common.key_low[0], 0xD2511F53u, second_high, second_low);
        const vw first = multiply_low_words(even + splat_wide((uint32_t)begin + (uint32_t)(h % 2)), 0xD2511F53u);
        const vw third = (first >> 32) ^ splat_wide(common.stream_high ^ common.key_high[0]);
        const vw product = multiply_low_words(third, 0xCD9E8D57u);
        state[0][h] = (product >> 32) ^ splat_wide(common.product_low ^ common.key_low[1]);
        state[1][h] = product;
        state[2][h] = first ^ splat_wide(second_high ^ common.key_high[1]);
        state[3][h] = splat_wide(second_low);
    }
    for (int round = 2; round < 10; round++) {
        for (int h = 0; h < kHalves; h++) {
            const vw first = multiply_low_words(state[0][h], 0xD2511F53u);
            const vw third = multiply_low_words(state[2][h], 0xCD9E8D57u);
            state[0][h] = exclusive_or(third >> 32, state[1][h], splat_wide(common.key_low[round]));
            state[1][h] = third;
            state[2][h] = exclusive_or(first >> 32, state[3][h], splat_wide(common.key_high[round]));
            state[3][h] = first;
        }
    }
    for (int b = 0; b < kBatches; b++) {
        for (int w = 0; w < 4; w++) words[b][w] = interleave_low_words(state[w][2 * b], state[w][2 * b + 1]);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
