/* memory.cpp: native buffers. */
#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "diapason.h"

namespace {

constexpr int64_t kMebibyte = (int64_t)1 << 20;
constexpr int64_t kHugePage = 2 * kMebibyte;

int64_t round_up(int64_t bytes, int64_t unit) {
    return (bytes + unit - 1) / unit * unit;
}

}  // namespace

extern "C" void* dp_allocate(int64_t bytes) {
    if (bytes < 0 || bytes > INT64_MAX - kHugePage) return nullptr;
    const int64_t alignment = bytes < kMebibyte ? 64 : kHugePage;
    const int64_t size = bytes == 0 ? alignment : round_up(bytes, alignment);
    void* memory = nullptr;
    if (posix_memalign(&memory, (size_t)alignment, (size_t)size) != 0) return nullptr;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    /* Only advice: a kernel without huge pages serves the same memory in small ones. */
    if (alignment == kHugePage) (void)madvise(memory, (size_t)size, MADV_HUGEPAGE);
#endif
    return memory;
}

extern "C" void dp_free(void* memory) {
    free(memory);
}

extern "C" int dp_copy(int64_t bytes, const void* in, void* out) {
    if (bytes < 0 || (bytes > 0 && (in == nullptr || out == nullptr))) return DP_INVALID_ARGUMENT;
    if (bytes > 0) __builtin_memcpy(out, in, (size_t)bytes);
    return DP_OK;
}
