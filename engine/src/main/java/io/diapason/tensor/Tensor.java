package io.diapason.tensor;

import io.diapason.autograd.Autograd;
import io.diapason.autograd.Gradients;
import io.diapason.autograd.Node;
import io.diapason.backend.Backend;
import io.diapason.op.Arithmetic;
import io.diapason.op.Comparison;
import io.diapason.op.Convert;
import io.diapason.op.Elementwise;
import io.diapason.op.Matmul;
import io.diapason.op.Reduction;
import io.diapason.op.View;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on a device: a {@link Layout} over a {@link Storage}.
 *
 * <p>Tensors are made by a {@link Scope} ({@code scope.zeros(…)}) or by operations, whose results belong to the
 * innermost open scope of the thread. Operations do not change their operands. Views ({@link #transpose()},
 * {@link #slice}, {@link #expand}, …) share memory with theirs; everything else is new. A tensor whose operands require
 * gradients remembers how it was made, and {@link #backward()} follows that back, through views as well.
 *
 * <p>Operands of two types are refused by a {@link ShapeException}, {@link #to} converts; shapes broadcast by NumPy's
 * rule, and those that do not are refused, too. The methods here forward to the functions of {@code io.diapason.op},
 * which holds more of them.
 */
public final class Tensor {
    private final Storage storage;
    private final DType dtype;
    private final Layout layout;
    private final boolean requiresGradient;
    private final @Nullable Node origin;
    private final @Nullable String refusal;

    Tensor(Storage storage, DType dtype, Layout layout) {
        this(storage, dtype, layout, false, null, null);
    }

    private Tensor(
            Storage storage,
            DType dtype,
            Layout layout,
            boolean requiresGradient,
            @Nullable Node origin,
            @Nullable String refusal) {
        this.storage = storage;
        this.dtype = dtype;
        this.layout = layout;
        this.requiresGradient = requiresGradient;
        this.origin = origin;
        this.refusal = refusal;
    }

    // ---- what it is

    /**
     * The sizes of the dimensions.
     *
     * @return the shape
     */
    public Shape shape() {
        return layout.shape();
    }

    /**
     * The type of the elements.
     *
     * @return the type
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
        return layout.shape().elements();
    }

    /**
     * Where the elements lie within the storage.
     *
     * @return strides and offset
     */
    public Layout layout() {
        return layout;
    }

    /**
     * The memory below, for back ends.
     *
     * @return the storage
     * @throws IllegalStateException after it was freed, or in a thread that may not use it; the message names this
     *     shape and the place; of an operand that {@link #refusing} gave, too
     */
    public Storage storage() {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        return open();
    }

    private Storage open() {
        storage.requireOpen(layout.shape());
        return storage;
    }

    /**
     * Frees the memory of this tensor and its views before their scope does.
     *
     * @throws IllegalStateException when it was freed before
     */
    public void close() {
        Scope.closeEarly(storage, layout.shape());
    }

    // ---- views: io.diapason.op.View

    /**
     * The same elements in row-major order under another shape; a view where the layout allows, else a copy.
     *
     * @param shape of as many elements
     * @return the tensor
     * @throws ShapeException when the numbers of elements differ
     */
    public Tensor reshape(Shape shape) {
        return View.reshape(this, shape);
    }

    /**
     * As {@link #reshape(Shape)}.
     *
     * @param sizes of which one may be -1: what remains
     * @return the tensor
     * @throws ShapeException when the numbers of elements differ
     */
    public Tensor reshape(int... sizes) {
        return View.reshape(this, shape().inferred(sizes));
    }

    /**
     * All elements along one axis.
     *
     * @return {@code [elements]}
     */
    public Tensor flatten() {
        return View.reshape(this, shape().inferred(-1));
    }

    /**
     * The last two axes exchanged.
     *
     * @return the view {@code […, n, m]} of {@code […, m, n]}
     * @throws ShapeException when there are fewer than two axes
     */
    public Tensor transpose() {
        return View.transpose(this, -2, -1);
    }

    /**
     * Two axes exchanged.
     *
     * @param a from 0, or from -1 (the last) downwards
     * @param b the other
     * @return the view
     * @throws ShapeException when there is no such axis
     */
    public Tensor transpose(int a, int b) {
        return View.transpose(this, a, b);
    }

    /**
     * The axes in another order.
     *
     * @param axes each axis once; axis n of the result is axis {@code axes[n]} of this
     * @return the view
     * @throws ShapeException when an axis is missing or named twice
     */
    public Tensor permute(int... axes) {
        return View.permute(this, axes);
    }

    /**
     * Consecutive elements along an axis.
     *
     * @param axis from 0, or from -1 downwards
     * @param from the first index
     * @param to the index after the last
     * @return the view
     * @throws IndexOutOfBoundsException when the range is not there
     */
    public Tensor slice(int axis, int from, int to) {
        return View.slice(this, axis, from, to, 1);
    }

    /**
     * Every {@code step}-th element along an axis.
     *
     * @param axis from 0, or from -1 downwards
     * @param from the first index
     * @param to the index after the last
     * @param step at least 1
     * @return the view
     * @throws IndexOutOfBoundsException when the range is not there
     */
    public Tensor slice(int axis, int from, int to, int step) {
        return View.slice(this, axis, from, to, step);
    }

    /**
     * Consecutive rows (of the first axis).
     *
     * @param from the first row
     * @param to the row after the last
     * @return the view {@code [to - from, …]}
     * @throws IndexOutOfBoundsException when the rows are not there
     */
    public Tensor rows(int from, int to) {
        return View.slice(this, 0, from, to, 1);
    }

    /**
     * One index of an axis; the axis disappears.
     *
     * @param axis from 0, or from -1 downwards
     * @param index from 0, or from -1 (the last) downwards
     * @return the view, of rank - 1
     * @throws IndexOutOfBoundsException when the index is not there
     */
    public Tensor select(int axis, int index) {
        return View.select(this, axis, index);
    }

    /**
     * Axes of size 1 repeated, and further ones in front, to a shape this broadcasts to.
     *
     * @param shape the shape
     * @return the view
     * @throws ShapeException when the shapes do not broadcast
     */
    public Tensor expand(Shape shape) {
        return View.expand(this, shape);
    }

    /**
     * A further axis of size 1.
     *
     * @param axis its place in the result, from 0, or from -1 (last) downwards
     * @return the view, of rank + 1
     * @throws ShapeException when there is no such place
     */
    public Tensor unsqueeze(int axis) {
        return View.unsqueeze(this, axis);
    }

    /**
     * Without one axis of size 1.
     *
     * @param axis from 0, or from -1 downwards
     * @return the view, of rank - 1
     * @throws ShapeException when the axis has another size
     */
    public Tensor squeeze(int axis) {
        return View.squeeze(this, axis);
    }

    /**
     * The same elements without gaps.
     *
     * @return this where it is dense, else a copy
     */
    public Tensor contiguous() {
        return layout.isDense() ? this : Convert.convert(this, dtype);
    }

    /**
     * The same memory in another layout, without a history; for {@link Autograd} and back ends.
     *
     * @param other within this tensor's storage
     * @return the view
     * @throws IndexOutOfBoundsException when the layout reaches beyond the storage
     */
    public Tensor viewAs(Layout other) {
        long[] reach = other.reach();
        if (other.shape().elements() > 0 && (reach[0] < 0 || (reach[1] + 1) * dtype.bytes() > storage.bytes())) {
            throw new IndexOutOfBoundsException(
                    "view: the layout must stay within " + storage.bytes() + " bytes, got " + other);
        }
        return new Tensor(open(), dtype, other, false, null, refusal);
    }

    // ---- gradients

    /**
     * A leaf over the same memory that gradients are computed for; the history of a result ends there.
     *
     * @return the leaf; this where it is one already
     * @throws IllegalStateException when the type is not float32 or float64
     */
    public Tensor requireGradient() {
        if (!dtype.isFloat()) {
            throw new IllegalStateException("requireGradient: the type must be float32 or float64, got " + dtype);
        }
        return requiresGradient ? this : new Tensor(open(), dtype, layout, true, null, refusal);
    }

    /**
     * The same memory without a history: gradients stop here.
     *
     * @return the tensor
     */
    public Tensor detach() {
        return tracksGradient() ? new Tensor(open(), dtype, layout, false, null, refusal) : this;
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
        return new Tensor(storage, dtype, layout, false, node, refusal);
    }

    /**
     * The same tensor, whose numbers are no longer those that the forward pass read: shape and type may be asked for,
     * every look at the memory throws. For {@link Autograd}.
     *
     * @param message of the exception
     * @return the tensor; its views refuse as well
     */
    public Tensor refusing(String message) {
        return new Tensor(storage, dtype, layout, requiresGradient, origin, message);
    }

    /**
     * The gradients of this scalar with respect to every leaf that requires one.
     *
     * @return the gradients, owned by the innermost open scope
     * @throws IllegalStateException when this is no scalar or no leaf requires a gradient
     */
    public Gradients backward() {
        return Autograd.backward(this, null);
    }

    /**
     * The vector-Jacobian product: the gradients of {@code Σ upstream · this}.
     *
     * @param upstream of this shape and type
     * @return the gradients, owned by the innermost open scope
     * @throws IllegalStateException when no leaf requires a gradient
     * @throws ShapeException when the upstream gradient has another type or shape
     */
    public Gradients backward(Tensor upstream) {
        return Autograd.backward(this, upstream);
    }

    /**
     * Adds the gradients of this scalar to others: accumulation over several batches.
     *
     * @param into made by {@link Gradients#accumulator}
     * @throws IllegalStateException when this is no scalar or no leaf requires a gradient
     * @throws IllegalArgumentException when the accumulator was not made for a leaf that this depends on
     */
    public void backward(Gradients into) {
        into.add(Autograd.backward(this, null));
    }

    // ---- arithmetic: io.diapason.op.Arithmetic and Elementwise

    /**
     * this + other.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return the sum
     */
    public Tensor plus(Tensor other) {
        return Arithmetic.add(this, other);
    }

    /**
     * this + summand.
     *
     * @param summand a number
     * @return the sum
     */
    public Tensor plus(double summand) {
        return Arithmetic.affine(this, 1, summand);
    }

    /**
     * this − other.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return the difference
     */
    public Tensor minus(Tensor other) {
        return Arithmetic.subtract(this, other);
    }

    /**
     * this − subtrahend.
     *
     * @param subtrahend a number
     * @return the difference
     */
    public Tensor minus(double subtrahend) {
        return Arithmetic.affine(this, 1, -subtrahend);
    }

    /**
     * this · other.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return the product
     */
    public Tensor times(Tensor other) {
        return Arithmetic.multiply(this, other);
    }

    /**
     * this · factor.
     *
     * @param factor a number
     * @return the product
     */
    public Tensor times(double factor) {
        return Arithmetic.affine(this, factor, 0);
    }

    /**
     * this / other; of integers towards 0.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return the quotient
     */
    public Tensor dividedBy(Tensor other) {
        return Arithmetic.divide(this, other);
    }

    /**
     * this / divisor; of integers towards 0.
     *
     * @param divisor a number
     * @return the quotient
     */
    public Tensor dividedBy(double divisor) {
        return Arithmetic.divide(this, divisor);
    }

    /**
     * −this.
     *
     * @return the negative
     */
    public Tensor negate() {
        return Elementwise.negate(this);
    }

    /**
     * |this|.
     *
     * @return the absolute values
     */
    public Tensor abs() {
        return Elementwise.abs(this);
    }

    /**
     * this².
     *
     * @return the squares
     */
    public Tensor square() {
        return Elementwise.square(this);
    }

    /**
     * √this.
     *
     * @return the roots, NaN below 0
     */
    public Tensor sqrt() {
        return Elementwise.sqrt(this);
    }

    /**
     * e to the power of this.
     *
     * @return the exponentials
     */
    public Tensor exp() {
        return Elementwise.exp(this);
    }

    /**
     * The natural logarithm.
     *
     * @return the logarithms, NaN below 0
     */
    public Tensor log() {
        return Elementwise.log(this);
    }

    /**
     * this to a power.
     *
     * @param exponent a number
     * @return the powers
     */
    public Tensor pow(double exponent) {
        return Elementwise.pow(this, exponent);
    }

    /**
     * this to a power.
     *
     * @param exponent of the same type, whose shape broadcasts with this
     * @return the powers
     */
    public Tensor pow(Tensor exponent) {
        return Arithmetic.pow(this, exponent);
    }

    /**
     * Every element moved into a range.
     *
     * @param low the least result
     * @param high the greatest result
     * @return the clamped elements
     */
    public Tensor clamp(double low, double high) {
        return Elementwise.clamp(this, low, high);
    }

    /**
     * max(this, 0).
     *
     * @return the rectified elements
     */
    public Tensor relu() {
        return Elementwise.relu(this);
    }

    /**
     * The hyperbolic tangent.
     *
     * @return the tangents
     */
    public Tensor tanh() {
        return Elementwise.tanh(this);
    }

    /**
     * The logistic function 1 / (1 + e⁻ˣ).
     *
     * @return numbers in [0, 1]
     */
    public Tensor sigmoid() {
        return Elementwise.sigmoid(this);
    }

    /**
     * Whether this = other, element by element.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return bool
     */
    public Tensor equal(Tensor other) {
        return Comparison.equal(this, other);
    }

    /**
     * Whether {@code this < other}, element by element.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return bool
     */
    public Tensor less(Tensor other) {
        return Comparison.less(this, other);
    }

    /**
     * Whether {@code this > other}, element by element.
     *
     * @param other of the same type, whose shape broadcasts with this
     * @return bool
     */
    public Tensor greater(Tensor other) {
        return Comparison.greater(this, other);
    }

    // ---- reductions and products: io.diapason.op.Reduction and Matmul

    /**
     * The sum over some axes, which disappear.
     *
     * @param axes which; none means all
     * @return the sums
     * @throws ShapeException when there is no such axis
     */
    public Tensor sum(int... axes) {
        return Reduction.sum(this, false, axes);
    }

    /**
     * The mean over some axes, which disappear.
     *
     * @param axes which; none means all
     * @return the means, NaN of no elements
     * @throws ShapeException when there is no such axis, or the type is no float type
     */
    public Tensor mean(int... axes) {
        return Reduction.mean(this, false, axes);
    }

    /**
     * The greatest element over some axes, which disappear.
     *
     * @param axes which; none means all
     * @return the maxima
     * @throws ShapeException when a reduced axis is empty or not there
     */
    public Tensor max(int... axes) {
        return Reduction.max(this, false, axes);
    }

    /**
     * The least element over some axes, which disappear.
     *
     * @param axes which; none means all
     * @return the minima
     * @throws ShapeException when a reduced axis is empty or not there
     */
    public Tensor min(int... axes) {
        return Reduction.min(this, false, axes);
    }

    /**
     * The matrix product, by NumPy's rules for vectors, matrices and batches of them.
     *
     * @param other {@code […, k, n]} where this is {@code […, m, k]}
     * @return {@code […, m, n]}
     * @throws ShapeException when the inner sizes or the types differ, or the other axes do not broadcast
     */
    public Tensor matmul(Tensor other) {
        return Matmul.matmul(this, other);
    }

    /**
     * The same numbers as another type. Gradients pass between float types.
     *
     * @param other the type; floats become integers towards 0
     * @return this where the type is the same, else a new tensor
     */
    public Tensor to(DType other) {
        return other == dtype ? this : Convert.convert(this, other);
    }

    // ---- reading

    /**
     * The value of a tensor of one element, copied to the heap.
     *
     * @return the value; of bool, 0 or 1
     * @throws IllegalStateException when there is not exactly one element
     */
    public double item() {
        return Transfer.item(this);
    }

    /**
     * All elements, copied to the heap in row-major order.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are not float32
     */
    public float[] toFloatArray() {
        return Transfer.toFloats(this);
    }

    /**
     * All elements as doubles, copied to the heap in row-major order. Every float32 and int32 is exact.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are truth values
     */
    public double[] toDoubleArray() {
        return Transfer.toDoubles(this);
    }

    /**
     * All elements, copied to the heap in row-major order.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are not int64 or int32
     */
    public long[] toLongArray() {
        return Transfer.toLongs(this);
    }

    /**
     * All elements, copied to the heap in row-major order.
     *
     * @return a new array
     * @throws IllegalStateException when the elements are not truth values
     */
    public boolean[] toBooleanArray() {
        return Transfer.toBooleans(this);
    }

    // ---- writing in place: for leaves and buffers, never recorded

    /**
     * Overwrites all elements of a float32 tensor.
     *
     * @param values as many as there are elements, row-major
     * @throws ShapeException when there are more or fewer, or an axis of this repeats elements
     * @throws IllegalStateException when this is of another type
     */
    public void set(float[] values) {
        Transfer.set(this, DType.FLOAT32, values, values.length);
    }

    /**
     * Overwrites all elements of a float64 tensor.
     *
     * @param values as many as there are elements, row-major
     * @throws ShapeException when there are more or fewer, or an axis of this repeats elements
     * @throws IllegalStateException when this is of another type
     */
    public void set(double[] values) {
        Transfer.set(this, DType.FLOAT64, values, values.length);
    }

    /**
     * Overwrites all elements of an int64 tensor.
     *
     * @param values as many as there are elements, row-major
     * @throws ShapeException when there are more or fewer, or an axis of this repeats elements
     * @throws IllegalStateException when this is of another type
     */
    public void set(long[] values) {
        Transfer.set(this, DType.INT64, values, values.length);
    }

    /**
     * Overwrites all elements with those of another tensor, as they were before; the two may overlap. No gradient flows
     * to the source through this.
     *
     * @param source of the same type, whose shape broadcasts to this
     * @throws ShapeException when type or shape do not fit, or an axis of this repeats elements
     */
    public void assign(Tensor source) {
        if (source.dtype != dtype) {
            throw new ShapeException("assign", "both types must be equal", source.dtype + " for " + dtype);
        }
        requireUnrepeated("assign");
        Layout expanded = source.layout.expand(shape());
        storage().countChange();
        Backend backend = Backend.of(device());
        if (source.storage != storage || !layout.overlaps(expanded)) {
            backend.assign(source.viewAs(expanded), this);
        } else if (!expanded.equals(layout)) {
            try (Scope temporary = Scope.open(device())) {
                Tensor before = temporary.empty(dtype, shape());
                backend.assign(source.viewAs(expanded), before);
                backend.assign(before, this);
            }
        }
    }

    /** Of elements that share a place, which number would it get? */
    void requireUnrepeated(String op) {
        for (int axis = 0; axis < shape().rank(); axis++) {
            if (layout.stride(axis) == 0 && shape().size(axis) > 1) {
                throw new ShapeException(op, "the target must not repeat elements", layout.toString());
            }
        }
    }

    /** The type, shape and device; no elements. */
    @Override
    public String toString() {
        return "Tensor[" + dtype + " " + shape() + " on " + device() + "]";
    }
}
