package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts against index arithmetic: where does each element lie? */
class LayoutTest {
    /** The places of all elements, in row-major order of their indices. */
    private static Nd places(Layout layout) {
        return Nd.of(layout.shape().sizes(), index -> {
            long place = layout.offset();
            for (int axis = 0; axis < index.length; axis++) {
                place += layout.stride(axis) * index[axis];
            }
            return (double) place;
        });
    }

    /** A layout with the places that its elements must have. */
    private record Case(Layout layout, Nd expected) {
        void check(String message) {
            assertArrayEquals(expected.sizes(), layout.shape().sizes(), message);
            assertArrayEquals(expected.values(), places(layout).values(), message);
            assertEquals(isConsecutive(expected.values()), layout.isDense(), message);
        }

        private static boolean isConsecutive(double[] places) {
            for (int i = 1; i < places.length; i++) {
                if (places[i] != places[i - 1] + 1) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Case dense(int... sizes) {
        int[] next = {0};
        return new Case(Layout.dense(Shape.of(sizes)), Nd.of(sizes, index -> next[0]++));
    }

    private static Case step(Case of, RandomTensors random) {
        int[] sizes = of.expected.sizes();
        int rank = sizes.length;
        switch (random.below(6)) {
            case 0 -> {
                if (rank > 0) {
                    int axis = random.below(rank);
                    int from = random.below(sizes[axis] + 1);
                    int to = from + random.below(sizes[axis] - from + 1);
                    int step = 1 + random.below(3);
                    int counted = random.coin() ? axis : axis - rank;
                    return new Case(of.layout.slice(counted, from, to, step), of.expected.slice(axis, from, to, step));
                }
            }
            case 1 -> {
                int[] order = new int[rank];
                List<Integer> left = new ArrayList<>();
                for (int axis = 0; axis < rank; axis++) {
                    left.add(axis);
                }
                for (int i = 0; i < rank; i++) {
                    order[i] = left.remove(random.below(left.size()));
                }
                int[] counted = order.clone();
                for (int i = 0; i < rank; i++) {
                    counted[i] -= random.coin() ? rank : 0;
                }
                return new Case(of.layout.permute(counted), of.expected.permute(order));
            }
            case 2 -> {
                int[] target = sizes.clone();
                for (int axis = 0; axis < rank; axis++) {
                    target[axis] = target[axis] == 1 ? random.below(4) : target[axis];
                }
                target = random.coin() ? Nd.inserted(target, 0, 1 + random.below(2)) : target;
                return new Case(of.layout.expand(Shape.of(target)), of.expected.expand(target));
            }
            case 3 -> {
                if (rank > 0) {
                    int axis = random.below(rank);
                    if (sizes[axis] > 0) {
                        int index = random.below(sizes[axis]);
                        int counted = random.coin() ? index : index - sizes[axis];
                        return new Case(of.layout.select(axis - rank, counted), of.expected.select(axis, index));
                    }
                }
            }
            case 4 -> {
                int axis = random.below(rank + 1);
                int counted = random.coin() ? axis : axis - rank - 1;
                return new Case(of.layout.unsqueeze(counted), of.expected.reshape(Nd.inserted(sizes, axis, 1)));
            }
            default -> {
                for (int axis = 0; axis < rank; axis++) {
                    if (sizes[axis] == 1) {
                        int counted = random.coin() ? axis : axis - rank;
                        return new Case(of.layout.squeeze(counted), of.expected.reshape(Nd.without(sizes, axis)));
                    }
                }
            }
        }
        return of;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyChainOfViewsKeepsEachElementWhereItLies(long seed) {
        for (int i = 0; i < 2_000; i++) {
            RandomTensors random = new RandomTensors(seed * 1_000_000 + i);
            Case chain = dense(random.sizes());
            for (int length = random.below(6); length >= 0; length--) {
                chain = step(chain, random);
                if (chain.expected.values().length > 1000) {
                    break;
                }
                chain.check("seed " + (seed * 1_000_000 + i) + ": " + chain.layout);
            }
        }
    }

    /** Strides that say the places under another shape, by trying: each axis has but one candidate. */
    private static boolean canBeReshaped(Nd places, int[] target) {
        Nd reshaped = places.reshape(target);
        double first = places.values()[0];
        double[] strides = new double[target.length];
        for (int axis = 0; axis < target.length; axis++) {
            if (target[axis] > 1) {
                strides[axis] = reshaped.at(Nd.with(new int[target.length], axis, 1)) - first;
            }
        }
        double[] linear = Nd.of(target, index -> {
                    double place = first;
                    for (int axis = 0; axis < index.length; axis++) {
                        place += strides[axis] * index[axis];
                    }
                    return place;
                })
                .values();
        return java.util.Arrays.equals(linear, places.values());
    }

    private static void shapesOf(int elements, int rank, int[] sizes, int axis, List<int[]> found) {
        if (axis == rank) {
            if (elements == 1) {
                found.add(sizes.clone());
            }
            return;
        }
        for (int size = 1; size <= elements; size++) {
            if (elements % size == 0) {
                sizes[axis] = size;
                shapesOf(elements / size, rank, sizes, axis + 1, found);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void reshapeIsAViewExactlyWhenStridesCanSayIt(long seed) {
        int[][] bases = {{4, 6}, {2, 3, 4}, {6, 1, 4}, {3, 5}, {2, 2, 2, 2}, {12}, {1, 1}, {2, 4, 1, 3}};
        int views = 0;
        int copies = 0;
        for (int i = 0; i < 600; i++) {
            RandomTensors random = new RandomTensors(seed * 1_000_000 + i);
            Case chain = dense(bases[random.below(bases.length)]);
            for (int length = random.below(4); length >= 0; length--) {
                chain = step(chain, random);
            }
            int elements = chain.expected.values().length;
            if (elements == 0 || elements > 96) {
                continue;
            }
            List<int[]> targets = new ArrayList<>();
            for (int rank = 0; rank <= 4; rank++) {
                shapesOf(elements, rank, new int[rank], 0, targets);
            }
            for (int[] target : targets) {
                String message = "seed " + (seed * 1_000_000 + i) + ": " + chain.layout + " to " + Shape.of(target);
                Layout reshaped = chain.layout.reshape(Shape.of(target));
                if (canBeReshaped(chain.expected, target)) {
                    assertTrue(reshaped != null, message);
                    assertEquals(Shape.of(target), reshaped.shape(), message);
                    assertArrayEquals(chain.expected.values(), places(reshaped).values(), message);
                    views++;
                } else {
                    assertNull(reshaped, message);
                    copies++;
                }
            }
        }
        assertTrue(views > 1000 && copies > 1000, views + " views, " + copies + " copies");
    }

    @Test
    void anEmptyLayoutIsDenseAndCanBeReshapedToAnyEmptyShape() {
        Layout empty = Layout.dense(Shape.of(3, 4)).slice(0, 2, 2, 1).permute(1, 0);
        assertTrue(empty.isDense());
        assertEquals(Shape.of(4, 0), empty.shape());
        assertEquals(Shape.of(0, 7), empty.reshape(Shape.of(0, 7)).shape());
        // An empty slice at the end begins where the whole does: its offset never points past the storage.
        assertEquals(0, Layout.dense(Shape.of(3)).slice(0, 3, 3, 2).offset());
    }

    @Test
    void layoutsAreEqualWhenShapeStridesAndOffsetAre() {
        Layout layout = Layout.dense(Shape.of(2, 3));
        assertEquals(layout, Layout.dense(Shape.of(2, 3)));
        assertEquals(layout.hashCode(), Layout.dense(Shape.of(2, 3)).hashCode());
        assertEquals(layout, layout.permute(1, 0).permute(1, 0));
        assertNotEquals(layout, Layout.dense(Shape.of(3, 2)));
        assertNotEquals(layout.select(0, 0), layout.select(0, 1));
        assertNotEquals(layout.slice(1, 0, 2, 1), layout.slice(1, 0, 3, 2));
        assertFalse(layout.equals((Object) layout.shape()));
        assertEquals("[3, 2] strides [1, 3] offset 0", layout.permute(1, 0).toString());
    }

    private static void refuses(Class<? extends Exception> type, String message, Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }

    @Test
    void permuteWantsEveryAxisOnce() {
        Layout layout = Layout.dense(Shape.of(2, 3));
        refuses(
                ShapeException.class,
                "permute: every axis must be named once, got [0] for shape [2, 3]",
                () -> layout.permute(0));
        refuses(
                ShapeException.class,
                "permute: every axis must be named once, got [1, -1] for shape [2, 3]",
                () -> layout.permute(1, -1));
        refuses(
                ShapeException.class,
                "permute: the axis must be from -2 to 1, got 2 for shape [2, 3]",
                () -> layout.permute(0, 2));
    }

    @Test
    void sliceWantsARangeThatIsThere() {
        Layout layout = Layout.dense(Shape.of(2, 3));
        String rule = "slice: 0 <= from <= to <= size and step >= 1 must hold, got from ";
        refuses(
                IndexOutOfBoundsException.class,
                rule + "-1 to 1 by 1 along axis 1 of shape [2, 3]",
                () -> layout.slice(-1, -1, 1, 1));
        refuses(
                IndexOutOfBoundsException.class,
                rule + "2 to 1 by 1 along axis 1 of shape [2, 3]",
                () -> layout.slice(1, 2, 1, 1));
        refuses(
                IndexOutOfBoundsException.class,
                rule + "0 to 4 by 1 along axis 1 of shape [2, 3]",
                () -> layout.slice(1, 0, 4, 1));
        refuses(
                IndexOutOfBoundsException.class,
                rule + "0 to 1 by 0 along axis 0 of shape [2, 3]",
                () -> layout.slice(0, 0, 1, 0));
        refuses(
                ShapeException.class,
                "slice: the axis must be from -2 to 1, got -3 for shape [2, 3]",
                () -> layout.slice(-3, 0, 1, 1));
    }

    @Test
    void selectWantsAnIndexThatIsThere() {
        Layout layout = Layout.dense(Shape.of(2, 3));
        String rule = "select: the index must be in [0, size), got ";
        refuses(IndexOutOfBoundsException.class, rule + "2 along axis 0 of shape [2, 3]", () -> layout.select(0, 2));
        refuses(IndexOutOfBoundsException.class, rule + "-4 along axis 1 of shape [2, 3]", () -> layout.select(1, -4));
        refuses(
                ShapeException.class,
                "select: a scalar has no axes, got 0 for shape []",
                () -> Layout.dense(Shape.scalar()).select(0, 0));
    }

    @Test
    void expandRepeatsAxesOfSizeOneAlone() {
        Layout layout = Layout.dense(Shape.of(2, 1));
        String rule = "expand: sizes must be equal or 1 before, counted from the last axis, got ";
        refuses(ShapeException.class, rule + "[2, 1] to [3, 4]", () -> layout.expand(Shape.of(3, 4)));
        refuses(ShapeException.class, rule + "[2, 1] to [2]", () -> layout.expand(Shape.of(2)));
        refuses(ShapeException.class, rule + "[2, 1] to [0, 1]", () -> layout.expand(Shape.of(0, 1)));
    }

    @Test
    void unsqueezeAndSqueezeWantAPlace() {
        Layout layout = Layout.dense(Shape.of(2, 1));
        refuses(
                ShapeException.class,
                "unsqueeze: the axis must be from -3 to 2, got 3 for shape [2, 1]",
                () -> layout.unsqueeze(3));
        refuses(
                ShapeException.class,
                "unsqueeze: the axis must be from -3 to 2, got -4 for shape [2, 1]",
                () -> layout.unsqueeze(-4));
        refuses(
                ShapeException.class,
                "squeeze: the axis must have size 1, got axis 0 of shape [2, 1]",
                () -> layout.squeeze(-2));
        refuses(
                ShapeException.class,
                "squeeze: the axis must be from -2 to 1, got 2 for shape [2, 1]",
                () -> layout.squeeze(2));
    }
}
