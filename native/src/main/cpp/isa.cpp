/* isa.cpp: which instruction sets this machine has, and which one is in use. */
#include "isa.h"

#include <stdlib.h>
#include <string.h>

#include "diapason.h"

namespace diapason {
namespace {

constexpr const char* kNames[] = {"portable", "avx2", "avx512"};

const KernelTable* table_of(int isa) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (isa == DP_ISA_AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2::kernels;
    if (isa == DP_ISA_AVX512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx2") &&
        __builtin_cpu_supports("fma")) {
        return &avx512::kernels;
    }
#endif
    return isa == DP_ISA_PORTABLE ? &portable::kernels : nullptr;
}

struct Choice {
    int isa;
    const KernelTable* table;
    bool requested_invalid;
};

Choice choose() {
    const char* requested = getenv("DIAPASON_ISA");
    bool invalid = false;
    if (requested != nullptr && requested[0] != 0) {
        for (int isa = DP_ISA_PORTABLE; isa <= DP_ISA_AVX512; isa++) {
            const KernelTable* table = table_of(isa);
            if (table != nullptr && strcmp(requested, kNames[isa]) == 0) return {isa, table, false};
        }
        invalid = true;
    }
    int best = DP_ISA_AVX512;
    while (table_of(best) == nullptr) best--;
    return {best, table_of(best), invalid};
}

/* Initialised when the library is loaded. */
Choice choice = choose();

}  // namespace

const KernelTable& current_kernels() {
    return *choice.table;
}

}  // namespace diapason

extern "C" int dp_isa_supported(int isa) {
    return diapason::table_of(isa) != nullptr;
}

extern "C" int dp_isa_current(void) {
    return diapason::choice.isa;
}

extern "C" int dp_isa_requested_invalid(void) {
    return diapason::choice.requested_invalid;
}

extern "C" int dp_isa_select(int isa) {
    if (isa < DP_ISA_PORTABLE || isa > DP_ISA_AVX512) return DP_INVALID_ARGUMENT;
    const diapason::KernelTable* table = diapason::table_of(isa);
    if (table == nullptr) return DP_UNSUPPORTED;
    diapason::choice.isa = isa;
    diapason::choice.table = table;
    return DP_OK;
}
