package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.optim.Slot.Kept;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent: {@code v = momentum · v + (1 − dampening) · g; p −= learningRate · v}, or with
 * Nesterov's look-ahead {@code p −= learningRate · (g + momentum · v)}. At the first step of a parameter {@code v = g},
 * whatever the dampening.
 *
 * <p>PyTorch's SGD, but for the decay, which is decoupled. Source: Sutskever et al. 2013, ICML, in PyTorch's form (the
 * learning rate outside of v).
 *
 * @param learningRate above 0
 * @param momentum in [0, 1)
 * @param dampening of the gradient's part in v, from 0 to 1
 * @param nesterov whether the step looks ahead; needs momentum and no dampening
 * @param weightDecay of weights, at least 0
 */
public record Sgd(double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     * @param dampening from 0 to 1
     * @param nesterov whether the step looks ahead
     * @param weightDecay at least 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Sgd {
        Ranges.positive("sgd", "learningRate", learningRate);
        Ranges.fraction("sgd", "momentum", momentum);
        Ranges.upToOne("sgd", "dampening", dampening);
        Ranges.atLeastZero("sgd", "weightDecay", weightDecay);
        if (nesterov && (momentum == 0 || dampening > 0)) {
            throw new IllegalArgumentException("sgd: nesterov needs a momentum above 0 and no dampening, got momentum "
                    + momentum + " and dampening " + dampening);
        }
    }

    /**
     * Descent without dampening.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     * @param nesterov whether the step looks ahead; needs momentum
     * @param weightDecay of weights, at least 0
     */
    public Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) {
        this(learningRate, momentum, 0, nesterov, weightDecay);
    }

    /**
     * Plain descent: no momentum, no decay.
     *
     * @param learningRate above 0
     */
    public Sgd(double learningRate) {
        this(learningRate, 0, 0, false, 0);
    }

    @Override
    public Sgd withLearningRate(double value) {
        return new Sgd(value, momentum, dampening, nesterov, weightDecay);
    }

    /**
     * The same with another momentum.
     *
     * @param value in [0, 1)
     * @return the changed copy
     */
    public Sgd withMomentum(double value) {
        return new Sgd(learningRate, value, dampening, nesterov, weightDecay);
    }

    /**
     * The same with another dampening.
     *
     * @param value from 0 to 1
     * @return the changed copy
     */
    public Sgd withDampening(double value) {
        return new Sgd(learningRate, momentum, value, nesterov, weightDecay);
    }

    /**
     * The same with another choice.
     *
     * @param value whether the step looks ahead
     * @return the changed copy
     */
    public Sgd withNesterov(boolean value) {
        return new Sgd(learningRate, momentum, dampening, value, weightDecay);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Sgd withWeightDecay(double value) {
        return new Sgd(learningRate, momentum, dampening, nesterov, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        List<Kept> kept = momentum == 0 ? List.of() : List.of(Kept.tensor("velocity"));
        return new RuleOptimizer("sgd", scope, parameters, kept, this::step);
    }

    private void step(Slot slot, Tensor gradient, Factors factors) {
        boolean first = slot.nextStep() == 1;
        Update.sgd(
                slot.value(),
                gradient,
                slot.tensorIfKept("velocity"),
                learningRate * factors.learningRate(),
                momentum * factors.momentum(),
                first ? 0 : dampening,
                nesterov,
                slot.decay(weightDecay));
    }
}
