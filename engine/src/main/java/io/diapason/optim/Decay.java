package io.diapason.optim;

import io.diapason.nn.Parameter;

/** Weight decay shrinks weights, not biases. */
final class Decay {
    private Decay() {}

    static double of(OptimizerConfig config, Parameter parameter) {
        return parameter.kind() == Parameter.Kind.WEIGHT ? config.weightDecay() : 0;
    }
}
