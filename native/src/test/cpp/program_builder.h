/*
 * program_builder.h: programs for tests. Each instruction is written twice, as words of code and as the call of its dp_ function, so
 * that a replay can be compared with the calls made one by one.
 */
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "test_support.h"

namespace test {

inline int64_t word_of(double value) {
    int64_t word;
    memcpy(&word, &value, sizeof word);
    return word;
}
inline double real_of(int64_t word) {
    double value;
    memcpy(&value, &word, sizeof value);
    return value;
}

/* What one step reads its operands and numbers from. */
struct Now {
    char* const* memory;
    int64_t step;
    const int64_t* row;
};

/* A pointer of an instruction. */
struct At {
    int64_t buffer, offset, stride;

    template <class T = void>
    T* in(const Now& now) const {
        return buffer < 0 ? nullptr : reinterpret_cast<T*>(now.memory[buffer] + offset + now.step * stride);
    }
};
constexpr At kNull = {-1, 0, 0};

struct ViewAt {
    At at;
    int64_t row_stride, column_stride;
};

/* A number of an instruction: itself, or a column of the table. */
struct Value {
    int64_t kind, word;

    int64_t integer(const Now& now) const { return kind == 0 ? word : now.row[word]; }
    double real(const Now& now) const { return real_of(integer(now)); }
};
inline Value real(double value) {
    return {0, word_of(value)};
}
inline Value whole(int64_t value) {
    return {0, value};
}
inline Value column(int64_t number) {
    return {1, number};
}

class Code {
public:
    typedef std::function<int(const Now&)> Call;

    /* One instruction; `call` is what it stands for. */
    template <class... Arguments>
    void add(int64_t opcode, const Call& call, Arguments... arguments) {
        starts.push_back((int64_t)words.size());
        words.push_back(opcode);
        words.push_back(0);
        (append(arguments), ...);
        words[(size_t)starts.back() + 1] = (int64_t)words.size() - starts.back() - 2;
        calls.push_back(call);
    }

    /* The calls of steps first … first + steps - 1, until one fails. */
    int run_one_by_one(char* const* memory, int64_t first, int64_t steps, const int64_t* table, int64_t columns) const {
        for (int64_t i = 0; i < steps; i++) {
            const Now now = {memory, first + i, table + i * columns};
            for (const Call& call : calls) {
                const int status = call(now);
                if (status != DP_OK) return status;
            }
        }
        return DP_OK;
    }

    std::vector<int64_t> words;
    std::vector<int64_t> starts;
    std::vector<Call> calls;

private:
    void append(int word) { words.push_back(word); }
    void append(int64_t word) { words.push_back(word); }
    void append(const Value& value) { words.insert(words.end(), {value.kind, value.word}); }
    void append(const At& at) { words.insert(words.end(), {at.buffer, at.offset, at.stride}); }
    void append(const ViewAt& view) {
        append(view.at);
        words.insert(words.end(), {view.row_stride, view.column_stride});
    }
};

/* Bases of buffers as dp_programs_run takes them: addresses are of the size and alignment of pointers. */
inline const int64_t* addresses(char* const* bases) {
    static_assert(sizeof(char*) == sizeof(int64_t), "addresses are 64 bits");
    return reinterpret_cast<const int64_t*>(bases);
}

/* A program while it lives. */
class Handle {
public:
    Handle(const std::vector<int64_t>& buffers, const std::vector<int64_t>& words, int64_t columns, int64_t steps) {
        program = dp_program_create((int64_t)buffers.size(), buffers.data(), (int64_t)words.size(), words.data(), columns, steps, &status,
                                    &position);
    }
    Handle(const Handle&) = delete;
    ~Handle() { dp_program_destroy(program); }

    dp_program_part part(char* const* memory, int64_t first, int64_t steps, const int64_t* table) const {
        return {program, addresses(memory), first, steps, table, -1};
    }

    /* `done` and `position` are then those of the run. */
    int run(char* const* memory, int64_t first, int64_t steps, const int64_t* table, const int32_t* cancel = nullptr) {
        dp_program_part part = this->part(memory, first, steps, table);
        const int result = dp_programs_run(1, &part, cancel, &position);
        done = part.done;
        return result;
    }

    void* program = nullptr;
    int status = -1;
    int64_t position = 0;
    int64_t done = -1;
};

/* Guarded buffers of bytes. */
class Memory {
public:
    explicit Memory(const std::vector<int64_t>& sizes) {
        for (int64_t size : sizes) {
            buffers_.emplace_back(new Buffer<char>(size, 0));
            bases_.push_back(buffers_.back()->data());
        }
    }
    Memory(const Memory& other) {
        for (const auto& buffer : other.buffers_) {
            buffers_.emplace_back(new Buffer<char>(*buffer));
            bases_.push_back(buffers_.back()->data());
        }
    }

    char* const* bases() const { return bases_.data(); }
    template <class T>
    T* at(int64_t buffer, int64_t offset = 0) const {
        return reinterpret_cast<T*>(bases_[(size_t)buffer] + offset);
    }

    void require_same(const Memory& other, const std::string& where) const {
        for (size_t b = 0; b < buffers_.size(); b++) {
            for (int64_t i = 0; i < buffers_[b]->size(); i++) {
                require((*buffers_[b])[i] == (*other.buffers_[b])[i], "%s: byte %lld of buffer %lld must be the same", where.c_str(),
                        (long long)i, (long long)b);
            }
        }
    }

private:
    std::vector<std::unique_ptr<Buffer<char>>> buffers_;
    std::vector<char*> bases_;
};

/* Instructions of every kind over memory that they fit, made by program_random_test.cpp. */
struct RandomProgram {
    Code code;
    std::vector<int64_t> buffers;
    int64_t columns = 0;
    int64_t steps = 0;
    std::vector<int64_t> table;

    Memory memory(Random& random) const;
};
RandomProgram random_program(Random& random, int instructions, int64_t steps);

}  // namespace test
