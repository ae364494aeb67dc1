package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop: {@code s = alpha · s + (1 − alpha) · g²; u = g / (√s + epsilon)}, and without momentum {@code p −=
 * learningRate · u}, else {@code v = momentum · v + u; p −= learningRate · v}. Centred, the root is that of the
 * variance {@code s − a²} with {@code a = alpha · a + (1 − alpha) · g}.
 *
 * <p>PyTorch's RMSprop, but for the decay, which is decoupled; where rounding leaves {@code s − a²} below 0 it counts
 * as 0, while PyTorch gives NaN. Source: Tieleman and Hinton 2012, lecture 6.5; Graves 2013, arXiv:1308.0850, equations
 * 38 to 45 (centred).
 *
 * @param learningRate above 0
 * @param alpha decay of the mean square, in [0, 1)
 * @param epsilon added to its root, above 0
 * @param momentum in [0, 1)
 * @param weightDecay of weights, at least 0
 * @param centered whether the mean gradient is subtracted
 */
public record RmsProp(
        double learningRate, double alpha, double epsilon, double momentum, double weightDecay, boolean centered)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param alpha in [0, 1)
     * @param epsilon above 0
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     * @param centered whether the mean gradient is subtracted
     * @throws IllegalArgumentException when a number is out of its range
     */
    public RmsProp {
        Ranges.positive("rmsprop", "learningRate", learningRate);
        Ranges.fraction("rmsprop", "alpha", alpha);
        Ranges.positive("rmsprop", "epsilon", epsilon);
        Ranges.fraction("rmsprop", "momentum", momentum);
        Ranges.atLeastZero("rmsprop", "weightDecay", weightDecay);
    }

    /**
     * RMSprop around 0.
     *
     * @param learningRate above 0
     * @param alpha in [0, 1)
     * @param epsilon above 0
     * @param momentum in [0, 1)
     * @param weightDecay of weights, at least 0
     */
    public RmsProp(double learningRate, double alpha, double epsilon, double momentum, double weightDecay) {
        this(learningRate, alpha, epsilon, momentum, weightDecay, false);
    }

    /**
     * RMSprop with PyTorch's numbers: alpha 0.99, epsilon 1e-8, no momentum, no decay.
     *
     * @param learningRate above 0
     */
    public RmsProp(double learningRate) {
        this(learningRate, 0.99, 1e-8, 0, 0, false);
    }

    @Override
    public RmsProp withLearningRate(double value) {
        return new RmsProp(value, alpha, epsilon, momentum, weightDecay, centered);
    }

    /**
     * The same with another decay of the mean square.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public RmsProp withAlpha(double value) {
        return new RmsProp(learningRate, value, epsilon, momentum, weightDecay, centered);
    }

    /**
     * The same with another epsilon.
     *
     * @param value above 0
     * @return the changed copy
     */
    public RmsProp withEpsilon(double value) {
        return new RmsProp(learningRate, alpha, value, momentum, weightDecay, centered);
    }

    /**
     * The same with another momentum.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public RmsProp withMomentum(double value) {
        return new RmsProp(learningRate, alpha, epsilon, value, weightDecay, centered);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public RmsProp withWeightDecay(double value) {
        return new RmsProp(learningRate, alpha, epsilon, momentum, value, centered);
    }

    /**
     * The same with another choice.
     *
     * @param value whether the mean gradient is subtracted
     * @return the changed copy
     */
    public RmsProp withCentered(boolean value) {
        return new RmsProp(learningRate, alpha, epsilon, momentum, weightDecay, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        List<Kept> kept = new ArrayList<>();
        kept.add(Kept.tensor("s"));
        if (centered) {
            kept.add(Kept.tensor("mean"));
        }
        if (momentum > 0) {
            kept.add(Kept.tensor("velocity"));
        }
        return new RuleOptimizer("rmsprop", scope, parameters, kept, this::step);
    }

    private void step(Slot slot, Tensor gradient, Factors factors) {
        slot.nextStep();
        Update.rmsprop(
                slot.value(),
                gradient,
                slot.tensor("s"),
                slot.tensorIfKept("mean"),
                slot.tensorIfKept("velocity"),
                learningRate * factors.learningRate(),
                alpha,
                epsilon,
                momentum * factors.momentum(),
                slot.decay(weightDecay));
    }
}
