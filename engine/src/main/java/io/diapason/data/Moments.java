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
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = n == 0 ? 0 : sum / n;
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value - mean));
        }
        // Values that are all equal may differ from their rounded mean in the last bits: that is no spread.
        if (largest <= Math.abs(mean) * 1e-14) {
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
