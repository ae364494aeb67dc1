package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * Adam whose adaptive step is held back while its variance is large: with {@code ρ∞ = 2 / (1 − beta2) − 1}, {@code ρₜ =
 * ρ∞ − 2 · t · beta2ᵗ / (1 − beta2ᵗ)} and the moments m and v of {@link Adam}, when {@code ρₜ > 5} {@code p −=
 * learningRate · r · m / (1 − beta1ᵗ) · √(1 − beta2ᵗ) / (√v + epsilon)} with {@code r = √((ρₜ − 4)(ρₜ − 2) ρ∞ / ((ρ∞ −
 * 4)(ρ∞ − 2) ρₜ))}, else {@code p −= learningRate · m / (1 − beta1ᵗ)}.
 *
 * <p>PyTorch's RAdam with {@code decoupled_weight_decay}. Source: Liu et al. 2020, ICLR, algorithm 2 (PyTorch's
 * threshold 5 in place of 4, and its epsilon).
 *
 * @param learningRate above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay of weights, at least 0
 */
public record RAdam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon above 0
     * @param weightDecay at least 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public RAdam {
        Ranges.positive("radam", "learningRate", learningRate);
        Ranges.fraction("radam", "beta1", beta1);
        Ranges.fraction("radam", "beta2", beta2);
        Ranges.positive("radam", "epsilon", epsilon);
        Ranges.atLeastZero("radam", "weightDecay", weightDecay);
    }

    /**
     * RAdam with the numbers of its paper and no decay.
     *
     * @param learningRate above 0
     */
    public RAdam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    @Override
    public RAdam withLearningRate(double value) {
        return new RAdam(value, beta1, beta2, epsilon, weightDecay);
    }

    /**
     * The same with another decay of the first moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public RAdam withBeta1(double value) {
        return new RAdam(learningRate, value, beta2, epsilon, weightDecay);
    }

    /**
     * The same with another decay of the second moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public RAdam withBeta2(double value) {
        return new RAdam(learningRate, beta1, value, epsilon, weightDecay);
    }

    /**
     * The same with another epsilon.
     *
     * @param value above 0
     * @return the changed copy
     */
    public RAdam withEpsilon(double value) {
        return new RAdam(learningRate, beta1, beta2, value, weightDecay);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public RAdam withWeightDecay(double value) {
        return new RAdam(learningRate, beta1, beta2, epsilon, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        Power power1 = new Power();
        Power power2 = new Power();
        return new RuleOptimizer(
                "radam",
                scope,
                parameters,
                List.of(Kept.tensor("m"), Kept.tensor("v")),
                (slot, gradient, factors) -> step(slot, gradient, factors, power1, power2));
    }

    private void step(Slot slot, Tensor gradient, Factors factors, Power power1, Power power2) {
        long t = slot.nextStep();
        double rate = learningRate * factors.learningRate();
        double decay1 = beta1 * factors.momentum();
        double beta2Power = power2.of(beta2, t);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * t * beta2Power / (1 - beta2Power);
        boolean rectified = length > 5;
        double rectification = rectified
                ? Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
                        * Math.sqrt(1 - beta2Power)
                : 1;
        Update.adam(
                slot.value(),
                gradient,
                slot.tensor("m"),
                slot.tensor("v"),
                null,
                rate,
                decay1,
                beta2,
                rectified ? epsilon : 1, // with the root times 0: a denominator of 1
                rate * rectification / (1 - power1.of(decay1, t)),
                0,
                rectified ? 1 : 0,
                slot.decay(weightDecay));
    }
}
