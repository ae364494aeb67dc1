package io.diapason.train;

import io.diapason.optim.Optimizer;
import io.diapason.optim.schedule.Plateau;
import io.diapason.optim.schedule.ReduceOnPlateau;
import io.diapason.optim.schedule.Schedule;
import io.diapason.tensor.HeapTensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a training multiplies the learning rate by: a schedule of steps times one that watches a value. */
final class Rates {
    private final @Nullable Schedule schedule;
    private final @Nullable ReduceOnPlateau plateau;

    Rates(@Nullable Schedule schedule, @Nullable Plateau plateau) {
        this.schedule = schedule;
        this.plateau = plateau == null ? null : new ReduceOnPlateau(plateau);
    }

    /** Sets the factors of a step, from 0, and tells the learning rate's. */
    double apply(Optimizer optimizer, long step) {
        double factor = (schedule == null ? 1 : schedule.factor(step)) * (plateau == null ? 1 : plateau.factor());
        optimizer.learningRateFactor(factor);
        optimizer.momentumFactor(schedule == null ? 1 : schedule.momentumFactor(step));
        return factor;
    }

    void observe(double value) {
        if (plateau != null) {
            plateau.observe(value);
        }
    }

    Map<String, HeapTensor> state() {
        return plateau == null ? Map.of() : plateau.state();
    }

    void restore(Map<String, HeapTensor> state) {
        if (plateau != null) {
            plateau.restore(state);
        }
    }
}
