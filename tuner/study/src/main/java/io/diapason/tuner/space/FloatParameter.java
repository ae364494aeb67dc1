package io.diapason.tuner.space;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number in [low, high], both included.
 *
 * @param name the parameter's name
 * @param low the lowest value, finite
 * @param high the highest value, at least low
 * @param log whether factors count instead of differences; low is above 0 then
 * @param step the distance of neighbouring values, dividing high - low; or null for every number
 * @param grid how many points a grid tries, at least 1; or null for the default of {@link #gridPoints}
 * @param prior the distribution beforehand
 * @param when the conditions, all of which must hold
 */
public record FloatParameter(
        String name,
        double low,
        double high,
        boolean log,
        @Nullable Double step,
        @Nullable Integer grid,
        Prior prior,
        List<Condition> when)
        implements Parameter {
    /**
     * Checks name, bounds, step, grid, prior and conditions.
     *
     * @param name the parameter's name
     * @param low the lowest value
     * @param high the highest value
     * @param log whether factors count
     * @param step the step, or null
     * @param grid the points of a grid, or null
     * @param prior the distribution beforehand
     * @param when the conditions
     * @throws SpaceException when one of them does not hold
     */
    public FloatParameter {
        NumberRange.checkName(name);
        NumberRange.check(name, low, high, log, step, grid, prior);
        when = List.copyOf(when);
        NumberRange.checkWhen(name, when);
        low += 0.0;
        high += 0.0;
    }

    @Override
    public Value atQuantile(double u) {
        NumberRange.checkQuantile(name, u);
        if (step == null) {
            return new Value.Floating(NumberRange.quantile(u, low, high, log, prior));
        }
        return atStep(NumberRange.stepAt(u, low, step, steps(), log, prior));
    }

    @Override
    public Value accept(Value value) {
        if (value instanceof Value.Numeric numeric) {
            double number = numeric.asDouble();
            if (number >= low && number <= high) {
                if (step == null) {
                    return new Value.Floating(number);
                }
                double steps = (number - low) / step;
                if (Math.abs(steps - Math.rint(steps)) <= 1e-6) {
                    return atStep((long) Math.rint(steps));
                }
            }
        }
        throw new SpaceException("parameter " + name + ": value must be a number from " + JsonText.number(low) + " to "
                + JsonText.number(high) + (step == null ? "" : " in steps of " + JsonText.number(step)) + ", got "
                + value.toJson());
    }

    @Override
    public List<Value> gridPoints() {
        return NumberRange.gridPoints(
                low, high, log, prior, grid, step == null ? -1 : steps(), this::nearest, this::atQuantile);
    }

    @Override
    public String toJson() {
        return new ParameterText("float")
                .number("low", low)
                .number("high", high)
                .log(log)
                .number("step", step)
                .grid(grid)
                .prior(prior)
                .when(when)
                .toString();
    }

    private long steps() {
        return step == null ? 0 : (long) Math.rint((high - low) / step);
    }

    private Value nearest(double x) {
        return step == null ? new Value.Floating(x) : atStep((long) Math.rint((x - low) / step));
    }

    /** In decimal arithmetic, so that three steps of 0.1 are 0.3. */
    private Value atStep(long i) {
        if (step == null || i >= steps()) {
            return new Value.Floating(high);
        }
        BigDecimal offset = BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i));
        return new Value.Floating(
                Math.min(high, BigDecimal.valueOf(low).add(offset).doubleValue()));
    }
}
