/*
 * program_fuzz_test.cpp: valid programs with words changed, in guarded memory. What is refused is refused; what is accepted runs and
 * touches nothing outside its buffers.
 */
#include "program_builder.h"

namespace test {
namespace {

int64_t strange_word(Random& random) {
    static const int64_t words[] = {0,     1,          -1,           2,         3,         4,         7,         8,         16,
                                    29,    64,         255,          4096,      INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, INT64_MAX / 2,
                                    1 << 20, INT64_MAX / 8, (int64_t)1 << 32, (int64_t)1 << 61};
    return words[random.integer(0, (int64_t)(sizeof words / sizeof words[0]) - 1)];
}

void mutate(Random& random, std::vector<int64_t>& words) {
    const size_t at = (size_t)random.integer(0, (int64_t)words.size() - 1);
    switch (random.integer(0, 8)) {
        case 0: words[at] = strange_word(random); return;
        case 1: words[at] = (int64_t)random.word(); return;
        case 2: words[at] ^= (int64_t)1 << random.integer(0, 63); return;
        case 3: words[at] = (int64_t)((uint64_t)words[at] + (uint64_t)random.integer(-3, 3)); return;
        case 4: words[at] = (int64_t)-(uint64_t)words[at]; return;
        case 5: words.erase(words.begin() + (int64_t)at); return;
        case 6: words.insert(words.begin() + (int64_t)at, strange_word(random)); return;
        case 7: words[at] = words[(size_t)random.integer(0, (int64_t)words.size() - 1)]; return;
        default: words[at] = (int64_t)((uint64_t)words[at] + (uint64_t)(8 * random.integer(-40, 40))); return;
    }
}

void mutated_programs_are_refused_or_run(Random& random) {
    const int64_t rounds = getenv("DIAPASON_TEST_FULL") != nullptr ? 40000 : 1500;
    int64_t accepted = 0;
    for (int64_t round = 0; round < rounds; round++) {
        const RandomProgram program = random_program(random, 4, 3);
        std::vector<int64_t> words = program.code.words;
        const int64_t changes = random.integer(1, 4);
        for (int64_t i = 0; i < changes && !words.empty(); i++) mutate(random, words);
        Handle handle(program.buffers, words, program.columns, program.steps);
        require(handle.status == DP_OK || handle.status == DP_INVALID_ARGUMENT, "round %lld: got status %d", (long long)round, handle.status);
        require((handle.program != nullptr) == (handle.status == DP_OK), "round %lld: a program must be there when accepted", (long long)round);
        if (handle.status != DP_OK) {
            require(handle.position >= 0 && handle.position < (int64_t)words.size(), "round %lld: the place must be in the code, got %lld",
                    (long long)round, (long long)handle.position);
            continue;
        }
        accepted++;
        const Memory memory = program.memory(random);
        const int status = handle.run(memory.bases(), 0, program.steps, program.table.data());
        require(status >= DP_OK && status <= DP_NOT_FINITE, "round %lld: got status %d", (long long)round, status);
        require(status != DP_OK || handle.done == program.steps, "round %lld: all steps must be done", (long long)round);
    }
    require(accepted > rounds / 20 && accepted < rounds * 19 / 20, "of %lld programs some must be accepted and some refused, got %lld accepted",
            (long long)rounds, (long long)accepted);
}

/* Words that have nothing to do with a program. */
void noise_is_refused(Random& random) {
    for (int round = 0; round < 2000; round++) {
        std::vector<int64_t> words;
        const int64_t count = random.integer(1, 40);
        for (int64_t i = 0; i < count; i++) words.push_back(random.coin() ? strange_word(random) : (int64_t)random.word());
        words[0] = random.integer(0, DP_OP_ACTIVATION_DROPOUT_BACKWARD + 1);
        if (count > 1) words[1] = count - 2;
        Handle handle({4096, 4096}, words, 2, 3);
        if (handle.status == DP_INVALID_ARGUMENT) continue;
        require_status(DP_OK, handle.status, "noise");
        const Memory memory({4096, 4096});
        const std::vector<int64_t> table(6, 0);
        (void)handle.run(memory.bases(), 0, 3, table.data());
    }
}

}  // namespace

void program_fuzz_tests(Suite& suite) {
    suite.once("mutated programs are refused or run within their memory", mutated_programs_are_refused_or_run);
    suite.once("noise is no program", noise_is_refused);
}

}  // namespace test
