package io.diapason.op;

import static io.diapason.tensor.RandomTensors.doubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Layout;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views of tensors: what they show, and what writing through them changes. */
class ViewTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static void refuses(Class<? extends Exception> type, String message, Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void aViewShowsTheElementsThatItsIndicesName(DType dtype) {
        for (long seed = 0; seed < 500; seed++) {
            RandomTensors random = new RandomTensors(seed);
            try (Scope inner = Scope.open()) {
                var pair = random.any(inner, dtype, random.sizes(), -9, 9);
                assertArrayEquals(
                        pair.reference().sizes(), pair.tensor().shape().sizes(), "seed " + seed);
                assertArrayEquals(pair.reference().values(), doubles(pair.tensor()), "seed " + seed);
            }
        }
    }

    /** A view that repeats nothing, beside the numbers of the elements it shows. */
    private record Window(Tensor view, Nd places) {
        static Window of(Tensor base, RandomTensors random) {
            int[] next = {0};
            Window window = new Window(base, Nd.of(base.shape().sizes(), index -> next[0]++));
            for (int length = random.below(4); length >= 0; length--) {
                window = window.step(random);
            }
            return window;
        }

        private Window step(RandomTensors random) {
            int rank = places.rank();
            if (rank == 0) {
                return new Window(view.unsqueeze(0), places.reshape(1));
            }
            int axis = random.below(rank);
            int size = places.sizes()[axis];
            switch (random.below(4)) {
                case 0 -> {
                    int from = random.below(size + 1);
                    int step = 1 + random.below(3);
                    return new Window(view.slice(axis, from, size, step), places.slice(axis, from, size, step));
                }
                case 1 -> {
                    int[] order = new int[rank];
                    Arrays.setAll(order, i -> (i + axis) % rank);
                    return new Window(view.permute(order), places.permute(order));
                }
                case 2 -> {
                    if (size > 0) {
                        int place = random.below(size);
                        return new Window(view.select(axis, place), places.select(axis, place));
                    }
                }
                default -> {}
            }
            return new Window(view.unsqueeze(axis), places.reshape(Nd.inserted(places.sizes(), axis, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void assigningThroughAViewChangesItsElementsAndNoOthers(DType dtype) {
        for (long seed = 0; seed < 500; seed++) {
            RandomTensors random = new RandomTensors(seed);
            try (Scope inner = Scope.open()) {
                var base = random.dense(inner, dtype, random.sizes(), -9, 9);
                Window window = Window.of(base.tensor(), random);
                int[] sizes = window.places().sizes();
                int[] narrower = sizes.clone();
                for (int axis = 0; axis < sizes.length; axis++) {
                    narrower[axis] = random.below(3) == 0 ? 1 : sizes[axis];
                }
                var source = random.any(inner, dtype, narrower, -9, 9);
                window.view().assign(source.tensor());
                double[] expected = base.reference().values().clone();
                double[] assigned = source.reference().expand(sizes).values();
                for (int i = 0; i < assigned.length; i++) {
                    expected[(int) window.places().values()[i]] = assigned[i];
                }
                assertArrayEquals(expected, doubles(base.tensor()), "seed " + seed);
            }
        }
    }

    @Test
    void settingThroughAViewChangesItsElementsAndNoOthers() {
        Tensor x = scope.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6f);
        x.transpose().slice(0, 0, 3, 2).set(new float[] {10, 40, 30, 60});
        assertArrayEquals(new float[] {10, 2, 30, 40, 5, 60}, x.toFloatArray());
        Tensor longs = scope.of(Shape.of(2, 2), 1, 2, 3, 4);
        longs.select(1, -1).set(new long[] {20, 40});
        assertArrayEquals(new long[] {1, 20, 3, 40}, longs.toLongArray());
        Tensor doubles = scope.of(Shape.of(2, 2), 1, 2, 3, 4.0);
        doubles.rows(1, 2).set(new double[] {30, 40});
        assertArrayEquals(new double[] {1, 2, 30, 40}, doubles.toDoubleArray());
    }

    @Test
    void assigningWhatOverlapsTakesTheElementsAsTheyWere() {
        for (int n : new int[] {4, 1000}) {
            Tensor x = scope.arange(n).to(DType.FLOAT64);
            x.rows(1, n).assign(x.rows(0, n - 1));
            assertEquals(Math.max(0, n - 2), x.select(0, n - 1).item());
            x.rows(0, n - 1).assign(x.rows(1, n));
            assertEquals(n - 2, x.select(0, n - 2).item());
        }
        Tensor matrix = scope.of(Shape.of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9f);
        matrix.assign(matrix.transpose());
        assertArrayEquals(new float[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, matrix.toFloatArray());
        matrix.assign(matrix.rows(1, 2));
        assertArrayEquals(new float[] {2, 5, 8, 2, 5, 8, 2, 5, 8}, matrix.toFloatArray());
        matrix.assign(matrix);
        assertArrayEquals(new float[] {2, 5, 8, 2, 5, 8, 2, 5, 8}, matrix.toFloatArray());
    }

    @Test
    void aCopyOfTheHeapRestoresAView() {
        Tensor x = scope.of(Shape.of(2, 2), 1, 2, 3, 4f);
        HeapTensor column = HeapTensor.copyOf(x.select(1, 0));
        x.set(new float[] {9, 9, 9, 9});
        column.copyTo(x.select(1, 0));
        assertArrayEquals(new float[] {1, 9, 3, 9}, x.toFloatArray());
        refuses(
                ShapeException.class,
                "restore: type and shape must be those of the target, got float32 [2] for Tensor[float32 [2, 2] on cpu]",
                () -> column.copyTo(x));
        refuses(
                ShapeException.class,
                "restore: the target must not repeat elements, got [2] strides [0] offset 0",
                () -> column.copyTo(scope.zeros(Shape.of(1)).expand(Shape.of(2))));
    }

    @Test
    void reshapeSharesMemoryWhereItCanAndCopiesWhereNot() {
        Tensor x = scope.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6f);
        x.reshape(3, 2).set(new float[] {10, 20, 30, 40, 50, 60});
        assertArrayEquals(new float[] {10, 20, 30, 40, 50, 60}, x.toFloatArray());
        Tensor copied = x.transpose().reshape(6);
        assertArrayEquals(new float[] {10, 40, 20, 50, 30, 60}, copied.toFloatArray());
        copied.set(new float[6]);
        assertArrayEquals(new float[] {10, 20, 30, 40, 50, 60}, x.toFloatArray());
    }

    @Test
    void reshapeInfersTheOneSizeThatIsLeftOpen() {
        Tensor x = scope.zeros(Shape.of(4, 6));
        assertEquals(Shape.of(8, 3), x.reshape(-1, 3).shape());
        assertEquals(Shape.of(24), x.flatten().shape());
        assertEquals(Shape.of(2, 12, 1), x.reshape(2, -1, 1).shape());
        assertEquals(Shape.of(1), scope.zeros(Shape.scalar()).flatten().shape());
        assertEquals(Shape.of(0), scope.zeros(Shape.of(3, 0)).flatten().shape());
        assertSame(x, x.reshape(4, 6));
        refuses(ShapeException.class, "reshape: at most one size may be -1, got [-1, -1]", () -> x.reshape(-1, -1));
        refuses(
                ShapeException.class,
                "reshape: the other sizes must divide the number of elements, got [4, 6] to [-1, 5]",
                () -> x.reshape(-1, 5));
        refuses(
                ShapeException.class,
                "reshape: the other sizes must divide the number of elements, got [4, 6] to [-1, 0]",
                () -> x.reshape(-1, 0));
        refuses(
                ShapeException.class,
                "reshape: the number of elements must stay the same, got [4, 6] to [5, 5]",
                () -> x.reshape(5, 5));
        refuses(
                IllegalArgumentException.class,
                "shape: sizes must be at least 0, got [-2, 12]",
                () -> x.reshape(-2, 12));
    }

    @Test
    void transposeExchangesTheLastTwoAxes() {
        Tensor x = scope.zeros(Shape.of(2, 3, 4));
        assertEquals(Shape.of(2, 4, 3), x.transpose().shape());
        assertEquals(Shape.of(4, 3, 2), x.transpose(0, -1).shape());
        refuses(
                ShapeException.class,
                "transpose: the axis must be from -1 to 0, got -2 for shape [3]",
                () -> scope.zeros(Shape.of(3)).transpose());
        refuses(
                ShapeException.class,
                "transpose: the axis must be from -3 to 2, got 3 for shape [2, 3, 4]",
                () -> x.transpose(0, 3));
    }

    @Test
    void rowsAreTheFirstAxis() {
        Tensor x = scope.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6f);
        assertArrayEquals(new float[] {3, 4, 5, 6}, x.rows(1, 3).toFloatArray());
        assertArrayEquals(new float[0], x.rows(3, 3).toFloatArray());
        refuses(
                IndexOutOfBoundsException.class,
                "slice: 0 <= from <= to <= size and step >= 1 must hold, got from 1 to 4 by 1 along axis 0 of shape [3, 2]",
                () -> x.rows(1, 4));
    }

    @Test
    void contiguousCopiesOnlyWhatIsNotDense() {
        Tensor x = scope.of(Shape.of(2, 2), 1, 2, 3, 4f);
        assertSame(x, x.contiguous());
        Tensor copy = x.transpose().contiguous();
        assertTrue(copy.layout().isDense());
        assertArrayEquals(new float[] {1, 3, 2, 4}, copy.toFloatArray());
        copy.set(new float[4]);
        assertArrayEquals(new float[] {1, 2, 3, 4}, x.toFloatArray());
    }

    @Test
    void leavesAndDetachedTensorsShareTheMemory() {
        Tensor x = scope.of(Shape.of(2), 1, 2f);
        Tensor leaf = x.requireGradient();
        assertNotSame(x, leaf);
        leaf.detach().set(new float[] {3, 4});
        assertArrayEquals(new float[] {3, 4}, x.toFloatArray());
        assertSame(x, x.detach());
        refuses(
                IllegalStateException.class,
                "requireGradient: the type must be float32 or float64, got int64",
                () -> scope.arange(2).requireGradient());
    }

    @Test
    void whatRepeatsElementsCannotBeWritten() {
        Tensor repeated = scope.zeros(Shape.of(1)).expand(Shape.of(3));
        refuses(
                ShapeException.class,
                "assign: the target must not repeat elements, got [3] strides [0] offset 0",
                () -> repeated.assign(scope.zeros(Shape.of(3))));
        refuses(
                ShapeException.class,
                "set: the target must not repeat elements, got [3] strides [0] offset 0",
                () -> repeated.set(new float[3]));
        // One element is repeated by no stride.
        scope.zeros(Shape.of(1)).expand(Shape.of(1, 1)).set(new float[] {1});
    }

    @Test
    void writingWantsTheRightTypeShapeAndCount() {
        Tensor x = scope.zeros(Shape.of(2));
        refuses(
                ShapeException.class,
                "assign: both types must be equal, got int64 for float32",
                () -> x.assign(scope.arange(2)));
        refuses(
                ShapeException.class,
                "expand: sizes must be equal or 1 before, counted from the last axis, got [3] to [2]",
                () -> x.assign(scope.zeros(Shape.of(3))));
        refuses(
                ShapeException.class,
                "set: values must be as many as the shape has elements, got 3 for shape [2]",
                () -> x.set(new float[3]));
        refuses(IllegalStateException.class, "set: the type must be float64, got float32", () -> x.set(new double[2]));
        refuses(IllegalStateException.class, "set: the type must be int64, got float32", () -> x.set(new long[2]));
        refuses(
                IllegalStateException.class,
                "set: the type must be float32, got bool",
                () -> scope.zeros(DType.BOOL, Shape.of(2)).set(new float[2]));
    }

    @Test
    void readingWantsTheRightType() {
        Tensor truths = scope.of(Shape.of(2), true, false);
        Tensor floats = scope.of(Shape.of(2), 1.5f, 2f);
        assertArrayEquals(new boolean[] {true, false}, truths.toBooleanArray());
        assertArrayEquals(new double[] {1.5, 2}, floats.toDoubleArray());
        assertArrayEquals(new long[] {0, 1}, scope.arange(2).to(DType.INT32).toLongArray());
        assertArrayEquals(new double[] {0, 1}, scope.arange(2).toDoubleArray());
        refuses(IllegalStateException.class, "toFloatArray: the type must be float32, got bool", truths::toFloatArray);
        refuses(
                IllegalStateException.class,
                "toLongArray: the type must be int64 or int32, got float32",
                floats::toLongArray);
        refuses(
                IllegalStateException.class,
                "toDoubleArray: the elements must be numbers, got bool",
                truths::toDoubleArray);
        refuses(
                IllegalStateException.class,
                "toBooleanArray: the type must be bool, got float32",
                floats::toBooleanArray);
        refuses(
                IllegalStateException.class,
                "item: the tensor must have exactly one element, got shape [2]",
                floats::item);
        assertEquals(1.5, floats.select(0, 0).item());
        assertEquals(1, truths.slice(0, 0, 1).item());
        assertEquals(1, scope.arange(2).select(0, 1).item());
        assertEquals(2.5, scope.of(Shape.scalar(), 2.5).item());
    }

    @Test
    void aLayoutMustStayWithinTheMemory() {
        Tensor x = scope.zeros(Shape.of(16)); // 64 bytes, the smallest block
        assertEquals(Shape.of(4, 4), x.viewAs(Layout.dense(Shape.of(4, 4))).shape());
        refuses(
                IndexOutOfBoundsException.class,
                "view: the layout must stay within 64 bytes, got [17] strides [1] offset 0",
                () -> x.viewAs(Layout.dense(Shape.of(17))));
    }
}
