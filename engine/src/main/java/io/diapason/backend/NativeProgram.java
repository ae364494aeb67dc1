package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.Pointer;

/**
 * A list of kernel calls that the native library replays in a {@link NativeRun}; its words stand in {@code diapason.h}.
 */
public final class NativeProgram implements AutoCloseable {
    private final Pointer program;

    NativeProgram(long[] bufferBytes, long[] code, long columns, long steps) {
        int[] status = new int[1];
        long[] position = new long[1];
        Pointer made = Kernels.dp_program_create(
                bufferBytes.length, bufferBytes, code.length, code, columns, steps, status, position);
        if (made == null) {
            throw new IllegalStateException("program: the native layer refused the instruction at word " + position[0]
                    + " (status " + status[0] + ")");
        }
        this.program = made;
    }

    long address() {
        return program.address();
    }

    @Override
    public void close() {
        Kernels.dp_program_destroy(program);
    }
}
