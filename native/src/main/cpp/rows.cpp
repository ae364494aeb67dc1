/* rows.cpp: gathering rows by index. */
#include <stddef.h>

#include "kernels.h"
#include "simd.h"

namespace diapason {
namespace DP_ISA_NAME {
namespace {

constexpr int64_t kVectorBytes = VL * (int64_t)sizeof(float);

/* Rows of at least one vector: whole vectors, then one that ends with the row and may overlap the one before. */
void copy_long_row(int64_t bytes, const char* in, char* out) {
    for (int64_t i = 0; i + kVectorBytes <= bytes; i += kVectorBytes) __builtin_memcpy(out + i, in + i, kVectorBytes);
    const int64_t last = bytes - kVectorBytes;
    __builtin_memcpy(out + last, in + last, kVectorBytes);
}

}  // namespace

void gather_rows(int64_t count, int64_t row_bytes, const char* source, const int64_t* index, char* out) {
    if (row_bytes == sizeof(float)) {
        for (int64_t i = 0; i < count; i++) __builtin_memcpy(out + 4 * i, source + 4 * index[i], sizeof(float));
    } else if (row_bytes == sizeof(int64_t)) {
        for (int64_t i = 0; i < count; i++) __builtin_memcpy(out + 8 * i, source + 8 * index[i], sizeof(int64_t));
    } else if (row_bytes < kVectorBytes) {
        for (int64_t i = 0; i < count; i++) {
            __builtin_memcpy(out + i * row_bytes, source + index[i] * row_bytes, (size_t)row_bytes);
        }
    } else {
        for (int64_t i = 0; i < count; i++) copy_long_row(row_bytes, source + index[i] * row_bytes, out + i * row_bytes);
    }
}

}  // namespace DP_ISA_NAME
}  // namespace diapason
