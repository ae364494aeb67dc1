package io.diapason.train;

import java.util.function.Predicate;

/** Hears of epochs alone, so that many steps may be made at once. */
record EpochListener(Predicate<Epoch> goOn) implements TrainListener {
    @Override
    public boolean onEpoch(Epoch epoch) {
        return goOn.test(epoch);
    }
}
