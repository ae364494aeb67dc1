package io.diapason.backend;

import io.diapason.tensor.Layout;
import io.diapason.tensor.Shape;

/**
 * The loop over the elements of operands of one shape and any layouts. Axes that all operands step along evenly become
 * one; of what remains the innermost two are a kernel's rows and columns, and the others are looped over here.
 */
final class StridedLoop {
    private final int operands;
    private int rank;
    private final long[] sizes;
    private final long[][] strides; // [operand][axis]
    private final long[] at; // of each operand, where the kernel's next rows and columns begin, in elements

    /** Calls a kernel once. */
    @FunctionalInterface
    interface Kernel {
        /** Gives the kernel's status; operands begin at the loop's current place. */
        int run(StridedLoop loop);
    }

    /**
     * A loop.
     *
     * @param shape of all operands
     * @param layouts of that shape, or of one that broadcasts to it
     */
    StridedLoop(Shape shape, Layout... layouts) {
        operands = layouts.length;
        sizes = new long[Math.max(2, shape.rank())];
        strides = new long[operands][sizes.length];
        at = new long[operands];
        Layout[] expanded = new Layout[operands];
        for (int i = 0; i < operands; i++) {
            expanded[i] = layouts[i].expand(shape);
            at[i] = expanded[i].offset();
        }
        // Innermost first, so that axis 0 holds the columns.
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int size = shape.size(axis);
            if (size == 1) {
                continue;
            }
            if (rank > 0 && continues(expanded, axis)) {
                sizes[rank - 1] *= size;
            } else {
                sizes[rank] = size;
                for (int i = 0; i < operands; i++) {
                    strides[i][rank] = expanded[i].stride(axis);
                }
                rank++;
            }
        }
        while (rank < 2) {
            sizes[rank++] = 1; // the stride of a single row or column does not matter
        }
    }

    private boolean continues(Layout[] layouts, int axis) {
        for (int i = 0; i < operands; i++) {
            if (layouts[i].stride(axis) != strides[i][rank - 1] * sizes[rank - 1]) {
                return false;
            }
        }
        return true;
    }

    long rows() {
        return sizes[1];
    }

    long columns() {
        return sizes[0];
    }

    long rowStride(int operand) {
        return strides[operand][1];
    }

    long columnStride(int operand) {
        return strides[operand][0];
    }

    /** Where an operand's rows and columns begin, in elements of its storage. */
    long at(int operand) {
        return at[operand];
    }

    /** Runs the kernel for each combination of the outer axes; the first status that is not 0 ends the loop. */
    int run(Kernel kernel) {
        for (int axis = 0; axis < rank; axis++) {
            if (sizes[axis] == 0) {
                return 0;
            }
        }
        long[] index = new long[rank];
        while (true) {
            int status = kernel.run(this);
            if (status != 0) {
                return status;
            }
            int axis = 2;
            while (axis < rank && ++index[axis] == sizes[axis]) {
                for (int i = 0; i < operands; i++) {
                    at[i] -= strides[i][axis] * (sizes[axis] - 1);
                }
                index[axis++] = 0;
            }
            if (axis >= rank) {
                return 0;
            }
            for (int i = 0; i < operands; i++) {
                at[i] += strides[i][axis];
            }
        }
    }
}
