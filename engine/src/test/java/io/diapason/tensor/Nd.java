package io.diapason.tensor;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The reference that tensors are compared with: numbers in row-major order, and every rule of shapes as a loop over
 * indices. It knows no strides and calls nothing of the engine but {@link Shape}.
 */
public record Nd(int[] sizes, double[] values) {
    /** What an element is made from, given its index. */
    @FunctionalInterface
    public interface ByIndex {
        double at(int[] index);
    }

    public static Nd of(int[] sizes, ByIndex element) {
        double[] values = new double[count(sizes)];
        int[] index = new int[sizes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.at(index);
            for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return new Nd(sizes.clone(), values);
    }

    public static int count(int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    public int rank() {
        return sizes.length;
    }

    public double at(int... index) {
        int place = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (index[axis] < 0 || index[axis] >= sizes[axis]) {
                throw new IndexOutOfBoundsException(Arrays.toString(index) + " of " + Arrays.toString(sizes));
            }
            place = place * sizes[axis] + index[axis];
        }
        return values[place];
    }

    // ---- views

    public Nd permute(int... axes) {
        int[] permuted = new int[axes.length];
        Arrays.setAll(permuted, i -> sizes[axes[i]]);
        return of(permuted, index -> {
            int[] from = new int[axes.length];
            for (int i = 0; i < axes.length; i++) {
                from[axes[i]] = index[i];
            }
            return at(from);
        });
    }

    public Nd slice(int axis, int from, int to, int step) {
        int count = 0;
        for (int i = from; i < to; i += step) {
            count++;
        }
        return of(with(sizes, axis, count), index -> at(with(index, axis, from + index[axis] * step)));
    }

    public Nd select(int axis, int place) {
        return of(without(sizes, axis), index -> at(inserted(index, axis, place)));
    }

    /** Aligned at the last axis; an axis of size 1 always gives its only element. */
    public Nd expand(int... target) {
        return of(target, index -> {
            int[] from = new int[sizes.length];
            for (int axis = 0; axis < sizes.length; axis++) {
                from[axis] = sizes[axis] == 1 ? 0 : index[index.length - sizes.length + axis];
            }
            return at(from);
        });
    }

    public Nd reshape(int... target) {
        return new Nd(target.clone(), values);
    }

    // ---- elements

    public Nd map(DoubleUnaryOperator function) {
        return new Nd(sizes, Arrays.stream(values).map(function).toArray());
    }

    public Nd zip(Nd other, DoubleBinaryOperator function) {
        int[] common = broadcast(sizes, other.sizes);
        Nd a = expand(common);
        Nd b = other.expand(common);
        double[] results = new double[a.values.length];
        Arrays.setAll(results, i -> function.applyAsDouble(a.values[i], b.values[i]));
        return new Nd(common, results);
    }

    public static int[] broadcast(int[] a, int[] b) {
        int[] common = new int[Math.max(a.length, b.length)];
        for (int i = 1; i <= common.length; i++) {
            int ofA = i <= a.length ? a[a.length - i] : 1;
            int ofB = i <= b.length ? b[b.length - i] : 1;
            common[common.length - i] = ofA == 1 ? ofB : ofA;
        }
        return common;
    }

    // ---- reductions

    /** One result for each combination of the kept axes, from the group's elements in row-major order. */
    public Nd reduce(boolean[] reduced, boolean keepDims, ToDoubleFunction<double[]> function) {
        int[] kept = sizes.clone();
        int[] group = sizes.clone();
        for (int axis = 0; axis < sizes.length; axis++) {
            (reduced[axis] ? kept : group)[axis] = 1;
        }
        Nd result = of(
                kept,
                outer -> function.applyAsDouble(of(group, inner -> {
                            int[] index = outer.clone();
                            for (int axis = 0; axis < index.length; axis++) {
                                index[axis] += inner[axis];
                            }
                            return at(index);
                        })
                        .values));
        if (keepDims) {
            return result;
        }
        int[] dropped = new int[0];
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!reduced[axis]) {
                dropped = inserted(dropped, dropped.length, sizes[axis]);
            }
        }
        return result.reshape(dropped);
    }

    // ---- products

    /** NumPy's matmul of operands of at least one axis. */
    public Nd matmul(Nd other) {
        Nd a = rank() == 1 ? reshape(1, sizes[0]) : this;
        Nd b = other.rank() == 1 ? other.reshape(other.sizes[0], 1) : other;
        int m = a.sizes[a.rank() - 2];
        int k = a.sizes[a.rank() - 1];
        int n = b.sizes[b.rank() - 1];
        int[] batch = broadcast(Arrays.copyOf(a.sizes, a.rank() - 2), Arrays.copyOf(b.sizes, b.rank() - 2));
        int rank = batch.length;
        Nd left = a.expand(inserted(inserted(batch, rank, m), rank + 1, k));
        Nd right = b.expand(inserted(inserted(batch, rank, k), rank + 1, n));
        Nd product = of(inserted(inserted(batch, rank, m), rank + 1, n), index -> {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += left.at(with(index, rank + 1, i)) * right.at(with(index, rank, i));
            }
            return sum;
        });
        int[] result = product.sizes;
        result = other.rank() == 1 ? without(result, rank + 1) : result;
        return product.reshape(rank() == 1 ? without(result, rank) : result);
    }

    // ---- indices

    public static int[] with(int[] index, int axis, int value) {
        int[] changed = index.clone();
        changed[axis] = value;
        return changed;
    }

    public static int[] without(int[] index, int axis) {
        int[] fewer = new int[index.length - 1];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = index[i < axis ? i : i + 1];
        }
        return fewer;
    }

    public static int[] inserted(int[] index, int axis, int value) {
        int[] more = new int[index.length + 1];
        for (int i = 0; i < more.length; i++) {
            more[i] = i == axis ? value : index[i < axis ? i : i - 1];
        }
        return more;
    }

    public Shape shape() {
        return Shape.of(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes) + " " + Arrays.toString(values);
    }
}
