/* program_test.cpp: what programs are refused, how runs end, and that the caller's mode comes back. */
#include <math.h>

#include <thread>

#include "program_builder.h"
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace test {
namespace {

/* Two buffers of 64 floats and 64 longs; 3 columns, 4 steps. */
const std::vector<int64_t> kBuffers = {256, 512};
constexpr int64_t kColumns = 3, kSteps = 4;

Code code_of(int64_t opcode, const std::vector<int64_t>& arguments) {
    Code code;
    code.words = {opcode, (int64_t)arguments.size()};
    code.words.insert(code.words.end(), arguments.begin(), arguments.end());
    return code;
}

void require_refused(const Code& code, int64_t position, const std::string& why) {
    const Handle handle(kBuffers, code.words, kColumns, kSteps);
    require(handle.status == DP_INVALID_ARGUMENT && handle.program == nullptr, "%s: must be refused, got status %d", why.c_str(), handle.status);
    require(handle.position == position, "%s: expected word %lld, got %lld", why.c_str(), (long long)position, (long long)handle.position);
}

void require_accepted(const Code& code, const std::string& why) {
    const Handle handle(kBuffers, code.words, kColumns, kSteps);
    require(handle.status == DP_OK && handle.program != nullptr && handle.position == -1, "%s: must be accepted, got status %d at word %lld",
            why.c_str(), handle.status, (long long)handle.position);
}

Code fill(int64_t dtype, int64_t n, const Value& value, const At& y) {
    Code code;
    code.add(DP_OP_FILL, Code::Call(), dtype, n, value, y);
    return code;
}

Code add(int64_t n, const At& a, const At& b, const At& y) {
    Code code;
    code.add(DP_OP_BINARY, Code::Call(), DP_ADD, DP_FLOAT32, (int64_t)1, n, ViewAt{a, n, 1}, ViewAt{b, n, 1}, y);
    return code;
}

Code unary(int64_t rows, int64_t columns, const ViewAt& x, const At& y) {
    Code code;
    code.add(DP_OP_UNARY, Code::Call(), DP_EXP, DP_FLOAT32, real(0), real(0), rows, columns, x, y);
    return code;
}

Code assign(int64_t rows, int64_t columns, const ViewAt& x, const ViewAt& y) {
    Code code;
    code.add(DP_OP_ASSIGN, Code::Call(), DP_FLOAT32, rows, columns, x, y);
    return code;
}

void code_that_is_none_is_refused(Random&) {
    require_accepted(Code(), "no instruction");
    require_refused(code_of(DP_OP_ACTIVATION_DROPOUT_BACKWARD + 1, {}), 0, "an unknown opcode");
    require_refused(code_of(-1, {}), 0, "a negative opcode");
    require_refused(code_of(INT64_MAX, {}), 0, "a huge opcode");
    const Code good = fill(DP_FLOAT32, 64, real(1), {0, 0, 0});
    require_accepted(good, "a fill");
    for (size_t length = 1; length < good.words.size(); length++) {
        Code cut = good;
        cut.words.resize(length);
        require_refused(cut, 0, text("only %lld words", (long long)length));
        if (length < 2) continue;
        cut.words[1] = (int64_t)length - 2;
        require_refused(cut, 0, text("only %lld arguments", (long long)length - 2));
    }
    Code more = good;
    more.words.push_back(0);
    require_refused(more, (int64_t)good.words.size(), "a head without its second word");
    more.words[1]++;
    require_refused(more, 0, "an argument too many");
    for (int64_t count : {(int64_t)-1, INT64_MIN, INT64_MAX}) {
        Code wrong = good;
        wrong.words[1] = count;
        require_refused(wrong, 0, "a wrong number of arguments");
    }
    Code second = good;
    second.words.insert(second.words.end(), {DP_OP_FILL, 1, 0});
    require_refused(second, (int64_t)good.words.size(), "the second instruction");
}

void arguments_out_of_their_range_are_refused(Random&) {
    const At y = {0, 0, 0};
    for (int64_t dtype : {(int64_t)-1, (int64_t)5, (int64_t)1 << 32, INT64_MIN}) require_refused(fill(dtype, 1, real(0), y), 0, "a type");
    for (int64_t n : {(int64_t)-1, (int64_t)65, INT64_MAX, INT64_MIN}) require_refused(fill(DP_FLOAT32, n, real(0), y), 0, "a size");
    for (int64_t c : {(int64_t)-1, kColumns, INT64_MAX}) require_refused(fill(DP_FLOAT32, 1, column(c), y), 0, "a column");
    require_accepted(fill(DP_FLOAT32, 1, column(kColumns - 1), y), "the last column");
    require_refused(fill(DP_FLOAT32, 1, {2, 0}, y), 0, "a kind of number");
    require_refused(fill(DP_FLOAT32, 1, {-1, 0}, y), 0, "a negative kind of number");
    for (int64_t buffer : {(int64_t)-2, (int64_t)-1, (int64_t)2, INT64_MAX}) {
        require_refused(fill(DP_FLOAT32, 1, real(0), {buffer, 0, 0}), 0, "a buffer");
    }
    Code reduce;
    reduce.add(DP_OP_REDUCE, Code::Call(), DP_SUM, DP_FLOAT32, INT64_MAX, (int64_t)2, (int64_t)2, y, At{0, 128, 0});
    require_refused(reduce, 0, "a product of sizes that is no number");
}

void operands_outside_their_buffer_are_refused(Random&) {
    require_accepted(fill(DP_FLOAT32, 64, real(0), {0, 0, 0}), "the whole buffer");
    require_accepted(fill(DP_FLOAT32, 0, real(0), {0, 256, 0}), "nothing, at the end");
    require_accepted(fill(DP_FLOAT32, 1, real(0), {0, 0, 84}), "a place that moves");
    require_accepted(fill(DP_FLOAT32, 1, real(0), {0, 252, -84}), "a place that moves back");
    const At wrong[] = {{0, 4, 0}, {0, -4, 0}, {0, INT64_MAX - 3, 0}, {0, INT64_MIN, 0}, {0, 0, 4}, {0, 0, -4}, {0, 0, INT64_MAX - 3},
                        {0, 0, INT64_MIN}};
    for (const At& at : wrong) {
        require_refused(fill(DP_FLOAT32, 64, real(0), at), 0, text("offset %lld, stride %lld", (long long)at.offset, (long long)at.stride));
    }
    for (const At& at : {At{0, 1, 0}, At{0, 2, 0}, At{0, 0, 2}}) require_refused(fill(DP_FLOAT32, 1, real(0), at), 0, "no multiple of 4");
    require_refused(fill(DP_INT64, 1, real(0), {1, 4, 0}), 0, "no multiple of 8");
    require_refused(fill(DP_FLOAT32, 1, real(0), {0, 0, 88}), 0, "a place that moves out");

    const At y = {1, 0, 0};
    require_accepted(unary(4, 16, {{0, 252, 0}, -16, -1}, y), "a view from the end");
    require_refused(unary(4, 16, {{0, 248, 0}, -16, -1}, y), 0, "a view that begins before the buffer");
    require_refused(unary(4, 16, {{0, 0, 0}, 17, 1}, y), 0, "rows too far apart");
    for (int64_t stride : {INT64_MAX, INT64_MIN, INT64_MAX / 4, INT64_MIN / 4}) {
        require_refused(unary(4, 16, {{0, 0, 0}, stride, 1}, y), 0, "a row stride that overflows");
        require_refused(unary(4, 16, {{0, 0, 0}, 16, stride}, y), 0, "a column stride that overflows");
        require_accepted(unary(1, 16, {{0, 0, 0}, stride, 1}, y), "the stride of a single row");
    }
    require_accepted(unary(INT64_MAX, 0, {{0, 0, 0}, INT64_MAX, INT64_MIN}, y), "nothing");
    require_refused(unary(INT64_MAX, 2, {{0, 0, 0}, 0, 0}, y), 0, "a product of rows and columns that is no number");
}

void outputs_over_other_operands_are_refused(Random&) {
    const At a = {0, 0, 0}, b = {0, 128, 0};
    require_accepted(add(32, a, b, a), "in place of the left");
    require_accepted(add(32, a, b, b), "in place of the right");
    require_accepted(add(32, a, a, a), "in place of both");
    require_refused(add(31, a, {0, 124, 0}, {0, 4, 0}), 0, "shifted by one");
    require_refused(add(33, a, b, a), 0, "over the beginning of the right");
    require_accepted(unary(4, 4, {a, 4, 1}, a), "a dense view in place");
    require_refused(unary(4, 4, {a, 1, 4}, a), 0, "a transposed view in place");
    require_refused(unary(4, 4, {a, 0, 0}, a), 0, "a repeated element in place");
    Code convert;
    convert.add(DP_OP_CONVERT, Code::Call(), DP_FLOAT32, DP_INT32, (int64_t)1, (int64_t)4, ViewAt{a, 4, 1}, a);
    require_refused(convert, 0, "another type in place");
    Code gemm;
    gemm.add(DP_OP_GEMM, Code::Call(), DP_FLOAT32, (int64_t)1, 0, 0, (int64_t)4, (int64_t)4, (int64_t)4, a, (int64_t)0, b, (int64_t)0, kNull, 0,
             a);
    require_refused(gemm, 0, "a product over its operand");
    Code adam;
    adam.add(DP_OP_SGD, Code::Call(), DP_FLOAT32, (int64_t)16, a, b, a, real(1), real(0), real(0), 0, real(0));
    require_refused(adam, 0, "two outputs in one place");
    /* At steps 0 … 3 the one place moves by 4 bytes, the other stays. */
    require_accepted(add(1, {0, 16, 0}, b, {0, 0, 4}), "never meeting");
    require_refused(add(1, {0, 12, 0}, b, {0, 0, 4}), 0, "meeting at the last step");
    require_accepted(add(1, {0, 4, 8}, b, {0, 0, 8}), "moving together, side by side");
    require_refused(add(1, {0, 0, 4}, b, {0, 0, 8}), 0, "in place at the first step alone");

    const ViewAt from = {{0, 0, 0}, 4, 1};
    require_accepted(assign(4, 4, from, {{0, 64, 0}, 1, 4}), "an assignment that transposes");
    require_accepted(assign(4, 4, from, {{0, 64, 0}, 8, 2}), "an assignment with gaps");
    require_accepted(assign(4, 4, from, {{0, 124, 0}, -4, -1}), "an assignment backwards");
    require_refused(assign(4, 4, from, {{0, 64, 0}, 3, 1}), 0, "rows that share a place");
    require_refused(assign(4, 4, from, {{0, 64, 0}, 0, 1}), 0, "rows that are one");
    require_refused(assign(4, 4, from, {{0, 64, 0}, 1, 1}), 0, "elements that share a place");
    require_refused(assign(4, 4, from, {{0, 60, 0}, 4, 1}), 0, "over the input");
}

void wrong_calls_are_refused(Random&) {
    const Code code = fill(DP_FLOAT32, 64, column(0), {0, 0, 0});
    void* program = nullptr;
    int64_t position = 5;
    const int64_t* words = code.words.data();
    const int64_t count = (int64_t)code.words.size();
    const int64_t negative[] = {256, -1};
    int status = 5;
    void* const programs[] = {
        dp_program_create(-1, kBuffers.data(), count, words, kColumns, kSteps, &status, &position),
        dp_program_create(2, nullptr, count, words, kColumns, kSteps, &status, &position),
        dp_program_create(2, negative, count, words, kColumns, kSteps, &status, &position),
        dp_program_create(2, kBuffers.data(), -1, words, kColumns, kSteps, &status, &position),
        dp_program_create(2, kBuffers.data(), count, nullptr, kColumns, kSteps, &status, &position),
        dp_program_create(2, kBuffers.data(), count, words, -1, kSteps, &status, &position),
        dp_program_create(2, kBuffers.data(), count, words, kColumns, -1, &status, &position),
    };
    int number = 0;
    for (const void* none : programs) require(none == nullptr, "create %d: must be refused", number++);
    require(status == DP_INVALID_ARGUMENT && position == -1, "the last create: got status %d and word %lld", status, (long long)position);
    program = dp_program_create(2, kBuffers.data(), count, words, kColumns, kSteps, nullptr, nullptr);
    require(program != nullptr, "without a status and a position: must be accepted");
    const Memory memory(kBuffers);
    const int64_t* bases = addresses(memory.bases());
    const std::vector<int64_t> table((size_t)(kColumns * kSteps), 0);
    const int64_t absent[] = {0, bases[1]};
    const int64_t odd[] = {bases[0] + 4, bases[1]};
    const int64_t* rows = table.data();
    const dp_program_part good = {program, bases, 0, 1, rows, -1};
    const dp_program_part wrong[] = {
        {nullptr, bases, 0, 1, rows, -1},  {program, nullptr, 0, 1, rows, -1},         {program, absent, 0, 1, rows, -1},
        {program, odd, 0, 1, rows, -1},    {program, bases, -1, 1, rows, -1},          {program, bases, 0, -1, rows, -1},
        {program, bases, kSteps, 1, rows, -1}, {program, bases, 0, kSteps + 1, rows, -1}, {program, bases, INT64_MAX, INT64_MAX, rows, -1},
        {program, bases, 0, 1, nullptr, -1}};
    number = 0;
    for (const dp_program_part& refused : wrong) {
        dp_program_part parts[] = {good, refused, good};
        require_status(DP_INVALID_ARGUMENT, dp_programs_run(3, parts, nullptr, &position), text("part %d", number++));
        for (const dp_program_part& part : parts) require(part.done == 0, "no step may be done of part %d", number);
    }
    require_status(DP_INVALID_ARGUMENT, dp_programs_run(-1, nullptr, nullptr, nullptr), "less than no parts");
    require_status(DP_INVALID_ARGUMENT, dp_programs_run(1, nullptr, nullptr, &position), "no memory of parts");
    for (int64_t i = 0; i < 256; i++) require(memory.at<char>(0)[i] == 0, "a refused run wrote byte %lld", (long long)i);
    dp_program_part none = {program, bases, kSteps, 0, nullptr, -1};
    require_status(DP_OK, dp_programs_run(1, &none, nullptr, nullptr), "no steps");
    require_status(DP_OK, dp_programs_run(0, nullptr, nullptr, &position), "no parts");
    dp_program_destroy(program);
    dp_program_destroy(nullptr);
}

/* A count of the steps, in a long; the step that is told to may cancel by its own data. */
void a_run_ends_when_it_is_cancelled(Random&) {
    Code code;
    const ViewAt counter = {{1, 0, 0}, 1, 1};
    code.add(DP_OP_BINARY, Code::Call(), DP_ADD, DP_INT64, (int64_t)1, (int64_t)1, counter, ViewAt{{1, 8, 0}, 1, 1}, At{1, 0, 0});
    constexpr int64_t kMany = (int64_t)1 << 60;
    Handle handle(kBuffers, code.words, 0, kMany);
    const Memory memory(kBuffers);
    memory.at<int64_t>(1)[1] = 1;
    int32_t cancel = 1;
    require_status(DP_CANCELLED, handle.run(memory.bases(), 0, kMany, nullptr, &cancel), "cancelled before");
    require(handle.done == 0 && memory.at<int64_t>(1)[0] == 0, "nothing may run, got %lld steps", (long long)handle.done);
    __atomic_store_n(&cancel, 0, __ATOMIC_RELAXED);
    int status = -1;
    std::thread runner([&] { status = handle.run(memory.bases(), 0, kMany, nullptr, &cancel); });
    while (__atomic_load_n(memory.at<int64_t>(1), __ATOMIC_RELAXED) < 1000) std::this_thread::yield();
    __atomic_store_n(&cancel, 7, __ATOMIC_RELAXED);
    runner.join();
    require_status(DP_CANCELLED, status, "cancelled by another thread");
    require(handle.done >= 1000 && memory.at<int64_t>(1)[0] == handle.done, "whole steps must be done, got %lld and %lld",
            (long long)handle.done, (long long)memory.at<int64_t>(1)[0]);
}

void a_wrong_number_of_the_table_ends_the_run(Random&) {
    Code code = fill(DP_FLOAT32, 8, column(1), {0, 0, 0});
    code.add(DP_OP_DROPOUT, Code::Call(), DP_FLOAT32, (int64_t)8, column(0), whole(1), column(2), At{0, 0, 0}, At{0, 0, 0});
    Handle handle(kBuffers, code.words, kColumns, kSteps);
    const Memory memory(kBuffers);
    std::vector<int64_t> table;
    for (double rate : {0.0, 0.5, 1.0, 0.1}) table.insert(table.end(), {word_of(rate), word_of(3.0), 9});
    require_status(DP_INVALID_ARGUMENT, handle.run(memory.bases(), 0, kSteps, table.data()), "a rate of 1");
    require(handle.done == 2 && handle.position == code.starts[1], "the dropout of step 2 must be named, got %lld done, word %lld",
            (long long)handle.done, (long long)handle.position);
    for (int64_t i = 0; i < 8; i++) require(memory.at<float>(0)[i] == 3.0f, "the refused instruction wrote element %lld", (long long)i);

    Code divide;
    const At zero = {1, 0, 0};
    divide.add(DP_OP_BINARY, Code::Call(), DP_DIVIDE, DP_INT64, (int64_t)1, (int64_t)1, ViewAt{zero, 1, 1}, ViewAt{zero, 1, 1}, At{1, 8, 0});
    Handle divides(kBuffers, divide.words, 0, 1);
    require_status(DP_INVALID_ARGUMENT, divides.run(memory.bases(), 0, 1, nullptr), "an integer divided by 0");
}

void bits_of_dropout_are_those_kept(Random& random) {
    for (int64_t n : sizes()) {
        const float rate = random.real(0, 1);
        const int64_t seed = (int64_t)random.word(), stream = (int64_t)random.word(), bytes = (n + 7) / 8;
        const Buffer<float> x(n, random, 0.5f, 2), plain(n), kept(n), again(n);
        const Buffer<double> wide(n, 1.5), wide_kept(n), wide_plain(n);
        const Buffer<uint8_t> bits(bytes, 0xAA), wide_bits(bytes, 0xAA);
        f32::dropout(n, rate, seed, stream, x.data(), plain.data());
        require_status(DP_OK, dp_dropout_keep(DP_FLOAT32, n, rate, seed, stream, x.data(), kept.data(), bits.data()), "keep");
        require_status(DP_OK, dp_dropout_kept(DP_FLOAT32, n, rate, bits.data(), x.data(), again.data()), "kept");
        require_same_bits(plain, kept, text("keep of %lld", (long long)n));
        require_same_bits(plain, again, text("kept of %lld", (long long)n));
        require_status(DP_OK, dp_dropout_keep(DP_FLOAT64, n, rate, seed, stream, wide.data(), wide_kept.data(), wide_bits.data()), "keep");
        require_status(DP_OK, dp_dropout_kept(DP_FLOAT64, n, rate, bits.data(), wide.data(), wide_plain.data()), "kept");
        for (int64_t i = 0; i < n; i++) {
            const bool bit = (bits[i / 8] >> (i % 8) & 1) != 0;
            require(bit == (plain[i] != 0) && wide_kept[i] == wide_plain[i] && bit == (wide_kept[i] != 0), "element %lld", (long long)i);
        }
        for (int64_t i = 0; i < bytes; i++) require(bits[i] == wide_bits[i], "byte %lld must be the same for both types", (long long)i);
        if (n % 8 != 0) require(bits[bytes - 1] >> (n % 8) == 0, "bits past element %lld must be 0", (long long)n);
        require_status(DP_OK, dp_dropout_keep(DP_FLOAT32, n, 0, seed, stream, x.data(), kept.data(), bits.data()), "keep all");
        require_same_bits(x, kept, "keep all");
        for (int64_t i = 0; i < n; i++) require((bits[i / 8] >> (i % 8) & 1) != 0, "element %lld is kept at rate 0", (long long)i);
    }
}

void gradients_are_limited_by_their_norm(Random& random) {
    for (int64_t n : sizes()) {
        const Buffer<float> x(n, random, -2, 2), y(x);
        Buffer<double> sum(1, 0.0);
        double expected = 0;
        for (int64_t i = 0; i < n; i++) expected += (double)x[i] * (double)x[i];
        require_status(DP_OK, dp_add_squares(DP_FLOAT32, n, x.data(), sum.data()), "squares");
        require_close(expected, sum[0], 1e-5 * expected + 1e-30, "squares");
        require_status(DP_OK, dp_scale_to_norm(DP_FLOAT32, n, sqrt(expected) + 1, sum.data(), y.data()), "a norm below the limit");
        require_same_bits(x, y, "a norm below the limit");
        require_status(DP_OK, dp_scale_to_norm(DP_FLOAT32, n, 0.5, sum.data(), y.data()), "a norm above the limit");
        const double factor = 0.5 / (sqrt(sum[0]) + 1e-6);
        for (int64_t i = 0; i < n && factor < 1; i++) require_close(factor * x[i], y[i], 1e-6 * fabs((double)y[i]), "a norm above the limit");
    }
    const Buffer<float> huge(5, 1e30f);
    Buffer<double> sum(1, 1.0);
    dp_add_squares(DP_FLOAT32, 5, huge.data(), sum.data());
    require_close(5e60, sum[0], 1e54, "squares beyond float32");
    for (float wrong : {INFINITY, -INFINITY, NAN}) {
        const Buffer<float> x(40, 1.0f);
        require_status(DP_OK, dp_check_finite(DP_FLOAT32, 40, x.data()), "finite");
        x[random.integer(0, 39)] = wrong;
        require_status(DP_NOT_FINITE, dp_check_finite(DP_FLOAT32, 40, x.data()), "not finite");
        require_status(DP_OK, dp_check_finite(DP_FLOAT32, 0, nullptr), "nothing is finite");
        const Buffer<double> wide(3, (double)wrong);
        require_status(DP_NOT_FINITE, dp_check_finite(DP_FLOAT64, 3, wide.data()), "not finite");
        require_status(DP_OK, dp_check_finite(DP_FLOAT32, 1, huge.data()), "the huge is finite");
    }
}

#if defined(__SSE__)
void the_mode_is_set_for_the_run_and_restored(Random&) {
    Code code;
    code.add(DP_OP_BINARY, Code::Call(), DP_MULTIPLY, DP_FLOAT32, (int64_t)1, (int64_t)4, ViewAt{{0, 0, 0}, 4, 1}, ViewAt{{0, 16, 0}, 4, 1},
             At{0, 32, 0});
    Handle handle(kBuffers, code.words, 0, kSteps);
    const Memory memory(kBuffers);
    for (int64_t i = 0; i < 4; i++) memory.at<float>(0)[i] = 1e-30f, memory.at<float>(0)[4 + i] = 1e-9f;
    const unsigned original = _mm_getcsr();
    for (unsigned mode : {0x1f80u | 0x6000u, 0x1f80u | 0x8040u, 0x1f80u}) {
        _mm_setcsr(mode);
        handle.run(memory.bases(), 0, kSteps, nullptr);
        const unsigned after = _mm_getcsr();
        _mm_setcsr(original);
        require((after & ~0x3fu) == mode, "mode: expected %x, got %x", mode, after);
        for (int64_t i = 0; i < 4; i++) require(bits_of(memory.at<float>(0)[8 + i]) == 0, "a denormal product must be 0");
    }
}
#endif

}  // namespace

void program_tests(Suite& suite) {
    suite.once("code that is none is refused", code_that_is_none_is_refused);
    suite.once("arguments out of their range are refused", arguments_out_of_their_range_are_refused);
    suite.once("operands outside their buffer are refused", operands_outside_their_buffer_are_refused);
    suite.once("outputs over other operands are refused", outputs_over_other_operands_are_refused);
    suite.once("wrong calls of programs are refused", wrong_calls_are_refused);
    suite.once("a run ends when it is cancelled", a_run_ends_when_it_is_cancelled);
    suite.once("a wrong number of the table ends the run", a_wrong_number_of_the_table_ends_the_run);
    suite.each("bits of dropout are those kept", bits_of_dropout_are_those_kept);
    suite.each("gradients are limited by their norm", gradients_are_limited_by_their_norm);
#if defined(__SSE__)
    if (getenv("DIAPASON_TEST_VALGRIND") == nullptr) {
        suite.once("a program's mode is set for the run and restored", the_mode_is_set_for_the_run_and_restored);
    }
#endif
}

}  // namespace test
