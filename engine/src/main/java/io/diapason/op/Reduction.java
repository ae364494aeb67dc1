package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums, means, extremes and the like over some axes. Each function takes the axes that disappear (none means all;
 * negative ones count from the last) and whether they stay with size 1 instead.
 */
public final class Reduction {
    private static final int NORM = -1; // no kernel of its own: the root of DP_SUM_SQUARES

    private Reduction() {}

    /**
     * Σ x over everything.
     *
     * @param x any shape
     * @return a scalar; 0 of no elements
     */
    public static Tensor sum(Tensor x) {
        return sum(x, false);
    }

    /**
     * Σ x; 0 of no elements; integers, too. Gradient: g everywhere.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the sums
     */
    public static Tensor sum(Tensor x, boolean keepDims, int... axes) {
        Check.numbers("sum", x);
        return reduce("sum", Kernels.DP_SUM, x, keepDims, axes);
    }

    /**
     * Σ x / n; NaN of no elements. Gradient: g / n everywhere.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the means
     */
    public static Tensor mean(Tensor x, boolean keepDims, int... axes) {
        Check.floats("mean", x);
        Tensor sum = reduce("mean", Kernels.DP_SUM, x, keepDims, axes);
        return Arithmetic.divide(sum, Axes.of("mean", x.shape(), axes).count(x.shape()));
    }

    /**
     * Σ |x|. Gradient: g · sign(x), 0 at 0.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the sums
     */
    public static Tensor sumOfAbsolutes(Tensor x, boolean keepDims, int... axes) {
        Check.numbers("sumOfAbsolutes", x);
        return reduce("sumOfAbsolutes", Kernels.DP_SUM_ABS, x, keepDims, axes);
    }

    /**
     * Σ x². Gradient: 2 g x.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the sums
     */
    public static Tensor sumOfSquares(Tensor x, boolean keepDims, int... axes) {
        Check.numbers("sumOfSquares", x);
        return reduce("sumOfSquares", Kernels.DP_SUM_SQUARES, x, keepDims, axes);
    }

    /**
     * The Euclidean norm √Σ x². Gradient: g x / norm, 0 where the norm is 0.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the norms
     */
    public static Tensor norm(Tensor x, boolean keepDims, int... axes) {
        Check.floats("norm", x);
        return reduce("norm", NORM, x, keepDims, axes);
    }

    /**
     * The greatest element, NaN where one is; integers, too. Gradient: g shared evenly among equals.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the maxima
     * @throws ShapeException when a reduced axis is empty
     */
    public static Tensor max(Tensor x, boolean keepDims, int... axes) {
        Check.numbers("max", x);
        requireElements("max", x, axes);
        return reduce("max", Kernels.DP_MAX, x, keepDims, axes);
    }

    /**
     * The least element, NaN where one is; integers, too. Gradient: g shared evenly among equals.
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the minima
     * @throws ShapeException when a reduced axis is empty
     */
    public static Tensor min(Tensor x, boolean keepDims, int... axes) {
        Check.numbers("min", x);
        requireElements("min", x, axes);
        return reduce("min", Kernels.DP_MIN, x, keepDims, axes);
    }

    /**
     * log Σ eˣ without overflow; −∞ of no elements. Gradient: g · softmax(x).
     *
     * @param x any shape
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the logarithms
     */
    public static Tensor logSumExp(Tensor x, boolean keepDims, int... axes) {
        Check.floats("logSumExp", x);
        return reduce("logSumExp", Kernels.DP_LOG_SUM_EXP, x, keepDims, axes);
    }

    /**
     * Σ (x − mean)² / max(0, n − correction), by two passes; with correction 1 (Bessel's) it is unbiased, and NaN of
     * one element. Gradient: 2 g (x − mean) / (n − correction).
     *
     * @param x any shape
     * @param correction taken from the number of elements: 0 for the variance of a population, 1 for that of a sample
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return the variances
     */
    public static Tensor variance(Tensor x, double correction, boolean keepDims, int... axes) {
        Check.floats("variance", x);
        Tensor difference = x.minus(mean(x, true, axes));
        double count = Axes.of("variance", x.shape(), axes).count(x.shape());
        return Arithmetic.divide(sumOfSquares(difference, keepDims, axes), Math.max(0, count - correction));
    }

    /**
     * Whether some element is true; false of none.
     *
     * @param x bool
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return bool
     */
    public static Tensor any(Tensor x, boolean keepDims, int... axes) {
        Check.type("any", DType.BOOL, x);
        return reduce("any", Kernels.DP_MAX, x, keepDims, axes);
    }

    /**
     * Whether every element is true; true of none.
     *
     * @param x bool
     * @param keepDims whether reduced axes stay with size 1
     * @param axes which; none means all
     * @return bool
     */
    public static Tensor all(Tensor x, boolean keepDims, int... axes) {
        Check.type("all", DType.BOOL, x);
        return reduce("all", Kernels.DP_MIN, x, keepDims, axes);
    }

    /**
     * Where the greatest element lies: the first of equals, the first NaN where one is. No gradient flows.
     *
     * @param x numbers
     * @param keepDims whether the reduced axis stays with size 1
     * @param axis one, or none for the place in row-major order among all elements
     * @return int64
     * @throws ShapeException when the axis is empty
     */
    public static Tensor argmax(Tensor x, boolean keepDims, int... axis) {
        return argReduce("argmax", Kernels.DP_MAX, x, keepDims, axis);
    }

    /**
     * Where the least element lies: the first of equals, the first NaN where one is. No gradient flows.
     *
     * @param x numbers
     * @param keepDims whether the reduced axis stays with size 1
     * @param axis one, or none for the place in row-major order among all elements
     * @return int64
     * @throws ShapeException when the axis is empty
     */
    public static Tensor argmin(Tensor x, boolean keepDims, int... axis) {
        return argReduce("argmin", Kernels.DP_MIN, x, keepDims, axis);
    }

    private static Tensor argReduce(String op, int code, Tensor x, boolean keepDims, int... axis) {
        Check.numbers(op, x);
        if (axis.length > 1) {
            throw new ShapeException(op, "at most one axis is reduced", axis.length + " axes");
        }
        requireElements(op, x, axis);
        if (axis.length == 1) {
            int at = x.shape().axis(op, axis[0]);
            Tensor places = Autograd.apply(new ArgReduce(op, code, at), x);
            return keepDims ? View.unsqueeze(places, at) : places;
        }
        Tensor place = Autograd.apply(new ArgReduce(op, code, 0), x.flatten());
        int[] ones = new int[keepDims ? x.shape().rank() : 0];
        Arrays.fill(ones, 1);
        return View.reshape(place, Shape.of(ones));
    }

    private static void requireElements(String op, Tensor x, int... axes) {
        if (Axes.of(op, x.shape(), axes).count(x.shape()) == 0) {
            throw new ShapeException(
                    op, "the reduced axes must not be empty", x.shape().toString());
        }
    }

    private static Tensor reduce(String op, int code, Tensor x, boolean keepDims, int... axes) {
        Axes reduced = Axes.of(op, x.shape(), axes);
        Tensor grouped = reduced.areAdjacent() ? x : View.permute(x, reduced.last());
        int from = reduced.areAdjacent() ? reduced.first() : x.shape().rank() - reduced.count();
        Tensor result = Autograd.apply(new Reduce(op, code, from, from + reduced.count()), grouped);
        return keepDims ? View.reshape(result, reduced.kept(x.shape())) : result;
    }

    /** Over the adjacent axes from one to before another. */
    private record Reduce(String name, int code, int from, int to) implements KernelOp {
        @Override
        public Shape shape(Tensor... inputs) {
            Shape shape = inputs[0].shape();
            for (int axis = from; axis < to; axis++) {
                shape = shape.without(from);
            }
            return shape;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            Shape shape = inputs[0].shape();
            backend.reduce(
                    code == NORM ? Kernels.DP_SUM_SQUARES : code,
                    shape.elements(0, from),
                    shape.elements(from, to),
                    shape.elements(to, shape.rank()),
                    inputs[0],
                    output);
            if (code == NORM) {
                backend.unary(Kernels.DP_SQRT, 0, 0, output, output);
            }
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor x = inputs[0].detach();
            Tensor y = output.detach();
            return new Tensor[] {
                switch (code) {
                    case Kernels.DP_SUM -> spread(upstream, x);
                    case Kernels.DP_SUM_ABS -> Elementwise.sign(x).times(spread(upstream, x));
                    case Kernels.DP_SUM_SQUARES -> x.times(spread(upstream.times(2), x));
                    case NORM -> x.times(spread(Select.where(Comparison.equal(y, 0), 0, upstream.dividedBy(y)), x));
                    case Kernels.DP_LOG_SUM_EXP ->
                        x.minus(spread(finite(y), x)).exp().times(spread(upstream, x));
                    case Kernels.DP_MAX, Kernels.DP_MIN -> shared(x, y, upstream);
                    default -> throw Unsupported.secondDerivative(name);
                }
            };
        }

        /** One number for each group, repeated for each of its elements. */
        private Tensor spread(Tensor y, Tensor x) {
            Shape shape = x.shape();
            for (int axis = from; axis < to; axis++) {
                shape = shape.with(axis, 1);
            }
            return View.expand(View.reshape(y, shape), x.shape());
        }

        /** −∞ for groups of nothing but −∞, whose weights e^(x − y) would be NaN: 0 makes them 0. */
        private static Tensor finite(Tensor y) {
            return Select.where(Comparison.equal(y, Double.NEGATIVE_INFINITY), 0, y);
        }

        /** g / k for each of the k elements that equal the extreme; NaN, where it is one, equals NaN. */
        private Tensor shared(Tensor x, Tensor y, Tensor upstream) {
            Tensor chosen = Logical.or(Comparison.equal(x, spread(y, x)), Comparison.notEqual(x, x));
            Tensor mask = chosen.to(x.dtype());
            Tensor count = Autograd.apply(new Reduce("sum", Kernels.DP_SUM, from, to), mask);
            return mask.times(spread(upstream.dividedBy(count), x));
        }
    }

    private record ArgReduce(String name, int code, int axis) implements KernelOp {
        @Override
        public Shape shape(Tensor... inputs) {
            Shape shape = inputs[0].shape();
            return shape.rank() == 0 ? shape : shape.without(axis);
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return DType.INT64;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            Shape shape = inputs[0].shape();
            backend.argReduce(
                    code,
                    shape.elements(0, axis),
                    shape.size(axis),
                    shape.elements(axis + 1, shape.rank()),
                    inputs[0],
                    output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {null};
        }
    }
}
