package io.diapason.tensor;

import io.diapason.backend.Backend;
import io.diapason.random.Rng;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Owns device memory: closing a scope frees every tensor made in it, at once.
 *
 * <p>Two kinds. {@link #open()} makes a scope for the block of code it stands in: results of operations of this thread
 * belong to the innermost one, and no other thread may use them. {@link #detached(Device)} makes one that a
 * longer-lived object keeps, such as a model that owns its weights: tensors are made in it by name
 * ({@code weights.zeros(…)}) and may be read by any thread until it is closed. Closing it waits for operations that
 * other threads are just computing on its tensors; those that begin later are refused.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {               // every temporary below dies here
 *     Tensor loss = lossOf(batch);
 *     optimizer.step(loss.backward());
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    private final Device device;
    private final @Nullable Thread thread; // of a block's scope; null for a detached one
    private final Object lock = new Object();
    private @Nullable Storage newest; // of a doubly linked list, so that one tensor can leave early
    private @Nullable String closedAt;

    private Scope(Device device, @Nullable Thread thread) {
        this.device = Backend.of(device).device(); // which refuses a device that is not there
        this.thread = thread;
    }

    /**
     * Opens a scope on the device of the enclosing one, or on the CPU.
     *
     * @return the scope, now the innermost of this thread
     */
    public static Scope open() {
        Scope enclosing = OPEN.get().peek();
        return open(enclosing == null ? Device.CPU : enclosing.device());
    }

    /**
     * Opens a scope on a device.
     *
     * @param device where its tensors live
     * @return the scope, now the innermost of this thread
     */
    public static Scope open(Device device) {
        Scope scope = new Scope(device, Thread.currentThread());
        OPEN.get().push(scope);
        return scope;
    }

    /**
     * Makes a scope that an object keeps; results of operations never land in it by themselves.
     *
     * @param device where its tensors live
     * @return the scope; the caller closes it
     */
    public static Scope detached(Device device) {
        return new Scope(device, null);
    }

    /**
     * The innermost open scope of this thread.
     *
     * @return the scope that the next result belongs to
     * @throws IllegalStateException when none is open
     */
    public static Scope current() {
        Scope scope = OPEN.get().peek();
        if (scope == null) {
            throw new IllegalStateException(
                    "scope: one must be open to hold results; wrap the code in try (Scope scope = Scope.open()) { … }");
        }
        return scope;
    }

    /**
     * Where tensors of this scope live.
     *
     * @return the device
     */
    public Device device() {
        return device;
    }

    /** Asked for at each use, because a thread may begin to listen to what is done in a scope. */
    private Backend backend() {
        return Backend.of(device);
    }

    // ---- tensors

    /**
     * A tensor whose elements are whatever the memory held.
     *
     * @param dtype the elements' type
     * @param shape its shape
     * @return the tensor, owned by this scope
     * @throws IllegalStateException when this scope is closed, or belongs to a block of another thread
     */
    public Tensor empty(DType dtype, Shape shape) {
        requireThread();
        // What exceeds 64 bits is asked for as the most there could be, so that the back end refuses it in its words.
        long bytes =
                shape.elements() > Long.MAX_VALUE / dtype.bytes() ? Long.MAX_VALUE : shape.elements() * dtype.bytes();
        Storage storage = backend().allocate(bytes);
        synchronized (lock) {
            if (closedAt != null) {
                storage.free();
                throw new IllegalStateException(
                        "scope: must be open, got one closed at " + closedAt + " for a new tensor of shape " + shape);
            }
            storage.scope = this;
            storage.thread = thread;
            storage.previous = newest;
            if (newest != null) {
                newest.next = storage;
            }
            newest = storage;
        }
        return new Tensor(storage, dtype, Layout.dense(shape));
    }

    /**
     * A tensor of zeros.
     *
     * @param shape its shape
     * @return float32, owned by this scope
     */
    public Tensor zeros(Shape shape) {
        return full(DType.FLOAT32, shape, 0);
    }

    /**
     * A tensor of zeros.
     *
     * @param dtype the elements' type; of bool, false
     * @param shape its shape
     * @return the tensor, owned by this scope
     */
    public Tensor zeros(DType dtype, Shape shape) {
        return full(dtype, shape, 0);
    }

    /**
     * A tensor of ones.
     *
     * @param shape its shape
     * @return float32, owned by this scope
     */
    public Tensor ones(Shape shape) {
        return full(DType.FLOAT32, shape, 1);
    }

    /**
     * A tensor of equal elements.
     *
     * @param shape its shape
     * @param value every element
     * @return float32, owned by this scope
     */
    public Tensor full(Shape shape, double value) {
        return full(DType.FLOAT32, shape, value);
    }

    /**
     * A tensor of equal elements.
     *
     * @param dtype the elements' type
     * @param shape its shape
     * @param value every element; of bool, whether it is not 0
     * @return the tensor, owned by this scope
     */
    public Tensor full(DType dtype, Shape shape, double value) {
        Tensor tensor = empty(dtype, shape);
        backend().fill(value, tensor);
        return tensor;
    }

    /**
     * A tensor of the given numbers, copied.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return float32, owned by this scope
     */
    public Tensor of(Shape shape, float... values) {
        return of(DType.FLOAT32, shape, values, values.length);
    }

    /**
     * A tensor of the given numbers, copied.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return float64, owned by this scope
     */
    public Tensor of(Shape shape, double... values) {
        return of(DType.FLOAT64, shape, values, values.length);
    }

    /**
     * A tensor of the given integers, copied and widened: Java's literals as indices and classes.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return int64, owned by this scope; {@link Tensor#to} makes it int32
     */
    public Tensor of(Shape shape, int... values) {
        return of(DType.INT64, shape, Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    /**
     * A tensor of the given integers, copied.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return int64, owned by this scope
     */
    public Tensor of(Shape shape, long... values) {
        return of(DType.INT64, shape, values, values.length);
    }

    /**
     * A tensor of the given truth values, copied.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return bool, owned by this scope
     */
    public Tensor of(Shape shape, boolean... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return of(DType.BOOL, shape, bytes, values.length);
    }

    private Tensor of(DType dtype, Shape shape, Object values, int count) {
        if (shape.elements() != count) {
            throw new ShapeException(
                    "tensor", "values must be as many as the shape has elements", count + " for shape " + shape);
        }
        Tensor tensor = empty(dtype, shape);
        backend().write(values, tensor);
        return tensor;
    }

    /**
     * The integers 0, 1, … n − 1.
     *
     * @param n how many, at least 0
     * @return int64 {@code [n]}, owned by this scope
     * @throws IllegalArgumentException when n is negative
     */
    public Tensor arange(int n) {
        return Creation.arange(this, n);
    }

    /**
     * Evenly spaced numbers from one to another, both included.
     *
     * @param dtype float32 or float64
     * @param first the first number
     * @param last the last number
     * @param n how many, at least 1; 1 gives the first alone
     * @return {@code [n]}, owned by this scope
     * @throws IllegalArgumentException when n is below 1, or the type is no float type
     */
    public Tensor linspace(DType dtype, double first, double last, int n) {
        return Creation.linspace(this, dtype, first, last, n);
    }

    /**
     * The identity matrix.
     *
     * @param dtype the elements' type
     * @param n rows and columns, at least 0
     * @return {@code [n, n]} with ones on the diagonal, owned by this scope
     * @throws IllegalArgumentException when n is negative
     */
    public Tensor eye(DType dtype, int n) {
        return Creation.eye(this, dtype, n);
    }

    /**
     * Uniform random numbers in [low, high).
     *
     * @param dtype float32 or float64
     * @param shape its shape
     * @param low the least number
     * @param high above every number
     * @param rng element i is a function of word i (float32) or double word i (float64) of this stream
     * @return the tensor, owned by this scope
     * @throws IllegalArgumentException when low is not below high, or the type is no float type
     */
    public Tensor uniform(DType dtype, Shape shape, double low, double high, Rng rng) {
        return Creation.uniform(this, dtype, shape, low, high, rng);
    }

    /**
     * Normally distributed random numbers.
     *
     * @param dtype float32 or float64
     * @param shape its shape
     * @param mean the mean
     * @param deviation the standard deviation, at least 0
     * @param rng element i is a function of block i of this stream
     * @return the tensor, owned by this scope
     * @throws IllegalArgumentException when the deviation is negative, or the type is no float type
     */
    public Tensor normal(DType dtype, Shape shape, double mean, double deviation, Rng rng) {
        return Creation.normal(this, dtype, shape, mean, deviation, rng);
    }

    // ---- the end

    /**
     * Frees everything made in this scope. A scope of a block must be the innermost of its thread.
     *
     * @throws IllegalStateException when it was closed before, by another thread than opened it, or while an inner
     *     scope is open
     */
    @Override
    public void close() {
        requireThread();
        String place = Place.ofClosing();
        synchronized (lock) {
            if (closedAt != null) {
                throw new IllegalStateException(
                        "scope: must be closed once, got a second close at " + place + " after one at " + closedAt);
            }
            if (thread != null) {
                Deque<Scope> open = OPEN.get();
                if (open.peek() != this) {
                    long inner = open.stream().takeWhile(scope -> scope != this).count();
                    throw new IllegalStateException("scope: inner scopes must be closed first, got " + inner
                            + " still open; use try-with-resources");
                }
                open.pop();
            }
            closedAt = place;
            for (Storage storage = newest; storage != null; storage = storage.previous) {
                storage.refuse(place);
            }
            awaitOthers();
            while (newest != null) {
                Storage storage = newest;
                newest = storage.previous;
                unlink(storage);
                storage.free();
            }
        }
    }

    /** Frees one storage before the others. */
    static void closeEarly(Storage storage, Shape shape) {
        Scope owner = storage.scope;
        if (owner == null) {
            storage.requireOpen(shape);
            throw new IllegalStateException("tensor: must be owned by a scope, got one of shape " + shape);
        }
        synchronized (owner.lock) {
            storage.requireOpen(shape); // of two threads at once, the second is told
            Storage previous = storage.previous;
            Storage next = storage.next;
            if (next != null) {
                next.previous = previous;
            } else if (owner.newest == storage) {
                owner.newest = previous;
            }
            if (previous != null) {
                previous.next = next;
            }
            storage.refuse(Place.ofClosing());
            owner.awaitOthers();
            unlink(storage);
            storage.free();
        }
    }

    /**
     * Of memory that threads share, another may be computing on what was just refused: until it ends nothing is freed.
     */
    private void awaitOthers() {
        if (thread == null) {
            backend().synchronize();
        }
    }

    /** A closed storage must not keep its neighbours reachable. */
    private static void unlink(Storage storage) {
        storage.previous = null;
        storage.next = null;
        storage.scope = null;
    }

    private void requireThread() {
        if (thread != null && thread != Thread.currentThread()) {
            throw new IllegalStateException("scope: must be used by the thread that opened it, got one of thread "
                    + thread.getName() + " in thread " + Thread.currentThread().getName()
                    + " at " + Place.ofUse() + "; Scope.detached(device) makes one that threads may share");
        }
    }
}
