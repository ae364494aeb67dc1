package io.diapason.nn;

import io.diapason.random.Rng;

/**
 * One forward pass: whether it trains, and the random streams of its dropout layers. The n-th dropout layer that a pass
 * meets uses stream n of the pass, so a mask is a function of (seed, step, layer). Make one for each forward call.
 */
public final class Pass {
    private static final Pass INFERENCE = new Pass(false, Rng.of(0));

    private final boolean training;
    private final Rng rng;
    private long layer;

    private Pass(boolean training, Rng rng) {
        this.training = training;
        this.rng = rng;
    }

    /**
     * A pass that trains: dropout drops.
     *
     * @param rng of the training run
     * @param step the optimiser step, from 0
     * @return a new pass
     */
    public static Pass training(Rng rng, long step) {
        return new Pass(true, rng.child(step));
    }

    /**
     * A pass that predicts: dropout does nothing, and results depend on parameters and input alone.
     *
     * @return the pass, for any number of calls and threads
     */
    public static Pass inference() {
        return INFERENCE;
    }

    /**
     * Whether this pass trains.
     *
     * @return false for inference
     */
    public boolean isTraining() {
        return training;
    }

    /**
     * The generator of the next layer that needs random numbers: dropout, or noise in a module of one's own. The n-th
     * call in a pass gives the same stream for the same seed and step, so a training can be repeated and resumed.
     *
     * @return a stream that nothing else in this training draws from
     * @throws IllegalStateException in inference, whose one pass all threads share
     */
    public Rng nextRandom() {
        if (!training) {
            throw new IllegalStateException("pass: random numbers must be asked for in training alone, got inference");
        }
        return rng.later(layer++);
    }
}
