package io.diapason.tuner.space;

/** The distribution of a number before anything is known, over its range (of its logarithm, if the range is log). */
public sealed interface Prior {
    /** Every value, or every factor on a log range, as likely as any other. */
    record Uniform() implements Prior {}

    /**
     * A normal distribution cut off at the ends of the range.
     *
     * <p>On a log range, the logarithm of the value is normal: {@code ln(value) ~ N(ln(mean), sd²)}, so {@code mean} is
     * a value of the parameter (the median), and {@code sd} counts in factors of e.
     *
     * @param mean the middle, within the range
     * @param sd the standard deviation, above 0
     */
    record Normal(double mean, double sd) implements Prior {}

    /** The uniform prior. */
    Prior UNIFORM = new Uniform();
}
