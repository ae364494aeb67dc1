package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import java.util.List;

/**
 * Which optimiser, with which numbers: {@link Sgd}, {@link Adam}, {@link NAdam}, {@link RAdam}, {@link RmsProp},
 * {@link Adagrad}, {@link Lbfgs}, several of them {@link Grouped}, none at all ({@link Frozen}), or a user's own.
 *
 * <p>The formulas are PyTorch's (2.13), with one difference in all of them: weight decay is decoupled (Loshchilov and
 * Hutter 2019: {@code w −= learningRate · weightDecay · w} before each step, as in PyTorch's AdamW) and applies to
 * parameters of {@link Parameter.Kind#WEIGHT} alone. A classic L2 term belongs into the loss.
 */
public interface OptimizerConfig {
    /**
     * The step size.
     *
     * @return above 0
     */
    double learningRate();

    /**
     * How fast weights shrink by themselves: {@code w −= learningRate · weightDecay · w} each step.
     *
     * @return at least 0; 0 where there is no decay
     */
    default double weightDecay() {
        return 0;
    }

    /**
     * The same with another step size.
     *
     * @param value above 0
     * @return the changed copy
     */
    OptimizerConfig withLearningRate(double value);

    /**
     * Which of some parameters the optimiser changes, so that clipping measures the gradients of these alone.
     *
     * @param parameters those of a module
     * @return all of them, but where some are {@link Frozen}
     */
    default List<Parameter> trained(List<Parameter> parameters) {
        return parameters;
    }

    /**
     * An optimiser with fresh state.
     *
     * @param scope owns the state
     * @param parameters what it will change; dense, each once
     * @return the optimiser
     * @throws IllegalArgumentException when a name or a parameter appears twice, or a parameter is not dense
     */
    Optimizer over(Scope scope, List<Parameter> parameters);
}
