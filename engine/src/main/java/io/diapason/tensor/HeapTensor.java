package io.diapason.tensor;

import io.diapason.backend.Backend;
import java.lang.reflect.Array;
import java.util.Objects;

/**
 * A tensor's copy on the Java heap: what snapshots, checkpoints and files are made of. It needs no scope and no device,
 * and any thread may read it.
 */
public final class HeapTensor {
    private final DType dtype;
    private final Shape shape;
    private final Object values; // float[], double[], int[], long[] or byte[] (bool)

    private HeapTensor(DType dtype, Shape shape, Object values) {
        if (Array.getLength(values) != shape.elements()) {
            throw new ShapeException(
                    "tensor",
                    "values must be as many as the shape has elements",
                    Array.getLength(values) + " for shape " + shape);
        }
        this.dtype = dtype;
        this.shape = shape;
        this.values = values;
    }

    /**
     * A copy of a tensor's elements.
     *
     * @param tensor any type and layout
     * @return its elements, row-major
     */
    public static HeapTensor copyOf(Tensor tensor) {
        return new HeapTensor(tensor.dtype(), tensor.shape(), Transfer.toArray(tensor));
    }

    /**
     * Numbers of the heap, not copied.
     *
     * @param dtype the elements' type
     * @param shape the sizes
     * @param values row-major: a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]}, or for bool a
     *     {@code byte[]} of 0 and 1
     * @return the tensor, which the array now belongs to
     * @throws ShapeException when the array is longer or shorter than the shape
     * @throws ClassCastException when the array is of another type
     */
    public static HeapTensor wrap(DType dtype, Shape shape, Object values) {
        return new HeapTensor(dtype, shape, arrayType(dtype).cast(values));
    }

    /**
     * A whole number, such as a count of steps.
     *
     * @param value the number
     * @return int64 {@code []}
     */
    public static HeapTensor of(long value) {
        return new HeapTensor(DType.INT64, Shape.scalar(), new long[] {value});
    }

    /**
     * A number, such as the best value so far.
     *
     * @param value the number
     * @return float64 {@code []}
     */
    public static HeapTensor of(double value) {
        return new HeapTensor(DType.FLOAT64, Shape.scalar(), new double[] {value});
    }

    private static Class<?> arrayType(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> float[].class;
            case FLOAT64 -> double[].class;
            case INT32 -> int[].class;
            case INT64 -> long[].class;
            case BOOL -> byte[].class;
        };
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
     * The sizes.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The elements themselves, not copied.
     *
     * @return an array of the type's Java counterpart; {@code byte[]} for bool
     */
    public Object values() {
        return values;
    }

    /**
     * The only element as a whole number.
     *
     * @return the number
     * @throws IllegalStateException when this is not an int64 of one element
     */
    public long asLong() {
        if (!(values instanceof long[] longs) || longs.length != 1) {
            throw new IllegalStateException("tensor: must be one int64, got " + this);
        }
        return longs[0];
    }

    /**
     * The only element as a fraction.
     *
     * @return the number
     * @throws IllegalStateException when this is not a float64 of one element
     */
    public double asDouble() {
        if (!(values instanceof double[] doubles) || doubles.length != 1) {
            throw new IllegalStateException("tensor: must be one float64, got " + this);
        }
        return doubles[0];
    }

    /**
     * A tensor with these elements.
     *
     * @param scope owns it
     * @return a copy on the scope's device
     */
    public Tensor in(Scope scope) {
        Tensor tensor = scope.empty(dtype, shape);
        Backend.of(tensor.device()).write(values, tensor);
        return tensor;
    }

    /**
     * Overwrites a tensor with these elements.
     *
     * @param target of this type and shape
     * @throws ShapeException when type or shape differ, or an axis of the target repeats elements
     */
    public void copyTo(Tensor target) {
        if (target.dtype() != dtype || !target.shape().equals(shape)) {
            throw new ShapeException("restore", "type and shape must be those of the target", this + " for " + target);
        }
        Transfer.overwrite("restore", target, values);
    }

    /** Equal type, shape and elements, bit for bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HeapTensor tensor
                && dtype == tensor.dtype
                && shape.equals(tensor.shape)
                && Objects.deepEquals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dtype, shape);
    }

    /** The type and shape; no elements. */
    @Override
    public String toString() {
        return dtype + " " + shape;
    }
}
