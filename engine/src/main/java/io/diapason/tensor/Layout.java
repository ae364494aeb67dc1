package io.diapason.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor's elements lie within its storage: element (i, j, …) is number {@code offset + i · stride(0) + j ·
 * stride(1) + …}. Views are other layouts over the same storage. Immutable.
 *
 * <p>Strides count elements; 0 repeats (an expanded axis), a negative one runs backwards.
 */
public final class Layout {
    private final Shape shape;
    private final long[] strides;
    private final long offset;
    private final boolean dense;

    private Layout(Shape shape, long[] strides, long offset) {
        this.shape = shape;
        this.strides = strides;
        this.offset = offset;
        this.dense = isDense(shape, strides);
    }

    /**
     * Row-major without gaps, from the beginning of the storage.
     *
     * @param shape the sizes
     * @return the layout that new tensors have
     */
    public static Layout dense(Shape shape) {
        return new Layout(shape, denseStrides(shape), 0);
    }

    private static long[] denseStrides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape.size(axis));
        }
        return strides;
    }

    /** Axes of size 1 are never stepped along, so their stride does not matter. */
    private static boolean isDense(Shape shape, long[] strides) {
        if (shape.elements() == 0) {
            return true;
        }
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            int size = shape.size(axis);
            if (size != 1) {
                if (strides[axis] != stride) {
                    return false;
                }
                stride *= size;
            }
        }
        return true;
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
     * How far apart neighbours along an axis lie.
     *
     * @param axis from 0
     * @return elements; 0 repeats
     */
    public long stride(int axis) {
        return strides[axis];
    }

    /**
     * Where the first element lies.
     *
     * @return elements from the beginning of the storage
     */
    public long offset() {
        return offset;
    }

    /**
     * Whether the elements lie row-major without gaps.
     *
     * @return true for every new tensor and for the outermost slices of one
     */
    public boolean isDense() {
        return dense;
    }

    /**
     * The axes in another order.
     *
     * @param axes each axis once; axis n of the result is axis {@code axes[n]} of this
     * @return the layout
     * @throws ShapeException when an axis is missing or named twice
     */
    public Layout permute(int... axes) {
        int rank = shape.rank();
        boolean[] seen = new boolean[rank];
        int[] sizes = new int[rank];
        long[] permuted = new long[rank];
        boolean valid = axes.length == rank;
        for (int i = 0; valid && i < rank; i++) {
            int axis = shape.axis("permute", axes[i]);
            valid = !seen[axis];
            seen[axis] = true;
            sizes[i] = shape.size(axis);
            permuted[i] = strides[axis];
        }
        if (!valid) {
            throw new ShapeException(
                    "permute", "every axis must be named once", Arrays.toString(axes) + " for shape " + shape);
        }
        return new Layout(Shape.of(sizes), permuted, offset);
    }

    /**
     * Every {@code step}-th element along an axis.
     *
     * @param axis from 0, or from -1 downwards
     * @param from the first index
     * @param to the index after the last
     * @param step at least 1
     * @return the layout
     * @throws IndexOutOfBoundsException when the range is not there
     */
    public Layout slice(int axis, int from, int to, int step) {
        int at = shape.axis("slice", axis);
        if (from < 0 || to < from || to > shape.size(at) || step < 1) {
            throw new IndexOutOfBoundsException("slice: 0 <= from <= to <= size and step >= 1 must hold, got from "
                    + from + " to " + to + " by " + step + " along axis " + at + " of shape " + shape);
        }
        int count = to == from ? 0 : (to - from - 1) / step + 1;
        long[] sliced = strides.clone();
        sliced[at] *= step;
        // An empty slice begins where the whole does, so that it never points past the end.
        return new Layout(shape.with(at, count), sliced, count == 0 ? offset : offset + from * strides[at]);
    }

    /**
     * One index of an axis; the axis disappears.
     *
     * @param axis from 0, or from -1 downwards
     * @param index from 0, or from -1 (the last) downwards
     * @return the layout, of rank - 1
     * @throws IndexOutOfBoundsException when the index is not there
     */
    public Layout select(int axis, int index) {
        int at = shape.axis("select", axis);
        int size = shape.size(at);
        int counted = index < 0 ? index + size : index;
        if (counted < 0 || counted >= size) {
            throw new IndexOutOfBoundsException("select: the index must be in [0, size), got " + index + " along axis "
                    + at + " of shape " + shape);
        }
        return new Layout(shape.without(at), without(strides, at), offset + counted * strides[at]);
    }

    /**
     * The axes of size 1 repeated, and further axes put in front, so that the shape becomes another.
     *
     * @param target the shape to broadcast to
     * @return the layout, whose repeated axes have stride 0
     * @throws ShapeException when the shapes do not broadcast
     */
    public Layout expand(Shape target) {
        if (target.equals(shape)) {
            return this;
        }
        int added = target.rank() - shape.rank();
        long[] expanded = new long[target.rank()];
        boolean valid = added >= 0;
        for (int axis = Math.max(0, added); valid && axis < target.rank(); axis++) {
            int size = shape.size(axis - added);
            valid = size == target.size(axis) || size == 1;
            expanded[axis] = size == target.size(axis) ? strides[axis - added] : 0;
        }
        if (!valid) {
            throw new ShapeException(
                    "expand", "sizes must be equal or 1 before, counted from the last axis", shape + " to " + target);
        }
        return new Layout(target, expanded, offset);
    }

    /**
     * A further axis of size 1.
     *
     * @param axis its place in the result, from 0, or from -1 (last) downwards
     * @return the layout, of rank + 1
     * @throws ShapeException when there is no such place
     */
    public Layout unsqueeze(int axis) {
        int at = axis < 0 ? axis + shape.rank() + 1 : axis;
        if (at < 0 || at > shape.rank()) {
            throw new ShapeException(
                    "unsqueeze",
                    "the axis must be from " + (-shape.rank() - 1) + " to " + shape.rank(),
                    axis + " for shape " + shape);
        }
        long[] more = new long[strides.length + 1];
        System.arraycopy(strides, 0, more, 0, at);
        more[at] = 1;
        System.arraycopy(strides, at, more, at + 1, strides.length - at);
        return new Layout(shape.inserted(at, 1), more, offset);
    }

    /**
     * Without one axis of size 1.
     *
     * @param axis from 0, or from -1 downwards
     * @return the layout, of rank - 1
     * @throws ShapeException when the axis has another size
     */
    public Layout squeeze(int axis) {
        int at = shape.axis("squeeze", axis);
        if (shape.size(at) != 1) {
            throw new ShapeException("squeeze", "the axis must have size 1", "axis " + at + " of shape " + shape);
        }
        return new Layout(shape.without(at), without(strides, at), offset);
    }

    /**
     * The same elements in the same order under another shape, where strides can say so.
     *
     * @param target a shape of as many elements
     * @return the layout, or null when the elements must be copied first
     */
    public @Nullable Layout reshape(Shape target) {
        if (dense) {
            return new Layout(target, denseStrides(target), offset);
        }
        // Runs of axes that lie as one dense axis, each with its stride; a target axis must fit within one run.
        long[] reshaped = new long[target.rank()];
        int axis = shape.rank() - 1;
        int to = target.rank() - 1;
        while (axis >= 0) {
            long run = shape.size(axis);
            long stride = strides[axis];
            while (axis > 0 && (shape.size(axis - 1) == 1 || run == 1 || strides[axis - 1] == stride * run)) {
                axis--;
                if (run == 1) {
                    stride = strides[axis];
                }
                run *= shape.size(axis);
            }
            axis--;
            while (to >= 0 && (run > 1 || target.size(to) == 1)) {
                int size = target.size(to);
                if (run % size != 0) {
                    return null;
                }
                reshaped[to] = stride;
                stride *= size;
                run /= size;
                to--;
            }
            if (run != 1) {
                return null;
            }
        }
        while (to >= 0) {
            reshaped[to--] = 1;
        }
        return new Layout(target, reshaped, offset);
    }

    /** A vector's layout with its neighbours further apart: a diagonal. */
    Layout stepped(long stride) {
        return new Layout(shape, new long[] {stride}, offset);
    }

    /** The first and the last element number that the layout reaches, for checks; of no elements the offset alone. */
    long[] reach() {
        long low = offset;
        long high = offset;
        if (shape.elements() > 0) {
            for (int axis = 0; axis < strides.length; axis++) {
                long span = (shape.size(axis) - 1) * strides[axis];
                low += Math.min(0, span);
                high += Math.max(0, span);
            }
        }
        return new long[] {low, high};
    }

    /** Whether another layout of the same storage may reach the same elements. */
    boolean overlaps(Layout other) {
        long[] mine = reach();
        long[] others = other.reach();
        return mine[0] <= others[1] && others[0] <= mine[1];
    }

    private static long[] without(long[] values, int at) {
        long[] fewer = new long[values.length - 1];
        System.arraycopy(values, 0, fewer, 0, at);
        System.arraycopy(values, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout layout
                && shape.equals(layout.shape)
                && Arrays.equals(strides, layout.strides)
                && offset == layout.offset;
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(strides) + Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return shape + " strides " + Arrays.toString(strides) + " offset " + offset;
    }
}
