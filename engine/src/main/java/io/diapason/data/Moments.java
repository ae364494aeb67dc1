package io.diapason.data;

/**
 * Mean and spread of numbers.
 *
 * @param mean the arithmetic mean, 0 of no numbers
 * @param scale the standard deviation (the sum of squares divided by n), 1 where that is 0
 */
record Moments(double mean, double scale) {
    static Moments of(double[] values) {
        int n = values.length;
        if (n == 0) {
            return new Moments(0, 1);
        }
        double shifted = 0;
        for (double value : values) {
            shifted += value - values[0]; // exactly 0 when all are equal, so that rounding is never taken for spread
        }
        double mean = values[0] + shifted / n;
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value - mean));
        }
        if (largest == 0) {
            return new Moments(mean, 1);
        }
        double squares = 0;
        for (double value : values) {
            double relative = (value - mean) / largest; // squares of large numbers would overflow
            squares += relative * relative;
        }
        return new Moments(mean, largest * Math.sqrt(squares / n));
    }
}
