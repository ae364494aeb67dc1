package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RMSprop with its mean squares and velocities. */
final class RmsPropOptimizer implements Optimizer {
    private final OptimizerConfig.RmsProp config;
    private final List<Slot> slots;

    private record Slot(
            Parameter parameter,
            Tensor meanSquare,
            @Nullable Tensor velocity) {}

    RmsPropOptimizer(OptimizerConfig.RmsProp config, Scope scope, List<Parameter> parameters) {
        this.config = config;
        this.slots = parameters.stream()
                .map(p -> new Slot(
                        p,
                        scope.zeros(p.value().shape()),
                        config.momentum() == 0 ? null : scope.zeros(p.value().shape())))
                .toList();
    }

    @Override
    public void step(Gradients gradients) {
        for (Slot slot : slots) {
            Tensor gradient = gradients.of(slot.parameter.value());
            if (gradient != null) {
                Update.rmsprop(
                        slot.parameter.value(),
                        gradient,
                        slot.meanSquare,
                        slot.velocity,
                        config.learningRate(),
                        config.alpha(),
                        config.epsilon(),
                        config.momentum(),
                        Decay.of(config, slot.parameter));
            }
        }
    }
}
