package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/** One schedule after another. */
record Sequence(Schedule first, long steps, Schedule next) implements Schedule {
    Sequence {
        Ranges.atLeast("then", "steps", 0, steps);
    }

    @Override
    public double factor(long step) {
        return Steps.check(step) < steps ? first.factor(step) : next.factor(step - steps);
    }

    @Override
    public double momentumFactor(long step) {
        return Steps.check(step) < steps ? first.momentumFactor(step) : next.momentumFactor(step - steps);
    }
}
