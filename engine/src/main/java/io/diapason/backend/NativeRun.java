package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Storage;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps of several programs, one after another, in one native call, which an interrupt of its thread ends between
 * two steps. For one thread, and for many runs: after the first ones it leaves no garbage.
 */
public final class NativeRun implements AutoCloseable {
    private static final int PART = 6; // words of a struct dp_program_part
    private static final int DONE = 5; // the last of them

    private final RunningPrograms running;
    private final LongPointer position = new LongPointer(1);
    private final IntPointer cancel = new IntPointer(1).put(0); // another thread may write it while a call goes on
    private final List<Part> parts = new ArrayList<>(); // the first ones are used
    private int used;
    private LongPointer words = new LongPointer(64); // parts, then for each the addresses of its memory and its table
    private LongBuffer view = words.asBuffer();
    private @Nullable Thread thread; // in the call
    private volatile long call; // odd while one goes on

    /** Why a run ended. */
    public enum End {
        /** Every step was made. */
        COMPLETE,
        /** An index pointed to a row or class that is not there. */
        INDEX_OUT_OF_RANGE,
        /** A number that must be finite was not. */
        NOT_FINITE,
        /** The thread was interrupted. */
        CANCELLED
    }

    /** Steps of one program. */
    private static final class Part {
        private @Nullable NativeProgram program;
        private List<Storage> memory = List.of();
        private long first;
        private long steps;
        private long[] table = {};
        private int numbers;

        int words() {
            return memory.size() + numbers;
        }
    }

    NativeRun(RunningPrograms running) {
        this.running = running;
        running.add(this);
    }

    // ---- what to run

    /** Forgets what was added. */
    public synchronized void clear() {
        used = 0;
    }

    /**
     * Adds steps to what runs next, after those that were added before.
     *
     * @param program what to run
     * @param memory its buffers, in order
     * @param first the first step
     * @param steps how many
     * @param table its first numbers are a row a step
     * @param columns numbers a row
     */
    public synchronized void append(
            NativeProgram program, List<Storage> memory, long first, long steps, long[] table, int columns) {
        if (used == parts.size()) {
            parts.add(new Part());
        }
        Part part = parts.get(used++);
        part.program = program;
        part.memory = memory;
        part.first = first;
        part.steps = steps;
        part.table = table;
        part.numbers = Math.toIntExact(steps * columns);
    }

    // ---- the run

    /**
     * Runs what was added.
     *
     * @return how it ended
     * @throws IllegalStateException when a buffer was freed
     */
    public End run() {
        Hearing.unheard("a program is run");
        int status;
        running.begins(this);
        try {
            fill();
            status = Kernels.dp_programs_run(used, words, cancel, position);
        } finally {
            running.ends(this);
        }
        return switch (status) {
            case Kernels.DP_OK -> End.COMPLETE;
            case Kernels.DP_INDEX_OUT_OF_RANGE -> End.INDEX_OUT_OF_RANGE;
            case Kernels.DP_NOT_FINITE -> End.NOT_FINITE;
            case Kernels.DP_CANCELLED -> End.CANCELLED;
            default ->
                throw new IllegalStateException("program: the native layer refused to run the instruction at word "
                        + position.get() + " (status " + status + ")");
        };
    }

    /**
     * How far the last run came.
     *
     * @param part from 0, in the order they were added
     * @return its steps that were completed
     */
    public long done(int part) {
        return view.get(part * PART + DONE);
    }

    /** Writes the parts, and behind them what they point to. */
    private void fill() {
        int total = used * PART;
        for (int p = 0; p < used; p++) {
            total = Math.addExact(total, parts.get(p).words());
        }
        if (total > view.capacity()) {
            words.close();
            words = new LongPointer(total);
            view = words.asBuffer();
        }
        int at = used * PART;
        for (int p = 0; p < used; p++) {
            Part part = parts.get(p);
            int memory = at;
            for (int i = 0; i < part.memory.size(); i++) {
                view.put(at++, address(part.memory.get(i)));
            }
            int table = at;
            view.put(table, part.table, 0, part.numbers);
            at += part.numbers;
            view.put(p * PART, Objects.requireNonNull(part.program).address())
                    .put(p * PART + 1, pointerTo(memory))
                    .put(p * PART + 2, part.first)
                    .put(p * PART + 3, part.steps)
                    .put(p * PART + 4, pointerTo(table))
                    .put(p * PART + DONE, 0);
        }
    }

    private long pointerTo(int word) {
        return words.address() + (long) Long.BYTES * word;
    }

    private static long address(Storage storage) {
        if (!storage.isOpen()) {
            throw new IllegalStateException("program: the memory of a recorded step must stay, got " + storage.bytes()
                    + " bytes that were freed");
        }
        return ((CpuMemory.Block) storage).at(0).address();
    }

    // ---- while it goes on, as RunningPrograms sees it

    synchronized void begins() {
        cancel.put(0);
        thread = Thread.currentThread();
        call++;
    }

    synchronized void ends() {
        thread = null;
        call++;
    }

    synchronized void hearInterrupt() {
        if (thread != null && thread.isInterrupted()) {
            cancel.put(1);
        }
    }

    /** A number for each call. */
    long call() {
        return call;
    }

    /** Whether the call of a number goes on with memory that was closed. */
    synchronized boolean usesClosed(long number) {
        if (number % 2 == 0 || call != number) {
            return false;
        }
        for (int p = 0; p < used; p++) {
            List<Storage> memory = parts.get(p).memory;
            for (int i = 0; i < memory.size(); i++) {
                if (!memory.get(i).isOpen()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        running.remove(this);
        words.close();
        position.close();
        cancel.close();
    }
}
