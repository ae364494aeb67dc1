package io.diapason.benchmarks.guard;

import static io.diapason.benchmarks.guard.Reference.*;
import static io.diapason.nativelib.generated.Kernels.*;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;

/** The kernels that a training spends its time in, each with the reference it is measured by. */
public enum HotKernel {
    /** A layer's forward product, with its bias. */
    GEMM_FORWARD {
        @Override
        Duel duel(Memory memory, int isa) {
            return gemm(memory, isa, 0, 0, 64, 128, 128, 128);
        }
    },
    /** The gradient of a layer's weights. */
    GEMM_WEIGHTS {
        @Override
        Duel duel(Memory memory, int isa) {
            return gemm(memory, isa, 1, 0, 128, 128, 64, 128);
        }
    },
    /** The gradient of a layer's inputs. */
    GEMM_INPUTS {
        @Override
        Duel duel(Memory memory, int isa) {
            return gemm(memory, isa, 0, 1, 64, 128, 128, 128);
        }
    },
    /** A head of 10 classes; the reference has 16. */
    GEMM_HEAD {
        @Override
        Duel duel(Memory memory, int isa) {
            return gemm(memory, isa, 0, 0, 128, 10, 256, 16);
        }
    },
    /**
     * A product of matrices that do not fit the first cache. The reference has 528 columns: rows of 512 would lie in
     * the same few lines of the first cache, and what that costs would hang on where memory is.
     */
    GEMM_LARGE {
        @Override
        Duel duel(Memory memory, int isa) {
            return gemm(memory, isa, 0, 0, 128, 512, 784, 528);
        }
    },
    /** ReLU. */
    RELU {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer y = memory.floats(ELEMENTS);
            return Duel.of(() -> unary(DP_RELU, x, y), () -> reference_relu(isa, ELEMENTS, x, y));
        }
    },
    /** The gradient of ReLU. */
    RELU_BACKWARD {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer dy = memory.floats(ELEMENTS);
            FloatPointer dx = memory.floats(ELEMENTS);
            return Duel.of(
                    () -> done(dp_unary_backward(DP_RELU, DP_FLOAT32, 0, 0, ELEMENTS, x, x, dy, dx)),
                    () -> reference_relu_backward(isa, ELEMENTS, x, dy, dx));
        }
    },
    /** tanh. */
    TANH {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer y = memory.floats(ELEMENTS);
            return Duel.of(() -> unary(DP_TANH, x, y), () -> reference_tanh(isa, ELEMENTS, x, y));
        }
    },
    /** GELU. */
    GELU {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer y = memory.floats(ELEMENTS);
            return Duel.of(() -> unary(DP_GELU, x, y), () -> reference_gelu(isa, ELEMENTS, x, y));
        }
    },
    /** ReLU and dropout with a fresh mask. */
    ACTIVATION_DROPOUT {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer y = memory.floats(ELEMENTS);
            BytePointer kept = memory.flags(ELEMENTS / 8);
            return Duel.of(
                    () -> done(
                            dp_activation_dropout(DP_RELU, DP_FLOAT32, 0, 0, ELEMENTS, RATE, 1, 2, x, null, y, kept)),
                    () -> reference_dropout(isa, ELEMENTS, THRESHOLD, 0, 1 / (1 - RATE), 1, 2, x, y));
        }
    },
    /** The gradient of ReLU and dropout. */
    ACTIVATION_DROPOUT_BACKWARD {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer dy = memory.floats(ELEMENTS);
            FloatPointer dx = memory.floats(ELEMENTS);
            BytePointer kept = memory.flags(ELEMENTS);
            return Duel.of(
                    () -> done(dp_activation_dropout_backward(
                            DP_RELU, DP_FLOAT32, 0, 0, ELEMENTS, RATE, kept, null, null, dy, dx)),
                    () -> reference_dropout_kept(isa, ELEMENTS, 1 / (1 - RATE), kept, dy, dx));
        }
    },
    /** Dropout alone. */
    DROPOUT {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(ELEMENTS);
            FloatPointer y = memory.floats(ELEMENTS);
            return Duel.of(
                    () -> done(dp_dropout(DP_FLOAT32, ELEMENTS, RATE, 1, 2, x, y)),
                    () -> reference_dropout(isa, ELEMENTS, THRESHOLD, -2, 1 / (1 - RATE), 1, 2, x, y));
        }
    },
    /** Softmax cross-entropy of 10 classes with its gradient; the reference has 16. */
    CROSS_ENTROPY {
        @Override
        Duel duel(Memory memory, int isa) {
            int rows = 128;
            FloatPointer logits = memory.floats(rows * 16L);
            FloatPointer dlogits = memory.floats(rows * 16L);
            LongPointer targets = memory.indices(rows, 10);
            FloatPointer loss = memory.floats(1);
            FloatPointer upstream = memory.floats(1).put(1f);
            return Duel.of(
                    () -> done(dp_cross_entropy_with_gradient(
                            DP_FLOAT32, rows, 10, logits, targets, null, -100, 0, upstream, loss, dlogits)),
                    () -> reference_cross_entropy(isa, rows, logits, targets, dlogits));
        }
    },
    /** Adam over the parameters of a small network. */
    ADAM {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer p = memory.floats(PARAMETERS);
            FloatPointer g = memory.floats(PARAMETERS);
            FloatPointer m = memory.zeros(PARAMETERS);
            FloatPointer v = memory.zeros(PARAMETERS);
            return Duel.of(
                    () -> done(
                            dp_adam(DP_FLOAT32, PARAMETERS, p, g, m, v, null, 1e-3, 0.9, 0.999, 1e-8, 1e-3, 0, 1, 0)),
                    () -> reference_adam(isa, PARAMETERS, p, g, m, v, 1e-3f, 0.9f, 0.999f, 1, 1e-8f));
        }
    },
    /** Stochastic gradient descent with momentum. */
    SGD {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer p = memory.floats(PARAMETERS);
            FloatPointer g = memory.floats(PARAMETERS);
            FloatPointer velocity = memory.zeros(PARAMETERS);
            return Duel.of(
                    () -> done(dp_sgd(DP_FLOAT32, PARAMETERS, p, g, velocity, 1e-3, 0.9, 0, 0, 0)),
                    () -> reference_sgd(isa, PARAMETERS, p, g, velocity, 1e-3f, 0.9f));
        }
    },
    /** The rows of a batch. */
    GATHER {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(2048 * 64L);
            FloatPointer y = memory.floats(128 * 64L);
            LongPointer index = memory.indices(128, 2048);
            return Duel.of(
                    () -> done(dp_gather(DP_FLOAT32, 1, 2048, 64, 128, index, x, y)),
                    () -> reference_gather(isa, 128, 64, index, x, y));
        }
    },
    /** The gradient of a bias. */
    SUM_ROWS {
        @Override
        Duel duel(Memory memory, int isa) {
            FloatPointer x = memory.floats(64 * 128L);
            FloatPointer y = memory.floats(128);
            return Duel.of(
                    () -> done(dp_reduce(DP_SUM, DP_FLOAT32, 1, 64, 128, x, y)),
                    () -> reference_sum_rows(isa, 64, 128, x, y));
        }
    },
    /** A replayed step that is mostly calls: 16-64-64-2, batches of 32. */
    STEP_SMALL {
        @Override
        Duel duel(Memory memory, int isa) {
            return new StepDuel(memory, isa, 16, 64, 2, 32);
        }
    },
    /** A replayed step: 64-128-128-10, batches of 64. */
    STEP {
        @Override
        Duel duel(Memory memory, int isa) {
            return new StepDuel(memory, isa, 64, 128, 10, 64);
        }
    };

    /** Of an activation: a batch of 64 in a layer of 128 units. */
    private static final long ELEMENTS = 8192;

    private static final long PARAMETERS = 25_600;
    private static final float RATE = 0.2f;
    private static final int THRESHOLD = Math.round(RATE * 65536);

    /** The kernel and its reference over memory of theirs. */
    abstract Duel duel(Memory memory, int isa);

    /** The name in the table of floors, such as {@code gemm-forward}. */
    String title() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static Duel gemm(
            Memory memory, int isa, int transposeA, int transposeB, long m, long n, long k, long columnsOfReference) {
        FloatPointer a = memory.floats(m * k);
        FloatPointer b = memory.floats(k * columnsOfReference);
        FloatPointer c = memory.floats(m * columnsOfReference);
        FloatPointer bias = memory.floats(n);
        return Duel.of(
                () -> done(dp_gemm(DP_FLOAT32, 1, transposeA, transposeB, m, n, k, a, 0, b, 0, bias, 0, c)),
                () -> reference_gemm(isa, transposeA, m, columnsOfReference, k, a, b, c));
    }

    private static void unary(int op, FloatPointer x, FloatPointer y) {
        done(dp_unary(op, DP_FLOAT32, 0, 0, 1, ELEMENTS, x, ELEMENTS, 1, y));
    }

    private static void done(int status) {
        if (status != DP_OK) {
            throw new IllegalStateException("guard: a kernel must do its work, got status " + status);
        }
    }
}
