package io.diapason.optim;

/** An optimiser whose steps take the factors that schedules set. */
abstract class Scheduled implements Optimizer {
    Factors factors = new Factors();

    @Override
    public final void learningRateFactor(double factor) {
        factors.learningRate(factor);
    }

    @Override
    public final void momentumFactor(double factor) {
        factors.momentum(factor);
    }
}
