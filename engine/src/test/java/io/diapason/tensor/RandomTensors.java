package io.diapason.tensor;

import io.diapason.random.Rng;

/**
 * Random shapes, numbers and layouts, all a function of a seed. A tensor comes with its reference, to which every view
 * was applied by index arithmetic.
 */
public final class RandomTensors {
    private static final int[] SIZES = {1, 2, 3, 5, 1, 7, 4, 3, 0, 2};

    private final Rng rng;
    private final boolean whole;
    private long next;

    public RandomTensors(long seed) {
        this(seed, false);
    }

    /** As above; floats are whole numbers, too, when asked for, so that some are equal. */
    public RandomTensors(long seed, boolean whole) {
        this.rng = Rng.of(seed);
        this.whole = whole;
    }

    /** A tensor and what must lie in it. */
    public record Pair(Tensor tensor, Nd reference) {}

    public int below(int bound) {
        return rng.intAt(next++, bound);
    }

    @SafeVarargs
    public final <T> T one(T... of) {
        return of[below(of.length)];
    }

    public boolean coin() {
        return below(2) == 1;
    }

    public double between(double low, double high) {
        return low + (high - low) * rng.doubleAt(next++);
    }

    /** Of rank 0 to 4, at most about 200 elements; some sizes are 0, many 1. */
    public int[] sizes() {
        return sizes(below(5));
    }

    public int[] sizes(int rank) {
        int[] sizes = new int[rank];
        int count = 1;
        for (int axis = 0; axis < rank; axis++) {
            int size = SIZES[below(SIZES.length)];
            sizes[axis] = count * size > 200 ? 1 : size;
            count *= Math.max(1, sizes[axis]);
        }
        return sizes;
    }

    /** A shape that broadcasts with the given one: fewer or more axes, some of size 1. */
    public int[] broadcastable(int[] sizes) {
        int drop = below(sizes.length + 1);
        int[] other = new int[sizes.length - drop];
        for (int axis = 0; axis < other.length; axis++) {
            other[axis] = below(3) == 0 ? 1 : sizes[axis + drop];
        }
        return drop == 0 && below(4) == 0 ? Nd.inserted(other, 0, 2) : other;
    }

    /** Numbers in [low, high), of integer types rounded down; of bool, whether the number is above the middle. */
    public double number(DType dtype, double low, double high) {
        double x = whole && dtype != DType.BOOL ? Math.floor(between(low, high)) : between(low, high);
        return switch (dtype) {
            case FLOAT64 -> x;
            case FLOAT32 -> (float) x;
            case INT32, INT64 -> Math.floor(x);
            case BOOL -> x > (low + high) / 2 ? 1 : 0;
        };
    }

    public Pair dense(Scope scope, DType dtype, int[] sizes, double low, double high) {
        Nd values = Nd.of(sizes, index -> number(dtype, low, high));
        return new Pair(tensor(scope, dtype, values), values);
    }

    /** A tensor of the given shape in any layout that views can make. */
    public Pair any(Scope scope, DType dtype, int[] sizes, double low, double high) {
        return any(scope, dtype, sizes, low, high, 3);
    }

    private Pair any(Scope scope, DType dtype, int[] sizes, double low, double high, int depth) {
        int rank = sizes.length;
        int kind = depth == 0 ? 0 : below(6);
        if (kind == 1) { // a slice with a step
            if (rank > 0) {
                int axis = below(rank);
                int step = 1 + below(3);
                int from = below(3);
                int to = from + Math.max(0, (sizes[axis] - 1) * step + 1);
                Pair of = any(scope, dtype, Nd.with(sizes, axis, to + below(2)), low, high, depth - 1);
                return new Pair(of.tensor.slice(axis, from, to, step), of.reference.slice(axis, from, to, step));
            }
        } else if (kind == 2) { // a permutation
            int[] order = rng.child(next++).permutation(rank);
            int[] before = new int[rank];
            for (int i = 0; i < rank; i++) {
                before[order[i]] = sizes[i];
            }
            Pair of = any(scope, dtype, before, low, high, depth - 1);
            return new Pair(of.tensor.permute(order), of.reference.permute(order));
        } else if (kind == 3) { // a repetition
            int[] before = sizes.clone();
            for (int axis = 0; axis < rank; axis++) {
                before[axis] = coin() ? 1 : before[axis];
            }
            while (before.length > 0 && before[0] == 1 && coin()) {
                before = Nd.without(before, 0);
            }
            Pair of = any(scope, dtype, before, low, high, depth - 1);
            return new Pair(of.tensor.expand(Shape.of(sizes)), of.reference.expand(sizes));
        } else if (kind == 4) { // one of several
            int axis = below(rank + 1);
            int size = 1 + below(3);
            int place = below(size);
            Pair of = any(scope, dtype, Nd.inserted(sizes, axis, size), low, high, depth - 1);
            return new Pair(of.tensor.select(axis, place), of.reference.select(axis, place));
        } else if (kind == 5 && rank > 0) { // axes of size 1 come and go
            int axis = below(rank);
            if (sizes[axis] == 1) {
                Pair of = any(scope, dtype, Nd.without(sizes, axis), low, high, depth - 1);
                return new Pair(of.tensor.unsqueeze(axis), of.reference.reshape(sizes));
            }
            Pair of = any(scope, dtype, Nd.inserted(sizes, axis, 1), low, high, depth - 1);
            return new Pair(of.tensor.squeeze(axis), of.reference.reshape(sizes));
        }
        return dense(scope, dtype, sizes, low, high);
    }

    /** A dense tensor of the reference's numbers, which the type must hold. */
    public static Tensor tensor(Scope scope, DType dtype, Nd values) {
        int n = values.values().length;
        switch (dtype) {
            case FLOAT64 -> {
                return scope.of(values.shape(), values.values());
            }
            case FLOAT32 -> {
                float[] floats = new float[n];
                for (int i = 0; i < n; i++) {
                    floats[i] = (float) values.values()[i];
                }
                return scope.of(values.shape(), floats);
            }
            case BOOL -> {
                boolean[] booleans = new boolean[n];
                for (int i = 0; i < n; i++) {
                    booleans[i] = values.values()[i] != 0;
                }
                return scope.of(values.shape(), booleans);
            }
            default -> {
                long[] longs = new long[n];
                for (int i = 0; i < n; i++) {
                    longs[i] = (long) values.values()[i];
                }
                Tensor tensor = scope.of(values.shape(), longs);
                return dtype == DType.INT64 ? tensor : tensor.to(dtype);
            }
        }
    }

    /** All elements as doubles, whatever the type. */
    public static double[] doubles(Tensor tensor) {
        if (tensor.dtype() != DType.BOOL) {
            return tensor.toDoubleArray();
        }
        boolean[] booleans = tensor.toBooleanArray();
        double[] values = new double[booleans.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = booleans[i] ? 1 : 0;
        }
        return values;
    }
}
