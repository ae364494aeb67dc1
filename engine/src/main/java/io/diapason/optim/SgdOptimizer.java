package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stochastic gradient descent with its velocities. */
final class SgdOptimizer implements Optimizer {
    private final OptimizerConfig.Sgd config;
    private final List<Slot> slots;

    private record Slot(Parameter parameter, @Nullable Tensor velocity) {}

    SgdOptimizer(OptimizerConfig.Sgd config, Scope scope, List<Parameter> parameters) {
        this.config = config;
        this.slots = parameters.stream()
                .map(p -> new Slot(
                        p, config.momentum() == 0 ? null : scope.zeros(p.value().shape())))
                .toList();
    }

    @Override
    public void step(Gradients gradients) {
        for (Slot slot : slots) {
            Tensor gradient = gradients.of(slot.parameter.value());
            if (gradient != null) {
                Update.sgd(
                        slot.parameter.value(),
                        gradient,
                        slot.velocity,
                        config.learningRate(),
                        config.momentum(),
                        config.nesterov(),
                        Decay.of(config, slot.parameter));
            }
        }
    }
}
