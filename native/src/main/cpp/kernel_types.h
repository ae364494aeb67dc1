/* kernel_types.h: what dispatch.cpp hands to kernels that take more than a few arrays. */
#pragma once
#include <stdint.h>

namespace diapason {

/* A float operand whose element (i, j) is data[i * row_stride + j * step]; step is 0 (repeat) or 1. */
struct Operand {
    const float* data;
    int64_t row_stride;
    int step;
};

/* A draw of dropout: an element is kept, and multiplied by `scale`, when its 16 bits are >= threshold. `tile` is the tile of the
 * first element. threshold 0 draws nothing, and then scale is 1. */
struct Draw {
    uint32_t threshold;
    float scale;
    uint64_t seed, stream;
    int64_t tile;
};

/* One class a row; rows of class `ignored` do not count, all others are in [0, classes). */
struct Targets {
    int64_t rows, classes;
    const int64_t* of;
    int64_t ignored;

    bool counts(int64_t row) const { return of[row] != ignored; }
};

struct SgdSettings {
    double learning_rate, momentum, dampening, weight_decay;
    bool nesterov;
};
/* velocity is null exactly when there is no momentum. */
template <class T>
struct SgdState {
    T* p;
    const T* g;
    T* velocity;
};

struct AdamSettings {
    double learning_rate, beta1, beta2, epsilon, step_size, gradient_step, inverse_correction, weight_decay;
};
/* largest_v may be null. */
template <class T>
struct AdamState {
    T* p;
    const T* g;
    T* m;
    T* v;
    T* largest_v;
};

struct RmspropSettings {
    double learning_rate, alpha, epsilon, momentum, weight_decay;
};
/* mean may be null; velocity is null exactly when there is no momentum. */
template <class T>
struct RmspropState {
    T* p;
    const T* g;
    T* s;
    T* mean;
    T* velocity;
};

struct AdagradSettings {
    double learning_rate, epsilon, weight_decay;
};
template <class T>
struct AdagradState {
    T* p;
    const T* g;
    T* s;
};

}  // namespace diapason
