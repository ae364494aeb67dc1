package io.diapason.tuner.sampler;

import io.diapason.random.Rng;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * An order of all points of a box of {@code n_0 × n_1 × …} digits, in which every beginning is even: after m points,
 * each value of digit i has come {@code ⌊m / n_i⌋} or {@code ⌈m / n_i⌉} times.
 *
 * <p>Point k has digits {@code x_i = (k + s_i) mod n_i}. With all shifts 0 that is even, and runs through {@code L =
 * lcm(n_0, n_1, …)} different points before it repeats: the subgroup of {@code Z_n0 × Z_n1 × …} that {@code (1, 1, …)}
 * generates. Its cosets are the shifts with {@code 0 <= s_i < g_i = gcd(lcm(n_0 … n_{i-1}), n_i)}; there are {@code n_0
 * n_1 … / L} of them. Period {@code ⌊k / L⌋} therefore takes one shift after another, in this same order, applied to
 * the box of the {@code g_i}. A whole period takes each value equally often, so evenness holds across periods. Each
 * digit is permuted at random at the end, which keeps evenness and breaks the diagonals.
 */
final class EvenOrder {
    /** Up to here a digit's permutation is drawn; beyond, it is an affine map with a golden stride. */
    private static final int DRAWN = 256;

    private EvenOrder() {}

    /**
     * The digits of point {@code index}.
     *
     * @param index from 0, below the product of the sizes
     * @param sizes each at least 1
     * @param rng decides the permutations
     * @return one digit a size, from 0 to below it
     */
    static long[] at(long index, long[] sizes, Rng rng) {
        long[] cosets = new long[sizes.length];
        long period = 1;
        for (int i = 0; i < sizes.length; i++) {
            cosets[i] = gcd(period, sizes[i]);
            // Beyond 2^63 - 1 no index reaches a second period, so that the cosets do not matter.
            period = multiply(period, sizes[i] / cosets[i]);
        }
        boolean onePeriod = Arrays.stream(cosets).allMatch(count -> count == 1);
        long[] shifts = onePeriod ? new long[sizes.length] : at(index / period, cosets, rng.child("shifts"));
        long[] digits = new long[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long digit = (index % sizes[i] + shifts[i]) % sizes[i];
            digits[i] = permuted(digit, sizes[i], rng.child(i));
        }
        return digits;
    }

    /** The product, or 2^63 - 1 if it is greater; both factors at least 0. */
    static long multiply(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    private static long permuted(long digit, long size, Rng rng) {
        if (size <= DRAWN) {
            return rng.permutation((int) size)[(int) digit];
        }
        // Steps of size / φ spread every beginning evenly over the range (three-distance theorem).
        long stride = Math.max(1, (long) (size * 0.6180339887498949));
        while (gcd(stride, size) != 1) {
            stride--;
        }
        return BigInteger.valueOf(stride)
                .multiply(BigInteger.valueOf(digit))
                .add(BigInteger.valueOf(Math.floorMod(rng.longAt(0), size)))
                .mod(BigInteger.valueOf(size))
                .longValueExact();
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
