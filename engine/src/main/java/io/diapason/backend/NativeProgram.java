package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Storage;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A list of kernel calls that the native library replays; its words stand in {@code diapason.h}. For one thread. */
public final class NativeProgram implements AutoCloseable {
    private static final int @Nullable [] NEVER_CANCELLED = null;

    private final RunningKernels running;
    private final Pointer program;
    private final long[] bases;
    private final long[] done = new long[1];
    private final long[] position = new long[1];

    /** Why a run ended. */
    public enum End {
        /** Every step was made. */
        COMPLETE,
        /** An index pointed to a row or class that is not there. */
        INDEX_OUT_OF_RANGE,
        /** A number that must be finite was not. */
        NOT_FINITE
    }

    /**
     * How a run ended.
     *
     * @param end why
     * @param done steps that were completed
     */
    public record Outcome(End end, long done) {}

    NativeProgram(RunningKernels running, long[] bufferBytes, long[] code, long columns, long steps) {
        int[] status = new int[1];
        Pointer made = Kernels.dp_program_create(
                bufferBytes.length, bufferBytes, code.length, code, columns, steps, status, position);
        if (made == null) {
            throw new IllegalStateException("program: the native layer refused the instruction at word " + position[0]
                    + " (status " + status[0] + ")");
        }
        this.running = running;
        this.program = made;
        this.bases = new long[bufferBytes.length];
    }

    /**
     * Runs some steps.
     *
     * @param memory the buffers, in order
     * @param first the first step
     * @param steps how many
     * @param table a row a step
     * @return how it ended
     * @throws IllegalStateException when a buffer was freed
     */
    public Outcome run(List<Storage> memory, long first, long steps, long[] table) {
        int status;
        int ticket = running.enter();
        try {
            for (int i = 0; i < memory.size(); i++) {
                bases[i] = address(memory.get(i));
            }
            status = Kernels.dp_program_run(program, bases, first, steps, table, NEVER_CANCELLED, done, position);
        } finally {
            running.exit(ticket);
        }
        return switch (status) {
            case Kernels.DP_OK -> new Outcome(End.COMPLETE, done[0]);
            case Kernels.DP_INDEX_OUT_OF_RANGE -> new Outcome(End.INDEX_OUT_OF_RANGE, done[0]);
            case Kernels.DP_NOT_FINITE -> new Outcome(End.NOT_FINITE, done[0]);
            default ->
                throw new IllegalStateException("program: the native layer refused to run the instruction at word "
                        + position[0] + " (status " + status + ")");
        };
    }

    private static long address(Storage storage) {
        if (!storage.isOpen()) {
            throw new IllegalStateException("program: the memory of a recorded step must stay, got " + storage.bytes()
                    + " bytes that were freed");
        }
        return ((CpuMemory.Block) storage).at(0).address();
    }

    @Override
    public void close() {
        Kernels.dp_program_destroy(program);
    }
}
