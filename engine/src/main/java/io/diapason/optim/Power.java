package io.diapason.optim;

/**
 * Powers of a decay for the steps of a training: the same on every machine, within an ulp of the exact ones, without
 * garbage (StrictMath.pow makes some), and computed once for all parameters that took as many steps.
 *
 * <p>By repeated squaring in twice the precision. Source: Dekker 1971, «A floating-point technique for extending the
 * available precision», Numerische Mathematik 18.
 */
final class Power {
    private static final double SPLITTER = 0x1p27 + 1;

    private double base = Double.NaN;
    private long exponent = -1;
    private double value;
    private final double[] high = new double[Long.SIZE]; // base^(2^k), as a sum of two
    private final double[] low = new double[Long.SIZE];
    private int known; // of these
    private double productHigh;
    private double productLow;

    /**
     * A power.
     *
     * @param of in [0, 1]
     * @param to at least 0
     * @return of to the power of to
     */
    double of(double of, long to) {
        if (of != base) {
            base = of;
            high[0] = of;
            low[0] = 0;
            known = 1;
            exponent = -1;
        }
        if (to != exponent) {
            exponent = to;
            value = product(to);
        }
        return value;
    }

    private double product(long to) {
        double resultHigh = 1;
        double resultLow = 0;
        int k = 0;
        for (long bits = to; bits != 0; bits >>>= 1, k++) {
            if (k == known) {
                multiply(high[k - 1], low[k - 1], high[k - 1], low[k - 1]);
                high[k] = productHigh;
                low[k] = productLow;
                known++;
            }
            if ((bits & 1) != 0) {
                multiply(resultHigh, resultLow, high[k], low[k]);
                resultHigh = productHigh;
                resultLow = productLow;
            }
        }
        return resultHigh;
    }

    /** (a + aLow)(b + bLow), as a sum of two whose first is the sum rounded. */
    private void multiply(double a, double aLow, double b, double bLow) {
        double product = a * b;
        double aUpper = upper(a);
        double bUpper = upper(b);
        double error = ((aUpper * bUpper - product) + aUpper * (b - bUpper) + (a - aUpper) * bUpper)
                + (a - aUpper) * (b - bUpper);
        double rest = error + (a * bLow + aLow * b);
        productHigh = product + rest;
        productLow = rest - (productHigh - product);
    }

    /** The upper half of a number's digits. */
    private static double upper(double of) {
        double scaled = SPLITTER * of;
        return scaled - (scaled - of);
    }
}
