package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * Adam with Nesterov's momentum: with {@code μₜ = beta1 · (1 − ½ · 0.96^(t · momentumDecay))}, {@code Πₜ = μ₁ … μₜ} and
 * the moments m and v of {@link Adam}, {@code p −= learningRate · (μₜ₊₁ · m / (1 − Πₜ · μₜ₊₁) + (1 − μₜ) · g / (1 −
 * Πₜ)) / (√v / √(1 − beta2ᵗ) + epsilon)}.
 *
 * <p>PyTorch's NAdam with {@code decoupled_weight_decay}; PyTorch keeps Π in float32, this in float64. Source: Dozat
 * 2016, ICLR workshop, algorithm 8 and section 4.
 *
 * @param learningRate above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay of weights, at least 0
 * @param momentumDecay how soon μ reaches beta1, at least 0
 */
public record NAdam(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, double momentumDecay)
        implements OptimizerConfig {
    private static final double BASE = 0.96;

    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon above 0
     * @param weightDecay at least 0
     * @param momentumDecay at least 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public NAdam {
        Ranges.positive("nadam", "learningRate", learningRate);
        Ranges.fraction("nadam", "beta1", beta1);
        Ranges.fraction("nadam", "beta2", beta2);
        Ranges.positive("nadam", "epsilon", epsilon);
        Ranges.atLeastZero("nadam", "weightDecay", weightDecay);
        Ranges.atLeastZero("nadam", "momentumDecay", momentumDecay);
    }

    /**
     * NAdam with the numbers of its paper and no weight decay.
     *
     * @param learningRate above 0
     */
    public NAdam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0, 4e-3);
    }

    @Override
    public NAdam withLearningRate(double value) {
        return new NAdam(value, beta1, beta2, epsilon, weightDecay, momentumDecay);
    }

    /**
     * The same with another decay of the first moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public NAdam withBeta1(double value) {
        return new NAdam(learningRate, value, beta2, epsilon, weightDecay, momentumDecay);
    }

    /**
     * The same with another decay of the second moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public NAdam withBeta2(double value) {
        return new NAdam(learningRate, beta1, value, epsilon, weightDecay, momentumDecay);
    }

    /**
     * The same with another epsilon.
     *
     * @param value above 0
     * @return the changed copy
     */
    public NAdam withEpsilon(double value) {
        return new NAdam(learningRate, beta1, beta2, value, weightDecay, momentumDecay);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public NAdam withWeightDecay(double value) {
        return new NAdam(learningRate, beta1, beta2, epsilon, value, momentumDecay);
    }

    /**
     * The same with another momentum decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public NAdam withMomentumDecay(double value) {
        return new NAdam(learningRate, beta1, beta2, epsilon, weightDecay, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        List<Kept> kept = List.of(Kept.tensor("m"), Kept.tensor("v"), Kept.number("mu_product", 1));
        double decay = StrictMath.pow(BASE, momentumDecay);
        Power now = new Power();
        Power next = new Power();
        Power power2 = new Power();
        return new RuleOptimizer(
                "nadam",
                scope,
                parameters,
                kept,
                (slot, gradient, factors) -> step(slot, gradient, factors, decay, now, next, power2));
    }

    private void step(Slot slot, Tensor gradient, Factors factors, double decay, Power now, Power next, Power power2) {
        long t = slot.nextStep();
        double rate = learningRate * factors.learningRate();
        double decay1 = beta1 * factors.momentum();
        double mu = decay1 * (1 - 0.5 * now.of(decay, t));
        double muNext = decay1 * (1 - 0.5 * next.of(decay, t + 1));
        double product = slot.multiply("mu_product", mu);
        Update.adam(
                slot.value(),
                gradient,
                slot.tensor("m"),
                slot.tensor("v"),
                null,
                rate,
                decay1,
                beta2,
                epsilon,
                rate * muNext / (1 - product * muNext),
                rate * (1 - mu) / (1 - product),
                1 / Math.sqrt(1 - power2.of(beta2, t)),
                slot.decay(weightDecay));
    }
}
