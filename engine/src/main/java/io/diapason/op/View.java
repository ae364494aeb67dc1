package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Other layouts of the same memory: nothing is copied, but where {@link #reshape} says so. The methods of
 * {@link Tensor} of the same names are short for these.
 */
public final class View {
    private View() {}

    /**
     * The same elements in row-major order under another shape: a view where strides can say it, else of a dense copy.
     * Gradient: g under the operand's shape.
     *
     * @param x any shape
     * @param shape of as many elements
     * @return the tensor
     * @throws ShapeException when the numbers of elements differ
     */
    public static Tensor reshape(Tensor x, Shape shape) {
        if (shape.elements() != x.elements()) {
            throw new ShapeException(
                    "reshape", "the number of elements must stay the same", x.shape() + " to " + shape);
        }
        if (shape.equals(x.shape())) {
            return x;
        }
        return Autograd.apply(new Reshape(shape), x.layout().reshape(shape) == null ? x.contiguous() : x);
    }

    /**
     * The axes in another order. Gradient: g in the order before.
     *
     * @param x any shape
     * @param axes each axis once; axis n of the result is axis {@code axes[n]} of x
     * @return the view
     * @throws ShapeException when an axis is missing or named twice
     */
    public static Tensor permute(Tensor x, int... axes) {
        return Autograd.apply(new Permute(axes.clone()), x);
    }

    /**
     * Two axes exchanged.
     *
     * @param x any shape that has them
     * @param a from 0, or from -1 (the last) downwards
     * @param b the other
     * @return the view
     * @throws ShapeException when there is no such axis
     */
    public static Tensor transpose(Tensor x, int a, int b) {
        int[] axes = new int[x.shape().rank()];
        Arrays.setAll(axes, axis -> axis);
        int first = x.shape().axis("transpose", a);
        int second = x.shape().axis("transpose", b);
        axes[first] = second;
        axes[second] = first;
        return permute(x, axes);
    }

    /**
     * Every {@code step}-th element along an axis. Gradient: g at these places, 0 between.
     *
     * @param x any shape
     * @param axis from 0, or from -1 downwards
     * @param from the first index
     * @param to the index after the last
     * @param step at least 1
     * @return the view
     * @throws IndexOutOfBoundsException when the range is not there
     */
    public static Tensor slice(Tensor x, int axis, int from, int to, int step) {
        return Autograd.apply(new Slice(axis, from, to, step), x);
    }

    /**
     * One index of an axis; the axis disappears. Gradient: g at this place, 0 elsewhere.
     *
     * @param x any shape
     * @param axis from 0, or from -1 downwards
     * @param index from 0, or from -1 (the last) downwards
     * @return the view, of rank - 1
     * @throws IndexOutOfBoundsException when the index is not there
     */
    public static Tensor select(Tensor x, int axis, int index) {
        return Autograd.apply(new Select(axis, index), x);
    }

    /**
     * Axes of size 1 repeated, and further ones in front. Gradient: Σ g over the repeated elements.
     *
     * @param x any shape that broadcasts to the other
     * @param shape the other
     * @return the view
     * @throws ShapeException when the shapes do not broadcast
     */
    public static Tensor expand(Tensor x, Shape shape) {
        return shape.equals(x.shape()) ? x : Autograd.apply(new Expand(shape), x);
    }

    /**
     * A further axis of size 1.
     *
     * @param x any shape
     * @param axis its place in the result, from 0, or from -1 (last) downwards
     * @return the view, of rank + 1
     * @throws ShapeException when there is no such place
     */
    public static Tensor unsqueeze(Tensor x, int axis) {
        return Autograd.apply(new Unsqueeze(axis), x);
    }

    /**
     * Without one axis of size 1.
     *
     * @param x any shape
     * @param axis from 0, or from -1 downwards
     * @return the view, of rank - 1
     * @throws ShapeException when the axis has another size
     */
    public static Tensor squeeze(Tensor x, int axis) {
        return Autograd.apply(new Squeeze(axis), x);
    }

    /** The reverse of broadcasting: Σ over what was repeated, so that a gradient gets its operand's shape. */
    static Tensor sumTo(Tensor gradient, Shape shape) {
        if (gradient.shape().equals(shape)) {
            return gradient;
        }
        int added = gradient.shape().rank() - shape.rank();
        int[] axes = new int[gradient.shape().rank()];
        int count = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            if (axis < added || shape.size(axis - added) != gradient.shape().size(axis)) {
                axes[count++] = axis;
            }
        }
        Tensor sums = count == 0 ? gradient : Reduction.sum(gradient, false, Arrays.copyOf(axes, count));
        return reshape(sums, shape);
    }

    private record Reshape(Shape target) implements ViewOp {
        @Override
        public String name() {
            return "reshape";
        }

        @Override
        public Layout layout(Tensor input) {
            Layout layout = input.layout().reshape(target);
            if (layout == null) {
                throw new IllegalStateException("reshape: the layout must allow a view, got " + input.layout());
            }
            return layout;
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {reshape(upstream, inputs[0].shape())};
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
    private record Permute(int[] axes) implements ViewOp {
        @Override
        public String name() {
            return "permute";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().permute(axes);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            int[] inverse = new int[axes.length];
            for (int axis = 0; axis < axes.length; axis++) {
                inverse[axes[axis] < 0 ? axes[axis] + axes.length : axes[axis]] = axis;
            }
            return new Tensor[] {permute(upstream, inverse)};
        }
    }

    private record Slice(int axis, int from, int to, int step) implements ViewOp {
        @Override
        public String name() {
            return "slice";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().slice(axis, from, to, step);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Autograd.apply(new Embed(this, inputs[0].shape()), upstream)};
        }
    }

    private record Select(int axis, int index) implements ViewOp {
        @Override
        public String name() {
            return "select";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().select(axis, index);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Autograd.apply(new Embed(this, inputs[0].shape()), upstream)};
        }
    }

    /** The reverse of a view that leaves elements out: zeros, but for the elements of the view. */
    private record Embed(ViewOp view, Shape whole) implements KernelOp {
        @Override
        public String name() {
            return view.name() + "Backward";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return whole;
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.fill(0, output);
            backend.assign(inputs[0], output.viewAs(view.layout(output)));
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {Autograd.apply(view, upstream)};
        }
    }

    private record Expand(Shape target) implements ViewOp {
        @Override
        public String name() {
            return "expand";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().expand(target);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {sumTo(upstream, inputs[0].shape())};
        }
    }

    private record Unsqueeze(int axis) implements ViewOp {
        @Override
        public String name() {
            return "unsqueeze";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().unsqueeze(axis);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {squeeze(upstream, axis)};
        }
    }

    private record Squeeze(int axis) implements ViewOp {
        @Override
        public String name() {
            return "squeeze";
        }

        @Override
        public Layout layout(Tensor input) {
            return input.layout().squeeze(axis);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {unsqueeze(upstream, axis)};
        }
    }
}
