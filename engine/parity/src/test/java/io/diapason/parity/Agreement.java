package io.diapason.parity;

/**
 * How far our numbers are from libtorch's float64 on the same inputs, and how far they may be.
 *
 * @param error the largest difference of entries that are finite everywhere
 * @param allowance what it must not exceed
 * @param scale the largest magnitude of the reference
 * @param alike whether entries that are not finite are of the right kind
 * @param strict whether the allowance is a share of the largest entry, not what libtorch itself misses
 */
record Agreement(double error, double allowance, double scale, boolean alike, boolean strict) {
    /** What float32 may miss relative to the largest entry, however exact libtorch's float32 is. */
    static final double SINGLE = 1e-5;
    /** How many times libtorch's own float32 error ours may be. */
    static final double TIMES = 2;
    /** What float64 may miss relative to the largest entry. */
    static final double DOUBLE = 1e-12;
    /** Float64's rounding over float32's. */
    private static final double EPSILONS = 0x1p-29;
    /**
     * How many times libtorch's float32 error, in float64's digits, ours may be where that is more than
     * {@link #DOUBLE}.
     */
    private static final double LOST = 8;

    /**
     * Float32: {@code max|ours − ref| ≤ max(1e-5 · max|ref|, 2 · max|theirs − ref|)}, entries that are not finite
     * alike. Where only float32 leaves the finite numbers, ours may do as libtorch's float32 does. Below the smallest
     * normal number digits run out.
     */
    static Agreement ofFloat32(double[] ours, double[] theirs, double[] reference) {
        double error = 0;
        double theirError = 0;
        double scale = 0;
        boolean alike = true;
        for (int i = 0; i < reference.length; i++) {
            if (!Double.isFinite(reference[i])) {
                alike &= same(ours[i], reference[i]);
            } else if (!Double.isFinite(theirs[i])) {
                scale = Math.max(scale, Math.abs(reference[i]));
                if (!same(ours[i], theirs[i])) {
                    error = Math.max(error, difference(ours[i], reference[i]));
                }
            } else {
                scale = Math.max(scale, Math.abs(reference[i]));
                error = Math.max(error, difference(ours[i], reference[i]));
                theirError = Math.max(theirError, difference(theirs[i], reference[i]));
            }
        }
        return of(error, SINGLE * scale, TIMES * theirError, Float.MIN_NORMAL, scale, alike);
    }

    /**
     * Float64: {@code max|ours − ref| ≤ 1e-12 · max|ref|}, entries that are not finite alike. The reference has
     * float64's digits only, and loses as many of them as float32 does to cancellation: what libtorch's float32 misses,
     * in float64's digits, eight times over, is allowed, too. Below the smallest normal number digits run out.
     */
    static Agreement ofFloat64(double[] ours, double[] theirs, double[] reference) {
        double error = 0;
        double scale = 0;
        double theirError = 0;
        boolean alike = true;
        for (int i = 0; i < reference.length; i++) {
            if (Double.isFinite(reference[i])) {
                scale = Math.max(scale, Math.abs(reference[i]));
                error = Math.max(error, difference(ours[i], reference[i]));
                if (Double.isFinite(theirs[i])) {
                    theirError = Math.max(theirError, difference(theirs[i], reference[i]));
                }
            } else {
                alike &= same(ours[i], reference[i]);
            }
        }
        return of(error, DOUBLE * scale, LOST * EPSILONS * theirError, Double.MIN_NORMAL, scale, alike);
    }

    private static Agreement of(double error, double share, double theirs, double least, double scale, boolean alike) {
        return new Agreement(
                error, Math.max(share, Math.max(theirs, least)), scale, alike, share >= theirs && share >= least);
    }

    boolean holds() {
        return alike && error <= allowance;
    }

    /** The error in units of what is allowed. */
    double ofAllowance() {
        return error == 0 ? 0 : error / allowance;
    }

    /** The error relative to the largest entry. */
    double relative() {
        return error == 0 ? 0 : error / scale;
    }

    /** Whether there was a finite number to compare. */
    boolean compared() {
        return scale > 0 || error > 0;
    }

    private static double difference(double a, double b) {
        return Double.isFinite(a) ? Math.abs(a - b) : Double.POSITIVE_INFINITY;
    }

    private static boolean same(double a, double b) {
        return Double.compare(a, b) == 0;
    }
}
