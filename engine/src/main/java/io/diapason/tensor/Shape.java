package io.diapason.tensor;

import java.util.Arrays;

/** The sizes of a tensor's dimensions, outermost first; a scalar has none. Immutable. */
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0], 1);

    private final int[] sizes;
    private final long elements;

    private Shape(int[] sizes, long elements) {
        this.sizes = sizes;
        this.elements = elements;
    }

    /**
     * A shape of the given sizes.
     *
     * @param sizes each at least 0, outermost first; none for a scalar
     * @return the shape
     * @throws IllegalArgumentException when a size is negative or the product exceeds what a 64-bit number holds
     */
    public static Shape of(int... sizes) {
        if (sizes.length == 0) {
            return SCALAR;
        }
        long elements = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException("shape: sizes must be at least 0, got " + Arrays.toString(sizes));
            }
            try {
                elements = Math.multiplyExact(elements, (long) size);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "shape: the number of elements must fit 64 bits, got " + Arrays.toString(sizes), e);
            }
        }
        return new Shape(sizes.clone(), elements);
    }

    /**
     * The shape {@code []} of a single number.
     *
     * @return the shape without dimensions
     */
    public static Shape scalar() {
        return SCALAR;
    }

    /**
     * How many dimensions.
     *
     * @return 0 for a scalar, 2 for a matrix
     */
    public int rank() {
        return sizes.length;
    }

    /**
     * The size of one dimension.
     *
     * @param dimension from 0 (outermost), or from -1 (innermost) downwards
     * @return its size
     * @throws IndexOutOfBoundsException when there is no such dimension
     */
    public int size(int dimension) {
        return sizes[dimension < 0 ? dimension + sizes.length : dimension];
    }

    /**
     * How many elements: the product of all sizes.
     *
     * @return at least 0; 1 for a scalar
     */
    public long elements() {
        return elements;
    }

    /**
     * The same shape but for its first size.
     *
     * @param rows the new first size
     * @return the shape
     */
    public Shape withRows(int rows) {
        int[] changed = sizes.clone();
        changed[0] = rows;
        return of(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** The sizes as errors print them, such as {@code [32, 13]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
