package io.diapason.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * What repeated measurements of one thing say, without an assumption about how noise is distributed.
 *
 * @param count how many there were, at least 1
 * @param median of them
 * @param q1 the first quartile
 * @param q3 the third quartile
 * @param low below it the true median lies with a probability of at most 2.5 %; with fewer than 6 measurements the
 *     least one
 * @param high above it the true median lies with a probability of at most 2.5 %; with fewer than 6 measurements the
 *     largest one
 */
public record Summary(int count, double median, double q1, double q3, double low, double high) {
    private static final double OUTSIDE = 0.025;
    private static final int MANY = 500;

    /**
     * The summary of some measurements, in any order.
     *
     * @param measurements at least one, none NaN
     * @return their summary
     * @throws IllegalArgumentException when there is none or one is NaN
     */
    public static Summary of(Collection<Double> measurements) {
        double[] sorted =
                measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0 || Arrays.stream(sorted).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException(
                    "summary: there must be at least one measurement and none NaN, got " + measurements);
        }
        int rank = rankOfLow(sorted.length);
        return new Summary(
                sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[rank],
                sorted[sorted.length - 1 - rank]);
    }

    /**
     * The summary of two measurements of each round put together, such as their ratio: what disturbed a round is in
     * both.
     *
     * @param first of each round
     * @param second of each round
     * @param together of the two
     * @return the summary
     */
    public static Summary ofPairs(List<Double> first, List<Double> second, DoubleBinaryOperator together) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(
                    "summary: there must be pairs, got " + first.size() + " and " + second.size() + " measurements");
        }
        return of(IntStream.range(0, first.size())
                .mapToObj(i -> together.applyAsDouble(first.get(i), second.get(i)))
                .toList());
    }

    /** Linear between the two nearest order statistics, as R's type 7 and NumPy do. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The largest r with P(B &lt;= r) &lt;= 2.5 % for B binomial of n and 1/2, or 0: the interval from order statistic
     * r, from 0, to the one that is as far from the other end holds the true median with 95 %.
     */
    private static int rankOfLow(int n) {
        if (n > MANY) { // the normal approximation, one rank wider for what it neglects
            return (int) (0.5 * n - 0.98 * Math.sqrt(n)) - 1;
        }
        double term = StrictMath.pow(0.5, n);
        double below = term;
        int rank = 0;
        while (below + term * (n - rank) / (rank + 1) <= OUTSIDE) {
            term *= (double) (n - rank) / (rank + 1);
            below += term;
            rank++;
        }
        return rank;
    }

    /**
     * As JSON has it.
     *
     * @return names and values
     */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", rounded(median));
        json.put("q1", rounded(q1));
        json.put("q3", rounded(q3));
        json.put("interval", List.of(rounded(low), rounded(high)));
        json.put("count", count);
        return json;
    }

    /**
     * The median with as many digits as a benchmark has.
     *
     * @return four significant digits
     */
    public double rounded() {
        return rounded(median);
    }

    /**
     * A number with as many digits as a benchmark has.
     *
     * @param value any
     * @return four significant digits
     */
    public static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)) : value;
    }

    /**
     * Median and interval for people.
     *
     * @return such as {@code 15.8 [15.6, 16.1]}
     */
    public String text() {
        return digits(median) + " [" + digits(low) + ", " + digits(high) + "]";
    }

    /**
     * A number for people.
     *
     * @param value any
     * @return at least three significant digits
     */
    public static String digits(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
    }
}
