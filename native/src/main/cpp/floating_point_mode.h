/* floating_point_mode.h: the mode kernels run in. */
#pragma once
#include <stdint.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace diapason {

/* While one lives: round to nearest, no traps, denormals read and written as 0. Then the caller's mode comes back, flags
 * included. */
class FlushDenormals {
public:
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

#if defined(__SSE__)
    FlushDenormals() : saved_(_mm_getcsr()) { _mm_setcsr(kMode); }
    ~FlushDenormals() { _mm_setcsr(saved_); }

private:
    /* All exceptions masked, flush to zero (bit 15), denormals are zero (bit 6). */
    static constexpr unsigned kMode = 0x1f80 | 0x8000 | 0x0040;
    unsigned saved_;
#elif defined(__aarch64__)
    FlushDenormals() {
        asm volatile("mrs %0, fpcr" : "=r"(saved_));
        /* FZ, bit 24, flushes operands and results. */
        asm volatile("msr fpcr, %0" : : "r"((uint64_t)1 << 24) : "memory");
    }
    ~FlushDenormals() { asm volatile("msr fpcr, %0" : : "r"(saved_) : "memory"); }

private:
    uint64_t saved_;
#else
#error "no way to flush denormals is known for this architecture"
#endif
};

}  // namespace diapason
