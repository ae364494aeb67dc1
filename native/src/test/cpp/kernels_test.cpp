/*
 * kernels_test.cpp: runs every test of the native layer. The last line is `N passed, M failed`; exit 1 when any failed.
 * DIAPASON_TEST_SEED chooses other random numbers, DIAPASON_TEST_SETS=portable,avx2 only some instruction sets.
 * DIAPASON_TEST_FULL=1 runs the full counts of long tests. DIAPASON_TEST_VALGRIND=1 leaves out what Valgrind does not emulate.
 * `kernels_test isa` prints the set in use and whether DIAPASON_ISA asked for something impossible.
 */
#include <signal.h>
#include <unistd.h>

#include "test_support.h"

namespace test {
namespace {

std::string running;

/* A guard page was touched: say in which test, then end. */
void on_fault(int) {
    static const char message[] = "a kernel touched memory outside its arrays in: ";
    const ssize_t written = write(2, message, sizeof message - 1) + write(2, running.data(), running.size()) + write(2, "\n", 1);
    _exit(written > 0 ? 1 : 2);
}

}  // namespace

std::vector<int> sets() {
    const char* only = getenv("DIAPASON_TEST_SETS");
    std::vector<int> result;
    for (int isa = DP_ISA_PORTABLE; isa <= DP_ISA_AVX512; isa++) {
        const std::string wanted = only == nullptr ? "" : "," + std::string(only) + ",";
        const bool chosen = only == nullptr || wanted.find("," + std::string(name_of(isa)) + ",") != std::string::npos;
        if (chosen && dp_isa_supported(isa) == 1) result.push_back(isa);
    }
    return result;
}

void Suite::once(const std::string& name, const std::function<void(Random&)>& body) {
    running = name;
    uint64_t seed = seed_;
    for (char c : name) seed = (seed ^ (unsigned char)c) * 0x100000001B3u;
    Random random(seed);
    try {
        body(random);
        passed_++;
    } catch (const Failure& failure) {
        failed_++;
        printf("FAILED %s (seed %llu)\n  %s\n", name.c_str(), (unsigned long long)seed_, failure.message.c_str());
    }
}

void Suite::each(const std::string& name, const std::function<void(Random&)>& body) {
    const int before = dp_isa_current();
    for (int isa : sets()) {
        dp_isa_select(isa);
        once(name + " [" + name_of(isa) + "]", body);
    }
    dp_isa_select(before);
}

void Suite::skip(const std::string& name, const std::string& reason) {
    printf("skipped: %s: %s\n", name.c_str(), reason.c_str());
}

}  // namespace test

int main(int argc, char** argv) {
    if (argc == 2 && strcmp(argv[1], "isa") == 0) {
        printf("%d %d\n", dp_isa_current(), dp_isa_requested_invalid());
        return 0;
    }
    signal(SIGSEGV, test::on_fault);
    signal(SIGBUS, test::on_fault);
    setvbuf(stdout, nullptr, _IOLBF, 0);
    const char* seed = getenv("DIAPASON_TEST_SEED");
    test::Suite suite(seed == nullptr ? 1 : strtoull(seed, nullptr, 10));
    for (int isa = DP_ISA_PORTABLE; isa <= DP_ISA_AVX512; isa++) {
        bool tested = false;
        for (int one : test::sets()) tested |= one == isa;
        if (!tested) {
            printf("%s is not tested: %s\n", test::name_of(isa),
                   dp_isa_supported(isa) == 1 ? "DIAPASON_TEST_SETS leaves it out" : "this machine does not have it");
        }
    }
    test::elementwise_tests(suite);
    test::accuracy_tests(suite);
    test::layout_tests(suite);
    test::typed_tests(suite);
    test::reduce_tests(suite);
    test::gemm_tests(suite);
    test::along_tests(suite);
    test::random_tests(suite);
    test::activation_dropout_tests(suite);
    test::softmax_tests(suite);
    test::optimizer_tests(suite);
    test::contract_tests(suite);
    test::agreement_tests(suite);
    test::program_tests(suite);
    test::program_random_tests(suite);
    test::program_parts_tests(suite);
    test::program_training_tests(suite);
    test::program_fuzz_tests(suite);
    printf("%d passed, %d failed\n", suite.passed(), suite.failed());
    return suite.failed() == 0 && suite.passed() > 0 ? 0 : 1;
}
