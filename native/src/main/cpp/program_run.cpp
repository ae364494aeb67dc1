/* program_run.cpp: dp_program_run: the steps of a program, without locks or allocations. */
#include "diapason.h"
#include "floating_point_mode.h"
#include "program.h"

using namespace diapason;

namespace {

bool is_cancelled(const int32_t* cancel) {
    return cancel != nullptr && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0;
}

/* Whether every buffer that has bytes has memory, as aligned as its offsets were taken to be. */
bool are_bases(const Program& program, const int64_t* memory) {
    if (program.buffers > 0 && memory == nullptr) return false;
    for (int64_t b = 0; b < program.buffers; b++) {
        if (program.buffer_bytes[b] > 0 && (memory[b] == 0 || memory[b] % 8 != 0)) return false;
    }
    return true;
}

}  // namespace

extern "C" int dp_program_run(const void* handle, const int64_t* memory, int64_t first, int64_t steps, const int64_t* table,
                              const int32_t* cancel, int64_t* done, int64_t* position) {
    if (position != nullptr) *position = -1;
    if (done == nullptr) return DP_INVALID_ARGUMENT;
    *done = 0;
    if (handle == nullptr) return DP_INVALID_ARGUMENT;
    const Program& program = *static_cast<const Program*>(handle);
    if (first < 0 || steps < 0 || first > program.steps || steps > program.steps - first || !are_bases(program, memory) ||
        (table == nullptr && steps > 0 && program.columns > 0)) {
        return DP_INVALID_ARGUMENT;
    }
    const FlushDenormals mode;
    for (int64_t i = 0; i < steps; i++) {
        if (is_cancelled(cancel)) return DP_CANCELLED;
        const Step step = {memory, first + i, program.columns == 0 ? nullptr : table + i * program.columns};
        for (const Instruction* next = program.instructions; next != program.instructions + program.count; next++) {
            const int status = next->run(next->fields, step);
            if (status != DP_OK) {
                if (position != nullptr) *position = next->position;
                return status;
            }
        }
        *done = i + 1;
    }
    return DP_OK;
}
