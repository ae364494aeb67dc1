/* program_check.h: the words of one instruction read into fields, and the memory that it touches at any step checked. */
#pragma once
#include <stdint.h>

#include "program.h"

namespace diapason {

/* What a program may refer to. */
struct Limits {
    int64_t buffers;
    const int64_t* buffer_bytes;
    int64_t columns;
    int64_t steps;
};

/* Reads words in order. Every function is false when the word is none that the field may have, or is missing. */
class Words {
public:
    Words(const Limits& limits, int64_t count, const int64_t* words) : limits_(limits), left_(count), next_(words) {}

    /* The fields in order, and then no further word. */
    template <class... Fields>
    bool operator()(Fields&... fields) {
        return (... && read(fields)) && left_ == 0;
    }

private:
    bool read(int64_t& field);
    bool read(int& field);
    bool read(Number& field);
    bool read(Place& field);
    bool read(Strided& field);

    const Limits& limits_;
    int64_t left_;
    const int64_t* next_;
};

/* Whether an input may be the very memory of the output: same place, both dense, same type. */
enum class Alias { kNone, kMayBeOutput };

/*
 * Collects what one instruction reads and writes. `reads`, `writes` and the like are false when some element is outside its buffer
 * at some step, or not aligned; `disjoint` when an output overlaps something that it may not. Outputs are dense unless they are
 * views. An operand that may be null is checked `_if_given`.
 */
class Ranges {
public:
    explicit Ranges(const Limits& limits) : limits_(limits) {}

    bool reads(const Place& place, int dtype, int64_t n, Alias alias = Alias::kNone);
    bool reads(const Strided& view, int dtype, int64_t rows, int64_t columns, Alias alias = Alias::kNone);
    /* `count` dense matrices of `size` elements, which begin `stride` elements apart. */
    bool reads_batch(const Place& place, int dtype, int64_t count, int64_t size, int64_t stride);
    bool writes(const Place& place, int dtype, int64_t n);
    /* No two elements in one place: one dimension's step is longer than the other's whole extent. */
    bool writes(const Strided& view, int dtype, int64_t rows, int64_t columns);

    bool reads_if_given(const Place& place, int dtype, int64_t n) { return place.buffer < 0 || reads(place, dtype, n); }
    bool writes_if_given(const Place& place, int dtype, int64_t n) { return place.buffer < 0 || writes(place, dtype, n); }

    bool disjoint() const;

private:
    struct Range {
        Place place;
        /* Bytes from `begin` to before `end` at step 0. */
        int64_t begin, end;
        int dtype;
        bool dense, output;
        Alias alias;
    };
    static constexpr int kMost = 8;

    bool add(const Place& place, int dtype, int64_t first, int64_t last, bool dense, bool output, Alias alias);
    bool conflict(const Range& output, const Range& other) const;
    /* Bytes that a range covers in all steps together. */
    void sweep(const Range& range, int64_t& begin, int64_t& end) const;

    const Limits& limits_;
    int count_ = 0;
    Range ranges_[kMost];
};

inline bool is_given(const Place& place) {
    return place.buffer >= 0;
}

}  // namespace diapason
