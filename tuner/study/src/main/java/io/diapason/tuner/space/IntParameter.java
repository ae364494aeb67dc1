package io.diapason.tuner.space;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole number in [low, high], both included.
 *
 * @param name the parameter's name
 * @param low the lowest value, at least -2^53
 * @param high the highest value, at least low and at most 2^53
 * @param log whether factors count instead of differences; low is at least 1 then
 * @param step the distance of neighbouring values, at least 1, dividing high - low
 * @param grid how many points a grid tries, at least 1; or null for the default of {@link #gridPoints}
 * @param prior the distribution beforehand
 * @param when the conditions, all of which must hold
 */
public record IntParameter(
        String name,
        long low,
        long high,
        boolean log,
        long step,
        @Nullable Integer grid,
        Prior prior,
        List<Condition> when)
        implements Parameter {
    private static final long LARGEST = 1L << 53;

    /**
     * Checks name, bounds, step, grid, prior and conditions.
     *
     * @param name the parameter's name
     * @param low the lowest value
     * @param high the highest value
     * @param log whether factors count
     * @param step the step
     * @param grid the points of a grid, or null
     * @param prior the distribution beforehand
     * @param when the conditions
     * @throws SpaceException when one of them does not hold
     */
    public IntParameter {
        NumberRange.checkName(name);
        if (low < -LARGEST || high > LARGEST) {
            throw new SpaceException("parameter " + name + ": low and high must lie between -2^53 and 2^53, got low "
                    + low + " and high " + high);
        }
        if (low > high) {
            throw new SpaceException(
                    "parameter " + name + ": low must be at most high, got low " + low + " and high " + high);
        }
        if (log && low < 1) {
            throw new SpaceException(
                    "parameter " + name + ": low must be above 0 on a log range, got low " + low + " and high " + high);
        }
        if (step < 1) {
            throw new SpaceException("parameter " + name + ": step must be at least 1, got " + step);
        }
        if ((high - low) % step != 0) {
            throw new SpaceException("parameter " + name + ": step must divide the range, got step " + step + ", low "
                    + low + " and high " + high);
        }
        NumberRange.check(name, (double) low, (double) high, log, (double) step, grid, prior);
        when = List.copyOf(when);
        NumberRange.checkWhen(name, when);
    }

    @Override
    public Value atQuantile(double u) {
        NumberRange.checkQuantile(name, u);
        return new Value.Integral(low + step * NumberRange.stepAt(u, (double) low, (double) step, steps(), log, prior));
    }

    @Override
    public Value accept(Value value) {
        if (value instanceof Value.Numeric numeric && numeric.asDouble() == Math.rint(numeric.asDouble())) {
            long number = value instanceof Value.Integral integral ? integral.number() : (long) numeric.asDouble();
            if (number >= low && number <= high && (number - low) % step == 0) {
                return new Value.Integral(number);
            }
        }
        throw new SpaceException("parameter " + name + ": value must be a whole number from " + low + " to " + high
                + (step == 1 ? "" : " in steps of " + step) + ", got " + value.toJson());
    }

    @Override
    public List<Value> gridPoints() {
        return NumberRange.gridPoints(
                (double) low, (double) high, log, prior, grid, steps(), this::nearest, this::atQuantile);
    }

    @Override
    public String toJson() {
        return new ParameterText("int")
                .whole("low", low)
                .whole("high", high)
                .log(log)
                .whole("step", step == 1 ? null : step)
                .grid(grid)
                .prior(prior)
                .when(when)
                .toString();
    }

    private long steps() {
        return (high - low) / step;
    }

    private Value nearest(double x) {
        return new Value.Integral(low + step * (long) Math.rint((x - low) / step));
    }
}
