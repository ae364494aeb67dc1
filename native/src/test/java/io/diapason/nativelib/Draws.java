package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Seeded sizes and numbers for property tests; {@code -Ddiapason.seed=N} chooses others. */
final class Draws {
    static final long SEED = Long.getLong("diapason.seed", 20_260_101);
    static final boolean FULL = Boolean.getBoolean("diapason.full");
    /** The distance from 1 to the next float. */
    static final double EPSILON = 0x1.0p-23;

    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MIN_VALUE,
        -3e-40f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        88.7f,
        88.8f,
        -87.3f,
        -87.4f,
        -104f,
        0.5f,
        1e-20f,
        9f,
        -9f,
        5.5f,
        -5.5f,
        -13f
    };

    private final SplittableRandom random;
    private final String name;

    Draws(String name) {
        this.name = name;
        random = new SplittableRandom(SEED ^ name.hashCode());
    }

    /** Lengths around the widths of vectors, tiles and blocks, and some drawn at random. */
    int[] lengths() {
        int[] fixed = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 127, 128, 129, 255, 4095, 4096, 4097};
        return IntStream.concat(IntStream.of(fixed), random.ints(FULL ? 100 : 6, 0, 10_000))
                .toArray();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long nextLong() {
        return random.nextLong();
    }

    float[] uniform(int n, double low, double high) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return values;
    }

    /** Ordinary numbers, numbers of every magnitude, and the special ones, mixed. */
    float[] anything(int n) {
        float[] values = uniform(n, -12, 12);
        for (int i = 0; i < n; i++) {
            int kind = random.nextInt(4);
            if (kind == 0) {
                values[i] = Math.scalb(values[i], random.nextInt(-150, 124));
            } else if (kind == 1) {
                values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return values;
    }

    /** What every failure message begins with. */
    String context(Isa isa, String what) {
        return isa + " " + name + " " + what + ", -Ddiapason.seed=" + SEED;
    }

    /**
     * Compares one result with its reference. NaN matches NaN, an infinity itself or a reference beyond the largest
     * float; a reference below the smallest normal number may have been flushed to zero; a denormal is never right.
     */
    static void check(double expected, float got, double tolerance, java.util.function.Supplier<String> context) {
        double magnitude = Math.abs(expected);
        boolean denormal = got != 0 && Math.abs(got) < Float.MIN_NORMAL;
        boolean right = Double.isNaN(expected)
                ? Float.isNaN(got)
                : !denormal
                        && ((double) got == expected
                                || Math.abs(got - expected) <= tolerance
                                || (magnitude + tolerance > Float.MAX_VALUE
                                        && got == Math.signum(expected) * Float.POSITIVE_INFINITY)
                                || (magnitude - tolerance < Float.MIN_NORMAL && got == 0));
        if (!right) {
            fail(context.get() + ": expected " + expected + " within " + tolerance + ", got " + got);
        }
    }
}
