/* program_check.cpp: see program_check.h. Numbers of a program are anything: every sum and product is checked for overflow. */
#include "program_check.h"

#include "dtype.h"

namespace diapason {
namespace {

/* sum += a * b */
bool add_product(int64_t a, int64_t b, int64_t& sum) {
    int64_t product = 0;
    return !__builtin_mul_overflow(a, b, &product) && !__builtin_add_overflow(sum, product, &sum);
}

/* Widens the elements first … last by `count` - 1 further steps of `stride`. */
bool extend(int64_t count, int64_t stride, int64_t& first, int64_t& last) {
    return count <= 1 || add_product(count - 1, stride, stride < 0 ? first : last);
}

/* Whether `outer` steps of a stride, each over what lies within (0 … extent), never meet. */
bool steps_over(int64_t count, int64_t stride, int64_t extent) {
    return count <= 1 || stride > extent || stride < -extent;
}

int64_t magnitude(int64_t value) {
    return value < 0 ? -value : value;
}

}  // namespace

bool Words::read(int64_t& field) {
    if (left_ < 1) return false;
    field = *next_++;
    left_--;
    return true;
}

bool Words::read(int& field) {
    int64_t word = 0;
    if (!read(word) || word != (int)word) return false;
    field = (int)word;
    return true;
}

bool Words::read(Number& field) {
    int64_t kind = 0, word = 0;
    if (!read(kind) || !read(word)) return false;
    field = kind == 0 ? Number{word, -1} : Number{0, word};
    return kind == 0 || (kind == 1 && word >= 0 && word < limits_.columns);
}

bool Words::read(Place& field) {
    return read(field.buffer) && read(field.offset) && read(field.stride) && field.buffer >= -1 && field.buffer < limits_.buffers;
}

bool Words::read(Strided& field) {
    return read(field.at) && read(field.row_stride) && read(field.column_stride);
}

/* Elements `first` to before `last`, counted from the place. */
bool Ranges::add(const Place& place, int dtype, int64_t first, int64_t last, bool dense, bool output, Alias alias) {
    if (!is_given(place) || count_ == kMost) return false;
    const int64_t bytes = bytes_of(dtype);
    Range range = {place, place.offset, place.offset, dtype, dense, output, alias};
    if (place.offset % bytes != 0 || place.stride % bytes != 0) return false;
    if (!add_product(first, bytes, range.begin) || !add_product(last, bytes, range.end)) return false;
    int64_t least = range.begin, most = range.end;
    if (!extend(limits_.steps, place.stride, least, most)) return false;
    if (least < 0 || most > limits_.buffer_bytes[place.buffer]) return false;
    ranges_[count_++] = range;
    return true;
}

bool Ranges::reads(const Place& place, int dtype, int64_t n, Alias alias) {
    return add(place, dtype, 0, n, true, false, alias);
}

bool Ranges::reads(const Strided& view, int dtype, int64_t rows, int64_t columns, Alias alias) {
    if (rows == 0 || columns == 0) return add(view.at, dtype, 0, 0, true, false, alias);
    int64_t first = 0, last = 1;
    if (!extend(rows, view.row_stride, first, last) || !extend(columns, view.column_stride, first, last)) return false;
    const bool dense = (columns == 1 || view.column_stride == 1) && (rows == 1 || view.row_stride == columns);
    return add(view.at, dtype, first, last, dense, false, alias);
}

bool Ranges::reads_batch(const Place& place, int dtype, int64_t count, int64_t size, int64_t stride) {
    int64_t first = 0, last = size;
    return extend(count, stride, first, last) && add(place, dtype, first, last, false, false, Alias::kNone);
}

bool Ranges::writes(const Place& place, int dtype, int64_t n) {
    return add(place, dtype, 0, n, true, true, Alias::kNone);
}

bool Ranges::writes(const Strided& view, int dtype, int64_t rows, int64_t columns) {
    if (!reads(view, dtype, rows, columns)) return false;
    Range& range = ranges_[count_ - 1];
    range.output = true;
    if (range.begin == range.end) return true;
    /* The view is inside a buffer, so that these products are numbers. */
    const int64_t width = columns == 1 ? 0 : (columns - 1) * magnitude(view.column_stride);
    const int64_t height = rows == 1 ? 0 : (rows - 1) * magnitude(view.row_stride);
    return (steps_over(columns, view.column_stride, 0) && steps_over(rows, view.row_stride, width)) ||
           (steps_over(rows, view.row_stride, 0) && steps_over(columns, view.column_stride, height));
}

void Ranges::sweep(const Range& range, int64_t& begin, int64_t& end) const {
    begin = range.begin;
    end = range.end;
    (void)extend(limits_.steps, range.place.stride, begin, end);
}

bool Ranges::conflict(const Range& output, const Range& other) const {
    if (output.place.buffer != other.place.buffer || output.begin == output.end || other.begin == other.end) return false;
    const bool together = output.place.stride == other.place.stride;
    if (together && other.alias == Alias::kMayBeOutput && output.dense && other.dense && output.dtype == other.dtype &&
        output.begin == other.begin && output.end == other.end) {
        return false;
    }
    if (together) return output.begin < other.end && other.begin < output.end;
    int64_t output_begin = 0, output_end = 0, other_begin = 0, other_end = 0;
    sweep(output, output_begin, output_end);
    sweep(other, other_begin, other_end);
    return output_begin < other_end && other_begin < output_end;
}

bool Ranges::disjoint() const {
    for (int i = 0; i < count_; i++) {
        for (int j = 0; j < count_ && ranges_[i].output; j++) {
            if (i != j && conflict(ranges_[i], ranges_[j])) return false;
        }
    }
    return true;
}

}  // namespace diapason
