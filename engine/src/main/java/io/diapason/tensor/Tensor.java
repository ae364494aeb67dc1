package io.diapason.tensor;

import io.diapason.autograd.Autograd;
import io.diapason.autograd.Gradients;
import io.diapason.autograd.Node;
import io.diapason.op.Arithmetic;
import io.diapason.op.Elementwise;
import io.diapason.op.Matmul;
import io.diapason.op.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * A dense, row-major array of numbers on a device: a shape over a piece of {@link Storage}.
 *
 * <p>Tensors are made by a {@link Scope} ({@code scope.zeros(…)}) or by operations, whose results belong to the
 * innermost open scope of the thread. Operations neither change their operands nor share memory with them, but
 * {@link #rows(int, int)} and {@link #reshape(Shape)}, which are views. A tensor whose operands require gradients
 * remembers how it was made, and {@link #backward()} follows that back.
 */
public final class Tensor {
    private final Storage storage;
    private final long offset;
    private final DType dtype;
    private final Shape shape;
    private final boolean requiresGradient;
    private final @Nullable Node origin;

    Tensor(Storage storage, long offset, DType dtype, Shape shape) {
        this(storage, offset, dtype, shape, false, null);
    }

    private Tensor(
            Storage storage, long offset, DType dtype, Shape shape, boolean requiresGradient, @Nullable Node origin) {
        this.storage = storage;
        this.offset = offset;
        this.dtype = dtype;
        this.shape = shape;
        this.requiresGradient = requiresGradient;
        this.origin = origin;
    }

    // ---- what it is

    /**
     * The sizes of the dimensions.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The type of the elements.
     *
     * @return float32 or int64
     */
    public DType dtype() {
        return dtype;
    }

    /**
     * Where the elements lie.
     *
     * @return the device
     */
    public Device device() {
        return storage.device();
    }

    /**
     * How many elements.
     *
     * @return the product of the sizes
     */
    public long elements() {
        return shape.elements();
    }

    /**
     * The memory below, for back ends.
     *
     * @return the storage
     * @throws IllegalStateException after its scope was closed; the message names this shape and the place of the
     *     closing
     */
    public Storage storage() {
        storage.requireOpen(shape);
        return storage;
    }

    /**
     * Where this tensor begins in its storage, for back ends.
     *
     * @return elements
     */
    public long offset() {
        return offset;
    }

    // ---- views

    /**
     * The same elements under another shape, without a copy. The view takes no part in gradients.
     *
     * @param other a shape of as many elements
     * @return the view
     * @throws ShapeException when the numbers of elements differ
     */
    public Tensor reshape(Shape other) {
        if (other.elements() != shape.elements()) {
            throw new ShapeException("reshape", "the number of elements must stay the same", shape + " to " + other);
        }
        requireLeafView("reshape");
        return new Tensor(storage(), offset, dtype, other);
    }

    /**
     * Some consecutive rows (of the first dimension), without a copy. The view takes no part in gradients.
     *
     * @param from the first row
     * @param to the row after the last
     * @return the view {@code [to - from, …]}
     * @throws IndexOutOfBoundsException when the rows are not there
     */
    public Tensor rows(int from, int to) {
        if (shape.rank() == 0 || from < 0 || to < from || to > shape.size(0)) {
            throw new IndexOutOfBoundsException(
                    "rows: 0 <= from <= to <= rows must hold, got " + from + " to " + to + " of shape " + shape);
        }
        requireLeafView("rows");
        long row = shape.size(0) == 0 ? 0 : shape.elements() / shape.size(0);
        return new Tensor(storage(), offset + from * row, dtype, shape.withRows(to - from));
    }

    private void requireLeafView(String name) {
        if (tracksGradient()) {
            throw new IllegalStateException(
                    name + ": must not be taken of a tensor that gradients flow through, got shape " + shape
                            + "; detach() it first");
        }
    }

    // ---- gradients

    /**
     * A leaf over the same memory that gradients are computed for.
     *
     * @return the leaf
     */
    public Tensor requireGradient() {
        if (dtype != DType.FLOAT32) {
            throw new IllegalStateException("requireGradient: the type must be float32, got " + dtype);
        }
        return new Tensor(storage(), offset, dtype, shape, true, null);
    }

    /**
     * The same memory without a history: gradients stop here.
     *
     * @return the tensor
     */
    public Tensor detach() {
        return tracksGradient() ? new Tensor(storage(), offset, dtype, shape) : this;
    }

    /**
     * Whether gradients flow through this tensor: it is a leaf that requires one, or was made from such.
     *
     * @return true when {@link #backward()} reaches it
     */
    public boolean tracksGradient() {
        return requiresGradient || origin != null;
    }

    /**
     * How this tensor was made, when gradients flow through it.
     *
     * @return the recorded operation, or null for leaves and untracked results
     */
    public @Nullable Node origin() {
        return origin;
    }

    /**
     * The same tensor, remembered as the result of an operation; for {@link Autograd}.
     *
     * @param node the operation and its operands
     * @return the tensor with its history
     */
    public Tensor withOrigin(Node node) {
        return new Tensor(storage, offset, dtype, shape, false, node);
    }

    /**
     * The gradients of this scalar with respect to every leaf that requires one.
     *
     * @return the gradients, owned by the innermost open scope
     * @throws IllegalStateException when this is no scalar or no leaf requires a gradient
     */
    public Gradients backward() {
        return Autograd.backward(this);
    }

    // ---- arithmetic: forwards to io.diapason.op

    /**
     * Element by element: this + other.
     *
     * @param other of the same shape
     * @return the sum
     */
    public Tensor plus(Tensor other) {
        return Arithmetic.add(this, other);
    }

    /**
     * Element by element: this − other.
     *
     * @param other of the same shape
     * @return the difference
     */
    public Tensor minus(Tensor other) {
        return Arithmetic.subtract(this, other);
    }

    /**
     * Element by element: this · other.
     *
     * @param other of the same shape
     * @return the product
     */
    public Tensor times(Tensor other) {
        return Arithmetic.multiply(this, other);
    }

    /**
     * Element by element: this / other.
     *
     * @param other of the same shape
     * @return the quotient
     */
    public Tensor dividedBy(Tensor other) {
        return Arithmetic.divide(this, other);
    }

    /**
     * Every element times a number.
     *
     * @param factor the number
     * @return the product
     */
    public Tensor times(float factor) {
        return Arithmetic.scale(this, factor, 0);
    }

    /**
     * Every element plus a number.
     *
     * @param summand the number
     * @return the sum
     */
    public Tensor plus(float summand) {
        return Arithmetic.scale(this, 1, summand);
    }

    /**
     * Every element squared.
     *
     * @return the squares
     */
    public Tensor square() {
        return Elementwise.square(this);
    }

    /**
     * The sum of all elements.
     *
     * @return a scalar
     */
    public Tensor sum() {
        return Reduction.sum(this);
    }

    /**
     * The mean of all elements.
     *
     * @return a scalar
     */
    public Tensor mean() {
        return Reduction.mean(this);
    }

    /**
     * The matrix product.
     *
     * @param other {@code [k, n]} where this is {@code [m, k]}
     * @return {@code [m, n]}
     */
    public Tensor matmul(Tensor other) {
        return Matmul.matmul(this, other);
    }

    // ---- reading

    /**
     * The value of a tensor of one element, copied to the heap.
     *
     * @return the value
     * @throws IllegalStateException when there is not exactly one element, or they are not float32
     */
    public float item() {
        if (elements() != 1) {
            throw new IllegalStateException("item: the tensor must have exactly one element, got shape " + shape);
        }
        return toFloatArray()[0];
    }

    /**
     * All elements, copied to the heap in row-major order.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are not float32
     */
    public float[] toFloatArray() {
        requireType("toFloatArray", DType.FLOAT32);
        float[] values = new float[heapLength()];
        storage().read(offset, values);
        return values;
    }

    /**
     * All elements, copied to the heap in row-major order.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are not int64
     */
    public long[] toLongArray() {
        requireType("toLongArray", DType.INT64);
        long[] values = new long[heapLength()];
        storage().read(offset, values);
        return values;
    }

    /**
     * Overwrites all elements in place; for leaves such as weights and batches, outside of any recorded computation.
     *
     * @param values as many as there are elements
     */
    public void set(float[] values) {
        requireType("set", DType.FLOAT32);
        if (values.length != elements()) {
            throw new ShapeException(
                    "set", "values must be as many as the shape has elements", values.length + " for shape " + shape);
        }
        storage().write(values, offset);
    }

    private int heapLength() {
        return Math.toIntExact(elements());
    }

    private void requireType(String name, DType wanted) {
        if (dtype != wanted) {
            throw new IllegalStateException(name + ": the type must be " + wanted + ", got " + dtype);
        }
    }

    /** The type, shape and device; no elements. */
    @Override
    public String toString() {
        return "Tensor[" + dtype + " " + shape + " on " + device() + "]";
    }
}
