/*
 * program_mlp.h: the training of an MLP as one program: gather a batch, two layers of linear, ReLU and dropout, a head,
 * cross-entropy, backward, clipping, Adam; plain, or with the instructions that fuse some of it.
 */
#pragma once
#include <math.h>

#include "program_builder.h"

namespace test {
namespace mlp {

/* examples and features of the data; units of both hidden layers; whether dropout follows them. */
struct Sizes {
    int64_t examples, features, hidden, classes, batch, steps;
    bool dropout = true;
};

/* Buffers: the data; the batches' indices [steps, batch]; losses [steps]; everything else. */
enum { kX = 0, kY = 1, kBatches = 2, kLosses = 3, kArena = 4 };
/* Columns of the table. */
enum { kRate1 = 0, kRate2 = 1, kStream1 = 2, kStream2 = 3, kLimit = 4, kStepSize = 5, kCorrection = 6, kColumns = 7 };

/* Places in the arena, one after the other, aligned to 64 bytes. */
class Arena {
public:
    At floats(int64_t n) { return bytes(n * 4); }
    At bytes(int64_t n) {
        const At result = {kArena, size, 0};
        size += (n + 63) / 64 * 64;
        return result;
    }
    int64_t size = 0;
};

struct Linear {
    int64_t in, out;
    At weights, bias, d_weights, d_bias;
};

struct Training {
    Code code;
    std::vector<int64_t> buffers;
    At parameters;
    int64_t parameter_count;
};

inline void gemm(Code& code, int ta, int tb, int64_t m, int64_t n, int64_t k, At a, At b, At bias, At c) {
    code.add(DP_OP_GEMM,
             [=](const Now& now) {
                 return dp_gemm(DP_FLOAT32, 1, ta, tb, m, n, k, a.in(now), 0, b.in(now), 0, bias.in(now), 0, c.in(now));
             },
             DP_FLOAT32, (int64_t)1, ta, tb, m, n, k, a, (int64_t)0, b, (int64_t)0, bias, 0, c);
}

inline void gather(Code& code, const Sizes& s, int dtype, int64_t inner, At index, At x, At y) {
    code.add(DP_OP_GATHER,
             [=](const Now& now) { return dp_gather(dtype, 1, s.examples, inner, s.batch, index.in<int64_t>(now), x.in(now), y.in(now)); },
             dtype, (int64_t)1, s.examples, inner, s.batch, index, x, y);
}

/* One hidden layer's numbers. */
struct Hidden {
    Linear linear;
    At z, active, dropped, kept, dz;
    int rate_column, stream_column;
};

inline void drop(Code& code, const Sizes& s, const Hidden& h, At x, At y) {
    const int64_t n = s.batch * s.hidden;
    code.add(DP_OP_DROPOUT,
             [=](const Now& now) {
                 return dp_dropout(DP_FLOAT32, n, (float)column(h.rate_column).real(now), 7, column(h.stream_column).integer(now), x.in(now),
                                   y.in(now));
             },
             DP_FLOAT32, n, column(h.rate_column), whole(7), column(h.stream_column), x, y);
}

inline void forward(Code& code, const Sizes& s, const Hidden& h, At x, bool fused) {
    const int64_t n = s.batch * s.hidden;
    gemm(code, 0, 0, s.batch, s.hidden, h.linear.in, x, h.linear.weights, h.linear.bias, h.z);
    if (fused) {
        code.add(DP_OP_ACTIVATION_DROPOUT, Code::Call(), DP_RELU, DP_FLOAT32, real(0), real(0), n, column(h.rate_column), whole(7),
                 column(h.stream_column), h.z, kNull, h.dropped, h.kept);
        return;
    }
    code.add(DP_OP_UNARY,
             [=](const Now& now) { return dp_unary(DP_RELU, DP_FLOAT32, 0, 0, 1, n, h.z.in(now), n, 1, h.active.in(now)); }, DP_RELU,
             DP_FLOAT32, real(0), real(0), (int64_t)1, n, ViewAt{h.z, n, 1}, h.active);
    if (s.dropout) drop(code, s, h, h.active, h.dropped);
}

/* dz, from the gradient of the layer's output, which lies there. */
inline void backward(Code& code, const Sizes& s, const Hidden& h, At x, bool fused) {
    const int64_t n = s.batch * s.hidden;
    if (fused) {
        code.add(DP_OP_ACTIVATION_DROPOUT_BACKWARD, Code::Call(), DP_RELU, DP_FLOAT32, real(0), real(0), n, column(h.rate_column), h.kept,
                 kNull, kNull, h.dz, h.dz);
    } else {
        if (s.dropout) drop(code, s, h, h.dz, h.dz);
        code.add(DP_OP_UNARY_BACKWARD,
                 [=](const Now& now) {
                     return dp_unary_backward(DP_RELU, DP_FLOAT32, 0, 0, n, h.z.in(now), h.active.in(now), h.dz.in(now), h.dz.in(now));
                 },
                 DP_RELU, DP_FLOAT32, real(0), real(0), n, h.z, h.active, h.dz, h.dz);
    }
    gemm(code, 1, 0, h.linear.in, s.hidden, s.batch, x, h.dz, kNull, h.linear.d_weights);
    code.add(DP_OP_REDUCE,
             [=](const Now& now) { return dp_reduce(DP_SUM, DP_FLOAT32, 1, s.batch, s.hidden, h.dz.in(now), h.linear.d_bias.in(now)); }, DP_SUM,
             DP_FLOAT32, (int64_t)1, s.batch, s.hidden, h.dz, h.linear.d_bias);
}

/* With `fused` activation and dropout are one instruction, and so are loss and gradient; their calls are left out. */
inline Training training(const Sizes& s, bool fused) {
    const bool joined = fused && s.dropout;
    Training t;
    Arena arena;
    const int64_t sizes[] = {s.features * s.hidden, s.hidden, s.hidden * s.hidden, s.hidden, s.hidden * s.classes, s.classes};
    t.parameter_count = 0;
    for (int64_t size : sizes) t.parameter_count += size;
    t.parameters = arena.floats(t.parameter_count);
    const At gradients = arena.floats(t.parameter_count), m = arena.floats(t.parameter_count), v = arena.floats(t.parameter_count);
    Linear layers[3];
    int64_t at = 0;
    for (int i = 0; i < 3; i++) {
        const auto next = [&](At block, int64_t offset) { return At{kArena, block.offset + 4 * offset, 0}; };
        layers[i].in = i == 0 ? s.features : s.hidden;
        layers[i].out = i == 2 ? s.classes : s.hidden;
        layers[i].weights = next(t.parameters, at);
        layers[i].d_weights = next(gradients, at);
        at += sizes[2 * i];
        layers[i].bias = next(t.parameters, at);
        layers[i].d_bias = next(gradients, at);
        at += sizes[2 * i + 1];
    }
    const At x = arena.floats(s.batch * s.features), y = arena.bytes(s.batch * 8), logits = arena.floats(s.batch * s.classes);
    const At d_logits = arena.floats(s.batch * s.classes), loss = arena.floats(1), one = arena.floats(1), norm = arena.bytes(8);
    const auto hidden = [&](int layer, int rate, int stream) {
        const int64_t n = s.batch * s.hidden;
        const At z = arena.floats(n), active = arena.floats(n), dropped = arena.floats(n), kept = arena.bytes((n + 7) / 8);
        return Hidden{layers[layer], z, active, s.dropout ? dropped : active, kept, arena.floats(n), rate, stream};
    };
    const Hidden first = hidden(0, kRate1, kStream1), second = hidden(1, kRate2, kStream2);
    const Linear& head = layers[2];
    t.buffers = {s.examples * s.features * 4, s.examples * 8, s.steps * s.batch * 8, s.steps * 4, arena.size};

    Code& code = t.code;
    const At index = {kBatches, 0, s.batch * 8};
    gather(code, s, DP_FLOAT32, s.features, index, {kX, 0, 0}, x);
    gather(code, s, DP_INT64, 1, index, {kY, 0, 0}, y);
    forward(code, s, first, x, joined);
    forward(code, s, second, first.dropped, joined);
    gemm(code, 0, 0, s.batch, s.classes, s.hidden, second.dropped, head.weights, head.bias, logits);
    code.add(DP_OP_FILL, [=](const Now& now) { return dp_fill(DP_FLOAT32, 1, 1.0, one.in(now)); }, DP_FLOAT32, (int64_t)1, real(1), one);
    if (fused) {
        code.add(DP_OP_CROSS_ENTROPY_WITH_GRADIENT, Code::Call(), DP_FLOAT32, s.batch, s.classes, logits, y, kNull, (int64_t)-100, real(0),
                 one, loss, d_logits);
    } else {
        code.add(DP_OP_CROSS_ENTROPY,
                 [=](const Now& now) {
                     return dp_cross_entropy(DP_FLOAT32, s.batch, s.classes, logits.in(now), y.in<int64_t>(now), nullptr, -100, 0, loss.in(now));
                 },
                 DP_FLOAT32, s.batch, s.classes, logits, y, kNull, (int64_t)-100, real(0), loss);
        code.add(DP_OP_CROSS_ENTROPY_BACKWARD,
                 [=](const Now& now) {
                     return dp_cross_entropy_backward(DP_FLOAT32, s.batch, s.classes, logits.in(now), y.in<int64_t>(now), nullptr, -100, 0,
                                                      one.in(now), d_logits.in(now));
                 },
                 DP_FLOAT32, s.batch, s.classes, logits, y, kNull, (int64_t)-100, real(0), one, d_logits);
    }
    const At losses = {kLosses, 0, 4};
    code.add(DP_OP_COPY, [=](const Now& now) { return dp_copy(4, loss.in(now), losses.in(now)); }, (int64_t)4, loss, losses);
    code.add(DP_OP_CHECK_FINITE, [=](const Now& now) { return dp_check_finite(DP_FLOAT32, 1, loss.in(now)); }, DP_FLOAT32, (int64_t)1, loss);
    gemm(code, 1, 0, s.hidden, s.classes, s.batch, second.dropped, d_logits, kNull, head.d_weights);
    code.add(DP_OP_REDUCE,
             [=](const Now& now) { return dp_reduce(DP_SUM, DP_FLOAT32, 1, s.batch, s.classes, d_logits.in(now), head.d_bias.in(now)); },
             DP_SUM, DP_FLOAT32, (int64_t)1, s.batch, s.classes, d_logits, head.d_bias);
    gemm(code, 0, 1, s.batch, s.hidden, s.classes, d_logits, head.weights, kNull, second.dz);
    backward(code, s, second, first.dropped, joined);
    gemm(code, 0, 1, s.batch, s.hidden, s.hidden, second.dz, second.linear.weights, kNull, first.dz);
    backward(code, s, first, x, joined);
    const int64_t n = t.parameter_count;
    code.add(DP_OP_FILL, [=](const Now& now) { return dp_fill(DP_FLOAT64, 1, 0.0, norm.in(now)); }, DP_FLOAT64, (int64_t)1, real(0), norm);
    code.add(DP_OP_ADD_SQUARES, [=](const Now& now) { return dp_add_squares(DP_FLOAT32, n, gradients.in(now), norm.in<double>(now)); },
             DP_FLOAT32, n, gradients, norm);
    code.add(DP_OP_SCALE_TO_NORM,
             [=](const Now& now) {
                 return dp_scale_to_norm(DP_FLOAT32, n, column(kLimit).real(now), norm.in<double>(now), gradients.in(now));
             },
             DP_FLOAT32, n, column(kLimit), norm, gradients);
    const At p = t.parameters;
    code.add(DP_OP_ADAM,
             [=](const Now& now) {
                 return dp_adam(DP_FLOAT32, n, p.in(now), gradients.in(now), m.in(now), v.in(now), nullptr, 0.01, 0.9, 0.999, 1e-8,
                                column(kStepSize).real(now), 0, column(kCorrection).real(now), 0.01);
             },
             DP_FLOAT32, n, p, gradients, m, v, kNull, real(0.01), real(0.9), real(0.999), real(1e-8), column(kStepSize), real(0),
             column(kCorrection), real(0.01));
    return t;
}

/* Rates of dropout, a limit of the norm and Adam's numbers for each step. */
inline std::vector<int64_t> table_of(const Sizes& s, Random& random, double rate, double limit) {
    std::vector<int64_t> table;
    for (int64_t i = 0; i < s.steps; i++) {
        const double step_size = 0.01 / (1 - pow(0.9, (double)i + 1)), correction = 1 / sqrt(1 - pow(0.999, (double)i + 1));
        const int64_t row[] = {word_of(rate), word_of(i < 3 ? 0.0 : rate / 2), random.integer(0, 1 << 30), 2 * i, word_of(limit),
                               word_of(step_size), word_of(correction)};
        table.insert(table.end(), row, row + kColumns);
    }
    return table;
}

/* Data that can be learnt: the class is the greatest of the first features. */
inline void fill(const Sizes& s, const Training& t, const Memory& memory, Random& random) {
    for (int64_t i = 0; i < s.examples; i++) {
        float* row = memory.at<float>(kX) + i * s.features;
        for (int64_t j = 0; j < s.features; j++) row[j] = random.real(-1, 1);
        int64_t greatest = 0;
        for (int64_t c = 1; c < s.classes; c++) greatest = row[c] > row[greatest] ? c : greatest;
        memory.at<int64_t>(kY)[i] = greatest;
    }
    for (int64_t i = 0; i < s.steps * s.batch; i++) memory.at<int64_t>(kBatches)[i] = random.integer(0, s.examples - 1);
    const float bound = 1 / sqrtf((float)s.hidden);
    for (int64_t i = 0; i < t.parameter_count; i++) memory.at<float>(kArena, t.parameters.offset)[i] = random.real(-bound, bound);
}

}  // namespace mlp
}  // namespace test
