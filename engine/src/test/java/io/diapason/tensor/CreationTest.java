package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors that are made from nothing: numbers, types, shapes, and what is refused. */
class CreationTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static void refuses(Class<? extends Exception> type, String message, Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }

    private static void assertIs(DType dtype, Shape shape, double[] expected, Tensor tensor) {
        assertEquals(dtype, tensor.dtype());
        assertEquals(shape, tensor.shape());
        assertEquals(Device.CPU, tensor.device());
        assertTrue(tensor.layout().isDense());
        assertArrayEquals(expected, RandomTensors.doubles(tensor));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void fullMakesEqualElementsOfEveryType(DType dtype) {
        for (int n : new int[] {0, 1, 3, 1000}) {
            double[] constant = new double[n];
            assertIs(dtype, Shape.of(n), constant, scope.zeros(dtype, Shape.of(n)));
            Arrays.fill(constant, dtype == DType.BOOL ? 1 : 3);
            assertIs(dtype, Shape.of(n), constant, scope.full(dtype, Shape.of(n), 3));
        }
        assertEquals(dtype, scope.empty(dtype, Shape.of(2, 3)).dtype());
        assertIs(dtype, Shape.scalar(), new double[] {1}, scope.full(dtype, Shape.scalar(), 1));
    }

    @Test
    void float32IsTheTypeWhereNoneIsNamed() {
        assertIs(DType.FLOAT32, Shape.of(2), new double[] {0, 0}, scope.zeros(Shape.of(2)));
        assertIs(DType.FLOAT32, Shape.of(2), new double[] {1, 1}, scope.ones(Shape.of(2)));
        assertIs(DType.FLOAT32, Shape.of(1), new double[] {0.1f}, scope.full(Shape.of(1), 0.1));
    }

    @Test
    void fullConvertsAsConvertDoes() {
        assertEquals(2, scope.full(DType.INT32, Shape.scalar(), 2.9).item());
        assertEquals(-2, scope.full(DType.INT64, Shape.scalar(), -2.9).item());
        assertEquals(
                Integer.MAX_VALUE, scope.full(DType.INT32, Shape.scalar(), 1e20).item());
        assertEquals(0, scope.full(DType.INT32, Shape.scalar(), Double.NaN).item());
        assertTrue(Double.isNaN(scope.full(Shape.scalar(), Double.NaN).item()));
        assertEquals(
                Double.NEGATIVE_INFINITY,
                scope.full(DType.FLOAT64, Shape.scalar(), Double.NEGATIVE_INFINITY)
                        .item());
    }

    @Test
    void givenNumbersAreCopied() {
        float[] floats = {1, 2};
        Tensor tensor = scope.of(Shape.of(2), floats);
        floats[0] = 9;
        assertIs(DType.FLOAT32, Shape.of(2), new double[] {1, 2}, tensor);
        assertIs(DType.FLOAT64, Shape.of(1, 2), new double[] {0.1, 0.2}, scope.of(Shape.of(1, 2), 0.1, 0.2));
        assertIs(DType.INT64, Shape.of(2, 1), new double[] {1, 2}, scope.of(Shape.of(2, 1), 1, 2));
        assertIs(DType.INT64, Shape.of(1), new double[] {1L << 40}, scope.of(Shape.of(1), 1L << 40));
        assertIs(DType.BOOL, Shape.of(2), new double[] {1, 0}, scope.of(Shape.of(2), true, false));
        assertIs(
                DType.INT32,
                Shape.of(2),
                new double[] {-1, 7},
                scope.of(Shape.of(2), -1, 7).to(DType.INT32));
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
                scope.of(Shape.of(2), Long.MIN_VALUE, Long.MAX_VALUE).toLongArray());
    }

    @Test
    void numbersMustBeAsManyAsTheShapeHasElements() {
        String rule = "tensor: values must be as many as the shape has elements, got ";
        refuses(ShapeException.class, rule + "3 for shape [2, 2]", () -> scope.of(Shape.of(2, 2), 1f, 2f, 3f));
        refuses(ShapeException.class, rule + "1 for shape [0]", () -> scope.of(Shape.of(0), 1.0));
        refuses(ShapeException.class, rule + "2 for shape []", () -> scope.of(Shape.scalar(), 1, 2));
        refuses(ShapeException.class, rule + "0 for shape [1]", () -> scope.of(Shape.of(1), new boolean[0]));
    }

    @Test
    void arangeCountsFromZero() {
        assertIs(DType.INT64, Shape.of(4), new double[] {0, 1, 2, 3}, scope.arange(4));
        assertIs(DType.INT64, Shape.of(0), new double[0], scope.arange(0));
        refuses(IllegalArgumentException.class, "arange: the size must be at least 0, got -1", () -> scope.arange(-1));
    }

    @Test
    void linspaceIncludesBothEnds() {
        assertIs(
                DType.FLOAT64,
                Shape.of(5),
                new double[] {-1, -0.5, 0, 0.5, 1},
                scope.linspace(DType.FLOAT64, -1, 1, 5));
        assertIs(DType.FLOAT32, Shape.of(3), new double[] {4, 3, 2}, scope.linspace(DType.FLOAT32, 4, 2, 3));
        assertIs(DType.FLOAT64, Shape.of(1), new double[] {0.1}, scope.linspace(DType.FLOAT64, 0.1, 7, 1));
        double[] tenths = scope.linspace(DType.FLOAT64, 0, 0.7, 8).toDoubleArray();
        assertEquals(0.7, tenths[7], "the last number is exact");
        refuses(
                IllegalArgumentException.class,
                "linspace: the size must be at least 1, got 0",
                () -> scope.linspace(DType.FLOAT32, 0, 1, 0));
        refuses(
                ShapeException.class,
                "linspace: the type must be float32 or float64, got int64",
                () -> scope.linspace(DType.INT64, 0, 1, 2));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void eyeHasOnesOnItsDiagonal(DType dtype) {
        assertIs(dtype, Shape.of(3, 3), new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, scope.eye(dtype, 3));
        assertIs(dtype, Shape.of(1, 1), new double[] {1}, scope.eye(dtype, 1));
        assertIs(dtype, Shape.of(0, 0), new double[0], scope.eye(dtype, 0));
        refuses(IllegalArgumentException.class, "eye: the size must be at least 0, got -2", () -> scope.eye(dtype, -2));
    }

    private static double moment(double[] values, double center, int power) {
        return Arrays.stream(values).map(x -> Math.pow(x - center, power)).sum() / values.length;
    }

    @Test
    void uniformNumbersFillTheirRangeEvenly() {
        int n = 100_000;
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            double[] values =
                    scope.uniform(dtype, Shape.of(n), -1, 3, Rng.of(3)).toDoubleArray();
            assertTrue(Arrays.stream(values).allMatch(x -> x >= -1 && x < 3));
            // Mean 1, variance 16/12, and a standard error of 1.155/√n = 0.0037 of the mean.
            assertEquals(1, moment(values, 0, 1), 0.015);
            assertEquals(16 / 12.0, moment(values, 1, 2), 0.02);
            int[] tenths = new int[10];
            Arrays.stream(values).forEach(x -> tenths[(int) ((x + 1) / 0.4)]++);
            for (int count : tenths) {
                assertEquals(n / 10.0, count, 500, "five standard deviations of √(n · 0.1 · 0.9) = 95");
            }
        }
    }

    @Test
    void eachUniformNumberIsAFunctionOfItsIndex() {
        Rng rng = Rng.of(5, 2);
        double[] doubles =
                scope.uniform(DType.FLOAT64, Shape.of(2, 3), 0, 1, rng).toDoubleArray();
        float[] floats = scope.uniform(DType.FLOAT32, Shape.of(6), 0, 1, rng).toFloatArray();
        for (int i = 0; i < 6; i++) {
            assertEquals(rng.doubleAt(i), doubles[i]);
            assertEquals(rng.floatAt(i), floats[i]);
        }
    }

    @Test
    void uniformNumbersStayBelowTheirBoundWhenTheyAreRounded() {
        // [1, 1 + 2⁻²³) holds one float32 alone, to which half of the doubles between would round up to the bound.
        float[] values = scope.uniform(DType.FLOAT32, Shape.of(1000), 1, 1 + 0x1p-23, Rng.of(1))
                .toFloatArray();
        for (float value : values) {
            assertEquals(1f, value);
        }
        String rule = "uniform: low must be below high in the type's numbers, got ";
        refuses(
                IllegalArgumentException.class,
                rule + "1.0 and 1.0 of float64",
                () -> scope.uniform(DType.FLOAT64, Shape.of(1), 1, 1, Rng.of(1)));
        refuses(
                IllegalArgumentException.class,
                rule + "NaN and 1.0 of float32",
                () -> scope.uniform(DType.FLOAT32, Shape.of(1), Double.NaN, 1, Rng.of(1)));
        refuses(
                IllegalArgumentException.class,
                rule + "0.0 and Infinity of float64",
                () -> scope.uniform(DType.FLOAT64, Shape.of(1), 0, Double.POSITIVE_INFINITY, Rng.of(1)));
        refuses(
                ShapeException.class,
                "uniform: the type must be float32 or float64, got int32",
                () -> scope.uniform(DType.INT32, Shape.of(1), 0, 9, Rng.of(1)));
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        int n = 100_000;
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            double[] values = scope.normal(dtype, Shape.of(n), 2, 3, Rng.of(4)).toDoubleArray();
            // Five standard errors: 3/√n, 9 √(2/n), 27 √(6/n), 81 √(96/n).
            assertEquals(2, moment(values, 0, 1), 5 * 0.0095);
            assertEquals(9, moment(values, 2, 2), 5 * 0.0403);
            assertEquals(0, moment(values, 2, 3), 5 * 0.21 * 1.6);
            assertEquals(3 * 81, moment(values, 2, 4), 5 * 2.51);
            long within = Arrays.stream(values).filter(x -> Math.abs(x - 2) < 3).count();
            assertEquals(0.6827 * n, within, 750);
        }
    }

    @Test
    void theSameStreamGivesTheSameNumbersAndAnotherGivesOthers() {
        Shape shape = Shape.of(50);
        float[] once = scope.normal(DType.FLOAT32, shape, 0, 1, Rng.of(1, 2)).toFloatArray();
        assertArrayEquals(
                once, scope.normal(DType.FLOAT32, shape, 0, 1, Rng.of(1, 2)).toFloatArray());
        assertArrayEquals(
                once,
                Arrays.copyOf(
                        scope.normal(DType.FLOAT32, Shape.of(70), 0, 1, Rng.of(1, 2))
                                .toFloatArray(),
                        50),
                "more numbers of a stream begin with the same");
        float[] other = scope.normal(DType.FLOAT32, shape, 0, 1, Rng.of(1, 3)).toFloatArray();
        for (int i = 0; i < 50; i++) {
            assertTrue(once[i] != other[i]);
        }
    }

    @Test
    void normalRefusesWhatIsNoDeviation() {
        assertIs(
                DType.FLOAT64,
                Shape.of(2),
                new double[] {7, 7},
                scope.normal(DType.FLOAT64, Shape.of(2), 7, 0, Rng.of(1)));
        refuses(
                IllegalArgumentException.class,
                "normal: the deviation must be at least 0, got -1.0",
                () -> scope.normal(DType.FLOAT32, Shape.of(1), 0, -1, Rng.of(1)));
        refuses(
                IllegalArgumentException.class,
                "normal: the deviation must be at least 0, got NaN",
                () -> scope.normal(DType.FLOAT32, Shape.of(1), 0, Double.NaN, Rng.of(1)));
        refuses(
                ShapeException.class,
                "normal: the type must be float32 or float64, got bool",
                () -> scope.normal(DType.BOOL, Shape.of(1), 0, 1, Rng.of(1)));
        Shape huge = Shape.of(1 << 20, 1 << 12);
        refuses(
                IllegalArgumentException.class,
                "normal: at most 2147483639 elements are made at once, got shape [1048576, 4096]",
                () -> scope.normal(DType.FLOAT32, huge, 0, 1, Rng.of(1)));
        refuses(
                IllegalArgumentException.class,
                "uniform: at most 2147483639 elements are made at once, got shape [1048576, 4096]",
                () -> scope.uniform(DType.FLOAT32, huge, 0, 1, Rng.of(1)));
    }
}
