package io.diapason.tensor;

import io.diapason.backend.Backend;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Owns device memory: closing a scope frees every tensor made in it, at once and in every thread.
 *
 * <p>Two kinds. {@link #open()} makes a scope for the block of code it stands in: results of operations of this thread
 * belong to the innermost one. {@link #detached(Device)} makes one that a longer-lived object keeps, such as a model
 * that owns its weights: tensors are made in it by name ({@code weights.zeros(…)}) and may be read by any thread.
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
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final Backend backend;
    private final boolean onStack;
    private final List<Storage> owned = new ArrayList<>();
    private boolean closed;

    private Scope(Device device, boolean onStack) {
        this.backend = Backend.of(device);
        this.onStack = onStack;
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
        Scope scope = new Scope(device, true);
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
        return new Scope(device, false);
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
        return backend.device();
    }

    /**
     * A tensor whose elements are whatever the memory held.
     *
     * @param dtype the elements' type
     * @param shape its shape
     * @return the tensor, owned by this scope
     */
    public Tensor empty(DType dtype, Shape shape) {
        // What exceeds 64 bits is asked for as the most there could be, so that the back end refuses it in its words.
        long bytes =
                shape.elements() > Long.MAX_VALUE / dtype.bytes() ? Long.MAX_VALUE : shape.elements() * dtype.bytes();
        Storage storage = backend.allocate(bytes);
        synchronized (owned) {
            if (closed) {
                storage.close(caller());
                throw new IllegalStateException(
                        "scope: must be open, got a closed one for a new tensor of shape " + shape);
            }
            owned.add(storage);
        }
        return new Tensor(storage, 0, dtype, shape);
    }

    /**
     * A tensor of zeros.
     *
     * @param shape its shape
     * @return float32, owned by this scope
     */
    public Tensor zeros(Shape shape) {
        return full(shape, 0);
    }

    /**
     * A tensor of equal elements.
     *
     * @param shape its shape
     * @param value every element
     * @return float32, owned by this scope
     */
    public Tensor full(Shape shape, float value) {
        Tensor tensor = empty(DType.FLOAT32, shape);
        backend.fill(value, tensor);
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
        requireCount(shape, values.length);
        Tensor tensor = empty(DType.FLOAT32, shape);
        tensor.storage().write(values, 0);
        return tensor;
    }

    /**
     * A tensor of the given integers, copied.
     *
     * @param shape its shape
     * @param values in row-major order, exactly as many as the shape has elements
     * @return int64, owned by this scope
     */
    public Tensor of(Shape shape, int... values) {
        requireCount(shape, values.length);
        Tensor tensor = empty(DType.INT64, shape);
        tensor.storage().write(Arrays.stream(values).asLongStream().toArray(), 0);
        return tensor;
    }

    private static void requireCount(Shape shape, int count) {
        if (shape.elements() != count) {
            throw new ShapeException(
                    "tensor", "values must be as many as the shape has elements", count + " for shape " + shape);
        }
    }

    /**
     * Frees everything made in this scope. A scope of a block must be the innermost of its thread; closing twice is
     * legal.
     */
    @Override
    public void close() {
        synchronized (owned) {
            if (closed) {
                return;
            }
        }
        if (onStack) {
            Deque<Scope> open = OPEN.get();
            if (open.peek() != this) {
                throw new IllegalStateException(
                        open.contains(this)
                                ? "scope: inner scopes must be closed first; use try-with-resources"
                                : "scope: must be closed by the thread that opened it");
            }
            open.pop();
        }
        String place = caller();
        synchronized (owned) {
            closed = true;
            for (Storage storage : owned) {
                storage.close(place);
            }
            owned.clear();
        }
    }

    /** Where user code asked for the closing: the first frame outside this class. */
    private static String caller() {
        return WALKER.walk(frames -> frames.filter(
                        frame -> !frame.getClassName().equals(Scope.class.getName()))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
    }
}
