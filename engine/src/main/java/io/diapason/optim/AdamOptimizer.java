package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/** Adam with its moments and step count. */
final class AdamOptimizer implements Optimizer {
    private final OptimizerConfig.Adam config;
    private final List<Slot> slots;
    private long steps;

    private record Slot(Parameter parameter, Tensor first, Tensor second) {}

    AdamOptimizer(OptimizerConfig.Adam config, Scope scope, List<Parameter> parameters) {
        this.config = config;
        this.slots = parameters.stream()
                .map(p -> new Slot(
                        p, scope.zeros(p.value().shape()), scope.zeros(p.value().shape())))
                .toList();
    }

    @Override
    public void step(Gradients gradients) {
        steps++;
        for (Slot slot : slots) {
            Tensor gradient = gradients.of(slot.parameter.value());
            if (gradient != null) {
                Update.adam(
                        slot.parameter.value(),
                        gradient,
                        slot.first,
                        slot.second,
                        steps,
                        config.learningRate(),
                        config.beta1(),
                        config.beta2(),
                        config.epsilon(),
                        Decay.of(config, slot.parameter));
            }
        }
    }
}
