package io.diapason.optim;

import io.diapason.tensor.HeapTensor;
import java.util.Map;

/**
 * What a schedule multiplies the configured numbers with.
 *
 * @param learningRate at least 0
 * @param momentum above 0 and at most 1
 */
record Factors(double learningRate, double momentum) {
    static final Factors ONE = new Factors(1, 1);

    private static final String LEARNING_RATE = "learning_rate_factor";
    private static final String MOMENTUM = "momentum_factor";

    Factors {
        Ranges.atLeastZero("optimizer", "the learning rate's factor", learningRate);
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "optimizer: the momentum's factor must be above 0 and at most 1, got " + momentum);
        }
    }

    Factors withLearningRate(double factor) {
        return new Factors(factor, momentum);
    }

    Factors withMomentum(double factor) {
        return new Factors(learningRate, factor);
    }

    void into(Map<String, HeapTensor> state) {
        state.put(LEARNING_RATE, HeapTensor.of(learningRate));
        state.put(MOMENTUM, HeapTensor.of(momentum));
    }

    static Factors of(Map<String, HeapTensor> state) {
        return new Factors(
                States.get(state, LEARNING_RATE).asDouble(),
                States.get(state, MOMENTUM).asDouble());
    }
}
