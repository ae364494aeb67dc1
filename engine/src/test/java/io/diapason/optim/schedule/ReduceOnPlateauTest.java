package io.diapason.optim.schedule;

import static io.diapason.optim.schedule.ScheduleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.tensor.HeapTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * The rate shrinks when nothing gets better; golden values are the rates of PyTorch 2.13.0's ReduceLROnPlateau, lr = 1.
 */
class ReduceOnPlateauTest {
    private static void assertFactors(Plateau settings, double[] values, double... expected) {
        ReduceOnPlateau plateau = new ReduceOnPlateau(settings);
        assertArrayEquals(
                expected, DoubleStream.of(values).map(plateau::observe).toArray(), 1e-15);
    }

    /** factor=0.5, patience=1, cooldown=2, threshold=0.01. */
    @Test
    void valuesThatAreNotBetterEnoughCountButNotWhileItCoolsDown() {
        assertFactors(
                Plateau.minimizing()
                        .withFactor(0.5)
                        .withPatience(1)
                        .withCooldown(2)
                        .withRelativeThreshold(0.01),
                new double[] {1, 0.9, 0.9, 0.9, 0.95, 0.9, 0.9, 0.9, 0.5, 0.5, Double.NaN, 0.5, 0.5},
                1,
                1,
                1,
                0.5,
                0.5,
                0.5,
                0.5,
                0.25,
                0.25,
                0.25,
                0.25,
                0.125,
                0.125);
    }

    /** mode="max", patience=0, threshold=0.1, threshold_mode="abs", min_lr=0.005. */
    @Test
    void largerValuesAreBetterByAnAbsoluteThresholdDownToAMinimum() {
        assertFactors(
                Plateau.maximizing().withPatience(0).withAbsoluteThreshold(0.1).withMinimum(0.005),
                new double[] {1, 1.05, 1.09, 1.2, 1.2, 1.2, 1.2, 1.2},
                1,
                0.1,
                0.01,
                0.01,
                0.005,
                0.005,
                0.005,
                0.005);
    }

    /**
     * factor=0.5, patience=0, threshold=0.1: of a best of −1, everything below −1 · (1 − 0.1) = −0.9 counts as better.
     */
    @Test
    void aRelativeThresholdOfNegativeValuesIsPyTorchs() {
        assertFactors(
                Plateau.minimizing().withFactor(0.5).withPatience(0).withRelativeThreshold(0.1),
                new double[] {-1, -0.99, -0.9, -0.95, -1.2},
                1,
                1,
                1,
                1,
                1);
    }

    @Test
    void theDefaultsArePyTorchs() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(Plateau.minimizing());
        for (int value = 0; value < 11; value++) {
            assertEquals(1, plateau.observe(1));
        }
        assertEquals(0.1, plateau.observe(1));
        assertEquals(0.1, plateau.factor());
        assertEquals(new Plateau(true, 0.1, 10, 1e-4, true, 0, 0), Plateau.maximizing());
    }

    @Test
    void restoringEqualsGoingOn() {
        Plateau settings = Plateau.minimizing().withFactor(0.5).withPatience(1).withCooldown(2);
        double[] values = {1, 1, 1, 1, 1, 0.5, 1, 1, 1, 1, 1, 1, 1};
        for (int cut = 0; cut < values.length; cut++) {
            ReduceOnPlateau plateau = new ReduceOnPlateau(settings);
            for (int i = 0; i < cut; i++) {
                plateau.observe(values[i]);
            }
            ReduceOnPlateau restored = new ReduceOnPlateau(settings);
            restored.restore(plateau.state());
            for (int i = cut; i < values.length; i++) {
                assertEquals(plateau.observe(values[i]), restored.observe(values[i]));
                assertEquals(plateau.state(), restored.state());
            }
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(Plateau.minimizing());
        Map<String, HeapTensor> fresh = plateau.state();
        assertRefused(
                "plateau: a state must hold exactly [factor, best, failures, cooldown], got []",
                () -> plateau.restore(Map.of()));
        assertRefused(
                "plateau: failures of a state must be one int64, got float64 []",
                () -> plateau.restore(with(fresh, "failures", HeapTensor.of(1.0))));
        assertRefused(
                "plateau: cooldown of a state must be at least 0, got -2",
                () -> plateau.restore(with(fresh, "cooldown", HeapTensor.of(-2))));
        assertRefused(
                "plateau: best of a state must be one float64, got int64 []",
                () -> plateau.restore(with(fresh, "best", HeapTensor.of(1))));
        assertRefused(
                "plateau: factor of a state must be from 0 to 1, got 2.0",
                () -> plateau.restore(with(fresh, "factor", HeapTensor.of(2.0))));
        assertEquals(fresh, plateau.state());
    }

    private static Map<String, HeapTensor> with(Map<String, HeapTensor> state, String name, HeapTensor tensor) {
        Map<String, HeapTensor> changed = new LinkedHashMap<>(state);
        changed.put(name, tensor);
        return changed;
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Plateau plateau = Plateau.minimizing();
        assertRefused("plateau: factor must be above 0 and below 1, got 1.0", () -> plateau.withFactor(1));
        assertRefused("plateau: patience must be at least 0, got -1", () -> plateau.withPatience(-1));
        assertRefused(
                "plateau: threshold must be at least 0 and finite, got NaN",
                () -> plateau.withAbsoluteThreshold(Double.NaN));
        assertRefused("plateau: cooldown must be at least 0, got -1", () -> plateau.withCooldown(-1));
        assertRefused("plateau: minimum must be from 0 to 1, got 2.0", () -> plateau.withMinimum(2));
    }
}
