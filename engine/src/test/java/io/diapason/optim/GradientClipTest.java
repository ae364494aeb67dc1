package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parameter.Kind;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that are too long become shorter; golden values of PyTorch 2.13.0 (CPU, float64). */
class GradientClipTest {
    /** A weight and a bias with given gradients, and another parameter without one. */
    private static final class Case {
        final Parameter weight;
        final Parameter bias;
        final Parameter other;
        final Gradients gradients;

        Case(Scope scope, double[] ofWeight, double[] ofBias) {
            weight = new Parameter(
                    "weight", scope.of(Shape.of(ofWeight.length), new double[ofWeight.length]), Kind.WEIGHT);
            bias = new Parameter("bias", scope.of(Shape.of(ofBias.length), new double[ofBias.length]), Kind.BIAS);
            other = new Parameter("other", scope.zeros(Shape.of(2)), Kind.BIAS);
            gradients = Problems.gradients(scope, weight, bias);
            gradients.of(List.of(weight.value())).get(0).set(ofWeight);
            gradients.of(List.of(bias.value())).get(0).set(ofBias);
        }

        List<Parameter> all() {
            return List.of(weight, other, bias);
        }

        double[] of(Parameter parameter) {
            return gradients.of(List.of(parameter.value())).get(0).toDoubleArray();
        }
    }

    /** clip_grad_norm_([w, b], 2.0). */
    @Test
    void aLongGradientIsScaledToTheLimitAndItsNormReturned() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {3, -4, 12, 0.5}, new double[] {1, -2, 0.25});
            assertEquals(13.202745926510895, GradientClip.byNorm(c.gradients, c.all(), 2), 1e-14);
            assertArrayEquals(
                    new double[] {0.45445088309252524, -0.6059345107900337, 1.817803532370101, 0.07574181384875421},
                    c.of(c.weight),
                    1e-15);
            assertArrayEquals(
                    new double[] {0.15148362769750842, -0.30296725539501684, 0.037870906924377105},
                    c.of(c.bias),
                    1e-15);
        }
    }

    @Test
    void aShortGradientStaysAsItIsBitForBit() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {3, -4, 12, 0.1}, new double[] {0.3});
            assertEquals(13.0038, GradientClip.byNorm(c.gradients, c.all(), 13.01), 1e-4);
            assertArrayEquals(new double[] {3, -4, 12, 0.1}, c.of(c.weight));
            assertArrayEquals(new double[] {0.3}, c.of(c.bias));
        }
    }

    @Test
    void onlyTheGradientsOfTheGivenParametersCount() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {3, -4}, new double[] {100});
            assertEquals(5, GradientClip.byNorm(c.gradients, List.of(c.weight), 1), 1e-15);
            assertArrayEquals(new double[] {0.6, -0.8}, c.of(c.weight), 1e-6);
            assertArrayEquals(new double[] {100}, c.of(c.bias));
        }
    }

    @Test
    void aGradientOfZeroHasTheNormZero() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {0, 0}, new double[] {0});
            assertEquals(0, GradientClip.byNorm(c.gradients, c.all(), 1e-8));
            assertArrayEquals(new double[] {0, 0}, c.of(c.weight));
            assertEquals(0, GradientClip.byNorm(c.gradients, List.of(), 1));
        }
    }

    /** As PyTorch with error_if_nonfinite=False: a norm of NaN makes every gradient NaN. */
    @Test
    void aNaNMakesAllGradientsNaN() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {3, Double.NaN}, new double[] {1});
            assertEquals(Double.NaN, GradientClip.byNorm(c.gradients, c.all(), 2));
            assertArrayEquals(new double[] {Double.NaN, Double.NaN}, c.of(c.weight));
            assertArrayEquals(new double[] {Double.NaN}, c.of(c.bias));
        }
    }

    /** As PyTorch with error_if_nonfinite=False: an infinite norm makes the factor 0, and 0 · ∞ is NaN. */
    @Test
    void anInfiniteGradientMakesTheOthersZero() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(scope, new double[] {3, Double.NEGATIVE_INFINITY}, new double[] {1});
            assertEquals(Double.POSITIVE_INFINITY, GradientClip.byNorm(c.gradients, c.all(), 2));
            assertArrayEquals(new double[] {0, Double.NaN}, c.of(c.weight));
            assertArrayEquals(new double[] {0}, c.of(c.bias));
        }
    }

    /** √(2 · (3e30)²) = 4.24e30, whose square is beyond float32. */
    @Test
    void largeFloat32GradientsDoNotOverflow() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            Gradients gradients = Problems.gradients(scope, p);
            gradients.of(List.of(p.value())).get(0).set(new float[] {3e30f, -3e30f});
            assertEquals(3e30 * Math.sqrt(2), GradientClip.byNorm(gradients, List.of(p), 1), 1e24);
            assertArrayEquals(
                    new float[] {(float) Math.sqrt(0.5), (float) -Math.sqrt(0.5)},
                    gradients.of(List.of(p.value())).get(0).toFloatArray(),
                    1e-6f);
        }
    }

    @Test
    void valuesAreMovedIntoTheirRangeAndNaNStays() {
        try (Scope scope = Scope.open()) {
            Case c = new Case(
                    scope,
                    new double[] {3, -4, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
                    new double[] {-0.75, 1});
            GradientClip.byValue(c.gradients, c.all(), 0.75);
            assertArrayEquals(new double[] {0.75, -0.75, 0.5, Double.NaN, 0.75, -0.75}, c.of(c.weight));
            assertArrayEquals(new double[] {-0.75, 0.75}, c.of(c.bias));
        }
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        try (Scope scope = Scope.open()) {
            Gradients none = Problems.gradients(scope);
            assertRefused(
                    "clip: the limit of the norm must be above 0 and finite, got 0.0",
                    () -> GradientClip.byNorm(none, List.of(), 0));
            assertRefused(
                    "clip: the limit of a value must be above 0 and finite, got NaN",
                    () -> GradientClip.byValue(none, List.of(), Double.NaN));
        }
    }
}
