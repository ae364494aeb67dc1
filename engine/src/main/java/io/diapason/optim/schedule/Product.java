package io.diapason.optim.schedule;

/** Two schedules at once. */
record Product(Schedule left, Schedule right) implements Schedule {
    @Override
    public double factor(long step) {
        return left.factor(step) * right.factor(step);
    }

    @Override
    public double momentumFactor(long step) {
        return left.momentumFactor(step) * right.momentumFactor(step);
    }
}
