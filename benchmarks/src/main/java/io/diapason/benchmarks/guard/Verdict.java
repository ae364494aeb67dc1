package io.diapason.benchmarks.guard;

import io.diapason.benchmarks.measure.Summary;
import java.util.List;

/** What the guard says of a kernel. */
enum Verdict {
    /** It is as fast as it must be, or it cannot be said that it is not. */
    PASS,
    /** It was too slow once, which a busy machine may have been the reason of. */
    MEASURE_AGAIN,
    /** It was too slow twice. */
    FAIL;

    /**
     * The rule: too slow is a measurement whose interval lies below the floor with its upper end; a kernel fails that
     * was too slow twice and never fast enough.
     *
     * @param floor of the ratio of speeds, of the kernel to its reference
     * @param measurements of the ratio, at least one, in order; those after the second are not asked for
     * @return the verdict
     */
    static Verdict of(double floor, List<Summary> measurements) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("guard: there must be a measurement, got none");
        }
        if (measurements.stream().anyMatch(measured -> measured.high() >= floor)) {
            return PASS;
        }
        return measurements.size() == 1 ? MEASURE_AGAIN : FAIL;
    }
}
