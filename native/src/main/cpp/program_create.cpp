/* program_create.cpp: dp_program_create and dp_program_destroy: code becomes instructions, each checked alone. */
#include <stdlib.h>

#include <new>
#include <type_traits>

#include "program.h"
#include "program_check.h"
#include "program_dropout.h"
#include "program_elements.h"
#include "program_matrices.h"
#include "program_optimizers.h"
#include "program_training.h"

namespace diapason {
namespace {

/* Words before the arguments of an instruction. */
constexpr int64_t kHead = 2;

template <class Fields>
int run_as(const void* fields, const Step& step) {
    return static_cast<const Fields*>(fields)->run(step);
}

template <class Fields>
bool make(const Limits& limits, int64_t count, const int64_t* arguments, Instruction& result) {
    static_assert(sizeof(Fields) <= kMostFieldBytes && alignof(Fields) <= 8, "the room for fields is too small");
    static_assert(std::is_trivially_destructible<Fields>::value, "instructions are freed as bytes");
    Fields* fields = new (result.fields) Fields();
    Words words(limits, count, arguments);
    Ranges ranges(limits);
    result.run = run_as<Fields>;
    return fields->read(words) && fields->check(ranges) && ranges.disjoint();
}

/* The instruction of one of these types that has the opcode. */
template <class... Fields>
bool make_one_of(int64_t opcode, const Limits& limits, int64_t count, const int64_t* arguments, Instruction& result) {
    bool made = false;
    (void)(... || (opcode == Fields::kOpcode && (made = make<Fields>(limits, count, arguments, result), true)));
    return made;
}

bool make_instruction(const Limits& limits, const int64_t* head, Instruction& result) {
    using namespace instruction;
    return make_one_of<Copy, Fill, Assign, Convert, Unary, UnaryBackward, Binary, Compare, Select, Reduce, ArgReduce, Gemm, Gather,
                       ScatterAdd, TakeAlong, ScatterAddAlong, Dropout, DropoutKeep, DropoutKept, Softmax, CrossEntropy,
                       CrossEntropyBackward, CrossEntropyWithGradient, CheckFinite, AddSquares, ScaleToNorm, Sgd, Adam, Rmsprop,
                       Adagrad, ActivationDropout, ActivationDropoutBackward>(head[0], limits, head[1], head + kHead, result);
}

/* The instructions of the code in `count`; or false, and in `position` where an instruction does not end within it. */
bool count_instructions(int64_t words, const int64_t* code, int64_t& count, int64_t& position) {
    count = 0;
    for (position = 0; position < words; count++) {
        if (words - position < kHead) return false;
        const int64_t arguments = code[position + 1];
        if (arguments < 0 || arguments > words - position - kHead) return false;
        position += kHead + arguments;
    }
    return true;
}

/* Memory for a program, its instructions and sizes in one block; null when there is none. */
void* block_for(int64_t count, int64_t buffers) {
    int64_t instructions = 0, sizes = 0, bytes = (int64_t)sizeof(Program);
    if (__builtin_mul_overflow(count, (int64_t)sizeof(Instruction), &instructions) ||
        __builtin_mul_overflow(buffers, (int64_t)sizeof(int64_t), &sizes) || __builtin_add_overflow(bytes, instructions, &bytes) ||
        __builtin_add_overflow(bytes, sizes, &bytes)) {
        return nullptr;
    }
    return malloc((size_t)bytes);
}

bool are_sizes(int64_t buffers, const int64_t* buffer_bytes) {
    if (buffers < 0 || (buffers > 0 && buffer_bytes == nullptr)) return false;
    for (int64_t b = 0; b < buffers; b++) {
        if (buffer_bytes[b] < 0) return false;
    }
    return true;
}

/* The program, or `at`: the word at which the wrong instruction begins, -1 when something else is wrong. */
int create(int64_t buffers, const int64_t* buffer_bytes, int64_t words, const int64_t* code, int64_t columns, int64_t steps,
           Program*& program, int64_t& at) {
    if (!are_sizes(buffers, buffer_bytes) || words < 0 || (words > 0 && code == nullptr) || columns < 0 || steps < 0) {
        return DP_INVALID_ARGUMENT;
    }
    int64_t count = 0;
    if (!count_instructions(words, code, count, at)) return DP_INVALID_ARGUMENT;
    at = -1;
    void* block = block_for(count, buffers);
    if (block == nullptr) return DP_OUT_OF_MEMORY;
    Program* made = new (block) Program();
    Instruction* instructions = reinterpret_cast<Instruction*>(made + 1);
    int64_t* sizes = reinterpret_cast<int64_t*>(instructions + count);
    for (int64_t b = 0; b < buffers; b++) sizes[b] = buffer_bytes[b];
    *made = {buffers, sizes, columns, steps, count, instructions};

    const Limits limits = {buffers, sizes, columns, steps};
    int64_t word = 0;
    for (int64_t i = 0; i < count; i++) {
        Instruction* instruction = new (instructions + i) Instruction;
        instruction->position = word;
        if (!make_instruction(limits, code + word, *instruction)) {
            at = word;
            free(block);
            return DP_INVALID_ARGUMENT;
        }
        word += kHead + code[word + 1];
    }
    program = made;
    return DP_OK;
}

}  // namespace
}  // namespace diapason

using namespace diapason;

extern "C" void* dp_program_create(int64_t buffers, const int64_t* buffer_bytes, int64_t words, const int64_t* code, int64_t columns,
                                   int64_t steps, int* status, int64_t* position) {
    Program* program = nullptr;
    int64_t at = -1;
    const int result = create(buffers, buffer_bytes, words, code, columns, steps, program, at);
    if (status != nullptr) *status = result;
    if (position != nullptr) *position = at;
    return program;
}

extern "C" void dp_program_destroy(void* program) {
    free(program);
}
