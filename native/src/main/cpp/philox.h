/*
 * philox.h: the counter-based generator Philox4x32-10, as a template over the word type U: a vector of blocks (vu) or one
 * block (uint32_t). Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 *
 * The includer defines DP_ISA_NAME, DP_INLINE and, for its U, multiply_wide before including this file (simd.h does for
 * vu; the scalar one is here). Words are exact, so every instruction set and device gives the same ones.
 */
#pragma once
#include <stdint.h>

namespace diapason {
namespace DP_ISA_NAME {

DP_INLINE void multiply_wide(uint32_t a, uint32_t m, uint32_t& high, uint32_t& low) {
    const uint64_t product = (uint64_t)a * m;
    high = (uint32_t)(product >> 32);
    low = (uint32_t)product;
}

/* Replaces the counter (4 words) by the random block it stands for under the key. */
template <class U>
DP_INLINE void philox4x32_10(U (&counter)[4], uint32_t key_low, uint32_t key_high) {
    for (int round = 0; round < 10; round++) {
        U high0, low0, high1, low1;
        multiply_wide(counter[0], 0xD2511F53u, high0, low0);
        multiply_wide(counter[2], 0xCD9E8D57u, high1, low1);
        counter[0] = high1 ^ counter[1] ^ key_low;
        counter[1] = low1;
        counter[2] = high0 ^ counter[3] ^ key_high;
        counter[3] = low0;
        key_low += 0x9E3779B9u;
        key_high += 0xBB67AE85u;
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
