package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the native library: what they take for a tensor, what keeps its memory meanwhile, what a status means, and
 * who hears of them.
 */
final class CpuCalls {
    private final RunningKernels running;
    private final @Nullable CallListener listener;

    CpuCalls(RunningKernels running, @Nullable CallListener listener) {
        this.running = running;
        this.listener = listener;
    }

    /** Waits for every call that began before. */
    void await() {
        running.await();
    }

    static int code(Tensor tensor) {
        return switch (tensor.dtype()) {
            case FLOAT32 -> Kernels.DP_FLOAT32;
            case FLOAT64 -> Kernels.DP_FLOAT64;
            case INT32 -> Kernels.DP_INT32;
            case INT64 -> Kernels.DP_INT64;
            case BOOL -> Kernels.DP_BOOL;
        };
    }

    static CpuMemory.Block block(Tensor tensor) {
        return (CpuMemory.Block) tensor.storage();
    }

    /** Code that looks at memory. */
    @FunctionalInterface
    interface Section {
        /** Asks for its operands' memory, which refuses what was freed, itself; gives a status. */
        int run();
    }

    /** Runs code; the memory it looks at stays until it ends, whatever other threads close. */
    int guarded(Section section) {
        int ticket = running.enter();
        try {
            return section.run();
        } finally {
            running.exit(ticket);
        }
    }

    /** Who is only told of calls, or null when they are made. */
    @Nullable
    CallListener hearer() {
        return listener == null || listener.executes() ? null : listener;
    }

    /** Makes a call. */
    int status(NativeCall call) {
        if (listener == null) {
            return guarded(call::run);
        }
        int status = listener.executes() ? guarded(call::run) : Kernels.DP_OK;
        if (status == Kernels.DP_OK) {
            call.tell(listener);
        }
        return status;
    }

    void run(String name, NativeCall call) {
        check(name, status(call));
    }

    /** Turns a status into an exception. Only indices depend on data; anything else is a defect of those who call. */
    static void check(String kernel, int status) {
        if (status == Kernels.DP_OK) {
            return;
        }
        if (status == Kernels.DP_INDEX_OUT_OF_RANGE) {
            throw new IndexOutOfBoundsException(
                    kernel + ": every index must point to a row or class that is there, got one that does not");
        }
        throw new IllegalStateException(kernel + ": the native kernel refused its arguments (status " + status + ")");
    }
}
