/* floating_point_mode.h: the mode kernels run in. */
#pragma once
#include <stdint.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace diapason {

/* While one lives: round to nearest, no traps, denormals read and written as 0. Then the caller's mode comes back, flags
 * included. Nothing is written within another one's life, because changing the mode costs more than a small kernel. */
class FlushDenormals {
public:
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

#if defined(__SSE__)
    FlushDenormals() : saved_(_mm_getcsr()) {
        if (changes()) _mm_setcsr(kMode);
    }
    ~FlushDenormals() {
        if (changes()) _mm_setcsr(saved_);
    }

private:
    /* The flags of exceptions, bits 0 to 5, are no part of the mode. */
    bool changes() const { return (saved_ & ~0x3fu) != kMode; }

    /* All exceptions masked, flush to zero (bit 15), denormals are zero (bit 6). */
    static constexpr unsigned kMode = 0x1f80 | 0x8000 | 0x0040;
    unsigned saved_;
#elif defined(__aarch64__)
    FlushDenormals() {
        asm volatile("mrs %0, fpcr" : "=r"(saved_));
        if (saved_ != kMode) asm volatile("msr fpcr, %0" : : "r"(kMode) : "memory");
    }
    ~FlushDenormals() {
        if (saved_ != kMode) asm volatile("msr fpcr, %0" : : "r"(saved_) : "memory");
    }

private:
    /* FZ, bit 24, flushes operands and results. */
    static constexpr uint64_t kMode = (uint64_t)1 << 24;
    uint64_t saved_;
#else
#error "no way to flush denormals is known for this architecture"
#endif
};

}  // namespace diapason
