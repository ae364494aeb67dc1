package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.diapason.nativelib.generated.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs through the binding: gradient descent on a least-squares line, replayed and called one by one. */
class ProgramTest {
    private static final int ROWS = 24;
    private static final int FEATURES = 5;
    private static final int STEPS = 60;
    private static final int FLOAT = Kernels.DP_FLOAT32;
    /** Buffers: x, target, weights, everything else, and a loss for each step. */
    private static final long[] BYTES = {4L * ROWS * FEATURES, 4L * ROWS, 4L * FEATURES, 4096, 4L * STEPS};
    /** Words of a struct dp_program_part, and where the steps done stand. */
    private static final long WORDS = 6;

    private static final long DONE = 5;
    // Where things lie in buffer 3, in bytes.
    private static final long PREDICTION = 0;
    private static final long GRADIENT = 1024;
    private static final long LOSS = 2048;

    /** Instructions as words. */
    private static final class Code {
        private final List<Long> words = new ArrayList<>();

        Code add(int opcode, long... arguments) {
            words.add((long) opcode);
            words.add((long) arguments.length);
            for (long argument : arguments) {
                words.add(argument);
            }
            return this;
        }

        long[] words() {
            return words.stream().mapToLong(Long::longValue).toArray();
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** prediction = x w − target; loss = Σ prediction²; gradient = xᵀ prediction; w −= rate · gradient. */
    private static long[] code() {
        return new Code()
                .add(
                        Kernels.DP_OP_GEMM,
                        FLOAT,
                        1,
                        0,
                        0,
                        ROWS,
                        1,
                        FEATURES,
                        /* a */ 0,
                        0,
                        0,
                        0,
                        /* b */ 2,
                        0,
                        0,
                        0,
                        /* bias */ -1,
                        0,
                        0,
                        0,
                        /* c */ 3,
                        PREDICTION,
                        0)
                .add(
                        Kernels.DP_OP_BINARY,
                        Kernels.DP_SUBTRACT,
                        FLOAT,
                        1,
                        ROWS,
                        /* a */ 3,
                        PREDICTION,
                        0,
                        ROWS,
                        1,
                        /* b */ 1,
                        0,
                        0,
                        ROWS,
                        1,
                        /* y */ 3,
                        PREDICTION,
                        0)
                .add(Kernels.DP_OP_REDUCE, Kernels.DP_SUM_SQUARES, FLOAT, 1, ROWS, 1, 3, PREDICTION, 0, 3, LOSS, 0)
                .add(Kernels.DP_OP_COPY, 4, 3, LOSS, 0, 4, 0, 4)
                .add(Kernels.DP_OP_CHECK_FINITE, FLOAT, 1, 3, LOSS, 0)
                .add(
                        Kernels.DP_OP_GEMM,
                        FLOAT,
                        1,
                        1,
                        0,
                        FEATURES,
                        1,
                        ROWS,
                        /* a */ 0,
                        0,
                        0,
                        0,
                        /* b */ 3,
                        PREDICTION,
                        0,
                        0,
                        /* bias */ -1,
                        0,
                        0,
                        0,
                        /* c */ 3,
                        GRADIENT,
                        0)
                .add(
                        Kernels.DP_OP_SGD,
                        FLOAT,
                        FEATURES,
                        /* p */ 2,
                        0,
                        0,
                        /* g */ 3,
                        GRADIENT,
                        0,
                        /* velocity */ -1,
                        0,
                        0,
                        /* learning rate, from the table */ 1,
                        0,
                        /* momentum */ 0,
                        bits(0),
                        /* dampening */ 0,
                        bits(0),
                        /* nesterov */ 0,
                        /* weight decay */ 0,
                        bits(0))
                .words();
    }

    private static double rate(int step) {
        return 0.02 / (1 + 0.01 * step);
    }

    private static long[] table() {
        long[] table = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = bits(rate(i));
        }
        return table;
    }

    /** The memory of one training. */
    private static final class Memory {
        final Pointer[] buffers = new Pointer[BYTES.length];
        final LongPointer bases = new LongPointer(BYTES.length);
        final LongPointer table = new LongPointer(table());

        Memory(String name) {
            Draws draws = new Draws(name);
            for (int b = 0; b < BYTES.length; b++) {
                buffers[b] = Kernels.dp_allocate(BYTES[b]);
                bases.put(b, buffers[b].address());
            }
            float[] weights = {1, -2, 0.5f, 3, -1};
            float[] x = draws.uniform(ROWS * FEATURES, -1, 1);
            float[] target = new float[ROWS];
            for (int i = 0; i < ROWS * FEATURES; i++) {
                target[i / FEATURES] += x[i] * weights[i % FEATURES];
            }
            floats(0, 0).put(x);
            floats(1, 0).put(target);
            floats(2, 0).put(new float[FEATURES]);
        }

        FloatPointer floats(int buffer, long offset) {
            return new FloatPointer(buffers[buffer]).getPointer(offset / 4);
        }

        float[] read(int buffer, int count) {
            float[] values = new float[count];
            floats(buffer, 0).get(values);
            return values;
        }
    }

    private static Pointer create(long[] code, long steps) {
        int[] status = {-1};
        long[] position = {0};
        Pointer program = Kernels.dp_program_create(BYTES.length, BYTES, code.length, code, 1, steps, status, position);
        assertEquals(Kernels.DP_OK, status[0]);
        assertEquals(-1, position[0]);
        return program;
    }

    /** The words of a struct dp_program_part. */
    private static long[] part(Pointer program, Memory memory, int first, int steps) {
        return new long[] {
            program.address(),
            memory.bases.address(),
            first,
            steps,
            memory.table.getPointer(first).address(),
            0
        };
    }

    private static void callOneByOne(Memory memory) {
        FloatPointer prediction = memory.floats(3, PREDICTION);
        FloatPointer gradient = memory.floats(3, GRADIENT);
        for (int i = 0; i < STEPS; i++) {
            FloatPointer x = memory.floats(0, 0);
            FloatPointer w = memory.floats(2, 0);
            FloatKernels.gemm(0, 0, ROWS, 1, FEATURES, x, w, null, 0, prediction);
            FloatKernels.binary(Kernels.DP_SUBTRACT, ROWS, prediction, memory.floats(1, 0), prediction);
            FloatKernels.reduce(Kernels.DP_SUM_SQUARES, ROWS, prediction, memory.floats(4, 4L * i));
            FloatKernels.gemm(1, 0, FEATURES, 1, ROWS, x, prediction, null, 0, gradient);
            assertEquals(Kernels.DP_OK, Kernels.dp_sgd(FLOAT, FEATURES, w, gradient, null, rate(i), 0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("io.diapason.nativelib.Isa#supported")
    void replayHasTheBitsOfTheCallsAndLearns(Isa isa) {
        try (Isa.Selection selection = isa.select()) {
            Memory called = new Memory("program");
            Memory replayed = new Memory("program");
            callOneByOne(called);
            Pointer program = create(code(), STEPS);
            LongPointer position = new LongPointer(1);
            LongPointer parts = new LongPointer(2 * WORDS);
            parts.put(part(program, replayed, 0, 20), 0, (int) WORDS);
            parts.getPointer(WORDS).put(part(program, replayed, 20, STEPS - 20), 0, (int) WORDS);
            assertEquals(Kernels.DP_OK, Kernels.dp_programs_run(2, parts, null, position));
            Kernels.dp_program_destroy(program);
            assertEquals(20, parts.get(DONE));
            assertEquals(STEPS - 20, parts.get(WORDS + DONE));
            assertEquals(-1, position.get());
            assertArrayEquals(called.read(2, FEATURES), replayed.read(2, FEATURES));
            float[] losses = replayed.read(4, STEPS);
            assertArrayEquals(called.read(4, STEPS), losses);
            assertEquals(0, losses[STEPS - 1] / losses[0], 0.02, "the last loss, as a share of the first");
        }
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunBeforeTheUpdate() {
        Memory memory = new Memory("not finite");
        memory.floats(1, 0).put(Float.NaN);
        long[] code = code();
        Pointer program = create(code, STEPS);
        LongPointer position = new LongPointer(1);
        LongPointer part = new LongPointer(part(program, memory, 0, STEPS));
        int status = Kernels.dp_programs_run(1, part, new IntPointer(1).put(0), position);
        Kernels.dp_program_destroy(program);
        assertEquals(Kernels.DP_NOT_FINITE, status);
        assertEquals(0, part.get(DONE));
        assertEquals(Kernels.DP_OP_CHECK_FINITE, code[(int) position.get()]);
        assertArrayEquals(new float[FEATURES], memory.read(2, FEATURES));
    }

    @Test
    void aCancelledRunDoesNothing() {
        Memory memory = new Memory("cancelled");
        Pointer program = create(code(), STEPS);
        LongPointer part = new LongPointer(part(program, memory, 0, STEPS));
        int status = Kernels.dp_programs_run(1, part, new IntPointer(1).put(1), (LongPointer) null);
        Kernels.dp_program_destroy(program);
        assertEquals(Kernels.DP_CANCELLED, status);
        assertEquals(0, part.get(DONE));
        assertArrayEquals(new float[FEATURES], memory.read(2, FEATURES));
    }

    @Test
    void aWrongInstructionIsRefusedWithItsPlace() {
        long[] code = code();
        int reduce = 0;
        while (code[reduce] != Kernels.DP_OP_REDUCE) {
            reduce += 2 + (int) code[reduce + 1];
        }
        code[reduce + 3] = 99; // no type
        int[] status = {-1};
        long[] position = {0};
        assertNull(Kernels.dp_program_create(BYTES.length, BYTES, code.length, code, 1, STEPS, status, position));
        assertEquals(Kernels.DP_INVALID_ARGUMENT, status[0]);
        assertEquals(reduce, position[0]);
    }
}
