package io.diapason.optim.schedule;

/** What schedules ask and compute of their steps. */
final class Steps {
    private Steps() {}

    static long check(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("schedule: steps must count from 0, got " + step);
        }
        return step;
    }

    /** Half a wave from 1 at 0 to 0 at 1. */
    static double halfCosine(double fraction) {
        return (1 + StrictMath.cos(Math.PI * fraction)) / 2;
    }
}
