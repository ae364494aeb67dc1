package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that several batches add up to. */
class GradientsTest {
    private static Tensor leaf(Scope scope, float... values) {
        return scope.of(Shape.of(values.length), values).requireGradient();
    }

    @Test
    void gradientsOfSeveralBatchesAddUpInAnAccumulator() {
        try (Scope scope = Scope.open()) {
            Tensor w = scope.of(Shape.of(3), 0.5, -1, 2.0).requireGradient();
            Tensor b = scope.of(Shape.scalar(), 0.1).requireGradient();
            Tensor x = scope.uniform(DType.FLOAT64, Shape.of(8, 3), -1, 1, Rng.of(1));
            Gradients whole = x.matmul(w).plus(b).square().sum().times(1 / 8.0).backward();
            Gradients sum = Gradients.accumulator(scope, List.of(w, b));
            assertArrayEquals(new double[3], sum.of(w).toDoubleArray());
            for (int from = 0; from < 8; from += 2) {
                try (Scope batch = Scope.open()) {
                    x.rows(from, from + 2).matmul(w).plus(b).square().sum().backward(sum);
                }
            }
            sum.scale(1 / 8.0);
            assertArrayEquals(whole.of(w).toDoubleArray(), sum.of(w).toDoubleArray(), 1e-14);
            assertEquals(whole.of(b).item(), sum.of(b).item(), 1e-14);
            assertEquals(List.of(sum.of(b), sum.of(w)), sum.of(List.of(b, w)));
            sum.zero();
            assertArrayEquals(new double[3], sum.of(w).toDoubleArray());
        }
    }

    @Test
    void anAccumulatorTakesGradientsOfItsLeavesAloneAndAllOrNothing() {
        try (Scope scope = Scope.open()) {
            Tensor x = leaf(scope, 1, 2);
            Tensor other = leaf(scope, 3);
            Gradients sum = Gradients.accumulator(scope, List.of(x));
            assertEquals(
                    "gradients: the accumulator must be made for every leaf, got a gradient of another one, shape [1]",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> x.times(other).sum().backward(sum))
                            .getMessage());
            assertArrayEquals(new float[2], sum.of(x).toFloatArray());
            // A leaf that a batch does not reach stays as it is.
            Gradients both = Gradients.accumulator(scope, List.of(x, other));
            x.sum().backward(both);
            assertArrayEquals(new float[] {1, 1}, both.of(x).toFloatArray());
            assertArrayEquals(new float[] {0}, both.of(other).toFloatArray());
            assertEquals(1, sum.of(List.of(x, other)).size());
        }
    }
}
