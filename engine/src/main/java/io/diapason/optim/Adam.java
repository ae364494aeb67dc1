package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * Adam, which is AdamW with its decoupled decay: at step t of a parameter {@code m = beta1 · m + (1 − beta1) · g},
 * {@code v = beta2 · v + (1 − beta2) · g²}, and {@code p −= learningRate · m / (1 − beta1ᵗ) / (√v / √(1 − beta2ᵗ) +
 * epsilon)}. With AMSGrad the greatest v so far takes the place of v in the root.
 *
 * <p>PyTorch's AdamW, and its Adam where the decay is 0. Source: Kingma and Ba 2015, ICLR, algorithm 1; Loshchilov and
 * Hutter 2019, ICLR, algorithm 2; Reddi et al. 2018, ICLR, algorithm 2.
 *
 * @param learningRate above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay of weights, at least 0
 * @param amsgrad whether the root never shrinks
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon above 0
     * @param weightDecay at least 0
     * @param amsgrad whether the root never shrinks
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Adam {
        Ranges.positive("adam", "learningRate", learningRate);
        Ranges.fraction("adam", "beta1", beta1);
        Ranges.fraction("adam", "beta2", beta2);
        Ranges.positive("adam", "epsilon", epsilon);
        Ranges.atLeastZero("adam", "weightDecay", weightDecay);
    }

    /**
     * Adam without AMSGrad.
     *
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon above 0
     * @param weightDecay of weights, at least 0
     */
    public Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        this(learningRate, beta1, beta2, epsilon, weightDecay, false);
    }

    /**
     * Adam with the numbers of its paper and no decay.
     *
     * @param learningRate above 0
     */
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0, false);
    }

    @Override
    public Adam withLearningRate(double value) {
        return new Adam(value, beta1, beta2, epsilon, weightDecay, amsgrad);
    }

    /**
     * The same with another decay of the first moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public Adam withBeta1(double value) {
        return new Adam(learningRate, value, beta2, epsilon, weightDecay, amsgrad);
    }

    /**
     * The same with another decay of the second moment.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public Adam withBeta2(double value) {
        return new Adam(learningRate, beta1, value, epsilon, weightDecay, amsgrad);
    }

    /**
     * The same with another epsilon.
     *
     * @param value above 0
     * @return the changed copy
     */
    public Adam withEpsilon(double value) {
        return new Adam(learningRate, beta1, beta2, value, weightDecay, amsgrad);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Adam withWeightDecay(double value) {
        return new Adam(learningRate, beta1, beta2, epsilon, value, amsgrad);
    }

    /**
     * The same with another choice.
     *
     * @param value whether the root never shrinks
     * @return the changed copy
     */
    public Adam withAmsgrad(boolean value) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        List<Kept> moments = List.of(Kept.tensor("m"), Kept.tensor("v"));
        List<Kept> kept = amsgrad ? List.of(moments.get(0), moments.get(1), Kept.tensor("largest_v")) : moments;
        Power power1 = new Power();
        Power power2 = new Power();
        return new RuleOptimizer(
                "adam",
                scope,
                parameters,
                kept,
                (slot, gradient, factors) -> step(slot, gradient, factors, power1, power2));
    }

    private void step(Slot slot, Tensor gradient, Factors factors, Power power1, Power power2) {
        long t = slot.nextStep();
        double rate = learningRate * factors.learningRate();
        double decay1 = beta1 * factors.momentum();
        Update.adam(
                slot.value(),
                gradient,
                slot.tensor("m"),
                slot.tensor("v"),
                slot.tensorIfKept("largest_v"),
                rate,
                decay1,
                beta2,
                epsilon,
                rate / (1 - power1.of(decay1, t)),
                0,
                1 / Math.sqrt(1 - power2.of(beta2, t)),
                slot.decay(weightDecay));
    }
}
