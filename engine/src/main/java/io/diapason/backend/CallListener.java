package io.diapason.backend;

import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;

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
     * A kernel has run, or would have.
     *
     * @param call with its arguments
     */
    void called(KernelCall call);

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
}
