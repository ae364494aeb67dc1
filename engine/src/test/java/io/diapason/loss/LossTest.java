package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {
    @Test
    void crossEntropyIsTheMeanNegativeLogarithmOfTheTargetsProbability() {
        try (Scope scope = Scope.open()) {
            // Softmax of (0, ln 3) is (1/4, 3/4), of (ln 2, 0) it is (2/3, 1/3).
            Tensor logits = scope.of(Shape.of(2, 2), 0, (float) Math.log(3), (float) Math.log(2), 0)
                    .requireGradient();
            Tensor loss = Loss.crossEntropy().of(logits, scope.of(Shape.of(2), 0, 0));
            // L = (−ln 1/4 − ln 2/3) / 2 = (ln 4 + ln 1.5) / 2
            assertEquals((Math.log(4) + Math.log(1.5)) / 2, loss.item(), 1e-6);
            // dL/dz = (p − [c == t]) / rows
            float[] expected = {(0.25f - 1) / 2, 0.75f / 2, (2 / 3f - 1) / 2, 1 / 3f / 2};
            assertArrayEquals(
                    expected, assertNotNullGradient(loss.backward().of(logits)).toFloatArray(), 1e-6f);
        }
    }

    @Test
    void meanSquaredErrorIsTheMeanOverAllElements() {
        try (Scope scope = Scope.open()) {
            Tensor prediction = scope.of(Shape.of(2, 2), 1, 2, 3, 4f).requireGradient();
            Tensor target = scope.of(Shape.of(2, 2), 0, 4, 3, 1f);
            Tensor loss = Loss.meanSquaredError().of(prediction, target);
            // (1 + 4 + 0 + 9) / 4
            assertEquals(3.5f, loss.item());
            // dL/dp = 2 (p − t) / 4
            assertArrayEquals(
                    new float[] {0.5f, -1, 0, 1.5f},
                    assertNotNullGradient(loss.backward().of(prediction)).toFloatArray());
        }
    }

    private static Tensor assertNotNullGradient(Tensor gradient) {
        assertNotNull(gradient);
        return gradient;
    }

    @Test
    void meanSquaredErrorNeverBroadcasts() {
        try (Scope scope = Scope.open()) {
            Tensor column = scope.zeros(Shape.of(3, 1));
            Tensor row = scope.zeros(Shape.of(3));
            var e = assertThrows(
                    ShapeException.class, () -> Loss.meanSquaredError().of(column, row));
            assertEquals("meanSquaredError: both shapes must be equal, got [3, 1] and [3]", e.getMessage());
        }
    }

    @Test
    void crossEntropyRefusesATargetThatIsNoClass() {
        try (Scope scope = Scope.open()) {
            Tensor logits = scope.zeros(Shape.of(2, 3));
            for (int wrong : new int[] {-1, 3}) {
                Tensor targets = scope.of(Shape.of(2), 0, wrong);
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> Loss.crossEntropy().of(logits, targets));
            }
            assertThrows(ShapeException.class, () -> Loss.crossEntropy().of(logits, scope.of(Shape.of(3), 0, 1, 2)));
            assertThrows(ShapeException.class, () -> Loss.crossEntropy().of(logits, scope.of(Shape.of(2), 0f, 1f)));
        }
    }
}
