package io.diapason.tensor;

import org.jspecify.annotations.Nullable;

/**
 * A block of device memory, owned by the {@link Scope} it was allocated in. A back end extends it with its own kind of
 * pointer.
 *
 * <p>A storage is freed once, by its scope, and every later look at it is refused: no kernel ever gets a freed address.
 */
public abstract class Storage {
    private final Device device;
    private final long bytes;
    private volatile @Nullable String closedAt;

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

    /** Refuses a freed block, naming the tensor's shape and where the scope was closed. */
    final void requireOpen(Shape shape) {
        String place = closedAt;
        if (place != null) {
            throw new IllegalStateException(
                    "tensor: must not be used after its scope was closed, got a tensor of shape " + shape
                            + " whose scope was closed at " + place);
        }
    }

    /** Frees the block; the second and later calls do nothing. */
    final void close(String place) {
        synchronized (this) {
            if (closedAt != null) {
                return;
            }
            closedAt = place;
        }
        free();
    }

    /** Gives the memory back; called once. */
    protected abstract void free();

    /**
     * Copies numbers of the heap into the block.
     *
     * @param values what to write
     * @param offset the first element to write
     */
    protected abstract void write(float[] values, long offset);

    /**
     * Copies integers of the heap into the block.
     *
     * @param values what to write
     * @param offset the first element to write
     */
    protected abstract void write(long[] values, long offset);

    /**
     * Copies elements of the block to the heap.
     *
     * @param offset the first element to read
     * @param values filled from its start to its end
     */
    protected abstract void read(long offset, float[] values);

    /**
     * Copies elements of the block to the heap.
     *
     * @param offset the first element to read
     * @param values filled from its start to its end
     */
    protected abstract void read(long offset, long[] values);
}
