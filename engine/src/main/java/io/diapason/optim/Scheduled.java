package io.diapason.optim;

/** An optimiser whose steps take the factors that schedules set. */
abstract class Scheduled implements Optimizer {
    Factors factors = Factors.ONE;

    @Override
    public final void learningRateFactor(double factor) {
        factors = factors.withLearningRate(factor);
    }

    @Override
    public final void momentumFactor(double factor) {
        factors = factors.withMomentum(factor);
    }
}
