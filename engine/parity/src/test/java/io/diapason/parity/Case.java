package io.diapason.parity;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** One random case: everything that it draws is a function of its seed. */
final class Case {
    private static final int[] SIZES = {1, 1, 2, 3, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33, 65};
    private static final int LARGEST = 4000;

    private final long seed;
    private final SplittableRandom random;
    private boolean leaning;

    Case(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(new SplittableRandom(~seed).nextLong());
    }

    /** What repeats this case alone: {@code -Dparity.seed=…}. */
    long seed() {
        return seed;
    }

    /** One of n kinds of cases, each as often as the others. */
    int kind(int n) {
        return (int) (seed % n);
    }

    /**
     * From now on {@link #floats} and {@link #upstream} have a mean: sums of few results with one near 0 by chance
     * would be made of rounding errors alone, ours and libtorch's.
     */
    void lean() {
        leaning = true;
    }

    // ---- numbers

    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double uniform(double low, double high) {
        return (float) random.nextDouble(low, high);
    }

    /** Between two positive numbers, evenly in the logarithm. */
    double magnitude(double low, double high) {
        return (float) Math.exp(random.nextDouble(Math.log(low), Math.log(high)));
    }

    double normal() {
        return (float) random.nextGaussian();
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    int oneOf(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    double oneOf(double... choices) {
        return choices[random.nextInt(choices.length)];
    }

    int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Some axes of a rank, in any order, written from the end half the time; at least one where there is one. */
    int[] axes(int rank) {
        int[] axes = Arrays.copyOf(permutation(rank), rank == 0 ? 0 : between(1, rank));
        for (int i = 0; i < axes.length; i++) {
            axes[i] = axis(axes[i], rank);
        }
        return axes;
    }

    /** An axis, written from the end half the time. */
    int axis(int axis, int rank) {
        return chance(0.5) ? axis : axis - rank;
    }

    // ---- shapes

    /** Odd and even, 1 and larger than a vector register; now and then 0. */
    int size() {
        return chance(0.03) ? 0 : oneOf(SIZES);
    }

    int positiveSize() {
        return oneOf(SIZES);
    }

    int[] shape(int lowestRank, int highestRank) {
        int[] shape = new int[between(lowestRank, highestRank)];
        do {
            Arrays.setAll(shape, axis -> size());
        } while (elements(shape) > LARGEST);
        return shape;
    }

    int[] positiveShape(int lowestRank, int highestRank) {
        int[] shape = new int[between(lowestRank, highestRank)];
        do {
            Arrays.setAll(shape, axis -> positiveSize());
        } while (elements(shape) > LARGEST);
        return shape;
    }

    /** A shape that broadcasts to the given one: some sizes are 1, some leading axes missing. */
    int[] broadcasting(int... shape) {
        int dropped = chance(0.3) ? between(0, shape.length) : 0;
        int[] narrower = Arrays.copyOfRange(shape, dropped, shape.length);
        if (chance(0.5)) {
            for (int axis = 0; axis < narrower.length; axis++) {
                if (chance(0.4)) {
                    narrower[axis] = 1;
                }
            }
        }
        return narrower;
    }

    static int elements(int... shape) {
        long product = 1;
        for (int size : shape) {
            product *= size;
        }
        return Math.toIntExact(Math.min(product, Integer.MAX_VALUE));
    }

    // ---- operands

    /** Normal numbers of a random magnitude, seen through a random view. */
    Operand floats(int... shape) {
        double scale = oneOf(1e-2, 1.0, 1.0, 3.0, 30.0);
        return viewed(() -> centred() * scale, shape);
    }

    /** The gradient of a result. */
    double[] upstream(int n) {
        double scale = oneOf(1, 1, 0.01, 10);
        return numbers(() -> centred() * scale, n);
    }

    /** A normal number, with a mean since {@link #lean}. */
    double centred() {
        return leaning ? 1 + normal() / 2 : normal();
    }

    /** Numbers of one's own, seen through a random view. */
    Operand viewed(DoubleSupplier number, int... shape) {
        return viewed(number, 4, shape);
    }

    /** As {@link #viewed}, each element of the leaf seen at most once. */
    Operand viewedWithoutRepeating(DoubleSupplier number, int... shape) {
        return viewed(number, 3, shape);
    }

    private Operand viewed(DoubleSupplier number, int kinds, int... shape) {
        Deque<ViewStep> steps = new ArrayDeque<>();
        int[] base = shape;
        while (steps.size() < 3 && chance(0.45)) {
            base = before(base, between(0, kinds), steps);
        }
        return new Operand(numbers(number, elements(base)), base, List.copyOf(steps), true);
    }

    /** Small whole numbers, so that many are equal. */
    Operand tied(int... shape) {
        return viewed(() -> between(-2, 2), shape);
    }

    /** Dense normal numbers. */
    Operand dense(double scale, int... shape) {
        return Operand.of(numbers(() -> centred() * scale, elements(shape)), shape);
    }

    Operand booleans(int... shape) {
        boolean[] values = new boolean[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = chance(0.5);
        }
        return Operand.of(values, shape);
    }

    /** Whole numbers in [0, bound). */
    Operand indices(int bound, int... shape) {
        long[] values = new long[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(bound);
        }
        return Operand.of(values, shape);
    }

    double[] numbers(DoubleSupplier number, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) number.getAsDouble();
        }
        return values;
    }

    /** A shape that one more view step makes the given one of; the step goes before the others. */
    private int[] before(int[] shape, int kind, Deque<ViewStep> steps) {
        int rank = shape.length;
        int axis = rank == 0 ? 0 : between(0, rank - 1);
        switch (kind) {
            case 0 -> {
                int[] order = permutation(rank);
                int[] base = new int[rank];
                for (int i = 0; i < rank; i++) {
                    base[order[i]] = shape[i];
                }
                steps.addFirst(new ViewStep.Permute(order));
                return base;
            }
            case 1 -> {
                if (rank > 0) {
                    int step = between(1, 3);
                    int from = between(0, 2);
                    int n = shape[axis];
                    int to = n == 0 ? from : from + (n - 1) * step + 1;
                    int[] base = shape.clone();
                    base[axis] = to + between(0, 2);
                    steps.addFirst(new ViewStep.Slice(axis, from, to, step));
                    return base;
                }
            }
            case 2 -> {
                if (rank < 5) {
                    int size = between(1, 3);
                    int at = between(0, rank);
                    int[] base = new int[rank + 1];
                    System.arraycopy(shape, 0, base, 0, at);
                    base[at] = size;
                    System.arraycopy(shape, at, base, at + 1, rank - at);
                    steps.addFirst(new ViewStep.Select(at, between(0, size - 1)));
                    return base;
                }
            }
            case 3 -> {
                steps.addFirst(new ViewStep.Reshape(shape));
                return new int[] {elements(shape)};
            }
            default -> {
                if (rank > 0) {
                    int[] base = shape.clone();
                    base[axis] = 1;
                    steps.addFirst(new ViewStep.Expand(shape));
                    return base;
                }
            }
        }
        return shape;
    }
}
