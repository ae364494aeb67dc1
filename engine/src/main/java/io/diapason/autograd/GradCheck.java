package io.diapason.autograd;

import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares gradients with central differences: {@code (f(x + h) − f(x − h)) / 2h} for every element of every float
 * input.
 *
 * <p>Use float64 inputs with a step near 1e-6: the quotient is then good to about 1e-9. In float32 it is off by about
 * {@code |f| · 2^-23 / h + h² f'''/6}; the tolerance must leave room for that. Choose inputs away from kinks such as 0
 * for relu.
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
     * @param inputs values to check at, not changed; float32 and float64 ones become leaves, others are handed on
     * @param step the h above, such as 1e-6, in float32 1e-2
     * @param tolerance allowed |gradient − difference| relative to max(1, |difference|)
     * @return what is out of tolerance; empty when the gradients are right
     */
    public static List<Mismatch> check(
            Function<List<Tensor>, Tensor> function, List<Tensor> inputs, double step, double tolerance) {
        List<Mismatch> mismatches = new ArrayList<>();
        try (Scope scope = Scope.open(inputs.get(0).device())) {
            List<Tensor> leaves = inputs.stream()
                    .map(input -> input.dtype().isFloat() ? copy(scope, input).requireGradient() : input)
                    .toList();
            Gradients gradients = function.apply(leaves).backward();
            for (int i = 0; i < leaves.size(); i++) {
                Tensor leaf = leaves.get(i);
                if (leaf.dtype().isFloat()) {
                    Tensor found = gradients.of(leaf);
                    double[] gradient = found == null ? new double[(int) leaf.elements()] : found.toDoubleArray();
                    for (int j = 0; j < gradient.length; j++) {
                        double difference = difference(function, leaves, leaf, j, step);
                        if (!(Math.abs(gradient[j] - difference) <= tolerance * Math.max(1, Math.abs(difference)))) {
                            mismatches.add(new Mismatch(i, j, gradient[j], difference));
                        }
                    }
                }
            }
        }
        return mismatches;
    }

    private static Tensor copy(Scope scope, Tensor tensor) {
        Tensor copy = scope.empty(tensor.dtype(), tensor.shape());
        copy.assign(tensor);
        return copy;
    }

    private static double difference(
            Function<List<Tensor>, Tensor> function, List<Tensor> leaves, Tensor leaf, int element, double step) {
        double[] values = leaf.toDoubleArray();
        double x = values[element];
        double above = rounded(leaf.dtype(), x + step);
        double below = rounded(leaf.dtype(), x - step);
        values[element] = above;
        set(leaf, values);
        double valueAbove = value(function, leaves);
        values[element] = below;
        set(leaf, values);
        double valueBelow = value(function, leaves);
        values[element] = x;
        set(leaf, values);
        return (valueAbove - valueBelow) / (above - below);
    }

    private static double rounded(DType dtype, double value) {
        return dtype == DType.FLOAT32 ? (float) value : value;
    }

    private static void set(Tensor leaf, double[] values) {
        if (leaf.dtype() == DType.FLOAT64) {
            leaf.set(values);
            return;
        }
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        leaf.set(singles);
    }

    private static double value(Function<List<Tensor>, Tensor> function, List<Tensor> leaves) {
        try (Scope temporary = Scope.open(leaves.get(0).device())) {
            return Autograd.noGrad(() -> function.apply(leaves).item());
        }
    }
}
