package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final Shape SHAPE = Shape.of(40, 25);

    private static float[] mask(Scope scope, Dropout dropout, Pass pass) {
        return dropout.forward(scope.full(SHAPE, 1), pass).toFloatArray();
    }

    @Test
    void inferenceIsTheIdentity() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(3), 1, Float.NaN, -2f);
            assertArrayEquals(
                    x.toFloatArray(),
                    new Dropout(0.9).forward(x, Pass.inference()).toFloatArray());
            assertArrayEquals(
                    x.toFloatArray(),
                    new Dropout(0).forward(x, Pass.training(Rng.of(1), 0)).toFloatArray());
        }
    }

    @Test
    void trainingKeepsTheExpectation() {
        try (Scope scope = Scope.open()) {
            Dropout dropout = new Dropout(0.25);
            double sum = 0;
            double kept = 0;
            int n = 200 * 1000;
            for (int step = 0; step < 200; step++) {
                for (float value : mask(scope, dropout, Pass.training(Rng.of(3), step))) {
                    sum += value;
                    kept += value == 0 ? 0 : 1;
                }
            }
            // Five deviations of a mean of n Bernoulli numbers of probability ¾, once divided by ¾.
            double deviation = Math.sqrt(0.25 * 0.75 / n);
            assertEquals(0.75, kept / n, 5 * deviation);
            assertEquals(1, sum / n, 5 * deviation / 0.75);
        }
    }

    @Test
    void inferenceHasNoRandomNumbers() {
        assertEquals(
                "pass: random numbers must be asked for in training alone, got inference",
                assertThrows(IllegalStateException.class, () -> Pass.inference().nextRandom())
                        .getMessage());
    }

    @Test
    void masksDifferByStepByLayerAndBySeedAndRepeatForTheSame() {
        try (Scope scope = Scope.open()) {
            Dropout dropout = new Dropout(0.5);
            Pass pass = Pass.training(Rng.of(3), 7);
            float[] first = mask(scope, dropout, pass);
            float[] second = mask(scope, dropout, pass);
            Pass again = Pass.training(Rng.of(3), 7);
            assertArrayEquals(first, mask(scope, dropout, again));
            assertArrayEquals(second, mask(scope, dropout, again));
            assertUnrelated(first, second);
            assertUnrelated(first, mask(scope, dropout, Pass.training(Rng.of(3), 8)));
            assertUnrelated(second, mask(scope, dropout, Pass.training(Rng.of(3), 8)));
            assertUnrelated(first, mask(scope, dropout, Pass.training(Rng.of(4), 7)));
            assertUnrelated(first, mask(scope, dropout, Pass.training(Rng.of(3, 1), 7)));
        }
    }

    /** Two independent masks of 1,000 elements at rate ½ agree in 500 ± 80 places (five deviations). */
    private static void assertUnrelated(float[] a, float[] b) {
        assertFalse(Arrays.equals(a, b));
        int agreements = 0;
        for (int i = 0; i < a.length; i++) {
            agreements += a[i] == b[i] ? 1 : 0;
        }
        assertEquals(500, agreements, 80);
    }

    @Test
    void float64HasTheSameMask() {
        try (Scope scope = Scope.open()) {
            Pass pass = Pass.training(Rng.of(3), 7);
            float[] single = mask(scope, new Dropout(0.5), pass);
            Tensor ones = scope.full(DType.FLOAT64, SHAPE, 1);
            Tensor y = new Dropout(0.5).forward(ones, Pass.training(Rng.of(3), 7));
            assertEquals(DType.FLOAT64, y.dtype());
            assertArrayEquals(single, y.to(DType.FLOAT32).toFloatArray());
        }
    }

    @Test
    void theGradientPassesWhereTheElementWasKept() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.full(SHAPE, 1).requireGradient();
            Tensor y = new Dropout(0.5).forward(x, Pass.training(Rng.of(3), 0));
            assertArrayEquals(y.toFloatArray(), y.sum().backward().of(x).toFloatArray());
        }
    }
}
