package io.diapason.optim.schedule;

/** What schedules ask of their numbers. */
final class Steps {
    private Steps() {}

    static long check(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("schedule: steps must count from 0, got " + step);
        }
        return step;
    }

    static void atLeast(String op, String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(op + ": " + name + " must be at least " + least + ", got " + value);
        }
    }

    static void positive(String op, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(op + ": " + name + " must be above 0 and finite, got " + value);
        }
    }

    static void atLeastZero(String op, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(op + ": " + name + " must be at least 0 and finite, got " + value);
        }
    }

    static void upToOne(String op, String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(op + ": " + name + " must be from 0 to 1, got " + value);
        }
    }

    /** Half a wave from 1 at 0 to 0 at 1. */
    static double halfCosine(double fraction) {
        return (1 + StrictMath.cos(Math.PI * fraction)) / 2;
    }
}
