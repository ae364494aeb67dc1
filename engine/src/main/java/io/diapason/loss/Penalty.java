package io.diapason.loss;

import io.diapason.nn.Parameter;
import io.diapason.op.Reduction;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * L1 and L2 penalties over chosen parameters: {@code l1 Σ|w| + ½ l2 Σw²}, by default over the weights of linear maps
 * and not over biases and norms. The derivative of |w| at 0 is 0.
 *
 * <p>Unlike an optimiser's weight decay, a penalty is part of the loss and its gradient passes through the optimiser.
 *
 * @param l1 factor of the sum of absolutes, at least 0
 * @param l2 factor of half the sum of squares, at least 0
 * @param over which parameters count
 */
public record Penalty(double l1, double l2, Predicate<Parameter> over) {
    /**
     * Checked factors.
     *
     * @param l1 at least 0
     * @param l2 at least 0
     * @param over which parameters count
     * @throws IllegalArgumentException when a factor is out of its range
     */
    public Penalty {
        if (!(l1 >= 0 && l1 < Double.POSITIVE_INFINITY && l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty: l1 and l2 must be at least 0, got " + l1 + " and " + l2);
        }
    }

    /**
     * Penalties over weights.
     *
     * @param l1 at least 0
     * @param l2 at least 0
     */
    public Penalty(double l1, double l2) {
        this(l1, l2, new Weights());
    }

    /**
     * No penalty.
     *
     * @return the penalty that adds nothing
     */
    public static Penalty none() {
        return new Penalty(0, 0);
    }

    /**
     * {@code factor · Σ|w|} over weights, which drives them to 0. Source: Tibshirani 1996.
     *
     * @param factor at least 0
     * @return the penalty
     */
    public static Penalty l1(double factor) {
        return new Penalty(factor, 0);
    }

    /**
     * {@code ½ · factor · Σw²} over weights, which keeps them small. Source: Hoerl and Kennard 1970.
     *
     * @param factor at least 0
     * @return the penalty
     */
    public static Penalty l2(double factor) {
        return new Penalty(0, factor);
    }

    /**
     * Both: {@code alpha · (ratio · Σ|w| + ½ (1 − ratio) · Σw²)} over weights, with scikit-learn's meaning of the two
     * numbers. Source: Zou and Hastie 2005.
     *
     * @param alpha at least 0
     * @param ratio of L1, in [0, 1]
     * @return the penalty
     * @throws IllegalArgumentException when a number is out of range
     */
    public static Penalty elasticNet(double alpha, double ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("penalty: the ratio of l1 must be in [0, 1], got " + ratio);
        }
        return new Penalty(alpha * ratio, alpha * (1 - ratio));
    }

    /**
     * The same penalty over other parameters.
     *
     * @param chosen which parameters count, such as {@code p -> p.name().startsWith("0.")}
     * @return the penalty
     */
    public Penalty over(Predicate<Parameter> chosen) {
        return new Penalty(l1, l2, chosen);
    }

    /**
     * The penalty as a term of a loss.
     *
     * @param parameters of a module, of one type
     * @return a scalar, or null when both factors are 0 or no parameter is chosen
     */
    public @Nullable Tensor of(List<Parameter> parameters) {
        Tensor sum = null;
        for (Parameter parameter : parameters) {
            if ((l1 > 0 || l2 > 0) && over.test(parameter)) {
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

    /** A record rather than a lambda, so that penalties of equal numbers are equal. */
    private record Weights() implements Predicate<Parameter> {
        @Override
        public boolean test(Parameter parameter) {
            return parameter.kind() == Parameter.Kind.WEIGHT;
        }
    }

    private static Tensor plus(@Nullable Tensor sum, Tensor term) {
        return sum == null ? term : sum.plus(term);
    }
}
