package io.diapason.tensor;

import java.util.Arrays;

/** The sizes of a tensor's dimensions (axes), outermost first; a scalar has none. Immutable. */
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
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone(), product(sizes));
    }

    private static long product(int[] sizes) {
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
        return elements;
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
     * @param axis from 0 (outermost), or from -1 (innermost) downwards
     * @return its size
     * @throws IndexOutOfBoundsException when there is no such dimension
     */
    public int size(int axis) {
        return sizes[axis < 0 ? axis + sizes.length : axis];
    }

    /**
     * All sizes.
     *
     * @return a new array, outermost first
     */
    public int[] sizes() {
        return sizes.clone();
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
     * The product of some consecutive sizes.
     *
     * @param from the first axis that counts
     * @param to the axis after the last
     * @return 1 when there are none
     */
    public long elements(int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= sizes[axis];
        }
        return product;
    }

    /**
     * The same axis counted from the outside.
     *
     * @param op what errors begin with
     * @param axis from 0 (outermost), or from -1 (innermost) downwards
     * @return in [0, rank)
     * @throws ShapeException when there is no such axis
     */
    public int axis(String op, int axis) {
        int counted = axis < 0 ? axis + sizes.length : axis;
        if (counted < 0 || counted >= sizes.length) {
            throw new ShapeException(
                    op,
                    sizes.length == 0
                            ? "a scalar has no axes"
                            : "the axis must be from " + -sizes.length + " to " + (sizes.length - 1),
                    axis + " for shape " + this);
        }
        return counted;
    }

    /**
     * The same shape but for one size.
     *
     * @param axis from 0, or from -1 downwards
     * @param size the new size
     * @return the shape
     */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[axis < 0 ? axis + sizes.length : axis] = size;
        return of(changed);
    }

    /**
     * The shape with one more axis.
     *
     * @param axis its place, from 0 to rank
     * @param size its size
     * @return the shape of rank + 1
     */
    public Shape inserted(int axis, int size) {
        int[] changed = new int[sizes.length + 1];
        System.arraycopy(sizes, 0, changed, 0, axis);
        changed[axis] = size;
        System.arraycopy(sizes, axis, changed, axis + 1, sizes.length - axis);
        return of(changed);
    }

    /**
     * The shape without one axis.
     *
     * @param axis from 0
     * @return the shape of rank - 1
     */
    public Shape without(int axis) {
        int[] changed = new int[sizes.length - 1];
        System.arraycopy(sizes, 0, changed, 0, axis);
        System.arraycopy(sizes, axis + 1, changed, axis, changed.length - axis);
        return of(changed);
    }

    /**
     * The shape that as many elements have when one size follows from the others, for reshape.
     *
     * @param target of which at most one is -1
     */
    Shape inferred(int... target) {
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < target.length; axis++) {
            if (target[axis] != -1) {
                known *= target[axis];
            } else if (open == -1) {
                open = axis;
            } else {
                throw new ShapeException("reshape", "at most one size may be -1", Arrays.toString(target));
            }
        }
        int[] found = target.clone();
        if (open >= 0) {
            if (known <= 0 || elements % known != 0) {
                throw new ShapeException(
                        "reshape",
                        "the other sizes must divide the number of elements",
                        this + " to " + Arrays.toString(target));
            }
            found[open] = Math.toIntExact(elements / known);
        }
        return Shape.of(found);
    }

    /**
     * What two shapes broadcast to, by NumPy's rule: aligned at the innermost axis, sizes must be equal or one of them
     * 1.
     *
     * @param op what errors begin with
     * @param a a shape
     * @param b another
     * @return the common shape
     * @throws ShapeException when the rule is broken
     */
    public static Shape broadcast(String op, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int back = 1; back <= rank; back++) {
            int of = back <= a.rank() ? a.sizes[a.rank() - back] : 1;
            int with = back <= b.rank() ? b.sizes[b.rank() - back] : 1;
            if (of != with && of != 1 && with != 1) {
                throw new ShapeException(op, "sizes must be equal or 1, counted from the last axis", a + " and " + b);
            }
            sizes[rank - back] = of == 1 ? with : of;
        }
        return of(sizes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape shape && Arrays.equals(sizes, shape.sizes));
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
