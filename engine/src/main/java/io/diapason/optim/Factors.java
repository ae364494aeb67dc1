package io.diapason.optim;

import io.diapason.tensor.HeapTensor;
import java.util.Map;

/** What a schedule multiplies the configured numbers with; set before each step, without garbage. */
final class Factors {
    private static final String LEARNING_RATE = "learning_rate_factor";
    private static final String MOMENTUM = "momentum_factor";

    private double learningRate = 1;
    private double momentum = 1;

    /** At least 0. */
    double learningRate() {
        return learningRate;
    }

    /** Above 0 and at most 1. */
    double momentum() {
        return momentum;
    }

    void learningRate(double factor) {
        Ranges.atLeastZero("optimizer", "the learning rate's factor", factor);
        learningRate = factor;
    }

    void momentum(double factor) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException(
                    "optimizer: the momentum's factor must be above 0 and at most 1, got " + factor);
        }
        momentum = factor;
    }

    void into(Map<String, HeapTensor> state) {
        state.put(LEARNING_RATE, HeapTensor.of(learningRate));
        state.put(MOMENTUM, HeapTensor.of(momentum));
    }

    /** What is in a state, or an exception before anything was changed. */
    static Factors of(Map<String, HeapTensor> state) {
        Factors factors = new Factors();
        factors.learningRate(States.get(state, LEARNING_RATE).asDouble());
        factors.momentum(States.get(state, MOMENTUM).asDouble());
        return factors;
    }
}
