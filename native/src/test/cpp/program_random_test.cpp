/* program_random_test.cpp: programs of random instructions replayed and called one by one, bit for bit. */
#include <math.h>

#include "program_builder.h"

namespace test {
namespace {

/* Elements of a slot; each type has some slots in a buffer of its own, and each step a slot of indices. */
constexpr int64_t kSlot = 700;
constexpr int64_t kSlots = 6;
constexpr int64_t kIndexBuffer = 5;
/* Every index is below this. */
constexpr int64_t kRows = 4;
constexpr int64_t kColumns = 4;

int64_t size_of(int dtype) {
    return dtype == DP_BOOL ? 1 : dtype == DP_FLOAT32 || dtype == DP_INT32 ? 4 : 8;
}

class Maker {
public:
    Maker(Random& random, RandomProgram& program) : random_(random), program_(program) {}

    void add_one() {
        used_.clear();
        switch (random_.integer(0, 17)) {
            case 0: return fill();
            case 1: return assign();
            case 2: return convert();
            case 3: return unary();
            case 4: return unary_backward();
            case 5: return binary();
            case 6: return compare();
            case 7: return select();
            case 8: return reduce();
            case 9: return gemm();
            case 10: return rows();
            case 11: return along();
            case 12: return dropout();
            case 13: return softmax();
            case 14: return cross_entropy();
            case 15: return gradients();
            case 16: return activation_dropout();
            default: return optimizer();
        }
    }

private:
    int64_t upto(int64_t most) { return random_.integer(0, most); }

    /* A place for n elements in a slot that this instruction does not use yet; sometimes another place each step. */
    At fresh(int dtype, int64_t n) {
        int64_t slot = upto(kSlots - 1);
        while (used_.find({dtype, slot}) != used_.end()) slot = upto(kSlots - 1);
        used_.insert({dtype, slot});
        const int64_t room = kSlot - n;
        const int64_t stride = random_.integer(0, 3) == 0 ? room / program_.steps : 0;
        const int64_t first = upto(room - stride * (program_.steps - 1));
        return {dtype, (slot * kSlot + first) * size_of(dtype), stride * size_of(dtype)};
    }
    ViewAt dense(int dtype, int64_t rows, int64_t columns) { return {fresh(dtype, rows * columns), columns, 1}; }
    /* Dense, transposed, one row, one column, one element, or backwards. */
    ViewAt view(int dtype, int64_t rows, int64_t columns) {
        ViewAt result = dense(dtype, rows, columns);
        switch (upto(5)) {
            case 0: return result;
            case 1: return {result.at, 1, rows};
            case 2: return {result.at, 0, 1};
            case 3: return {result.at, 1, 0};
            case 4: return {result.at, 0, 0};
            default:
                if (rows * columns > 0) result.at.offset += (rows * columns - 1) * size_of(dtype);
                return {result.at, -columns, -1};
        }
    }
    At index() { return {kIndexBuffer, 8 * upto(10), 8 * upto(30)}; }
    Value number(double low, double high) {
        if (random_.coin()) return column(upto(kColumns - 2));
        return real((double)random_.real((float)low, (float)high));
    }
    Value seed() { return random_.coin() ? column(kColumns - 1) : whole((int64_t)random_.word()); }
    int any() { return (int)upto(DP_BOOL); }
    int number_type() { return (int)upto(DP_INT64); }
    int float_type() { return random_.integer(0, 3) == 0 ? DP_FLOAT64 : DP_FLOAT32; }

    void fill() {
        const int type = any();
        const int64_t n = upto(kSlot / 2);
        const Value value = number(-3, 3);
        const At y = fresh(type, n);
        program_.code.add(DP_OP_FILL, [=](const Now& now) { return dp_fill(type, n, value.real(now), y.in(now)); }, type, n, value, y);
    }

    void assign() {
        const int type = any();
        const int64_t m = upto(15), n = upto(15);
        const ViewAt x = view(type, m, n), y = random_.coin() ? dense(type, m, n) : ViewAt{fresh(type, m * n), 1, m};
        program_.code.add(DP_OP_ASSIGN,
                          [=](const Now& now) {
                              return dp_assign(type, m, n, x.at.in(now), x.row_stride, x.column_stride, y.at.in(now), y.row_stride,
                                               y.column_stride);
                          },
                          type, m, n, x, y);
        const At from = fresh(type, 3), to = fresh(type, 3);
        const int64_t bytes = 3 * size_of(type);
        program_.code.add(DP_OP_COPY, [=](const Now& now) { return dp_copy(bytes, from.in(now), to.in(now)); }, bytes, from, to);
    }

    void convert() {
        const int from = any(), to = any();
        const int64_t m = upto(15), n = upto(15);
        const ViewAt x = view(from, m, n);
        const At y = fresh(to, m * n);
        program_.code.add(DP_OP_CONVERT,
                          [=](const Now& now) {
                              return dp_convert(from, to, m, n, x.at.in(now), x.row_stride, x.column_stride, y.in(now));
                          },
                          from, to, m, n, x, y);
    }

    void unary() {
        const int type = random_.integer(0, 4) == 0 ? DP_INT32 : float_type();
        const int op = type == DP_INT32 ? (random_.coin() ? DP_ABS : DP_SQUARE) : (int)upto(DP_EXPM1);
        const int64_t m = upto(15), n = upto(15);
        const Value alpha = number(-2, 2), beta = number(-2, 2);
        ViewAt x = view(type, m, n);
        At y = fresh(type, m * n);
        if (random_.coin()) x = {y, n, 1};
        program_.code.add(DP_OP_UNARY,
                          [=](const Now& now) {
                              return dp_unary(op, type, alpha.real(now), beta.real(now), m, n, x.at.in(now), x.row_stride,
                                              x.column_stride, y.in(now));
                          },
                          op, type, alpha, beta, m, n, x, y);
    }

    void unary_backward() {
        const int type = float_type(), op = (int)upto(DP_EXPM1);
        const int64_t n = upto(kSlot / 2);
        const Value alpha = number(-2, 2), beta = number(-2, 2);
        const At x = fresh(type, n), y = fresh(type, n), dy = fresh(type, n), other = fresh(type, n);
        const At dx = std::vector<At>{x, y, dy, other}[(size_t)upto(3)];
        program_.code.add(DP_OP_UNARY_BACKWARD,
                          [=](const Now& now) {
                              return dp_unary_backward(op, type, alpha.real(now), beta.real(now), n, x.in(now), y.in(now), dy.in(now),
                                                       dx.in(now));
                          },
                          op, type, alpha, beta, n, x, y, dy, dx);
    }

    void binary() {
        const int type = number_type();
        const int op = type == DP_FLOAT32 || type == DP_FLOAT64 ? (int)upto(DP_MINIMUM) : (int)upto(DP_MULTIPLY);
        const int64_t m = upto(15), n = upto(15);
        ViewAt a = view(type, m, n);
        const ViewAt b = view(type, m, n);
        const At y = fresh(type, m * n);
        if (random_.coin()) a = {y, n, 1};
        program_.code.add(DP_OP_BINARY,
                          [=](const Now& now) {
                              return dp_binary(op, type, m, n, a.at.in(now), a.row_stride, a.column_stride, b.at.in(now), b.row_stride,
                                               b.column_stride, y.in(now));
                          },
                          op, type, m, n, a, b, y);
    }

    void compare() {
        const int type = any(), op = (int)upto(DP_GREATER_EQUAL);
        const int64_t m = upto(15), n = upto(15);
        const ViewAt a = view(type, m, n), b = view(type, m, n);
        const At y = fresh(DP_BOOL, m * n);
        program_.code.add(DP_OP_COMPARE,
                          [=](const Now& now) {
                              return dp_compare(op, type, m, n, a.at.in(now), a.row_stride, a.column_stride, b.at.in(now), b.row_stride,
                                                b.column_stride, y.in<uint8_t>(now));
                          },
                          op, type, m, n, a, b, y);
    }

    void select() {
        const int type = any();
        const int64_t m = upto(15), n = upto(15);
        const ViewAt condition = view(DP_BOOL, m, n), a = view(type, m, n), b = view(type, m, n);
        const At y = fresh(type, m * n);
        program_.code.add(DP_OP_SELECT,
                          [=](const Now& now) {
                              return dp_select(type, m, n, condition.at.in<uint8_t>(now), condition.row_stride, condition.column_stride,
                                               a.at.in(now), a.row_stride, a.column_stride, b.at.in(now), b.row_stride, b.column_stride,
                                               y.in(now));
                          },
                          type, m, n, condition, a, b, y);
    }

    void reduce() {
        const int type = number_type();
        const int op = type == DP_FLOAT32 || type == DP_FLOAT64 ? (int)upto(DP_LOG_SUM_EXP) : (int)upto(DP_MIN);
        const int64_t outer = upto(5), n = upto(10), inner = upto(8);
        const At x = fresh(type, outer * n * inner), y = fresh(type, outer * inner);
        program_.code.add(DP_OP_REDUCE, [=](const Now& now) { return dp_reduce(op, type, outer, n, inner, x.in(now), y.in(now)); }, op,
                          type, outer, n, inner, x, y);
        if (n == 0 || type == DP_INT64) return;
        const At place = fresh(DP_INT64, outer * inner);
        const int extreme = random_.coin() ? DP_MAX : DP_MIN;
        program_.code.add(DP_OP_ARG_REDUCE,
                          [=](const Now& now) { return dp_arg_reduce(extreme, type, outer, n, inner, x.in(now), place.in<int64_t>(now)); },
                          extreme, type, outer, n, inner, x, place);
    }

    void gemm() {
        const int type = float_type(), ta = random_.coin(), tb = random_.coin();
        const int64_t batch = upto(3), m = upto(12), n = upto(12), k = upto(12);
        const int64_t a_stride = random_.coin() ? m * k : 0, b_stride = random_.coin() ? n * k : 0;
        const At a = fresh(type, (a_stride == 0 ? 1 : batch) * m * k), b = fresh(type, (b_stride == 0 ? 1 : batch) * n * k);
        const At c = fresh(type, batch * m * n);
        const int accumulate = upto(3) == 0;
        const At bias = accumulate == 1 || random_.coin() ? kNull : fresh(type, n);
        program_.code.add(DP_OP_GEMM,
                          [=](const Now& now) {
                              return dp_gemm(type, batch, ta, tb, m, n, k, a.in(now), a_stride, b.in(now), b_stride, bias.in(now),
                                             accumulate, c.in(now));
                          },
                          type, batch, ta, tb, m, n, k, a, a_stride, b, b_stride, bias, accumulate, c);
    }

    void rows() {
        const int type = any();
        const int64_t outer = upto(3), inner = upto(20), count = upto(9);
        const At i = index(), x = fresh(type, outer * kRows * inner), y = fresh(type, outer * count * inner);
        program_.code.add(DP_OP_GATHER,
                          [=](const Now& now) { return dp_gather(type, outer, kRows, inner, count, i.in<int64_t>(now), x.in(now), y.in(now)); },
                          type, outer, kRows, inner, count, i, x, y);
        if (type != DP_FLOAT32 && type != DP_FLOAT64) return;
        program_.code.add(DP_OP_SCATTER_ADD,
                          [=](const Now& now) {
                              return dp_scatter_add(type, outer, kRows, inner, count, i.in<int64_t>(now), y.in(now), x.in(now));
                          },
                          type, outer, kRows, inner, count, i, y, x);
    }

    void along() {
        const int type = any();
        const int64_t outer = upto(2), inner = upto(3), count = upto(5);
        const At i = index(), x = fresh(type, outer * kRows * inner), y = fresh(type, outer * count * inner);
        program_.code.add(DP_OP_TAKE_ALONG,
                          [=](const Now& now) {
                              return dp_take_along(type, outer, kRows, inner, count, i.in<int64_t>(now), x.in(now), y.in(now));
                          },
                          type, outer, kRows, inner, count, i, x, y);
        if (type != DP_FLOAT32 && type != DP_FLOAT64) return;
        program_.code.add(DP_OP_SCATTER_ADD_ALONG,
                          [=](const Now& now) {
                              return dp_scatter_add_along(type, outer, kRows, inner, count, i.in<int64_t>(now), y.in(now), x.in(now));
                          },
                          type, outer, kRows, inner, count, i, y, x);
    }

    void dropout() {
        const int type = float_type();
        const int64_t n = upto(kSlot / 2);
        const Value rate = real(random_.real(0, 0.9f)), key = seed(), stream = seed();
        const At x = fresh(type, n), y = fresh(type, n), again = fresh(type, n), kept = fresh(DP_BOOL, (n + 7) / 8);
        const auto drop = [=](const Now& now, const At& from, const At& to) {
            return dp_dropout(type, n, (float)rate.real(now), key.integer(now), stream.integer(now), from.in(now), to.in(now));
        };
        program_.code.add(DP_OP_DROPOUT, [=](const Now& now) { return drop(now, x, y); }, type, n, rate, key, stream, x, y);
        program_.code.add(DP_OP_DROPOUT_KEEP,
                          [=](const Now& now) {
                              return dp_dropout_keep(type, n, (float)rate.real(now), key.integer(now), stream.integer(now), x.in(now),
                                                     again.in(now), kept.in<uint8_t>(now));
                          },
                          type, n, rate, key, stream, x, again, kept);
        /* The call drops again by its seed: the instruction must give the same from the bits. */
        program_.code.add(DP_OP_DROPOUT_KEPT, [=](const Now& now) { return drop(now, y, y); }, type, n, rate, kept, y, y);
    }

    /* The calls are the two of each that the instructions stand for; a ReLU's bits are another's, and stay between the two. */
    void activation_dropout() {
        const int type = float_type(), op = (int)upto(DP_EXPM1);
        const int64_t n = upto(kSlot / 2);
        const Value alpha = number(-2, 2), beta = number(-2, 2), rate = real(random_.coin() ? 0 : random_.real(0, 0.9f)), key = seed(), stream = seed();
        const At x = fresh(type, n), activated = fresh(type, n), y = fresh(type, n), dy = fresh(type, n);
        const At dx = random_.coin() ? dy : fresh(type, n), kept = fresh(DP_BOOL, (n + 7) / 8);
        const auto drop = [=](const Now& now, const At& from, const At& to) {
            return dp_dropout(type, n, (float)rate.real(now), key.integer(now), stream.integer(now), from.in(now), to.in(now));
        };
        const auto clear = [=](const Now& now) { return dp_fill(DP_BOOL, (n + 7) / 8, 0, kept.in(now)); };
        program_.code.add(DP_OP_ACTIVATION_DROPOUT,
                          [=](const Now& now) {
                              (void)dp_unary(op, type, alpha.real(now), beta.real(now), 1, n, x.in(now), n, 1, activated.in(now));
                              return drop(now, activated, y);
                          },
                          op, type, alpha, beta, n, rate, key, stream, x, activated, y, kept);
        program_.code.add(DP_OP_ACTIVATION_DROPOUT_BACKWARD,
                          [=](const Now& now) {
                              (void)drop(now, dy, dx);
                              return dp_unary_backward(op, type, alpha.real(now), beta.real(now), n, x.in(now), activated.in(now),
                                                       dx.in(now), dx.in(now));
                          },
                          op, type, alpha, beta, n, rate, kept, x, activated, dy, dx);
        program_.code.add(DP_OP_FILL, clear, DP_BOOL, (int64_t)((n + 7) / 8), real(0), kept);
    }

    void softmax() {
        const int type = float_type();
        const int64_t m = upto(10), n = upto(20);
        const At x = fresh(type, m * n), y = random_.coin() ? x : fresh(type, m * n);
        program_.code.add(DP_OP_SOFTMAX, [=](const Now& now) { return dp_softmax(type, m, n, x.in(now), y.in(now)); }, type, m, n, x, y);
    }

    void cross_entropy() {
        const int type = float_type();
        const int64_t m = upto(20), n = kRows + upto(15), ignored = random_.integer(-1, kRows);
        const At x = fresh(type, m * n), targets = index(), weights = random_.coin() ? kNull : fresh(type, n);
        const At upstream = fresh(type, 1), dx = random_.coin() ? x : fresh(type, m * n);
        const Value smoothing = real(random_.coin() ? 0.0 : 0.125);
        const At loss = At{type, random_.coin() ? 0 : 8, 0};
        if (used_.count({type, 0}) != 0) return;
        const auto cost = [=](const Now& now) {
            return dp_cross_entropy(type, m, n, x.in(now), targets.in<int64_t>(now), weights.in(now), ignored, smoothing.real(now),
                                    loss.in(now));
        };
        const auto gradient = [=](const Now& now) {
            return dp_cross_entropy_backward(type, m, n, x.in(now), targets.in<int64_t>(now), weights.in(now), ignored,
                                             smoothing.real(now), upstream.in(now), dx.in(now));
        };
        if (random_.coin()) {
            program_.code.add(DP_OP_CROSS_ENTROPY, cost, type, m, n, x, targets, weights, ignored, smoothing, loss);
            program_.code.add(DP_OP_CROSS_ENTROPY_BACKWARD, gradient, type, m, n, x, targets, weights, ignored, smoothing, upstream, dx);
        } else {
            /* The calls are the two that it stands for. */
            const auto both = [=](const Now& now) {
                const int status = cost(now);
                return status != DP_OK ? status : gradient(now);
            };
            program_.code.add(DP_OP_CROSS_ENTROPY_WITH_GRADIENT, both, type, m, n, x, targets, weights, ignored, smoothing, upstream, loss,
                              dx);
        }
    }

    void gradients() {
        const int type = float_type();
        const int64_t n = upto(kSlot / 2);
        const Value limit = number(0.1, 30);
        const At x = fresh(type, n), sum = fresh(DP_FLOAT64, 1);
        program_.code.add(DP_OP_FILL, [=](const Now& now) { return dp_fill(DP_FLOAT64, 1, 0.0, sum.in(now)); }, DP_FLOAT64, (int64_t)1,
                          real(0), sum);
        program_.code.add(DP_OP_ADD_SQUARES, [=](const Now& now) { return dp_add_squares(type, n, x.in(now), sum.in<double>(now)); },
                          type, n, x, sum);
        program_.code.add(DP_OP_SCALE_TO_NORM,
                          [=](const Now& now) { return dp_scale_to_norm(type, n, limit.real(now), sum.in<double>(now), x.in(now)); },
                          type, n, limit, sum, x);
        program_.code.add(DP_OP_CHECK_FINITE, [=](const Now& now) { return dp_check_finite(type, 0, x.in(now)); }, type, (int64_t)0, x);
    }

    void optimizer() {
        const int type = float_type();
        const int64_t n = upto(kSlot / 2);
        const At p = fresh(type, n), g = fresh(type, n), a = fresh(type, n), b = fresh(type, n);
        const At c = random_.coin() ? kNull : fresh(type, n);
        const Value rate = number(0, 0.1), one = real(0.9), two = number(0.5, 0.99), tiny = real(1e-8), decay = number(0, 0.1);
        const Value zero = real(0), step_size = number(0, 0.1);
        switch (upto(3)) {
            case 0:
                program_.code.add(DP_OP_SGD,
                                  [=](const Now& now) {
                                      return dp_sgd(type, n, p.in(now), g.in(now), a.in(now), rate.real(now), 0.9, two.real(now), 1,
                                                    decay.real(now));
                                  },
                                  type, n, p, g, a, rate, one, two, 1, decay);
                return;
            case 1:
                program_.code.add(DP_OP_ADAM,
                                  [=](const Now& now) {
                                      return dp_adam(type, n, p.in(now), g.in(now), a.in(now), b.in(now), c.in(now), rate.real(now), 0.9,
                                                     two.real(now), 1e-8, step_size.real(now), 0.0, 0.9, decay.real(now));
                                  },
                                  type, n, p, g, a, b, c, rate, one, two, tiny, step_size, zero, one, decay);
                return;
            case 2:
                program_.code.add(DP_OP_RMSPROP,
                                  [=](const Now& now) {
                                      return dp_rmsprop(type, n, p.in(now), g.in(now), a.in(now), c.in(now), b.in(now), rate.real(now),
                                                        two.real(now), 1e-8, 0.9, decay.real(now));
                                  },
                                  type, n, p, g, a, c, b, rate, two, tiny, one, decay);
                return;
            default:
                program_.code.add(DP_OP_ADAGRAD,
                                  [=](const Now& now) {
                                      return dp_adagrad(type, n, p.in(now), g.in(now), a.in(now), rate.real(now), 1e-8, decay.real(now));
                                  },
                                  type, n, p, g, a, rate, tiny, decay);
        }
    }

    Random& random_;
    RandomProgram& program_;
    std::set<std::pair<int, int64_t>> used_;
};

void replay_equals_the_calls(Random& random) {
    for (int round = 0; round < 60; round++) {
        const RandomProgram program = random_program(random, 25, 4);
        Handle handle(program.buffers, program.code.words, program.columns, program.steps);
        require(handle.status == DP_OK, "round %d: the program must be accepted, got status %d for opcode %lld at word %lld", round,
                handle.status, handle.position < 0 ? -1LL : (long long)program.code.words[(size_t)handle.position],
                (long long)handle.position);
        const Memory replayed = program.memory(random);
        const Memory called(replayed);
        require_status(DP_OK, program.code.run_one_by_one(called.bases(), 0, program.steps, program.table.data(), program.columns), "calls");
        /* In two runs, the second with the rest of the table. */
        require_status(DP_OK, handle.run(replayed.bases(), 0, 1, program.table.data()), "first run");
        require_status(DP_OK, handle.run(replayed.bases(), 1, program.steps - 1, program.table.data() + program.columns), "second run");
        require(handle.done == program.steps - 1 && handle.position == -1, "done: got %lld", (long long)handle.done);
        called.require_same(replayed, text("round %d", round));
    }
}

}  // namespace

Memory RandomProgram::memory(Random& random) const {
    const Memory result(buffers);
    for (int64_t i = 0; i < kSlot * kSlots; i++) {
        result.at<float>(DP_FLOAT32)[i] = random.real(-2, 2);
        result.at<double>(DP_FLOAT64)[i] = (double)random.real(-2, 2);
        result.at<int32_t>(DP_INT32)[i] = (int32_t)random.integer(-9, 9);
        result.at<int64_t>(DP_INT64)[i] = random.integer(-9, 9);
        result.at<uint8_t>(DP_BOOL)[i] = random.coin();
    }
    for (int64_t i = 0; i < kSlot; i++) result.at<int64_t>(kIndexBuffer)[i] = random.integer(0, kRows - 1);
    return result;
}

RandomProgram random_program(Random& random, int instructions, int64_t steps) {
    RandomProgram program;
    for (int type = DP_FLOAT32; type <= DP_BOOL; type++) program.buffers.push_back(kSlot * kSlots * size_of(type));
    program.buffers.push_back(kSlot * 8);
    program.columns = kColumns;
    program.steps = steps;
    for (int64_t i = 0; i < steps; i++) {
        for (int64_t c = 0; c + 1 < kColumns; c++) program.table.push_back(word_of((double)random.real(0.01f, 0.9f)));
        program.table.push_back((int64_t)random.word());
    }
    Maker maker(random, program);
    for (int i = 0; i < instructions; i++) maker.add_one();
    return program;
}

void program_random_tests(Suite& suite) {
    suite.each("a replayed program has the bits of its calls", replay_equals_the_calls);
}

}  // namespace test
