package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitTest {
    private static final Shape WEIGHT = Shape.of(200, 50); // fan in 200, fan out 50

    private static double[] draw(Init init, DType dtype, Shape shape) {
        try (Scope scope = Scope.open()) {
            Tensor tensor = init.draw(scope, dtype, shape, Rng.of(21).child("init"));
            assertEquals(dtype, tensor.dtype());
            assertEquals(shape, tensor.shape());
            return tensor.toDoubleArray();
        }
    }

    /** 10,000 uniform numbers: all within the bound, one near each end, and the right second moment. */
    private static void assertUniform(double bound, Init init) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            double[] values = draw(init, dtype, WEIGHT);
            DoubleSummaryStatistics statistics = Arrays.stream(values).summaryStatistics();
            assertTrue(statistics.getMax() <= bound * (1 + 1e-7) && statistics.getMax() > 0.995 * bound);
            assertTrue(statistics.getMin() >= -bound * (1 + 1e-7) && statistics.getMin() < -0.995 * bound);
            assertEquals(0, statistics.getAverage(), 5 * bound / Math.sqrt(3e4));
            // Var(u²) = 4/45 bound⁴
            double square = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
            assertEquals(bound * bound / 3, square, 5 * bound * bound * Math.sqrt(4 / 45.0 / 1e4));
        }
    }

    /** 10,000 normal numbers: mean, second and fourth moment. */
    private static void assertNormal(double mean, double deviation, Init init) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            double[] z = Arrays.stream(draw(init, dtype, WEIGHT))
                    .map(v -> (v - mean) / deviation)
                    .toArray();
            assertEquals(0, Arrays.stream(z).average().orElseThrow(), 0.05);
            assertEquals(1, Arrays.stream(z).map(v -> v * v).average().orElseThrow(), 5 * Math.sqrt(2 / 1e4));
            // Var(z⁴) = 105 − 9
            assertEquals(3, Arrays.stream(z).map(v -> v * v * v * v).average().orElseThrow(), 5 * Math.sqrt(96 / 1e4));
        }
    }

    @Test
    void boundsAndDeviationsAreThoseOfTheFans() {
        assertUniform(Math.sqrt(2) * Math.sqrt(3.0 / 200), Init.kaimingUniform(Fan.IN, Gain.relu()));
        assertUniform(Math.sqrt(3.0 / 50), Init.kaimingUniform(Fan.OUT, Gain.linear()));
        assertUniform(Math.sqrt(2 / 1.04) * Math.sqrt(3.0 / 200), Init.kaimingUniform(Fan.IN, Gain.leakyRelu(0.2)));
        assertUniform(5.0 / 3 * Math.sqrt(6.0 / 250), Init.xavierUniform(Gain.tanh()));
        assertNormal(0, Math.sqrt(2.0 / 200), Init.kaimingNormal(Fan.IN, Gain.relu()));
        assertNormal(0, 0.75 / Math.sqrt(50), Init.kaimingNormal(Fan.OUT, Gain.selu()));
        assertNormal(0, Math.sqrt(2.0 / 250), Init.xavierNormal(1));
        assertUniform(2.5, Init.uniform(-2.5, 2.5));
        assertNormal(-3, 0.5, Init.normal(-3, 0.5));
    }

    /** PyTorch's {@code kaiming_uniform_(a=√5)}: the default of {@code nn.Linear}. */
    @Test
    void theDefaultOfLinearIsKaimingWithSlopeRootFive() {
        double[] kaiming = draw(Init.kaimingUniform(Fan.IN, Gain.leakyRelu(Math.sqrt(5))), DType.FLOAT64, WEIGHT);
        double[] linear = draw(Linear.start(DType.FLOAT64, 200), DType.FLOAT64, WEIGHT);
        assertArrayEquals(linear, kaiming, 1e-15);
    }

    @Test
    void constantsAreEverywhere() {
        assertArrayEquals(new double[] {2.5, 2.5}, draw(Init.constant(2.5), DType.FLOAT32, Shape.of(2)));
        assertArrayEquals(new double[] {1, 1}, draw(Init.ones(), DType.FLOAT64, Shape.of(2)));
        assertArrayEquals(new double[] {0}, draw(Init.zeros(), DType.FLOAT64, Shape.scalar()));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void orthogonalMatricesAreOrthonormalTimesTheGain(DType dtype) {
        double tolerance = dtype == DType.FLOAT64 ? 1e-14 : 1e-6;
        int[][] shapes = {{1, 1}, {5, 5}, {7, 3}, {3, 7}, {64, 64}, {1, 6}, {6, 1}, {130, 97}};
        for (int[] shape : shapes) {
            int rows = shape[0];
            int columns = shape[1];
            double[] q = draw(Init.orthogonal(3), dtype, Shape.of(rows, columns));
            int count = Math.min(rows, columns);
            for (int a = 0; a < count; a++) {
                for (int b = 0; b <= a; b++) {
                    double dot = 0;
                    for (int i = 0; i < Math.max(rows, columns); i++) {
                        dot += rows >= columns
                                ? q[i * columns + a] * q[i * columns + b]
                                : q[a * columns + i] * q[b * columns + i];
                    }
                    assertEquals(a == b ? 9 : 0, dot, 9 * tolerance, Arrays.toString(shape));
                }
            }
        }
    }

    /** Of a uniform orthogonal matrix of n rows an element has variance 1/n, and either sign as often. */
    @Test
    void orthogonalMatricesAreUniform() {
        int n = 4;
        double sum = 0;
        double square = 0;
        int draws = 4000;
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < draws; i++) {
                double[] q = Orthogonal.matrix(n, n, Rng.of(5).child(i));
                sum += q[0];
                square += q[n * n - 1] * q[n * n - 1];
            }
        }
        assertEquals(0, sum / draws, 5 * Math.sqrt(0.25 / draws));
        // Var(q²) = 3/(n (n+2)) − 1/n² = 1/16
        assertEquals(0.25, square / draws, 5 * Math.sqrt(1 / 16.0 / draws));
    }

    @Test
    void truncatedNormalNumbersStayWithinTheirRange() {
        // Of a standard normal cut at ±2 the variance is 1 − 4 φ(2) / (2 Φ(2) − 1) = 0.773741
        assertTruncated(0, 1, -2, 2, 0, 0.773741);
        // Narrow: nearly uniform in [-0.1, 0.1], variance 0.01/3 less 1 part in 1,000
        assertTruncated(0, 1, -0.1, 0.1, 0, 0.0033289);
        // Above the mean: half normal, mean √(2/π), variance 1 − 2/π
        assertTruncated(0, 1, 0, 40, Math.sqrt(2 / Math.PI), 1 - 2 / Math.PI);
        // The same in other units
        assertTruncated(10, 0.5, 9, 11, 10, 0.25 * 0.773741);
    }

    private static void assertTruncated(
            double mean, double deviation, double low, double high, double wanted, double variance) {
        double[] values = draw(Init.truncatedNormal(mean, deviation, low, high), DType.FLOAT64, WEIGHT);
        DoubleSummaryStatistics statistics = Arrays.stream(values).summaryStatistics();
        assertTrue(statistics.getMin() >= low && statistics.getMax() <= high);
        assertEquals(wanted, statistics.getAverage(), 5 * Math.sqrt(variance / 1e4));
        double found = Arrays.stream(values)
                .map(v -> (v - wanted) * (v - wanted))
                .average()
                .orElseThrow();
        // The fourth moment is at most 9 times the square of the variance here.
        assertEquals(variance, found, 5 * variance * Math.sqrt(8 / 1e4));
    }

    @Test
    void theSameStreamGivesTheSameNumbersAndAnotherOthers() {
        for (Init init : new Init[] {
            Init.uniform(0, 1),
            Init.normal(0, 1),
            Init.truncatedNormal(0, 1, -1, 1),
            Init.orthogonal(1),
            Init.xavierUniform(1),
            Init.kaimingNormal(Fan.OUT, 1)
        }) {
            try (Scope scope = Scope.open()) {
                Shape shape = Shape.of(3, 2);
                double[] first =
                        init.draw(scope, DType.FLOAT64, shape, Rng.of(1)).toDoubleArray();
                assertArrayEquals(
                        first, init.draw(scope, DType.FLOAT64, shape, Rng.of(1)).toDoubleArray());
                assertFalse(Arrays.equals(
                        first, init.draw(scope, DType.FLOAT64, shape, Rng.of(2)).toDoubleArray()));
            }
        }
    }

    @Test
    void fillOverwritesInPlace() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 3, 2, Rng.of(1));
            Init.xavierNormal(1).fill(linear.weight().value(), Rng.of(9));
            assertArrayEquals(
                    Init.xavierNormal(1)
                            .draw(scope, DType.FLOAT32, Shape.of(3, 2), Rng.of(9))
                            .toFloatArray(),
                    linear.weight().value().toFloatArray());
        }
    }

    @Test
    void aFunctionIsAnInitialiser() {
        Init eye = (scope, dtype, shape, rng) -> scope.eye(dtype, shape.size(0));
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, DType.FLOAT32, 2, 2, eye, Init.zeros(), Rng.of(1));
            Tensor x = scope.of(Shape.of(1, 2), 4f, 5f);
            assertArrayEquals(
                    x.toFloatArray(), linear.forward(x, Pass.inference()).toFloatArray());
        }
    }

    @Test
    void emptyWeightsAreEmpty() {
        for (Init init : new Init[] {
            Init.kaimingUniform(Fan.IN, 1),
            Init.kaimingNormal(Fan.IN, 1),
            Init.xavierUniform(1),
            Init.xavierNormal(1),
            Init.orthogonal(1)
        }) {
            assertEquals(0, draw(init, DType.FLOAT32, Shape.of(0, 3)).length);
            assertEquals(0, draw(init, DType.FLOAT32, Shape.of(0, 0)).length);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (Scope scope = Scope.open()) {
            assertEquals(
                    "init: fans are those of a weight [in, out], got [3]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> Init.xavierUniform(1).draw(scope, DType.FLOAT32, Shape.of(3), Rng.of(1)))
                            .getMessage());
            assertEquals(
                    "init: the type must be float32 or float64, got int64",
                    assertThrows(
                                    ShapeException.class,
                                    () -> Init.orthogonal(1).draw(scope, DType.INT64, Shape.of(2, 2), Rng.of(1)))
                            .getMessage());
        }
        assertRefused(
                "init: uniform numbers need a low end below the high one, got 1.0 and 1.0", () -> Init.uniform(1, 1));
        assertRefused(
                "init: normal numbers need a finite mean and a deviation of at least 0, got 0.0 and -1.0",
                () -> Init.normal(0, -1));
        assertRefused("init: the gain must be a number above 0, got 0.0", () -> Init.orthogonal(0));
        assertRefused(
                "init: truncated normal numbers need a deviation above 0 and a low end below the high one, got 1.0,"
                        + " 2.0 and -2.0",
                () -> Init.truncatedNormal(0, 1, 2, -2));
        assertRefused(
                "init: truncated normal numbers must lie within two deviations of the mean at one end, got mean 0.0,"
                        + " deviation 1.0 and the range 3.0 to 4.0",
                () -> Init.truncatedNormal(0, 1, 3, 4));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
