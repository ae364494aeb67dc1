package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import java.util.List;
import java.util.Map;

/**
 * Leaves parameters as they are: a group of a {@link Grouped} whose layers were trained elsewhere.
 *
 * <pre>{@code
 * OptimizerConfig head = Grouped.of(new Adam(1e-3))
 *         .and("body", parameter -> parameter.name().startsWith("body."), new Frozen());
 * }</pre>
 *
 * <p>As PyTorch's {@code requires_grad_(False)}: clipping does not count the gradients of these parameters. Buffers,
 * such as the statistics of batch normalisation, follow the {@link io.diapason.nn.Pass} as ever.
 */
public record Frozen() implements OptimizerConfig {
    private static final String OP = "frozen";

    /**
     * Of no account.
     *
     * @return 1
     */
    @Override
    public double learningRate() {
        return 1;
    }

    @Override
    public Frozen withLearningRate(double value) {
        return this;
    }

    @Override
    public List<Parameter> trained(List<Parameter> parameters) {
        return List.of();
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        Parameters.check(OP, parameters);
        return new Still();
    }

    private static final class Still implements Optimizer {
        @Override
        public void step(Gradients gradients) {}

        @Override
        public void learningRateFactor(double factor) {}

        @Override
        public void momentumFactor(double factor) {}

        @Override
        public Map<String, HeapTensor> state() {
            return Map.of();
        }

        @Override
        public void restore(Map<String, HeapTensor> state) {
            States.requireLike(OP, state(), state);
        }
    }
}
