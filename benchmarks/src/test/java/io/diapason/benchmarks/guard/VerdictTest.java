package io.diapason.benchmarks.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.benchmarks.measure.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Summary FAST = Summary.of(List.of(1.0, 1.1, 1.2));
    private static final Summary SLOW = Summary.of(List.of(0.7, 0.8, 0.89));
    private static final Summary NOISY = Summary.of(List.of(0.3, 0.6, 0.95));

    @Test
    void aKernelAboveItsFloorPasses() {
        assertEquals(Verdict.PASS, Verdict.of(0.9, List.of(FAST)));
    }

    @Test
    void aKernelBelowItsFloorIsMeasuredAgain() {
        assertEquals(Verdict.MEASURE_AGAIN, Verdict.of(0.9, List.of(SLOW)));
    }

    @Test
    void aKernelBelowItsFloorTwiceFails() {
        assertEquals(Verdict.FAIL, Verdict.of(0.9, List.of(SLOW, SLOW)));
    }

    @Test
    void aKernelBelowItsFloorOncePasses() {
        assertEquals(Verdict.PASS, Verdict.of(0.9, List.of(SLOW, FAST)));
    }

    @Test
    void anIntervalThatReachesTheFloorPasses() {
        assertEquals(Verdict.PASS, Verdict.of(0.9, List.of(NOISY)));
        assertEquals(Verdict.PASS, Verdict.of(0.89, List.of(SLOW)));
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Verdict.of(0.9, List.of()));
    }
}
