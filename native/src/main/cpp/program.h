/*
 * program.h: a program as it is kept: instructions decoded and validated once. program_*.h hold one struct an instruction: its
 * fields in the order of its words, what makes them valid, and the dp_ function that it calls. Words are read and ranges checked by
 * program_check.h; program_create.cpp makes programs, program_run.cpp replays them.
 */
#pragma once
#include <stdint.h>

namespace diapason {

/* A number that is the same at every step (column -1), or stands in a column of the step's row of the table. */
struct Number {
    int64_t word;
    int64_t column;
};

/* Where an operand begins: `stride` bytes further at each step. Buffer -1 is no operand (null). */
struct Place {
    int64_t buffer, offset, stride;
};

/* A two-dimensional view of diapason.h; strides in elements. */
struct Strided {
    Place at;
    int64_t row_stride, column_stride;
};

/* One step of a run, as instructions see it. */
struct Step {
    /* The addresses of buffers. */
    const int64_t* memory;
    int64_t number;
    const int64_t* row;

    template <class T = void>
    T* at(const Place& place) const {
        if (place.buffer < 0) return nullptr;
        return reinterpret_cast<T*>(memory[place.buffer] + place.offset + number * place.stride);
    }
    template <class T = void>
    T* at(const Strided& view) const {
        return at<T>(view.at);
    }
    int64_t integer(const Number& number_) const { return number_.column < 0 ? number_.word : row[number_.column]; }
    double real(const Number& number_) const {
        const int64_t word = integer(number_);
        double value;
        __builtin_memcpy(&value, &word, sizeof value);
        return value;
    }
};

/* Room for the fields of any instruction. */
constexpr int kMostFieldBytes = 320;

struct Instruction {
    int (*run)(const void* fields, const Step& step);
    /* The word of the code it began at. */
    int64_t position;
    alignas(8) unsigned char fields[kMostFieldBytes];
};

/* One block of memory: the program, its instructions, the sizes of its buffers. */
struct Program {
    int64_t buffers;
    const int64_t* buffer_bytes;
    int64_t columns;
    int64_t steps;
    int64_t count;
    const Instruction* instructions;
};

}  // namespace diapason
