package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TuningConfigTest {
    private static void assertRefused(String sentence, UnaryOperator<TuningConfig.Builder> change) {
        TuningConfig.Builder builder = change.apply(TuningConfig.target("y"));
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused("trials: must be at least 1, got 0", builder -> builder.trials(0));
        assertRefused("parallelism: must be at least 1, got 0", builder -> builder.parallelism(0));
        assertRefused("workers: must be at least 1, got -1", builder -> builder.workers(-1));
        assertRefused("epochs: must be at least 1, got 0", builder -> builder.epochs(0));
        assertRefused("patience: must be at least 0, got -1", builder -> builder.patience(-1));
        assertRefused("time: must be above 0, got PT0S", builder -> builder.time(Duration.ZERO));
        assertRefused("time: must be above 0, got PT-1S", builder -> builder.time(Duration.ofSeconds(-1)));
    }

    @Test
    void theTestFractionLiesBetweenNothingAndAll() {
        for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
            assertEquals(
                    "test: the fraction must be above 0 and below 1, got " + fraction,
                    assertThrows(IllegalArgumentException.class, () -> new TestPart.Fraction(fraction))
                            .getMessage());
        }
    }

    @Test
    void parallelismIsThatOfStudiesUnlessItIsSaid() {
        assertEquals(8, TuningConfig.target("y").trials(5).build().parallelism());
        assertEquals(20, TuningConfig.target("y").trials(200).build().parallelism());
        assertEquals(
                3, TuningConfig.target("y").trials(200).parallelism(3).build().parallelism());
    }
}
