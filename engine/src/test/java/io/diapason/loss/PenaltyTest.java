package io.diapason.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.autograd.GradCheck;
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
    void theFactoriesNameTheTwoNumbers() {
        assertEquals(new Penalty(0, 0), Penalty.none());
        assertEquals(new Penalty(0.5, 0), Penalty.l1(0.5));
        assertEquals(new Penalty(0, 0.5), Penalty.l2(0.5));
        // alpha · ratio and alpha · (1 − ratio)
        assertEquals(new Penalty(0.5, 1.5), Penalty.elasticNet(2, 0.25));
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertEquals(
                    "penalty: the ratio of l1 must be in [0, 1], got " + wrong,
                    assertThrows(IllegalArgumentException.class, () -> Penalty.elasticNet(1, wrong))
                            .getMessage());
        }
    }

    @Test
    void anyParametersMayBeChosen() {
        try (Scope scope = Scope.open()) {
            Parameter w = weight(scope, 1, -2);
            Parameter b = bias(scope, 3);
            Penalty onBiases = Penalty.elasticNet(2, 0.5).over(p -> p.name().equals("bias"));
            // 1 · 3 + ½ · 1 · 9
            assertEquals(7.5, onBiases.of(List.of(w, b)).item());
            assertEquals(9, Penalty.l2(2).over(p -> true).of(List.of(w, b)).item() - 5);
        }
    }

    @Test
    void gradientsInDoublePrecisionAreTheDifferenceQuotients() {
        try (Scope scope = Scope.open()) {
            Tensor values = scope.of(Shape.of(2, 2), 0.5, -1.5, 2, -0.25);
            assertEquals(
                    List.of(),
                    GradCheck.check(
                            in -> new Penalty(0.3, 0.7)
                                    .of(List.of(new Parameter("weight", in.get(0), Parameter.Kind.WEIGHT))),
                            List.of(values),
                            1e-6,
                            1e-8));
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
