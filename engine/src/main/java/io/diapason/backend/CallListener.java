package io.diapason.backend;

import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Hears what the operations of a thread do on a device; see {@link Backend#listening}. */
public interface CallListener {
    /**
     * Memory is wanted.
     *
     * @param backend what would give it
     * @param bytes at least 0
     * @return what the backend allocates, or a stand-in when kernels do not run
     */
    Storage allocate(Backend backend, long bytes);

    /**
     * Whether kernels run; where not, they are only told of.
     *
     * @return whether
     */
    boolean executes();

    /**
     * A kernel has run, or would have. Its arguments follow in the function's order, each by one of the methods below,
     * then {@link #ends()}.
     *
     * @param name of the kernel
     * @param opcode of the instruction that makes the same call, DP_OP_GEMM and the like
     */
    void begins(String name, int opcode);

    /**
     * A code, flag, size or stride.
     *
     * @param value the number
     */
    void word(long value);

    /**
     * A fraction, such as a learning rate.
     *
     * @param value the number
     */
    void real(double value);

    /**
     * A seed or a stream.
     *
     * @param value the number
     */
    void whole(long value);

    /**
     * Where an operand begins.
     *
     * @param storage its memory, or null where there is no operand
     * @param offset in bytes
     */
    void place(@Nullable Storage storage, long offset);

    /** All arguments were told. */
    void ends();

    /**
     * An array of the heap is copied into a tensor.
     *
     * @param values of the tensor's type
     * @param y dense
     */
    void written(Object values, Tensor y);

    /**
     * A tensor is copied to the heap.
     *
     * @param x dense
     */
    void read(Tensor x);

    /**
     * Something is done that no call tells of, so that what was heard is not all.
     *
     * @param what it is, such as {@code a program is run}
     */
    void unheard(String what);
}
