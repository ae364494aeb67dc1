package io.diapason.train;

import io.diapason.nn.Module;
import io.diapason.optim.WeightAverage;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A training's averaged weights, when it has any. */
final class Averages {
    private final Module module;
    private final @Nullable Active active;
    private int epoch; // that is under way

    /** What is averaged after a step. */
    enum Phase {
        /** Nothing. */
        NONE,
        /** The first weights, which are copied. */
        FIRST,
        /** More weights. */
        MORE
    }

    private record Active(Averaging averaging, WeightAverage average) {}

    Averages(@Nullable Averaging averaging, Scope scope, Module module) {
        this.module = module;
        this.active = averaging == null ? null : new Active(averaging, averaging.over(scope, module));
    }

    /** Whether something is averaged after steps, in some epoch. */
    boolean followSteps() {
        return active != null && !active.averaging.equal();
    }

    void begin(int number) {
        epoch = number;
    }

    /** What the next step is followed by. */
    Phase phase() {
        if (active == null || !active.averaging.isDueAfterStep(epoch)) {
            return Phase.NONE;
        }
        return active.average.updates() == 0 ? Phase.FIRST : Phase.MORE;
    }

    void afterStep() {
        if (active != null && active.averaging.isDueAfterStep(epoch)) {
            active.average.update();
        }
    }

    void afterEpoch() {
        if (active != null && active.averaging.isDueAfterEpoch(epoch)) {
            active.average.update();
        }
    }

    /** Whether the monitor looks at the module's own weights. */
    boolean areNone() {
        return active == null;
    }

    /** Runs code while the module holds the averages, once there are any. */
    <T> T during(Supplier<T> code) {
        return active == null || active.average.updates() == 0 ? code.get() : active.average.during(code);
    }

    /** Leaves the averages in the module, once there are any. */
    void keep() {
        if (active != null && active.average.updates() > 0) {
            active.average.copyTo(module);
        }
    }

    Map<String, HeapTensor> state() {
        return active == null ? Map.of() : active.average.state();
    }

    void restore(Map<String, HeapTensor> state) {
        if (active != null) {
            active.average.restore(state);
        }
    }
}
