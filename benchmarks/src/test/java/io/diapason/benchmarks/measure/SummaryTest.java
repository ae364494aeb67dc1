package io.diapason.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void quantilesAreThoseOfNumpy() {
        // numpy 1.24: numpy.quantile([7, 1, 3, 10], [0.5, 0.25, 0.75]) = 5, 2.5, 7.75
        Summary summary = Summary.of(List.of(7.0, 1.0, 3.0, 10.0));

        assertEquals(5, summary.median(), 1e-12);
        assertEquals(2.5, summary.q1(), 1e-12);
        assertEquals(7.75, summary.q3(), 1e-12);
    }

    @Test
    void fewMeasurementsHaveTheirRangeAsInterval() {
        Summary summary = Summary.of(List.of(3.0, 1.0, 2.0));

        assertEquals(1, summary.low());
        assertEquals(3, summary.high());
    }

    @Test
    void theIntervalIsThatOfTheSignTest() {
        // R: qbinom(0.025, 18, 0.5) = 5, so the 5th and the 14th of 18 in order
        Summary eighteen = Summary.of(numbers(18));
        // qbinom(0.025, 600, 0.5) = 276
        Summary many = Summary.of(numbers(600));

        assertEquals(5, eighteen.low());
        assertEquals(14, eighteen.high());
        assertEquals(276, many.low(), 1);
        assertEquals(325, many.high(), 1);
    }

    @Test
    void theIntervalHoldsTheTrueMedianAsOftenAsItSays() {
        Rng random = Rng.of(5);
        int held = 0;
        for (int trial = 0; trial < 1000; trial++) {
            List<Double> draws = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                draws.add(Math.exp(random.child(trial).gaussianAt(i))); // of median 1, skewed as times are
            }
            Summary summary = Summary.of(draws);
            held += summary.low() <= 1 && 1 <= summary.high() ? 1 : 0;
        }

        assertTrue(held >= 940, "held " + held + " times of 1000");
    }

    @Test
    void pairsForgetWhatTheyHaveInCommon() {
        // both are twice as slow in the second round
        Summary ratio = Summary.ofPairs(List.of(6.0, 12.0, 6.0), List.of(2.0, 4.0, 2.0), (a, b) -> a / b);

        assertEquals(3, ratio.low());
        assertEquals(3, ratio.high());
    }

    @Test
    void nothingAndNaNAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of(1.0, Double.NaN)));
    }

    private static List<Double> numbers(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList();
    }
}
