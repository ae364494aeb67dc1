package io.diapason.train;

import io.diapason.nn.Module;
import io.diapason.optim.WeightAverage;
import io.diapason.tensor.Scope;

/**
 * How weights are averaged over training: the monitor looks at the averages once there are any, and the module holds
 * them at the end. See {@link WeightAverage} for the formulas; statistics of batch normalisation are those of the last
 * update.
 *
 * @param equal whether all averaged weights count the same (stochastic weight averaging), or the latest more
 * @param decay of an exponential average, from 0 to 1; of no account in an equal one
 * @param fromEpoch the first epoch whose weights count, at least 1
 */
public record Averaging(boolean equal, double decay, int fromEpoch) {
    /**
     * Checked settings.
     *
     * @param equal whether all averaged weights count the same
     * @param decay from 0 to 1
     * @param fromEpoch at least 1
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Averaging {
        if (!(decay >= 0 && decay <= 1) || fromEpoch < 1) {
            throw new IllegalArgumentException(
                    "averaging: decay must be from 0 to 1 and the first epoch at least 1, got " + decay + " and "
                            + fromEpoch);
        }
    }

    /**
     * An exponential moving average of the weights after every step: {@code decay · average + (1 − decay) · weight}.
     *
     * @param decay from 0 to 1; 0.999 remembers about a thousand steps
     * @return the settings
     */
    public static Averaging exponential(double decay) {
        return new Averaging(false, decay, 1);
    }

    /**
     * The mean of the weights after every epoch from one on: stochastic weight averaging. Source: Izmailov et al. 2018,
     * UAI, algorithm 1.
     *
     * @param fromEpoch the first epoch that counts, at least 1
     * @return the settings
     */
    public static Averaging equal(int fromEpoch) {
        return new Averaging(true, 0, fromEpoch);
    }

    WeightAverage over(Scope scope, Module module) {
        return equal ? WeightAverage.equal(scope, module) : WeightAverage.exponential(scope, module, decay);
    }

    boolean isDueAfterStep(int epoch) {
        return !equal && epoch >= fromEpoch;
    }

    boolean isDueAfterEpoch(int epoch) {
        return equal && epoch >= fromEpoch;
    }
}
