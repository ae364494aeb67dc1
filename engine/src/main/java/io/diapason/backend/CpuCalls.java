package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/** Calls of the native library: what they take for a tensor, what keeps its memory meanwhile, what a status means. */
final class CpuCalls {
    private final RunningKernels running = new RunningKernels();

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

    static Pointer at(Tensor tensor) {
        return block(tensor).at(tensor.layout().offset() * tensor.dtype().bytes());
    }

    static LongPointer longs(Tensor tensor) {
        return new LongPointer(at(tensor));
    }

    /** One call of the native library. */
    @FunctionalInterface
    interface Kernel {
        /** Gives the kernel's status; asks for its operands' memory, which refuses what was freed, itself. */
        int run();
    }

    /** Runs a kernel; the memory of its operands stays until it ends, whatever other threads close. */
    int status(Kernel kernel) {
        int ticket = running.enter();
        try {
            return kernel.run();
        } finally {
            running.exit(ticket);
        }
    }

    void run(String name, Kernel kernel) {
        check(name, status(kernel));
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
