package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Picking by index, and putting together. Indices are int64 or int32, and are checked before anything is read. */
public final class Index {
    private Index() {}

    /**
     * The given places of an axis: y[…, i, …] = x[…, index[i], …]. This is how a batch is taken from a data set, and
     * the rows of an embedding from its table. Gradient: each g added to where its element came from.
     *
     * @param x any type and shape that has the axis
     * @param axis from 0, or from -1 downwards
     * @param index int64 or int32 {@code [n]}, each in [0, size of the axis)
     * @return x's shape with n as the axis's size
     * @throws IndexOutOfBoundsException when an index is not there
     */
    public static Tensor indexSelect(Tensor x, int axis, Tensor index) {
        return Autograd.apply(new Pick(x.shape().axis("indexSelect", axis), false), x, places("indexSelect", index));
    }

    /**
     * One place of an axis for each element of the index: for axis 1, y[i, j, k] = x[i, index[i, j, k], k], as
     * PyTorch's {@code gather}. Gradient: each g added to where its element came from.
     *
     * @param x any type and shape
     * @param axis from 0, or from -1 downwards
     * @param index int64 or int32 of x's rank, along the other axes no larger than x; each in [0, size of the axis)
     * @return of the index's shape
     * @throws IndexOutOfBoundsException when an index is not there
     */
    public static Tensor gather(Tensor x, int axis, Tensor index) {
        int at = x.shape().axis("gather", axis);
        Tensor places = places("gather", index);
        Shape shape = places.shape();
        boolean fits = shape.rank() == x.shape().rank();
        Tensor within = x;
        for (int other = 0; fits && other < shape.rank(); other++) {
            if (other != at) {
                fits = shape.size(other) <= x.shape().size(other);
                within = fits && shape.size(other) < x.shape().size(other)
                        ? View.slice(within, other, 0, shape.size(other), 1)
                        : within;
            }
        }
        if (!fits) {
            throw new ShapeException(
                    "gather",
                    "the index must have the source's rank, and be no larger along the other axes",
                    "source " + x.shape() + " and index " + shape + " along axis " + at);
        }
        return Autograd.apply(new Pick(at, true), within, places);
    }

    /**
     * Tensors one after another along an axis. Gradient: to each its part of g.
     *
     * @param axis from 0, or from -1 downwards
     * @param tensors at least one, of one type, and of one shape but for this axis
     * @return their shape with the sum of their sizes along the axis
     * @throws ShapeException when the shapes do not fit
     */
    public static Tensor concat(int axis, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new IllegalArgumentException("concat: there must be at least one tensor, got none");
        }
        return Autograd.apply(new Concat("concat", tensors[0].shape().axis("concat", axis)), tensors);
    }

    /**
     * Tensors side by side along a new axis. Gradient: to each its part of g.
     *
     * @param axis the new axis's place in the result, from 0, or from -1 (last) downwards
     * @param tensors at least one, of one type and shape
     * @return their shape with one more axis, of as many as there are tensors
     * @throws ShapeException when the shapes differ
     */
    public static Tensor stack(int axis, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new IllegalArgumentException("stack: there must be at least one tensor, got none");
        }
        int rank = tensors[0].shape().rank();
        int at = axis < 0 ? axis + rank + 1 : axis;
        if (at < 0 || at > rank) {
            throw new ShapeException(
                    "stack",
                    "the axis must be from " + (-rank - 1) + " to " + rank,
                    axis + " for shape " + tensors[0].shape());
        }
        Tensor[] pages = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            if (!tensors[i].shape().equals(tensors[0].shape())) {
                throw new ShapeException(
                        "stack", "all shapes must be equal", tensors[0].shape() + " and " + tensors[i].shape());
            }
            pages[i] = View.unsqueeze(tensors[i], at);
        }
        return Autograd.apply(new Concat("stack", at), pages);
    }

    /**
     * 1 at each index along a new last axis, else 0.
     *
     * @param index int64 or int32, any shape, each in [0, classes)
     * @param classes the size of the new axis, at least 1
     * @param dtype the result's type
     * @return the index's shape with the new axis
     * @throws IllegalArgumentException when there is no class
     * @throws IndexOutOfBoundsException when an index is no class
     */
    public static Tensor oneHot(Tensor index, int classes, DType dtype) {
        if (classes < 1) {
            throw new IllegalArgumentException("oneHot: there must be at least one class, got " + classes);
        }
        return Autograd.apply(new OneHot(classes), places("oneHot", index)).to(dtype);
    }

    private static Tensor places(String op, Tensor index) {
        if (!index.dtype().isInteger()) {
            throw new ShapeException(op, "the index must be int64 or int32", index.dtype() + " " + index.shape());
        }
        return index.to(DType.INT64);
    }

    /** Runs a kernel that checks the indices; of one that is not there it says which. */
    private static void within(String op, Tensor index, int size, Runnable kernel) {
        try {
            kernel.run();
        } catch (IndexOutOfBoundsException e) {
            for (long place : index.toLongArray()) {
                if (place < 0 || place >= size) {
                    var named = new IndexOutOfBoundsException(
                            op + ": every index must be at least 0 and below " + size + ", got " + place);
                    named.initCause(e);
                    throw named;
                }
            }
            throw e;
        }
    }

    /** Of (source, index): whole slices at the places of a vector, or {@code along}, a place for each element. */
    private record Pick(int axis, boolean along) implements KernelOp {
        @Override
        public String name() {
            return along ? "gather" : "indexSelect";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Shape index = inputs[1].shape();
            if (along) {
                return index;
            }
            if (index.rank() != 1) {
                throw new ShapeException(
                        name(), "the index must have one axis", "source " + inputs[0].shape() + " and index " + index);
            }
            return inputs[0].shape().with(axis, index.size(0));
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            Tensor x = inputs[0];
            Tensor index = inputs[1];
            long outer = x.shape().elements(0, axis);
            int n = x.shape().size(axis);
            long inner = x.shape().elements(axis + 1, x.shape().rank());
            within(name(), index, n, () -> {
                if (along) {
                    backend.takeAlong(outer, n, inner, index, x, output);
                } else {
                    backend.gather(outer, n, inner, index, x, output);
                }
            });
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor dx = Autograd.apply(new Add(this, inputs[0].shape()), upstream, inputs[1]);
            return new @Nullable Tensor[] {dx, null};
        }
    }

    /** The reverse of {@link Pick}, of (upstream, index): sums at the places of the index. */
    private record Add(Pick pick, Shape whole) implements KernelOp {
        @Override
        public String name() {
            return pick.name() + "Backward";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return whole;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            long outer = whole.elements(0, pick.axis);
            int n = whole.size(pick.axis);
            long inner = whole.elements(pick.axis + 1, whole.rank());
            backend.fill(0, output);
            if (pick.along) {
                backend.scatterAddAlong(outer, n, inner, inputs[1], inputs[0], output);
            } else {
                backend.scatterAdd(outer, n, inner, inputs[1], inputs[0], output);
            }
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {Autograd.apply(pick, upstream, inputs[1]), null};
        }
    }

    private record OneHot(int classes) implements KernelOp {
        @Override
        public String name() {
            return "oneHot";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape().inserted(inputs[0].shape().rank(), classes);
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return DType.FLOAT32; // what scatterAddAlong can add; 0 and 1 are exact in every type
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            Tensor ones = Scope.current().ones(inputs[0].shape());
            backend.fill(0, output);
            within(
                    name(),
                    inputs[0],
                    classes,
                    () -> backend.scatterAddAlong(inputs[0].elements(), classes, 1, inputs[0], ones, output));
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {null};
        }
    }

    private record Concat(String name, int axis) implements KernelOp {
        @Override
        public Shape shape(Tensor... inputs) {
            Shape first = inputs[0].shape();
            long size = 0;
            for (Tensor input : inputs) {
                Check.sameType(name, inputs[0], input);
                Shape shape = input.shape();
                if (shape.rank() != first.rank() || !shape.with(axis, 0).equals(first.with(axis, 0))) {
                    throw new ShapeException(
                            name, "all sizes but that of axis " + axis + " must be equal", first + " and " + shape);
                }
                size += shape.size(axis);
            }
            return first.with(axis, Math.toIntExact(size));
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            Layout whole = output.layout();
            int from = 0;
            for (Tensor input : inputs) {
                int to = from + input.shape().size(axis);
                backend.assign(input, output.viewAs(whole.slice(axis, from, to, 1)));
                from = to;
            }
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor[] parts = new Tensor[inputs.length];
            int from = 0;
            for (int i = 0; i < parts.length; i++) {
                int to = from + inputs[i].shape().size(axis);
                parts[i] = View.slice(upstream, axis, from, to, 1);
                from = to;
            }
            return parts;
        }
    }
}
