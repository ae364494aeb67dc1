package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * Adagrad: at step t of a parameter {@code s += g²; p −= learningRate / (1 + (t − 1) · learningRateDecay) · g / (√s +
 * epsilon)}.
 *
 * <p>PyTorch's Adagrad, but for the weight decay, which is decoupled and follows the decayed learning rate. Source:
 * Duchi, Hazan and Singer 2011, JMLR 12, figure 1 (diagonal).
 *
 * @param learningRate above 0
 * @param learningRateDecay how fast it shrinks, at least 0
 * @param initialAccumulator s before the first step, at least 0
 * @param epsilon added to the root, above 0
 * @param weightDecay of weights, at least 0
 */
public record Adagrad(
        double learningRate, double learningRateDecay, double initialAccumulator, double epsilon, double weightDecay)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param learningRateDecay at least 0
     * @param initialAccumulator at least 0
     * @param epsilon above 0
     * @param weightDecay at least 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Adagrad {
        Ranges.positive("adagrad", "learningRate", learningRate);
        Ranges.atLeastZero("adagrad", "learningRateDecay", learningRateDecay);
        Ranges.atLeastZero("adagrad", "initialAccumulator", initialAccumulator);
        Ranges.positive("adagrad", "epsilon", epsilon);
        Ranges.atLeastZero("adagrad", "weightDecay", weightDecay);
    }

    /**
     * Adagrad with PyTorch's numbers: epsilon 1e-10, no decays, s from 0.
     *
     * @param learningRate above 0
     */
    public Adagrad(double learningRate) {
        this(learningRate, 0, 0, 1e-10, 0);
    }

    @Override
    public Adagrad withLearningRate(double value) {
        return new Adagrad(value, learningRateDecay, initialAccumulator, epsilon, weightDecay);
    }

    /**
     * The same with another decay of the learning rate.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Adagrad withLearningRateDecay(double value) {
        return new Adagrad(learningRate, value, initialAccumulator, epsilon, weightDecay);
    }

    /**
     * The same with another first sum of squares.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Adagrad withInitialAccumulator(double value) {
        return new Adagrad(learningRate, learningRateDecay, value, epsilon, weightDecay);
    }

    /**
     * The same with another epsilon.
     *
     * @param value above 0
     * @return the changed copy
     */
    public Adagrad withEpsilon(double value) {
        return new Adagrad(learningRate, learningRateDecay, initialAccumulator, value, weightDecay);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Adagrad withWeightDecay(double value) {
        return new Adagrad(learningRate, learningRateDecay, initialAccumulator, epsilon, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        List<Kept> kept = List.of(Kept.tensor("s", initialAccumulator));
        return new RuleOptimizer("adagrad", scope, parameters, kept, this::step);
    }

    private void step(Slot slot, Tensor gradient, Factors factors) {
        double earlier = (double) (slot.nextStep() - 1);
        double rate = learningRate * factors.learningRate() / (1 + earlier * learningRateDecay);
        Update.adagrad(slot.value(), gradient, slot.tensor("s"), rate, epsilon, slot.decay(weightDecay));
    }
}
