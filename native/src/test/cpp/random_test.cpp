/* random_test.cpp: Philox against its published vectors and the dropout mask against its definition. */
#include "test_support.h"

#define DP_ISA_NAME scalar_reading
#define DP_INLINE static inline
#include "isa.h"
#include "philox.h"

namespace test {
namespace {

/* Random123's kat_vectors file (D. E. Shaw Research, Random123 1.x), the three lines `philox4x32 10`:
 * counter, key, result. */
struct KnownAnswer {
    uint32_t counter[4], key[2], result[4];
};
constexpr KnownAnswer kKnownAnswers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

uint64_t joined(uint32_t low, uint32_t high) {
    return (uint64_t)high << 32 | low;
}

/* Word `w` of block `block`, one block at a time. */
uint32_t reference_word(uint64_t seed, uint64_t stream, uint64_t block, int w) {
    uint32_t counter[4] = {(uint32_t)block, (uint32_t)(block >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
    diapason::scalar_reading::philox4x32_10(counter, (uint32_t)seed, (uint32_t)(seed >> 32));
    return counter[w];
}

void philox_gives_the_published_vectors(Random&) {
    for (const KnownAnswer& known : kKnownAnswers) {
        const uint64_t block = joined(known.counter[0], known.counter[1]), stream = joined(known.counter[2], known.counter[3]);
        const uint64_t seed = joined(known.key[0], known.key[1]);
        const Buffer<uint32_t> words(4);
        diapason::current_kernels().random_words(4, seed, stream, block, 0, words.data());
        for (int w = 0; w < 4; w++) {
            require(reference_word(seed, stream, block, w) == known.result[w], "one block, word %d", w);
            require(words[w] == known.result[w], "kernel, word %d: expected %08x, got %08x", w, known.result[w], words[w]);
        }
    }
    const Buffer<uint32_t> words(4);
    require_status(DP_OK, dp_random_words(4, 0, 0, 0, words.data()), "random_words");
    for (int w = 0; w < 4; w++) require(words[w] == kKnownAnswers[0].result[w], "dp_random_words, word %d", w);
}

void words_are_a_function_of_their_index(Random& random) {
    for (int64_t n : sizes()) {
        const int64_t seed = (int64_t)random.word(), stream = (int64_t)random.word();
        const int64_t first = (int64_t)(random.word() >> random.integer(1, 63));
        const Buffer<uint32_t> words(n);
        require_status(DP_OK, dp_random_words(n, seed, stream, first, words.data()), "random_words");
        for (int64_t i = 0; i < n; i++) {
            const uint64_t index = (uint64_t)first + (uint64_t)i;
            require(words[i] == reference_word((uint64_t)seed, (uint64_t)stream, index / 4, (int)(index % 4)),
                    "word %llu", (unsigned long long)index);
        }
    }
}

void the_counter_carries_into_its_second_word(Random&) {
    const Buffer<uint32_t> words(400);
    const int64_t first = 4 * (((int64_t)1 << 32) - 37) + 1;
    dp_random_words(400, 5, 6, first, words.data());
    for (int64_t i = 0; i < 400; i++) {
        require(words[i] == reference_word(5, 6, (uint64_t)(first + i) / 4, (int)((first + i) % 4)), "word %lld", (long long)i);
    }
}

void a_permutation_follows_its_definition(Random& random) {
    for (int64_t n : {0, 1, 2, 511, 512, 513, 5000}) {
        const uint64_t seed = random.word(), stream = random.word();
        const Buffer<int64_t> order(n);
        require_status(DP_OK, dp_permutation(n, (int64_t)seed, (int64_t)stream, order.data()), "permutation");
        std::vector<int64_t> expected;
        for (int64_t i = 0; i < n; i++) {
            const uint64_t index = 2 * (uint64_t)i;
            const uint64_t low = reference_word(seed, stream, index / 4, (int)(index % 4));
            const uint64_t high = reference_word(seed, stream, index / 4, (int)(index % 4) + 1);
            const int64_t j = (int64_t)((unsigned __int128)(low | high << 32) * (uint64_t)(i + 1) >> 64);
            expected.push_back(i);
            std::swap(expected[(size_t)i], expected[(size_t)j]);
        }
        for (int64_t i = 0; i < n; i++) require(order[i] == expected[(size_t)i], "position %lld", (long long)i);
    }
    int64_t none;
    require_status(DP_INVALID_ARGUMENT, dp_permutation(-1, 0, 0, &none), "permutation of fewer than none");
    require_status(DP_INVALID_ARGUMENT, dp_permutation((int64_t)1 << 31, 0, 0, &none), "permutation of too many");
    require_status(DP_INVALID_ARGUMENT, dp_permutation(1, 0, 0, nullptr), "permutation without memory");
}

/* diapason.h, word by word. */
bool reference_keeps(int64_t e, uint32_t threshold, uint64_t seed, uint64_t stream) {
    const int64_t tile = e / 128, within = e % 128;
    const uint32_t word = reference_word(seed, stream, (uint64_t)(16 * tile + within % 32 / 2), (int)(within / 32));
    return (e % 2 == 0 ? word & 0xffff : word >> 16) >= threshold;
}

void dropout_follows_its_definition(Random& random) {
    for (float rate : {0.1f, 0.5f, 0.25f, 0.9f, 1e-5f, 0.99999f, 0.9999999f}) {
        const long threshold = lround((double)rate * 65536.0) > 65535 ? 65535 : lround((double)rate * 65536.0);
        const double keep = (65536.0 - (double)threshold) / 65536.0;
        for (int64_t n : sizes()) {
            const int64_t seed = (int64_t)random.word(), stream = (int64_t)random.word();
            const Buffer<float> x(n, random, -2.0f, 2.0f), y(n, NAN);
            require_status(DP_OK, f32::dropout(n, rate, seed, stream, x.data(), y.data()), "dropout");
            for (int64_t i = 0; i < n; i++) {
                const bool kept = reference_keeps(i, (uint32_t)threshold, (uint64_t)seed, (uint64_t)stream);
                const double expected = kept ? x[i] / keep : 0.0;
                require_close(expected, y[i], 1.2e-7 * fabs(expected), text("rate %g, element %lld", (double)rate, (long long)i));
            }
            const Buffer<float> in_place(x);
            f32::dropout(n, rate, seed, stream, in_place.data(), in_place.data());
            require_same_bits(y, in_place, "dropout in place");
        }
    }
}

/* Far along a stream, where no array is long enough to begin. */
void dropout_carries_into_the_second_word_of_the_counter(Random&) {
    const int64_t n = 1000, tile = ((int64_t)1 << 28) - 3;
    const uint64_t seed = 5, stream = 6;
    const Buffer<float> x(n, 1.0f), y(n);
    diapason::current_kernels().dropout(n, {20000, 1.0f, seed, stream, tile}, x.data(), y.data());
    for (int64_t i = 0; i < n; i++) {
        require((y[i] != 0.0f) == reference_keeps(tile * 128 + i, 20000, seed, stream), "element %lld", (long long)i);
    }
}

void dropout_keeps_its_rate(Random& random) {
    const int64_t n = 200000;
    for (float rate : {0.1f, 0.5f, 0.8f}) {
        const Buffer<float> x(n, 1.0f), y(n);
        f32::dropout(n, rate, (int64_t)random.word(), (int64_t)random.word(), x.data(), y.data());
        int64_t dropped = 0;
        for (int64_t i = 0; i < n; i++) dropped += y[i] == 0.0f;
        const double deviation = sqrt((double)n * rate * (1 - rate));
        require_close((double)n * rate, (double)dropped, 5 * deviation, text("elements dropped at rate %g", (double)rate));
    }
}

void dropout_of_rate_zero_changes_nothing(Random& random) {
    const Buffer<float> x(77, random, -1.0f, 1.0f), y(77);
    x[5] = NAN;
    x[6] = INFINITY;
    f32::dropout(77, 0.0f, 1, 2, x.data(), y.data());
    require_same_bits(x, y, "rate 0");
}

void dropped_nan_is_zero(Random&) {
    const Buffer<float> x(300, NAN), y(300);
    x[299] = INFINITY;
    f32::dropout(300, 0.5f, 3, 4, x.data(), y.data());
    for (int64_t i = 0; i < 300; i++) {
        const bool kept = reference_keeps(i, 32768, 3, 4);
        require(kept ? !isfinite(y[i]) : bits_of(y[i]) == 0, "element %lld: got %g", (long long)i, (double)y[i]);
    }
}

}  // namespace

void random_tests(Suite& suite) {
    suite.each("Philox gives the published vectors", philox_gives_the_published_vectors);
    suite.each("words are a function of their index", words_are_a_function_of_their_index);
    suite.each("a permutation follows its definition", a_permutation_follows_its_definition);
    suite.each("the counter carries into its second word", the_counter_carries_into_its_second_word);
    suite.each("dropout follows its definition", dropout_follows_its_definition);
    suite.each("dropout carries into the second word of the counter", dropout_carries_into_the_second_word_of_the_counter);
    suite.each("dropout keeps its rate", dropout_keeps_its_rate);
    suite.each("dropout of rate zero changes nothing", dropout_of_rate_zero_changes_nothing);
    suite.each("dropped NaN is zero", dropped_nan_is_zero);
}

}  // namespace test
