package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltyTest {
    private static Parameter weight(Scope scope, float... values) {
        return new Parameter("weight", scope.of(Shape.of(values.length, 1), values), Parameter.Kind.WEIGHT);
    }

    private static Parameter bias(Scope scope, float... values) {
        return new Parameter("bias", scope.of(Shape.of(values.length), values), Parameter.Kind.BIAS);
    }

    @Test
    void l1AddsTheSumOfAbsolutesOfWeightsAndItsGradientAtZeroIsZero() {
        try (Scope scope = Scope.open()) {
            Parameter w = weight(scope, -2, 0, 3, -0f);
            Parameter b = bias(scope, 100);
            Tensor penalty = new Penalty(0.5, 0).of(List.of(w, b));
            // ½ (2 + 0 + 3 + 0)
            assertEquals(2.5f, penalty.item());
            Gradients gradients = penalty.backward();
            // d/dw ½ |w| = ½ sign(w)
            assertArrayEquals(
                    new float[] {-0.5f, 0, 0.5f, 0}, gradients.of(w.value()).toFloatArray(), 0);
            assertNull(gradients.of(b.value()));
        }
    }

    @Test
    void l2AddsHalfTheSumOfSquaresOfWeights() {
        try (Scope scope = Scope.open()) {
            Parameter w = weight(scope, -2, 0, 3);
            Parameter b = bias(scope, 100);
            Tensor penalty = new Penalty(0, 0.5).of(List.of(b, w));
            // ½ · ½ (4 + 0 + 9)
            assertEquals(3.25f, penalty.item());
            Gradients gradients = penalty.backward();
            // d/dw ¼ w² = ½ w
            assertArrayEquals(new float[] {-1, 0, 1.5f}, gradients.of(w.value()).toFloatArray(), 0);
            assertNull(gradients.of(b.value()));
        }
    }

    @Test
    void bothPenaltiesOfSeveralWeightsAddUp() {
        try (Scope scope = Scope.open()) {
            Parameter first = weight(scope, 1, -2);
            Parameter second = weight(scope, 4);
            Tensor penalty = new Penalty(0.1, 0.2).of(List.of(first, second));
            // 0.1 · 7 + 0.1 · 21
            assertEquals(2.8f, penalty.item(), 1e-6f);
            Gradients gradients = penalty.backward();
            // 0.1 sign(w) + 0.2 w
            assertArrayEquals(
                    new float[] {0.3f, -0.5f}, gradients.of(first.value()).toFloatArray(), 1e-6f);
            assertArrayEquals(new float[] {0.9f}, gradients.of(second.value()).toFloatArray(), 1e-6f);
        }
    }

    @Test
    void nothingToPenaliseIsNull() {
        try (Scope scope = Scope.open()) {
            assertNull(new Penalty(0, 0).of(List.of(weight(scope, 1))));
            assertNull(new Penalty(1, 1).of(List.of(bias(scope, 1))));
            assertNull(new Penalty(1, 1).of(List.of()));
        }
    }

    @Test
    void factorsBelowZeroAreRefused() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "penalty: l1 and l2 must be at least 0, got " + wrong + " and 0.0",
                    assertThrows(IllegalArgumentException.class, () -> new Penalty(wrong, 0))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> new Penalty(0, wrong));
        }
    }
}
