/* program_run.cpp: dp_programs_run: the steps of programs, one after another, without locks or allocations. */
#include "diapason.h"
#include "floating_point_mode.h"
#include "program.h"

using namespace diapason;

namespace {

/* Java writes a part as words. */
static_assert(sizeof(dp_program_part) == 6 * sizeof(int64_t), "a part is six words");

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

bool is_valid(const dp_program_part& part) {
    if (part.program == nullptr || part.first < 0 || part.steps < 0) return false;
    const Program& program = *static_cast<const Program*>(part.program);
    return part.first <= program.steps && part.steps <= program.steps - part.first && are_bases(program, part.memory) &&
           (part.table != nullptr || part.steps == 0 || program.columns == 0);
}

int run(dp_program_part& part, const int32_t* cancel, int64_t& position) {
    const Program& program = *static_cast<const Program*>(part.program);
    for (int64_t i = 0; i < part.steps; i++) {
        if (is_cancelled(cancel)) return DP_CANCELLED;
        const Step step = {part.memory, part.first + i, program.columns == 0 ? nullptr : part.table + i * program.columns};
        for (const Instruction* next = program.instructions; next != program.instructions + program.count; next++) {
            const int status = next->run(next->fields, step);
            if (status != DP_OK) {
                position = next->position;
                return status;
            }
        }
        part.done = i + 1;
    }
    return DP_OK;
}

}  // namespace

extern "C" int dp_programs_run(int64_t parts, dp_program_part* part, const int32_t* cancel, int64_t* position) {
    int64_t at = -1;
    if (position != nullptr) *position = at;
    if (parts < 0 || (parts > 0 && part == nullptr)) return DP_INVALID_ARGUMENT;
    bool valid = true;
    for (int64_t p = 0; p < parts; p++) {
        part[p].done = 0;
        valid = valid && is_valid(part[p]);
    }
    if (!valid) return DP_INVALID_ARGUMENT;
    const FlushDenormals mode;
    int status = DP_OK;
    for (int64_t p = 0; p < parts && status == DP_OK; p++) status = run(part[p], cancel, at);
    if (position != nullptr) *position = at;
    return status;
}
