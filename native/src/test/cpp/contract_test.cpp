/* contract_test.cpp: what diapason.h promises of every function: statuses, the floating-point mode, memory, the ISA. */
#include <unistd.h>

#include <functional>

#include "test_support.h"
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace test {
namespace {

/* Every kind of wrong argument; `out` is the output of each call and must stay 7. */
void wrong_arguments_are_refused_and_nothing_is_written(Random&) {
    const Buffer<float> out(4, 7.0f), x(4, 1.0f);
    const Buffer<int64_t> index(4, 0);
    const Buffer<uint32_t> words(4, 7u);
    float* const y = out.data();
    const float* const in = x.data();
    const int statuses[] = {
        f32::unary(-1, 4, in, y), f32::unary(26, 4, in, y), f32::unary(DP_EXP, -1, in, y), f32::unary(DP_EXP, 4, nullptr, y),
        f32::unary(DP_EXP, 4, in, nullptr),
        f32::unary_backward(26, 4, in, in, in, y), f32::unary_backward(DP_EXP, -1, in, in, in, y),
        f32::unary_backward(DP_EXP, 4, nullptr, in, in, y), f32::unary_backward(DP_EXP, 4, in, nullptr, in, y),
        f32::unary_backward(DP_EXP, 4, in, in, nullptr, y), f32::unary_backward(DP_EXP, 4, in, in, in, nullptr),
        f32::binary(-1, 4, in, in, y), f32::binary(7, 4, in, in, y), f32::binary(DP_ADD, -4, in, in, y),
        f32::binary(DP_ADD, 4, nullptr, in, y), f32::binary(DP_ADD, 4, in, nullptr, y), f32::binary(DP_ADD, 4, in, in, nullptr),
        f32::scale(-1, 1, 1, in, y), f32::scale(4, 1, 1, nullptr, y), f32::scale(4, 1, 1, in, nullptr),
        f32::scale_by(-1, in, in, y), f32::scale_by(4, nullptr, in, y), f32::scale_by(4, in, nullptr, y), f32::scale_by(4, in, in, nullptr),
        f32::accumulate(-1, in, y), f32::accumulate(4, nullptr, y), f32::accumulate(4, in, nullptr),
        f32::fill(-1, 1, y), f32::fill(4, 1, nullptr), f32::fill_from(-1, in, y), f32::fill_from(4, nullptr, y), f32::fill_from(4, in, nullptr),
        f32::reduce(-1, 4, in, y), f32::reduce(7, 4, in, y), f32::reduce(DP_SUM, -1, in, y), f32::reduce(DP_SUM, 4, nullptr, y),
        f32::reduce(DP_SUM, 4, in, nullptr),
        f32::column_sums(-1, 2, in, y), f32::column_sums(2, -1, in, y), f32::column_sums(2, 2, nullptr, y), f32::column_sums(2, 2, in, nullptr),
        f32::column_sums(INT64_MAX, 2, in, y),
        f32::gemm(2, 0, 2, 2, 2, in, in, nullptr, 0, y), f32::gemm(0, -1, 2, 2, 2, in, in, nullptr, 0, y),
        f32::gemm(0, 0, -2, 2, 2, in, in, nullptr, 0, y), f32::gemm(0, 0, 2, -2, 2, in, in, nullptr, 0, y),
        f32::gemm(0, 0, 2, 2, -2, in, in, nullptr, 0, y), f32::gemm(0, 0, 2, 2, 2, nullptr, in, nullptr, 0, y),
        f32::gemm(0, 0, 2, 2, 2, in, nullptr, nullptr, 0, y), f32::gemm(0, 0, 2, 2, 2, in, in, nullptr, 0, nullptr),
        f32::gemm(0, 0, 2, 2, 2, in, in, in, 1, y), f32::gemm(0, 0, 2, 2, 2, in, in, nullptr, 2, y),
        dp_gather(DP_FLOAT32, 1, 4, 1, -1, index.data(), in, y), dp_gather(DP_FLOAT32, 1, 4, -1, 4, index.data(), in, y),
        dp_gather(DP_FLOAT32, -1, 4, 1, 4, index.data(), in, y), dp_gather(DP_FLOAT32, 1, -4, 1, 4, index.data(), in, y),
        dp_gather(5, 1, 4, 1, 4, index.data(), in, y), dp_gather(DP_FLOAT32, 1, 4, 1, 4, index.data(), nullptr, y),
        dp_gather(DP_FLOAT32, 1, 4, 1, 4, nullptr, in, y), dp_gather(DP_FLOAT32, 1, 4, 1, 4, index.data(), in, nullptr),
        dp_assign(5, 2, 2, in, 2, 1, y, 2, 1), dp_assign(DP_FLOAT32, -2, 2, in, 2, 1, y, 2, 1),
        dp_assign(DP_FLOAT32, 2, -2, in, 2, 1, y, 2, 1), dp_assign(DP_FLOAT32, INT64_MAX, 2, in, 2, 1, y, 2, 1),
        dp_assign(DP_FLOAT32, 2, 2, nullptr, 2, 1, y, 2, 1), dp_assign(DP_FLOAT32, 2, 2, in, 2, 1, nullptr, 2, 1),
        dp_assign(DP_FLOAT32, 2, 2, in, 2, 1, y, 0, 1), dp_assign(DP_FLOAT32, 2, 2, in, 2, 1, y, 2, 0),
        dp_take_along(5, 1, 4, 1, 4, index.data(), in, y), dp_take_along(DP_FLOAT32, -1, 4, 1, 4, index.data(), in, y),
        dp_take_along(DP_FLOAT32, 1, -4, 1, 4, index.data(), in, y), dp_take_along(DP_FLOAT32, 1, 4, -1, 4, index.data(), in, y),
        dp_take_along(DP_FLOAT32, 1, 4, 1, -4, index.data(), in, y), dp_take_along(DP_FLOAT32, 1, 4, INT64_MAX, 4, index.data(), in, y),
        dp_take_along(DP_FLOAT32, 1, 4, 1, 4, nullptr, in, y), dp_take_along(DP_FLOAT32, 1, 4, 1, 4, index.data(), nullptr, y),
        dp_take_along(DP_FLOAT32, 1, 4, 1, 4, index.data(), in, nullptr),
        dp_scatter_add_along(DP_INT64, 1, 4, 1, 4, index.data(), in, y), dp_scatter_add_along(DP_BOOL, 1, 4, 1, 4, index.data(), in, y),
        dp_scatter_add_along(DP_FLOAT32, -1, 4, 1, 4, index.data(), in, y), dp_scatter_add_along(DP_FLOAT32, 1, -4, 1, 4, index.data(), in, y),
        dp_scatter_add_along(DP_FLOAT32, 1, 4, -1, 4, index.data(), in, y), dp_scatter_add_along(DP_FLOAT32, 1, 4, 1, -4, index.data(), in, y),
        dp_scatter_add_along(DP_FLOAT32, 1, 4, 1, INT64_MAX, nullptr, in, y),
        dp_scatter_add_along(DP_FLOAT32, 1, 4, 1, 4, nullptr, in, y), dp_scatter_add_along(DP_FLOAT32, 1, 4, 1, 4, index.data(), nullptr, y),
        dp_scatter_add_along(DP_FLOAT32, 1, 4, 1, 4, index.data(), in, nullptr),
        dp_random_words(-1, 1, 1, 0, words.data()), dp_random_words(4, 1, 1, -1, words.data()), dp_random_words(4, 1, 1, 0, nullptr),
        f32::dropout(-1, 0.5f, 1, 1, in, y), f32::dropout(4, 1.0f, 1, 1, in, y), f32::dropout(4, -0.1f, 1, 1, in, y),
        f32::dropout(4, NAN, 1, 1, in, y), f32::dropout(4, 0.5f, 1, 1, nullptr, y), f32::dropout(4, 0.0f, 1, 1, in, nullptr),
        f32::softmax(-1, 2, in, y), f32::softmax(2, -1, in, y), f32::softmax(2, 2, nullptr, y), f32::softmax(2, 2, in, nullptr),
        f32::cross_entropy(-2, 2, in, index.data(), y), f32::cross_entropy(2, -2, in, index.data(), y),
        f32::cross_entropy(2, 2, nullptr, index.data(), y), f32::cross_entropy(2, 2, in, nullptr, y),
        f32::cross_entropy(2, 2, in, index.data(), nullptr),
        f32::cross_entropy_backward(-2, 2, in, index.data(), in, y), f32::cross_entropy_backward(2, 2, nullptr, index.data(), in, y),
        f32::cross_entropy_backward(2, 2, in, nullptr, in, y), f32::cross_entropy_backward(2, 2, in, index.data(), nullptr, y),
        f32::cross_entropy_backward(2, 2, in, index.data(), in, nullptr),
        f32::sgd(-1, y, in, y, 1, 0, 0, 0), f32::sgd(4, nullptr, in, y, 1, 0, 0, 0), f32::sgd(4, y, nullptr, y, 1, 0, 0, 0),
        f32::sgd(4, y, in, nullptr, 1, 0.9f, 0, 0), f32::sgd(4, y, in, y, 1, 0, 2, 0),
        f32::adam(-1, y, in, y, y, 1, 0, 0, 0, 1, 1, 0), f32::adam(4, nullptr, in, y, y, 1, 0, 0, 0, 1, 1, 0),
        f32::adam(4, y, nullptr, y, y, 1, 0, 0, 0, 1, 1, 0), f32::adam(4, y, in, nullptr, y, 1, 0, 0, 0, 1, 1, 0),
        f32::adam(4, y, in, y, nullptr, 1, 0, 0, 0, 1, 1, 0),
        f32::rmsprop(-1, y, in, y, y, 1, 0, 0, 0, 0), f32::rmsprop(4, nullptr, in, y, y, 1, 0, 0, 0, 0),
        f32::rmsprop(4, y, nullptr, y, y, 1, 0, 0, 0, 0), f32::rmsprop(4, y, in, nullptr, y, 1, 0, 0, 0, 0),
        f32::rmsprop(4, y, in, y, nullptr, 1, 0, 0, 0.9f, 0),
        dp_copy(-1, in, y), dp_copy(4, nullptr, y), dp_copy(4, in, nullptr),
    };
    int number = 0;
    for (int status : statuses) require(status == DP_INVALID_ARGUMENT, "wrong call %d: got status %d", number++, status);
    for (int64_t i = 0; i < 4; i++) require(out[i] == 7.0f && words[i] == 7u, "a refused call wrote element %lld", (long long)i);
}

void a_size_of_zero_does_nothing(Random&) {
    const int statuses[] = {
        f32::unary(DP_EXP, 0, nullptr, nullptr), f32::unary_backward(DP_EXP, 0, nullptr, nullptr, nullptr, nullptr),
        f32::binary(DP_ADD, 0, nullptr, nullptr, nullptr), f32::scale(0, 1, 1, nullptr, nullptr), f32::scale_by(0, nullptr, nullptr, nullptr),
        f32::accumulate(0, nullptr, nullptr), f32::fill(0, 1, nullptr), f32::fill_from(0, nullptr, nullptr),
        f32::column_sums(5, 0, nullptr, nullptr), f32::gemm(0, 0, 0, 4, 4, nullptr, nullptr, nullptr, 0, nullptr),
        f32::gemm(0, 0, 4, 0, 4, nullptr, nullptr, nullptr, 0, nullptr), dp_gather(DP_FLOAT32, 1, 0, 4, 0, nullptr, nullptr, nullptr),
        dp_assign(DP_FLOAT32, 0, 4, nullptr, 4, 1, nullptr, 4, 1), dp_assign(DP_FLOAT32, 4, 0, nullptr, 0, 0, nullptr, 0, 0),
        dp_take_along(DP_FLOAT32, 1, 0, 4, 0, nullptr, nullptr, nullptr), dp_take_along(DP_FLOAT32, INT64_MAX, 5, 0, 5, nullptr, nullptr, nullptr),
        dp_scatter_add_along(DP_FLOAT32, 1, 0, 4, 0, nullptr, nullptr, nullptr),
        dp_scatter_add_along(DP_FLOAT32, INT64_MAX, 5, 0, 5, nullptr, nullptr, nullptr),
        dp_scatter_add(DP_FLOAT32, INT64_MAX, 5, 0, 1, Buffer<int64_t>(1, 0).data(), nullptr, nullptr),
        dp_random_words(0, 1, 1, 0, nullptr), f32::dropout(0, 0.5f, 1, 1, nullptr, nullptr), f32::softmax(0, 4, nullptr, nullptr),
        f32::softmax(4, 0, nullptr, nullptr), f32::cross_entropy_backward(0, 4, nullptr, nullptr, nullptr, nullptr),
        f32::sgd(0, nullptr, nullptr, nullptr, 1, 0.9f, 0, 0), f32::adam(0, nullptr, nullptr, nullptr, nullptr, 1, 0, 0, 0, 1, 1, 0),
        f32::rmsprop(0, nullptr, nullptr, nullptr, nullptr, 1, 0, 0, 0, 0), dp_copy(0, nullptr, nullptr),
    };
    int number = 0;
    for (int status : statuses) require(status == DP_OK, "empty call %d: got status %d", number++, status);
    const Buffer<float> out(3, 7.0f);
    require_status(DP_OK, f32::reduce(DP_SUM, 0, nullptr, out.data()), "reduce of nothing");
    require(out[0] == 0.0f, "a reduction over nothing: expected 0, got %g", (double)out[0]);
    require_status(DP_OK, f32::column_sums(0, 3, nullptr, out.data()), "column sums of no rows");
    for (int64_t i = 0; i < 3; i++) require(out[i] == 0.0f, "column sums of no rows: got %g", (double)out[i]);
}

void denormals_are_flushed(Random&) {
    const float denormal = 1e-40f;
    const Buffer<float> x(21, denormal), one(21, 1.0f), tiny(21, 1e-30f), y(21, 7.0f), out(1, 7.0f);
    f32::binary(DP_MULTIPLY, 21, x.data(), one.data(), y.data());
    for (int64_t i = 0; i < 21; i++) require(y[i] == 0.0f, "a denormal operand must count as 0, element %lld", (long long)i);
    f32::binary(DP_MULTIPLY, 21, tiny.data(), tiny.data(), y.data());
    for (int64_t i = 0; i < 21; i++) require(bits_of(y[i]) == 0, "a denormal product must be 0, element %lld", (long long)i);
    f32::reduce(DP_SUM, 21, x.data(), out.data());
    require(out[0] == 0.0f, "a sum of denormals must be 0");
    f32::gemm(0, 0, 1, 1, 21, tiny.data(), tiny.data(), nullptr, 0, out.data());
    require(out[0] == 0.0f, "a matrix product must flush");
    const Buffer<float> sums(3, 0.0f);
    require_status(DP_OK, dp_scatter_add_along(DP_FLOAT32, 1, 1, 3, 7, Buffer<int64_t>(21, 0).data(), x.data(), sums.data()), "scatter_add_along");
    for (int64_t i = 0; i < 3; i++) require(bits_of(sums[i]) == 0, "a sum of denormals along a dimension must be 0, element %lld", (long long)i);
    f32::unary(DP_EXP, 21, Buffer<float>(21, -95.0f).data(), y.data());
    for (int64_t i = 0; i < 21; i++) require(bits_of(y[i]) == 0, "a denormal exponential must be 0");
}

#if defined(__SSE__)
void the_callers_mode_is_restored(Random&) {
    const unsigned original = _mm_getcsr();
    const Buffer<float> x(33, 0.3f), y(33), expected(33);
    f32::unary(DP_TANH, 33, x.data(), expected.data());
    /* Round towards zero, flags clear; then also with flushing already on. */
    for (unsigned mode : {0x1f80u | 0x6000u, 0x1f80u | 0x8040u, 0x1f80u}) {
        _mm_setcsr(mode);
        f32::unary(DP_TANH, 33, x.data(), y.data());
        const Buffer<float> w(4, 0.1f), loss(1);
        f32::gemm(0, 0, 2, 2, 2, w.data(), w.data(), nullptr, 0, y.data() + 29);
        f32::reduce(DP_SUM, 4, w.data(), loss.data());
        const unsigned after = _mm_getcsr();
        _mm_setcsr(original);
        require((after & ~0x3fu) == (mode & ~0x3fu), "mode: expected %x, got %x", mode, after);
        for (int64_t i = 0; i < 29; i++) {
            require(bits_of(y[i]) == bits_of(expected[i]), "the caller's rounding mode must not change a result");
        }
    }
}
#endif

void memory_is_aligned_and_usable(Random&) {
    for (int64_t bytes : {0, 1, 63, 64, 65, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 20}) {
        unsigned char* memory = static_cast<unsigned char*>(dp_allocate(bytes));
        require(memory != nullptr, "%lld bytes: got none", (long long)bytes);
        const uintptr_t alignment = bytes >= 1 << 20 ? (uintptr_t)2 << 20 : 64;
        require(reinterpret_cast<uintptr_t>(memory) % alignment == 0, "%lld bytes must be aligned to %llu", (long long)bytes,
                (unsigned long long)alignment);
        if (bytes > 0) memset(memory, 0x5a, (size_t)bytes);
        dp_free(memory);
    }
    require(dp_allocate(-1) == nullptr, "negative bytes must give null");
    require(dp_allocate(INT64_MAX) == nullptr, "more memory than there is must give null");
    dp_free(nullptr);
    const Buffer<float> from(33, 3.5f), to(33, 0.0f);
    require_status(DP_OK, dp_copy(33 * 4, from.data(), to.data()), "copy");
    require_same_bits(from, to, "copy");
}

void instruction_sets_are_chosen_as_asked(Random&) {
    require(dp_abi_version() == DP_ABI_VERSION, "abi version: got %d", dp_abi_version());
    require(dp_isa_supported(DP_ISA_PORTABLE) == 1, "the portable set must be supported everywhere");
    require(dp_isa_supported(-1) == 0 && dp_isa_supported(3) == 0, "an unknown code is not supported");
    require_status(DP_INVALID_ARGUMENT, dp_isa_select(-1), "select(-1)");
    require_status(DP_INVALID_ARGUMENT, dp_isa_select(3), "select(3)");
    const int before = dp_isa_current();
    for (int isa = DP_ISA_PORTABLE; isa <= DP_ISA_AVX512; isa++) {
        const int expected = dp_isa_supported(isa) == 1 ? DP_OK : DP_UNSUPPORTED;
        require_status(expected, dp_isa_select(isa), name_of(isa));
        if (expected == DP_OK) require(dp_isa_current() == isa, "current: expected %d, got %d", isa, dp_isa_current());
    }
    dp_isa_select(before);
}

/* What a fresh process says with DIAPASON_ISA set to `requested`. */
std::string choice_of_fresh_process(const char* requested) {
    char self[4096];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    require(length > 0, "this program's path is needed, /proc/self/exe gave none");
    self[length] = 0;
    FILE* pipe = popen((std::string("DIAPASON_ISA='") + requested + "' '" + self + "' isa").c_str(), "r");
    require(pipe != nullptr, "a child process is needed, got none");
    char line[64] = "";
    const bool answered = fgets(line, sizeof line, pipe) != nullptr;
    pclose(pipe);
    require(answered, "the child process must answer");
    return line;
}

void the_environment_chooses_the_set(Random&) {
    int best = DP_ISA_AVX512;
    while (dp_isa_supported(best) == 0) best--;
    for (int isa = DP_ISA_PORTABLE; isa <= DP_ISA_AVX512; isa++) {
        const bool supported = dp_isa_supported(isa) == 1;
        const std::string expected = text("%d %d\n", supported ? isa : best, supported ? 0 : 1);
        const std::string got = choice_of_fresh_process(name_of(isa));
        require(got == expected, "DIAPASON_ISA=%s: expected %s got %s", name_of(isa), expected.c_str(), got.c_str());
    }
    require(choice_of_fresh_process("bogus") == text("%d 1\n", best), "an unknown name must be reported");
    require(choice_of_fresh_process("") == text("%d 0\n", best), "an empty name asks for nothing");
}

}  // namespace

void contract_tests(Suite& suite) {
    suite.each("wrong arguments are refused and nothing is written", wrong_arguments_are_refused_and_nothing_is_written);
    suite.each("a size of zero does nothing", a_size_of_zero_does_nothing);
    suite.once("memory is aligned and usable", memory_is_aligned_and_usable);
    suite.once("instruction sets are chosen as asked", instruction_sets_are_chosen_as_asked);
    if (getenv("DIAPASON_TEST_VALGRIND") != nullptr) {
        suite.skip("denormals and the floating-point mode", "Valgrind does not emulate flushing to zero");
        suite.skip("the environment chooses the set", "a child process would not run under Valgrind and sees other sets");
        return;
    }
    suite.each("denormals are flushed", denormals_are_flushed);
#if defined(__SSE__)
    suite.each("the caller's floating-point mode is restored", the_callers_mode_is_restored);
#endif
    suite.once("the environment chooses the set", the_environment_chooses_the_set);
}

}  // namespace test
