/* program_parts_test.cpp: several programs in one run: the bits of one after another, and where a run ends. */
#include <thread>

#include "program_builder.h"

namespace test {
namespace {

constexpr int64_t kSteps = 4;

/* Some steps of one of several random programs, which share one memory. */
struct Share {
    int program;
    int64_t first, steps;
};

void parts_have_the_bits_of_one_program_after_another(Random& random) {
    for (int round = 0; round < 40; round++) {
        std::vector<RandomProgram> programs;
        std::vector<std::unique_ptr<Handle>> handles;
        for (int p = 0; p < 3; p++) {
            programs.push_back(random_program(random, 8, kSteps));
            handles.emplace_back(new Handle(programs.back().buffers, programs.back().code.words, programs.back().columns, kSteps));
        }
        const Memory replayed = programs[0].memory(random);
        const Memory called(replayed);
        std::vector<dp_program_part> parts;
        for (int64_t i = random.integer(0, 6); i > 0; i--) {
            const int64_t first = random.integer(0, kSteps);
            const Share share = {(int)random.integer(0, 2), first, random.integer(0, kSteps - first)};
            const RandomProgram& program = programs[(size_t)share.program];
            const int64_t* table = program.table.data() + first * program.columns;
            parts.push_back(handles[(size_t)share.program]->part(replayed.bases(), first, share.steps, table));
            require_status(DP_OK, program.code.run_one_by_one(called.bases(), first, share.steps, table, program.columns), "calls");
        }
        int64_t position = 0;
        require_status(DP_OK, dp_programs_run((int64_t)parts.size(), parts.data(), nullptr, &position), "parts");
        require(position == -1, "no instruction ended the run, got word %lld", (long long)position);
        for (const dp_program_part& part : parts) require(part.done == part.steps, "all steps must be done, got %lld", (long long)part.done);
        called.require_same(replayed, text("round %d", round));
    }
}

/* Adds a number to a count, both longs; more steps than any test can run. */
constexpr int64_t kMany = (int64_t)1 << 60;
Code counting(int64_t count) {
    Code code;
    code.add(DP_OP_BINARY, Code::Call(), DP_ADD, DP_INT64, (int64_t)1, (int64_t)1, ViewAt{{0, count, 0}, 1, 1}, ViewAt{{0, 24, 0}, 1, 1},
             At{0, count, 0});
    return code;
}

void the_part_and_step_that_end_a_run_are_told(Random&) {
    const std::vector<int64_t> buffers = {32};
    Code dividing = counting(8);
    dividing.add(DP_OP_BINARY, Code::Call(), DP_DIVIDE, DP_INT64, (int64_t)1, (int64_t)1, ViewAt{{0, 24, 0}, 1, 1}, ViewAt{{0, 0, 8}, 1, 1},
                 At{0, 16, 0});
    const Handle counts(buffers, counting(0).words, 0, kMany), divides(buffers, dividing.words, 0, 2);
    const Memory memory(buffers);
    memory.at<int64_t>(0)[3] = 1;
    /* The second part counts, too, and divides by what the first has counted. */
    dp_program_part parts[] = {counts.part(memory.bases(), 5, 3, nullptr), divides.part(memory.bases(), 0, 1, nullptr),
                               counts.part(memory.bases(), 0, 2, nullptr)};
    int64_t position = 0;
    require_status(DP_OK, dp_programs_run(3, parts, nullptr, &position), "divided by 3");
    require(memory.at<int64_t>(0)[0] == 5 && memory.at<int64_t>(0)[1] == 1, "five and one must be counted");
    memory.at<int64_t>(0)[0] = -3;
    require_status(DP_INVALID_ARGUMENT, dp_programs_run(3, parts, nullptr, &position), "divided by 0");
    require(parts[0].done == 3 && parts[1].done == 0 && parts[2].done == 0, "the first part alone must be done");
    require(position == dividing.starts[1], "the division must be named, got word %lld", (long long)position);
    require(memory.at<int64_t>(0)[0] == 0 && memory.at<int64_t>(0)[1] == 2, "what came before stays");
}

void a_cancelled_run_keeps_what_was_done(Random&) {
    const std::vector<int64_t> buffers = {32};
    const Handle one(buffers, counting(0).words, 0, kMany), other(buffers, counting(8).words, 0, kMany);
    const Memory memory(buffers);
    memory.at<int64_t>(0)[3] = 1;
    int32_t cancel = 0;
    dp_program_part parts[] = {one.part(memory.bases(), 0, 7, nullptr), other.part(memory.bases(), 0, kMany, nullptr),
                               one.part(memory.bases(), 0, 7, nullptr)};
    int status = -1;
    int64_t position = 0;
    std::thread runner([&] { status = dp_programs_run(3, parts, &cancel, &position); });
    while (__atomic_load_n(memory.at<int64_t>(0) + 1, __ATOMIC_RELAXED) < 1000) std::this_thread::yield();
    __atomic_store_n(&cancel, 7, __ATOMIC_RELAXED);
    runner.join();
    require_status(DP_CANCELLED, status, "cancelled by another thread");
    require(parts[0].done == 7 && parts[1].done >= 1000 && parts[2].done == 0 && position == -1, "the second part must be cancelled");
    require(memory.at<int64_t>(0)[0] == 7 && memory.at<int64_t>(0)[1] == parts[1].done, "whole steps must be done");
}

/* Parts with strange numbers over guarded memory are refused as a whole, or run within it. */
void strange_parts_are_refused_or_run(Random& random) {
    const RandomProgram program = random_program(random, 4, kSteps);
    const Handle handle(program.buffers, program.code.words, program.columns, kSteps);
    int64_t ran = 0;
    for (int round = 0; round < 500; round++) {
        const Memory memory = program.memory(random);
        const Memory before(memory);
        std::vector<dp_program_part> parts;
        bool valid = true;
        for (int i = 0; i < 3; i++) {
            const auto strange = [&] { return random.integer(0, 19) == 0 ? (int64_t)random.word() : random.integer(0, 2) + random.integer(0, 1); };
            dp_program_part part = handle.part(memory.bases(), strange(), strange(), program.table.data());
            const bool fits = part.first >= 0 && part.steps >= 0 && part.first <= kSteps && part.steps <= kSteps - part.first;
            valid = valid && fits;
            parts.push_back(part);
        }
        const int status = dp_programs_run(3, parts.data(), nullptr, nullptr);
        ran += valid;
        if (!valid) {
            require_status(DP_INVALID_ARGUMENT, status, "a part that does not fit");
            before.require_same(memory, "a refused run");
        } else {
            require(status >= DP_OK && status <= DP_NOT_FINITE, "round %d: got status %d", round, status);
        }
    }
    require(ran > 10 && ran < 490, "some must run and some be refused, got %lld that ran", (long long)ran);
}

}  // namespace

void program_parts_tests(Suite& suite) {
    suite.each("parts have the bits of one program after another", parts_have_the_bits_of_one_program_after_another);
    suite.once("the part and step that end a run are told", the_part_and_step_that_end_a_run_are_told);
    suite.once("a cancelled run keeps what was done", a_cancelled_run_keeps_what_was_done);
    suite.once("strange parts are refused or run", strange_parts_are_refused_or_run);
}

}  // namespace test
