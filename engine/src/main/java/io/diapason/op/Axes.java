package io.diapason.op;

import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import java.util.Arrays;

/** Which axes of a shape a reduction takes away. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
record Axes(boolean[] reduced) {
    /** From what users wrote: none means all, negative ones count from the last. */
    static Axes of(String op, Shape shape, int... axes) {
        boolean[] reduced = new boolean[shape.rank()];
        if (axes.length == 0) {
            Arrays.fill(reduced, true);
        }
        for (int axis : axes) {
            int at = shape.axis(op, axis);
            if (reduced[at]) {
                throw new ShapeException(
                        op, "every axis must be named once", Arrays.toString(axes) + " for shape " + shape);
            }
            reduced[at] = true;
        }
        return new Axes(reduced);
    }

    /** How many axes are reduced. */
    int count() {
        int count = 0;
        for (boolean axis : reduced) {
            count += axis ? 1 : 0;
        }
        return count;
    }

    /** How many elements each result is made from. */
    long count(Shape shape) {
        long count = 1;
        for (int axis = 0; axis < reduced.length; axis++) {
            count *= reduced[axis] ? shape.size(axis) : 1;
        }
        return count;
    }

    /** The first reduced axis; 0 when there is none. */
    int first() {
        for (int axis = 0; axis < reduced.length; axis++) {
            if (reduced[axis]) {
                return axis;
            }
        }
        return 0;
    }

    /** Whether the reduced axes stand side by side, so that a kernel can take them as one. */
    boolean areAdjacent() {
        int first = first();
        int count = count();
        for (int axis = first; axis < first + count; axis++) {
            if (!reduced[axis]) {
                return false;
            }
        }
        return true;
    }

    /** All axes, the reduced ones last. */
    int[] last() {
        int[] order = new int[reduced.length];
        int kept = 0;
        int last = reduced.length - count();
        for (int axis = 0; axis < reduced.length; axis++) {
            order[reduced[axis] ? last++ : kept++] = axis;
        }
        return order;
    }

    /** The shape with 1 for each reduced axis. */
    Shape kept(Shape shape) {
        Shape kept = shape;
        for (int axis = 0; axis < reduced.length; axis++) {
            kept = reduced[axis] ? kept.with(axis, 1) : kept;
        }
        return kept;
    }
}
