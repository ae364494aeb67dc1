package io.diapason.tuner.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import org.apache.commons.math3.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * What floats and ints share: checks of bounds, quantiles of the prior, and grid points.
 *
 * <p>Logarithms are StrictMath's: Math's may differ in the last bit between machines, and the same seed must give the
 * same values on all of them.
 */
final class NumberRange {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.\\-/]+");
    /** Numbers with at most this many values are tried value by value in a grid. */
    private static final long SMALL = 16;

    private static final int DEFAULT_POINTS = 5;
    private static final int MOST_POINTS = 1_000_000;
    /** Significant digits of grid points between the ends: 0.001 instead of 9.999999999999998e-4. */
    private static final MathContext ROUNDED = new MathContext(12);

    private NumberRange() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SpaceException("parameter " + JsonText.quote(name)
                    + ": name must be letters, digits and any of _ . - /, got " + JsonText.quote(name));
        }
    }

    static void checkWhen(String name, List<Condition> when) {
        for (int i = 0; i < when.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (when.get(i).parent().equals(when.get(j).parent())) {
                    throw new SpaceException("parameter " + name + ": conditions must have different parents, got "
                            + when.get(i).parent() + " twice");
                }
            }
        }
    }

    /** Checks bounds, prior and grid; {@code step} is null for a continuous range. */
    static void check(
            String name,
            double low,
            double high,
            boolean log,
            @Nullable Double step,
            @Nullable Integer grid,
            Prior prior) {
        String thing = "parameter " + name + ": ";
        String got = ", got low " + JsonText.number(low) + " and high " + JsonText.number(high);
        if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(high - low)) {
            throw new SpaceException(thing + "low, high and their distance must be finite" + got);
        }
        if (low > high) {
            throw new SpaceException(thing + "low must be at most high" + got);
        }
        if (log && low <= 0) {
            throw new SpaceException(thing + "low must be above 0 on a log range" + got);
        }
        if (step != null) {
            checkStep(thing, low, high, log, step);
        }
        if (grid != null && (grid < 1 || grid > MOST_POINTS)) {
            throw new SpaceException(thing + "grid must be from 1 to " + MOST_POINTS + " points, got " + grid);
        }
        if (prior instanceof Prior.Normal normal) {
            if (!(normal.mean() >= low && normal.mean() <= high)) {
                throw new SpaceException(thing + "mean must lie between low and high, got mean "
                        + JsonText.number(normal.mean()) + ", low " + JsonText.number(low) + " and high "
                        + JsonText.number(high));
            }
            if (!(normal.sd() > 0 && Double.isFinite(normal.sd()))) {
                throw new SpaceException(thing + "sd must be finite and above 0, got " + JsonText.number(normal.sd()));
            }
        }
    }

    private static void checkStep(String thing, double low, double high, boolean log, double step) {
        if (!(step > 0 && Double.isFinite(step))) {
            throw new SpaceException(thing + "step must be finite and above 0, got " + JsonText.number(step));
        }
        double steps = (high - low) / step;
        // Steps such as 0.1 have no exact double; a millionth of a step is far below any wish and above any rounding.
        if (!(steps <= 0x1p53) || Math.abs(steps - Math.rint(steps)) > 1e-6) {
            throw new SpaceException(thing + "step must divide the range, got step " + JsonText.number(step) + ", low "
                    + JsonText.number(low) + " and high " + JsonText.number(high));
        }
        if (log && low <= step / 2) {
            throw new SpaceException(thing + "low must be above half a step on a log range, got low "
                    + JsonText.number(low) + " and step " + JsonText.number(step));
        }
    }

    static void checkQuantile(String name, double u) {
        if (!(u >= 0 && u <= 1)) {
            throw new IllegalArgumentException("parameter " + name + ": quantile must lie between 0 and 1, got " + u);
        }
    }

    /** The u-quantile of the prior cut off at low and high. */
    static double quantile(double u, double low, double high, boolean log, Prior prior) {
        if (u == 0 || low == high) {
            return low;
        }
        if (u == 1) {
            return high;
        }
        double from = log ? StrictMath.log(low) : low;
        double to = log ? StrictMath.log(high) : high;
        double x;
        if (prior instanceof Prior.Normal normal) {
            double mean = log ? StrictMath.log(normal.mean()) : normal.mean();
            double below = cumulative((from - mean) / normal.sd());
            double above = cumulative((to - mean) / normal.sd());
            // x = mean + sd Φ⁻¹(Φ(a) + u (Φ(b) - Φ(a))), with Φ⁻¹(p) = -√2 erfc⁻¹(2p)
            x = mean - normal.sd() * Math.sqrt(2) * Erf.erfcInv(2 * (below + u * (above - below)));
        } else {
            x = from + u * (to - from);
        }
        return Math.min(high, Math.max(low, log ? StrictMath.exp(x) : x));
    }

    /** Which step the u-quantile falls on, from 0 to {@code steps}; each step's cell is half a step to either side. */
    static long stepAt(double u, double low, double step, long steps, boolean log, Prior prior) {
        double x = quantile(u, low - step / 2, low + (steps + 0.5) * step, log, prior);
        return Math.min(steps, Math.max(0, (long) Math.floor((x - low) / step + 0.5)));
    }

    private static double cumulative(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }

    /** The points of a grid. {@code steps} is -1 for a continuous range; {@code nearest} makes a value of a number. */
    static List<Value> gridPoints(
            double low,
            double high,
            boolean log,
            Prior prior,
            @Nullable Integer grid,
            long steps,
            DoubleFunction<Value> nearest,
            DoubleFunction<Value> atQuantile) {
        long points = grid != null ? grid : steps >= 0 && steps < SMALL ? steps + 1 : DEFAULT_POINTS;
        Set<Value> values = new LinkedHashSet<>();
        if (points == 1) {
            return List.of(atQuantile.apply(0.5));
        }
        if (steps >= 0 && points > steps) {
            for (long i = 0; i <= steps; i++) {
                values.add(nearest.apply(steps == 0 ? low : low + (high - low) * ((double) i / steps)));
            }
            return List.copyOf(values);
        }
        for (long i = 0; i < points; i++) {
            double u = (double) i / (points - 1);
            boolean between = i > 0 && i < points - 1;
            double x = quantile(u, low, high, log, prior);
            values.add(nearest.apply(between ? rounded(x, low, high) : x));
        }
        return List.copyOf(values);
    }

    private static double rounded(double x, double low, double high) {
        return Math.min(high, Math.max(low, new BigDecimal(x).round(ROUNDED).doubleValue()));
    }
}
