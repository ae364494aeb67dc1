package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Autograd;
import io.diapason.autograd.Gradients;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What tests of layers share: inputs, and gradients with respect to inputs and parameters. */
final class ModuleCheck {
    private ModuleCheck() {}

    /** Normal numbers, float64. */
    static Tensor input(Scope scope, long seed, int... sizes) {
        return scope.normal(DType.FLOAT64, Shape.of(sizes), 0.3, 1.5, Rng.of(seed));
    }

    /** Every float64 parameter gets other numbers, so that none is 0 or 1. */
    static void scramble(Module module, long seed) {
        for (Parameter parameter : module.parameters()) {
            Init.uniform(0.5, 1.5).fill(parameter.value(), Rng.of(seed).child(parameter.name()));
        }
    }

    static void assertClose(double[] expected, Tensor actual, double tolerance) {
        double[] values = actual.toDoubleArray();
        assertEquals(expected.length, values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], tolerance * Math.max(1, Math.abs(expected[i])), "element " + i);
        }
    }

    /**
     * Compares the gradients of a weighted sum of a module's results with central differences, for each element of the
     * input (if it is of a float type) and of each parameter.
     *
     * @param passes a pass for each forward call
     */
    static void assertGradients(Module module, Tensor x, Supplier<Pass> passes) {
        try (Scope scope = Scope.open()) {
            Tensor input = x.dtype().isFloat() ? x.requireGradient() : x;
            List<Tensor> leaves = new ArrayList<>();
            if (x.dtype().isFloat()) {
                leaves.add(input);
            }
            module.parameters().forEach(parameter -> leaves.add(parameter.value()));
            Gradients gradients = loss(module, input, passes).backward();
            for (int n = 0; n < leaves.size(); n++) {
                Tensor gradient = gradients.of(leaves.get(n));
                assertTrue(gradient != null, "leaf " + n + " has a gradient");
                assertGradient(gradient.toDoubleArray(), leaves.get(n), n, () -> loss(module, input, passes));
            }
        }
    }

    private static void assertGradient(double[] gradient, Tensor leaf, int n, Supplier<Tensor> loss) {
        double step = 1e-6;
        double[] values = leaf.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            double above = at(value + step, leaf, values, i, loss);
            double below = at(value - step, leaf, values, i, loss);
            at(value, leaf, values, i, loss);
            double difference = (above - below) / (2 * step);
            assertEquals(
                    difference,
                    gradient[i],
                    1e-7 * Math.max(1, Math.abs(difference)),
                    "leaf " + n + " of shape " + leaf.shape() + ", element " + i);
        }
    }

    private static double at(double value, Tensor leaf, double[] values, int i, Supplier<Tensor> loss) {
        values[i] = value;
        leaf.set(values);
        try (Scope temporary = Scope.open()) {
            return Autograd.noGrad(() -> loss.get().item());
        }
    }

    /** Each element of the result has a weight of its own. */
    private static Tensor loss(Module module, Tensor x, Supplier<Pass> passes) {
        Tensor y = module.forward(x, passes.get());
        return y.times(Scope.current().uniform(DType.FLOAT64, y.shape(), 0.5, 1.5, Rng.of(99)))
                .sum();
    }
}
