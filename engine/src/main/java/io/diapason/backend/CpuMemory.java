package io.diapason.backend;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The CPU's pool of native memory. A freed block waits for the next request of its size class (four classes a power of
 * two), because a training step asks for the same sizes again and again; more than the peak of what was in use is never
 * kept.
 */
final class CpuMemory {
    private static final long SMALLEST = 64;

    private final Map<Long, ConcurrentLinkedDeque<Pointer>> free = new ConcurrentHashMap<>();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong cached = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    Storage allocate(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory: bytes must be at least 0, got " + bytes);
        }
        long size = sizeClass(bytes);
        Pointer block = blocks(size).poll();
        if (block != null) {
            cached.addAndGet(-size);
        } else {
            block = Kernels.dp_allocate(size);
            if (block == null || block.isNull()) {
                trim();
                block = Kernels.dp_allocate(size);
            }
        }
        if (block == null || block.isNull()) {
            throw new OutOfDeviceMemoryException("memory: the CPU must have " + size
                    + " bytes left for a tensor, but the system gave none; " + used.get()
                    + " bytes are in use by tensors; smaller batches or layers, or fewer workers, need less");
        }
        peak.accumulateAndGet(used.addAndGet(size), Math::max);
        return new Block(block, size);
    }

    MemoryUse use() {
        return new MemoryUse(used.get(), cached.get(), peak.get());
    }

    private void release(Pointer block, long size) {
        used.addAndGet(-size);
        if (cached.addAndGet(size) > peak.get()) {
            trim(); // what waits is of other sizes, from work that is over
        }
        blocks(size).push(block);
    }

    private void trim() {
        free.forEach((size, blocks) -> {
            for (Pointer block = blocks.poll(); block != null; block = blocks.poll()) {
                cached.addAndGet(-size);
                Kernels.dp_free(block);
            }
        });
    }

    private ConcurrentLinkedDeque<Pointer> blocks(long size) {
        return free.computeIfAbsent(size, key -> new ConcurrentLinkedDeque<>());
    }

    /**
     * The smallest of 4/4, 5/4, 6/4 and 7/4 of a power of two that holds the bytes, at least 64. Sizes that no machine
     * has are their own class, since the next one may exceed 64 bits.
     */
    static long sizeClass(long bytes) {
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        if (bytes > Long.MAX_VALUE / 2) {
            return bytes;
        }
        long quarter = Long.highestOneBit(bytes - 1) >>> 2;
        return (bytes + quarter - 1) / quarter * quarter;
    }

    /** Memory that one scope owns. */
    final class Block extends Storage {
        private final Pointer memory;

        Block(Pointer memory, long bytes) {
            super(Device.CPU, bytes);
            this.memory = memory;
        }

        /** Where an element lies, for a kernel. */
        Pointer at(long bytes) {
            return bytes == 0 ? memory : new Address(memory.address() + bytes);
        }

        @Override
        protected void free() {
            release(memory, bytes());
        }

        /** Copies an array into the block, from an element on. */
        void write(Object values, long offset) {
            if (values instanceof float[] floats) {
                new FloatPointer(memory).position(offset).put(floats, 0, floats.length);
            } else if (values instanceof double[] doubles) {
                new DoublePointer(memory).position(offset).put(doubles, 0, doubles.length);
            } else if (values instanceof long[] longs) {
                new LongPointer(memory).position(offset).put(longs, 0, longs.length);
            } else if (values instanceof int[] ints) {
                new IntPointer(memory).position(offset).put(ints, 0, ints.length);
            } else {
                byte[] bytes = (byte[]) values;
                new BytePointer(memory).position(offset).put(bytes, 0, bytes.length);
            }
        }

        /** Fills an array from the block, from an element on. */
        void read(long offset, int count, Object values) {
            if (values instanceof float[] floats) {
                new FloatPointer(memory).position(offset).get(floats, 0, count);
            } else if (values instanceof double[] doubles) {
                new DoublePointer(memory).position(offset).get(doubles, 0, count);
            } else if (values instanceof long[] longs) {
                new LongPointer(memory).position(offset).get(longs, 0, count);
            } else if (values instanceof int[] ints) {
                new IntPointer(memory).position(offset).get(ints, 0, count);
            } else {
                new BytePointer(memory).position(offset).get((byte[]) values, 0, count);
            }
        }
    }

    /** A place within a block; it owns nothing. */
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
