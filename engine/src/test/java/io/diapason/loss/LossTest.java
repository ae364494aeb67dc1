package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
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
    void aLossOfOnesOwnIsAFunctionThatIsAMeanOverRows() {
        try (Scope scope = Scope.open()) {
            Loss own = (prediction, target) -> prediction.minus(target).pow(4).mean();
            Tensor two = scope.full(Shape.of(3, 1), 2);
            assertEquals(16, own.of(two, scope.zeros(Shape.of(3, 1))).item(), 1e-5);
            assertEquals(Reduce.MEAN, own.reduction());
            assertEquals(3, own.weight(two));
        }
    }
}
