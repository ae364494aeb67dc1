package io.diapason.metric;

/** Which values of a metric are good. */
public enum Direction {
    /** Less is better. */
    MINIMIZE,
    /** More is better. */
    MAXIMIZE;

    /**
     * Whether one value is strictly better than another. A number is better than NaN, NaN than nothing.
     *
     * @param value a metric's value
     * @param other another value of it
     * @return true if value is better
     */
    public boolean isBetter(double value, double other) {
        if (Double.isNaN(other)) {
            return !Double.isNaN(value);
        }
        return this == MINIMIZE ? value < other : value > other;
    }
}
