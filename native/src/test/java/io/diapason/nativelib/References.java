package io.diapason.nativelib;

/** Functions in double precision that Java's library lacks, and Philox as {@code diapason.h} states it. */
final class References {
    private References() {}

    /** (1 + erf(x / sqrt 2)) / 2, by the series erf(z) = 2/sqrt(pi) exp(-z^2) sum (2 z^2)^n z / (1 3 5 … (2n+1)). */
    static double normalCdf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double z = Math.abs(x) / Math.sqrt(2);
        if (z > 6) {
            return x > 0 ? 1 : 0; // 1 - erf(6) is 2e-17
        }
        double term = z;
        double sum = z;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= 2 * z * z / (2 * n + 1);
            sum += term;
        }
        double erf = 2 / Math.sqrt(Math.PI) * Math.exp(-z * z) * sum;
        return x >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
    }

    static double normalDensity(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** One block of Philox4x32-10: ten rounds over a counter of four words with a key of two. */
    static long[] philoxBlock(long seed, long stream, long block) {
        long mask = 0xffffffffL;
        long c0 = block & mask;
        long c1 = block >>> 32;
        long c2 = stream & mask;
        long c3 = stream >>> 32;
        long k0 = seed & mask;
        long k1 = seed >>> 32;
        for (int round = 0; round < 10; round++) {
            long product0 = 0xD2511F53L * c0;
            long product1 = 0xCD9E8D57L * c2;
            long high0 = product0 >>> 32;
            long high1 = product1 >>> 32;
            c0 = high1 ^ c1 ^ k0;
            c1 = product1 & mask;
            c2 = high0 ^ c3 ^ k1;
            c3 = product0 & mask;
            k0 = (k0 + 0x9E3779B9L) & mask;
            k1 = (k1 + 0xBB67AE85L) & mask;
        }
        return new long[] {c0, c1, c2, c3};
    }
}
