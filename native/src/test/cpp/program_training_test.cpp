/* program_training_test.cpp: the training of program_mlp.h replayed: fused and plain programs have the bits of the plain calls. */
#include <thread>

#include "program_mlp.h"

namespace test {
namespace {

using namespace mlp;

constexpr Sizes kSizes = {96, 11, 19, 3, 13, 200};

float mean_loss(const Memory& memory, int64_t first, int64_t count) {
    float sum = 0;
    for (int64_t i = 0; i < count; i++) sum += memory.at<float>(kLosses)[first + i];
    return sum / (float)count;
}

void require_same_training(const Training& t, const Memory& expected, const Memory& got, const char* where) {
    for (int64_t i = 0; i < kSizes.steps; i++) {
        require(bits_of(expected.at<float>(kLosses)[i]) == bits_of(got.at<float>(kLosses)[i]), "%s: the loss of step %lld must be %.9g, got %.9g",
                where, (long long)i, (double)expected.at<float>(kLosses)[i], (double)got.at<float>(kLosses)[i]);
    }
    const float* p = expected.at<float>(kArena, t.parameters.offset);
    const float* q = got.at<float>(kArena, t.parameters.offset);
    for (int64_t i = 0; i < t.parameter_count; i++) {
        require(bits_of(p[i]) == bits_of(q[i]), "%s: parameter %lld must be %.9g, got %.9g", where, (long long)i, (double)p[i], (double)q[i]);
    }
}

void training_replays_bit_for_bit(Random& random) {
    const Training plain = training(kSizes, false), fused = training(kSizes, true);
    const Memory called(plain.buffers);
    fill(kSizes, plain, called, random);
    const Memory replayed(called), replayed_fused(called);
    const std::vector<int64_t> table = table_of(kSizes, random, 0.2, 0.5);
    require_status(DP_OK, plain.code.run_one_by_one(called.bases(), 0, kSizes.steps, table.data(), kColumns), "calls");
    Handle one(plain.buffers, plain.code.words, kColumns, kSizes.steps), two(fused.buffers, fused.code.words, kColumns, kSizes.steps);
    require(one.status == DP_OK && two.status == DP_OK, "both programs must be accepted, got words %lld and %lld", (long long)one.position,
            (long long)two.position);
    require_status(DP_OK, one.run(replayed.bases(), 0, kSizes.steps, table.data()), "plain program");
    require_status(DP_OK, two.run(replayed_fused.bases(), 0, kSizes.steps, table.data()), "fused program");
    called.require_same(replayed, "plain program");
    require_same_training(plain, called, replayed_fused, "fused program");
    const float before = mean_loss(called, 0, 20), after = mean_loss(called, kSizes.steps - 20, 20);
    require(after < 0.75f * before, "training must lower the loss, got %g before and %g after", (double)before, (double)after);
}

/* A program and its thread's results do not depend on other threads. */
void two_threads_train_at_once(Random& random) {
    const Training t = training(kSizes, true);
    Handle shared(t.buffers, t.code.words, kColumns, kSizes.steps);
    const Memory first(t.buffers);
    fill(kSizes, t, first, random);
    const Memory second(first), alone(first);
    const std::vector<int64_t> table = table_of(kSizes, random, 0.2, 0.5);
    int statuses[2] = {-1, -1};
    const auto train = [&](int i, const Memory& memory) {
        dp_program_part part = shared.part(memory.bases(), 0, kSizes.steps, table.data());
        statuses[i] = dp_programs_run(1, &part, nullptr, nullptr);
    };
    std::thread one([&] { train(0, first); });
    std::thread two([&] { train(1, second); });
    one.join();
    two.join();
    require_status(DP_OK, statuses[0], "first thread");
    require_status(DP_OK, statuses[1], "second thread");
    require_status(DP_OK, shared.run(alone.bases(), 0, kSizes.steps, table.data()), "alone");
    alone.require_same(first, "first thread");
    alone.require_same(second, "second thread");
}

void an_infinite_loss_stops_before_the_update(Random& random) {
    const Training t = training(kSizes, true);
    Handle handle(t.buffers, t.code.words, kColumns, kSizes.steps);
    const Memory memory(t.buffers);
    fill(kSizes, t, memory, random);
    const std::vector<int64_t> table = table_of(kSizes, random, 0.2, 0.5);
    /* The first example of step 5 is made infinite, and does not occur before. */
    for (int64_t i = 0; i < 5 * kSizes.batch; i++) memory.at<int64_t>(kBatches)[i] = random.integer(0, kSizes.examples - 2);
    memory.at<int64_t>(kBatches)[5 * kSizes.batch] = kSizes.examples - 1;
    for (int64_t j = 0; j < kSizes.features; j++) memory.at<float>(kX)[(kSizes.examples - 1) * kSizes.features + j] = INFINITY;
    const Memory five(memory);
    require_status(DP_OK, handle.run(five.bases(), 0, 5, table.data()), "five steps");
    require_status(DP_NOT_FINITE, handle.run(memory.bases(), 0, kSizes.steps, table.data()), "all steps");
    require(handle.done == 5, "five steps must be done, got %lld", (long long)handle.done);
    require(t.code.words[(size_t)handle.position] == DP_OP_CHECK_FINITE, "the check must be named, got word %lld", (long long)handle.position);
    const float* before = five.at<float>(kArena, t.parameters.offset);
    const float* after = memory.at<float>(kArena, t.parameters.offset);
    for (int64_t i = 0; i < t.parameter_count; i++) require(before[i] == after[i], "parameter %lld was updated", (long long)i);
    require(!isfinite(memory.at<float>(kLosses)[5]), "the loss of step 5 is there to be read, got %g", (double)memory.at<float>(kLosses)[5]);
}

void a_wrong_index_stops_its_step(Random& random) {
    const Training t = training(kSizes, false);
    Handle handle(t.buffers, t.code.words, kColumns, kSizes.steps);
    const std::vector<int64_t> table = table_of(kSizes, random, 0.2, 0.5);
    for (int64_t wrong : {(int64_t)-1, kSizes.examples, INT64_MAX, INT64_MIN}) {
        const Memory memory(t.buffers);
        fill(kSizes, t, memory, random);
        memory.at<int64_t>(kBatches)[7 * kSizes.batch + 3] = wrong;
        require_status(DP_INDEX_OUT_OF_RANGE, handle.run(memory.bases(), 2, 100, table.data()), "gather");
        require(handle.done == 5 && handle.position == 0, "step 7 of those from 2 must end at the first instruction, got %lld done and word %lld",
                (long long)handle.done, (long long)handle.position);
    }
    const Memory memory(t.buffers);
    fill(kSizes, t, memory, random);
    memory.at<int64_t>(kY)[0] = kSizes.classes;
    for (int64_t i = 0; i < kSizes.batch; i++) memory.at<int64_t>(kBatches)[i] = 0;
    require_status(DP_INDEX_OUT_OF_RANGE, handle.run(memory.bases(), 0, 1, table.data()), "target");
    require(t.code.words[(size_t)handle.position] == DP_OP_CROSS_ENTROPY, "the loss must be named, got word %lld", (long long)handle.position);
}

}  // namespace

void program_training_tests(Suite& suite) {
    suite.each("a training replays bit for bit, plain and fused", training_replays_bit_for_bit);
    suite.each("two threads train at once", two_threads_train_at_once);
    suite.once("an infinite loss stops before the update", an_infinite_loss_stops_before_the_update);
    suite.once("a wrong index stops its step", a_wrong_index_stops_its_step);
}

}  // namespace test
