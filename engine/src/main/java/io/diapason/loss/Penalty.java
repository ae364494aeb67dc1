package io.diapason.loss;

import io.diapason.nn.Parameter;
import io.diapason.op.Reduction;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * L1 and L2 penalties over weights: {@code l1 Σ|w| + ½ l2 Σw²}. Biases are not penalised.
 *
 * @param l1 factor of the sum of absolutes, at least 0
 * @param l2 factor of half the sum of squares, at least 0
 */
public record Penalty(double l1, double l2) {
    /**
     * Checked factors.
     *
     * @param l1 at least 0
     * @param l2 at least 0
     */
    public Penalty {
        if (!(l1 >= 0 && l1 < Double.POSITIVE_INFINITY && l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty: l1 and l2 must be at least 0, got " + l1 + " and " + l2);
        }
    }

    /**
     * The penalty as a term of a loss.
     *
     * @param parameters of a module; weights count, the others do not
     * @return a scalar, or null when both factors are 0 or there are no weights
     */
    public @Nullable Tensor of(List<Parameter> parameters) {
        Tensor sum = null;
        for (Parameter parameter : parameters) {
            if (parameter.kind() == Parameter.Kind.WEIGHT) {
                if (l1 > 0) {
                    sum = plus(
                            sum,
                            Reduction.sumOfAbsolutes(parameter.value(), false).times(l1));
                }
                if (l2 > 0) {
                    sum = plus(
                            sum,
                            Reduction.sumOfSquares(parameter.value(), false).times(0.5 * l2));
                }
            }
        }
        return sum;
    }

    private static Tensor plus(@Nullable Tensor sum, Tensor term) {
        return sum == null ? term : sum.plus(term);
    }
}
