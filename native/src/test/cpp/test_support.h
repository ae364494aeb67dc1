/*
 * test_support.h: the test harness of the native layer: a suite that counts, buffers whose neighbours are guarded, seeded
 * random numbers, and comparisons that say what was expected and what was got.
 */
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

#include "diapason.h"
#include "float_calls.h"

namespace test {

struct Failure {
    std::string message;
};

template <class... Values>
std::string text(const char* format, Values... values) {
    char buffer[512];
    snprintf(buffer, sizeof buffer, format, values...);
    return buffer;
}
inline std::string text(const char* message) {
    return message;
}

template <class... Values>
void require(bool condition, const char* format, Values... values) {
    if (!condition) throw Failure{text(format, values...)};
}

/* SplitMix64; a test's numbers depend on its name and the suite's seed alone. */
class Random {
public:
    explicit Random(uint64_t seed) : state_(seed) {}

    uint64_t word() {
        uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    /* In [low, high]. */
    int64_t integer(int64_t low, int64_t high) { return low + (int64_t)(word() % (uint64_t)(high - low + 1)); }
    bool coin() { return (word() & 1) != 0; }
    /* In [low, high). */
    float real(float low, float high) {
        return (float)(low + ((double)high - low) * ((double)(word() >> 11) / 9007199254740992.0));
    }

private:
    uint64_t state_;
};

/*
 * n elements that end where an inaccessible page begins, so that one element read or written too far is a fault even from
 * instructions no sanitizer sees. What lies before them is checked for writes, and poisoned under AddressSanitizer.
 */
template <class T>
class Buffer {
public:
    explicit Buffer(int64_t n, T value = T()) : n_(n) {
        const int64_t bytes = n * (int64_t)sizeof(T);
        front_ = kPage - bytes % kPage;
        mapped_ = front_ + bytes + kPage;
        void* memory = mmap(nullptr, (size_t)mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        require(memory != MAP_FAILED, "buffer: no memory for %lld bytes", (long long)mapped_);
        start_ = static_cast<unsigned char*>(memory);
        require(mprotect(start_ + front_ + bytes, kPage, PROT_NONE) == 0, "buffer: no guard page");
        memset(start_, kGuard, (size_t)front_);
#if defined(__SANITIZE_ADDRESS__)
        __asan_poison_memory_region(start_, (size_t)front_);
#endif
        for (int64_t i = 0; i < n; i++) data()[i] = value;
    }
    Buffer(int64_t n, Random& random, float low, float high) : Buffer(n) {
        for (int64_t i = 0; i < n; i++) data()[i] = random.real(low, high);
    }
    Buffer(const Buffer& other) : Buffer(other.n_) {
        if (n_ > 0) memcpy(data(), other.data(), (size_t)n_ * sizeof(T));
    }
    Buffer(const std::vector<T>& values) : Buffer((int64_t)values.size()) {
        for (int64_t i = 0; i < n_; i++) data()[i] = values[(size_t)i];
    }
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() {
#if defined(__SANITIZE_ADDRESS__)
        __asan_unpoison_memory_region(start_, (size_t)front_);
#endif
        for (int64_t i = 0; i < front_; i++) {
            if (start_[i] != kGuard) {
                fprintf(stderr, "buffer: nothing may be written before the first element, got a write %lld bytes before it\n",
                        (long long)(front_ - i));
                abort();
            }
        }
        munmap(start_, (size_t)mapped_);
    }

    T* data() const { return reinterpret_cast<T*>(start_ + front_); }
    int64_t size() const { return n_; }
    T& operator[](int64_t i) const { return data()[i]; }

private:
    static constexpr int64_t kPage = 4096;
    static constexpr unsigned char kGuard = 0xA5;
    int64_t n_;
    int64_t front_ = 0;
    int64_t mapped_ = 0;
    unsigned char* start_ = nullptr;
};

inline uint32_t bits_of(float value) {
    uint32_t word;
    memcpy(&word, &value, sizeof word);
    return word;
}
inline float float_of(uint32_t word) {
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

/* |got - expected| <= tolerance, infinities equal, NaN exactly where expected. */
inline bool is_close(double expected, double got, double tolerance) {
    if (isnan(expected)) return isnan(got);
    if (isinf(expected)) return got == expected;
    return fabs(got - expected) <= tolerance;
}

inline void require_close(double expected, double got, double tolerance, const std::string& where) {
    require(is_close(expected, got, tolerance), "%s: expected %.9g within %.3g, got %.9g", where.c_str(), expected, tolerance, got);
}

inline void require_same_bits(const Buffer<float>& expected, const Buffer<float>& got, const std::string& where) {
    for (int64_t i = 0; i < expected.size(); i++) {
        require(bits_of(expected[i]) == bits_of(got[i]), "%s: element %lld must have the bits of %.9g, got %.9g", where.c_str(),
                (long long)i, (double)expected[i], (double)got[i]);
    }
}

inline void require_status(int expected, int got, const std::string& where) {
    require(expected == got, "%s: expected status %d, got %d", where.c_str(), expected, got);
}

/* The dp_dtype of T. */
template <class T>
constexpr int kType = std::is_same<T, float>::value     ? DP_FLOAT32
                      : std::is_same<T, double>::value  ? DP_FLOAT64
                      : std::is_same<T, int32_t>::value ? DP_INT32
                      : std::is_same<T, int64_t>::value ? DP_INT64
                                                        : DP_BOOL;

/* Around every vector length, then odd and large. */
inline std::vector<int64_t> sizes() {
    return {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 100, 127, 128, 129, 255, 1000, 4095, 4096, 4097, 9999};
}

inline const char* name_of(int isa) {
    static const char* const names[] = {"portable", "avx2", "avx512"};
    return names[isa];
}

/* The sets under test: those the machine has, and that DIAPASON_TEST_SETS (names with commas), if set, contains. */
std::vector<int> sets();

class Suite {
public:
    explicit Suite(uint64_t seed) : seed_(seed) {}

    /* Runs a test once, under the set in use. */
    void once(const std::string& name, const std::function<void(Random&)>& body);
    /* Runs a test under every set. */
    void each(const std::string& name, const std::function<void(Random&)>& body);

    /* Says why a test is not run. */
    void skip(const std::string& name, const std::string& reason);

    int passed() const { return passed_; }
    int failed() const { return failed_; }

private:
    uint64_t seed_;
    int passed_ = 0;
    int failed_ = 0;
};

void elementwise_tests(Suite& suite);
void accuracy_tests(Suite& suite);
void layout_tests(Suite& suite);
void typed_tests(Suite& suite);
void reduce_tests(Suite& suite);
void gemm_tests(Suite& suite);
void along_tests(Suite& suite);
void random_tests(Suite& suite);
void activation_dropout_tests(Suite& suite);
void softmax_tests(Suite& suite);
void optimizer_tests(Suite& suite);
void contract_tests(Suite& suite);
void agreement_tests(Suite& suite);
void program_tests(Suite& suite);
void program_random_tests(Suite& suite);
void program_parts_tests(Suite& suite);
void program_training_tests(Suite& suite);
void program_fuzz_tests(Suite& suite);

}  // namespace test
