package io.diapason.autograd;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares gradients with central differences: {@code (f(x + h) − f(x − h)) / 2h} for every element of every input.
 *
 * <p>In float32 the difference quotient itself is off by about {@code |f| · 2^-23 / h + h² f'''/6}; the tolerance must
 * leave room for that. Choose inputs away from kinks such as 0 for relu.
 */
public final class GradCheck {
    private GradCheck() {}

    /**
     * How far one element's gradient is from its difference quotient.
     *
     * @param input which input, from 0
     * @param element which element of it, row-major
     * @param gradient what {@link Autograd#backward} gave
     * @param difference the quotient
     */
    public record Mismatch(int input, int element, double gradient, double difference) {}

    /**
     * Checks a scalar function of leaves.
     *
     * @param function from inputs to a scalar; it must give the same value for the same inputs
     * @param inputs values to check at; not changed
     * @param step the h above, such as 1e-2
     * @param tolerance allowed |gradient − difference| relative to max(1, |difference|)
     * @return what is out of tolerance; empty when the gradients are right
     */
    public static List<Mismatch> check(
            Function<List<Tensor>, Tensor> function, List<Tensor> inputs, double step, double tolerance) {
        List<Mismatch> mismatches = new ArrayList<>();
        try (Scope scope = Scope.open(inputs.get(0).device())) {
            List<Tensor> leaves = inputs.stream()
                    .map(input -> scope.of(input.shape(), input.toFloatArray()).requireGradient())
                    .toList();
            Gradients gradients = function.apply(leaves).backward();
            for (int i = 0; i < leaves.size(); i++) {
                Tensor found = gradients.of(leaves.get(i));
                float[] values = leaves.get(i).toFloatArray();
                float[] gradient = found == null ? new float[values.length] : found.toFloatArray();
                for (int j = 0; j < values.length; j++) {
                    float x = values[j];
                    float above = (float) (x + step);
                    float below = (float) (x - step);
                    double difference = (valueAt(function, leaves, i, values, j, above)
                                    - valueAt(function, leaves, i, values, j, below))
                            / ((double) above - below);
                    values[j] = x;
                    leaves.get(i).set(values);
                    if (!(Math.abs(gradient[j] - difference) <= tolerance * Math.max(1, Math.abs(difference)))) {
                        mismatches.add(new Mismatch(i, j, gradient[j], difference));
                    }
                }
            }
        }
        return mismatches;
    }

    private static double valueAt(
            Function<List<Tensor>, Tensor> function, List<Tensor> leaves, int i, float[] values, int j, float value) {
        values[j] = value;
        leaves.get(i).set(values);
        try (Scope temporary = Scope.open(leaves.get(i).device())) {
            return Autograd.withoutGradients(() -> function.apply(leaves).item());
        }
    }
}
