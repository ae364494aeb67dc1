package io.diapason.tensor;

import org.jspecify.annotations.Nullable;

/**
 * A block of device memory, owned by the {@link Scope} it was allocated in. A back end extends it with its own kind of
 * pointer.
 *
 * <p>A storage is freed once, by its scope or before by {@link Tensor#close()}, and every later look at it is refused:
 * no kernel ever gets a freed address. The storage of a block's scope belongs to the thread that opened the scope;
 * another thread's look is refused, too, because the block may end at any time.
 */
public abstract class Storage {
    private final Device device;
    private final long bytes;
    private volatile @Nullable String closedAt;
    private int changes;

    // Set by the scope that owns the storage: its thread (null: any thread may look), and the neighbours in its list.
    @Nullable
    Thread thread;

    @Nullable
    Scope scope;

    @Nullable
    Storage previous;

    @Nullable
    Storage next;

    /**
     * A block that is ready for use.
     *
     * @param device where it lies
     * @param bytes its size
     */
    protected Storage(Device device, long bytes) {
        this.device = device;
        this.bytes = bytes;
    }

    /**
     * Where the block lies.
     *
     * @return the device
     */
    public final Device device() {
        return device;
    }

    /**
     * How large the block is.
     *
     * @return bytes that may be used
     */
    public final long bytes() {
        return bytes;
    }

    /**
     * Whether the block may be looked at.
     *
     * @return false once it was freed
     */
    public final boolean isOpen() {
        return closedAt == null;
    }

    /**
     * How often the block was written in place. Results written when they are made do not count.
     *
     * @return what {@link #countChange()} counted
     */
    public final int changes() {
        return changes;
    }

    /**
     * Counts a change in place, so that {@code backward()} can tell that an operand is no longer what the forward pass
     * read. What overwrites a tensor that was handed to somebody calls this, and alone may do so: {@link Tensor#set},
     * {@link Tensor#assign} and {@link io.diapason.op.Update}. Threads that write one block must agree on whose turn it
     * is anyhow, so the count is not synchronised.
     */
    public final void countChange() {
        changes++;
    }

    /** Refuses a freed block, and one of another thread's block, naming the tensor's shape and the place. */
    final void requireOpen(Shape shape) {
        String place = closedAt;
        if (place != null) {
            throw new IllegalStateException("tensor: must not be used after it was freed, got a tensor of shape "
                    + shape + " that was freed at " + place);
        }
        Thread owner = thread;
        if (owner != null && owner != Thread.currentThread()) {
            throw new IllegalStateException(
                    "tensor: must be used by the thread that opened its scope, got a tensor of shape " + shape
                            + " of thread " + owner.getName() + " in thread "
                            + Thread.currentThread().getName() + " at " + Place.ofUse()
                            + "; tensors of Scope.detached(device) may be shared");
        }
    }

    /** Refuses every later look; its scope calls this once, before it frees the block. */
    final void refuse(String place) {
        closedAt = place;
    }

    /** Gives the memory back; called once. */
    protected abstract void free();
}
