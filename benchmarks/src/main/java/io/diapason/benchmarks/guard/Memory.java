package io.diapason.benchmarks.guard;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory as the engine's own, aligned to 64 bytes, filled with numbers that are the same in every run. */
public final class Memory implements AutoCloseable {
    private final List<Pointer> owned = new ArrayList<>();
    private final Scope scope = Scope.detached(Device.CPU);
    private final Rng random = Rng.of(1);

    /** Nothing allocated yet. */
    public Memory() {}

    private Pointer allocate(long bytes) {
        Pointer pointer = Kernels.dp_allocate(bytes);
        owned.add(pointer);
        return pointer;
    }

    /**
     * Numbers uniform in [-1, 1).
     *
     * @param n how many
     * @return them
     */
    public FloatPointer floats(long n) {
        FloatPointer floats = new FloatPointer(allocate(4 * n));
        Rng numbers = random.child(owned.size());
        for (long i = 0; i < n; i++) {
            floats.put(i, 2 * numbers.floatAt(i) - 1);
        }
        return floats;
    }

    FloatPointer zeros(long n) {
        Pointer memory = allocate(4 * n);
        Pointer.memset(memory, 0, 4 * n);
        return new FloatPointer(memory);
    }

    /** Whole numbers uniform in [0, bound). */
    LongPointer indices(long n, int bound) {
        LongPointer longs = new LongPointer(allocate(8 * n));
        Rng numbers = random.child(owned.size());
        for (long i = 0; i < n; i++) {
            longs.put(i, numbers.intAt(i, bound));
        }
        return longs;
    }

    /** Ones and, one in five, zeros. */
    BytePointer flags(long n) {
        BytePointer bytes = new BytePointer(allocate(n));
        Rng numbers = random.child(owned.size());
        for (long i = 0; i < n; i++) {
            bytes.put(i, (byte) (numbers.intAt(i, 5) == 0 ? 0 : 1));
        }
        return bytes;
    }

    /** For tensors that live as long. */
    Scope scope() {
        return scope;
    }

    @Override
    public void close() {
        scope.close();
        owned.forEach(Kernels::dp_free);
        owned.clear();
    }
}
