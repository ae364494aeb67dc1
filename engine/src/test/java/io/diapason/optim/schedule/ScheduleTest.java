package io.diapason.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Parameter;
import io.diapason.optim.Optimizer;
import io.diapason.optim.Sgd;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each schedule at its ends and corners; golden values are the rates of PyTorch 2.13.0's schedulers over lr = 1. */
class ScheduleTest {
    private static void assertFactors(Schedule schedule, double... expected) {
        assertArrayEquals(
                expected,
                IntStream.range(0, expected.length)
                        .mapToDouble(schedule::factor)
                        .toArray(),
                1e-15);
    }

    private static void assertMomentumFactors(Schedule schedule, double... expected) {
        assertArrayEquals(
                expected,
                IntStream.range(0, expected.length)
                        .mapToDouble(schedule::momentumFactor)
                        .toArray(),
                1e-15);
    }

    /** StepLR(3, 0.5). */
    @Test
    void stepDecayHalvesEveryThirdStep() {
        assertFactors(new StepDecay(3, 0.5), 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25);
    }

    /** MultiStepLR([0, 2, 5], 0.1). */
    @Test
    void multiStepDecayChangesAtItsMilestones() {
        assertFactors(new MultiStepDecay(List.of(0L, 2L, 5L), 0.1), 0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001);
        assertFactors(new MultiStepDecay(List.of(), 0.1), 1, 1);
    }

    /** ExponentialLR(0.9). */
    @Test
    void exponentialDecayShrinksAtEachStep() {
        assertFactors(new ExponentialDecay(0.9), 1, 0.9, 0.81, 0.7290000000000001, 0.6561000000000001);
    }

    /** CosineAnnealingLR(4, eta_min=0.1). */
    @Test
    void cosineAnnealingReachesItsFloorAndRisesAgain() {
        assertFactors(
                new CosineAnnealing(4, 0.1),
                1,
                0.8681980515339464,
                0.55,
                0.23180194846605368,
                0.1,
                0.2318019484660536,
                0.55,
                0.8681980515339467,
                1,
                0.8681980515339468);
        assertEquals(0, new CosineAnnealing(7).factor(7));
    }

    /** CosineAnnealingWarmRestarts(3, 2, eta_min=0.05) and (3). */
    @Test
    void warmRestartsBeginAnewWithLongerWaves() {
        assertFactors(
                new WarmRestarts(3, 2, 0.05),
                1,
                0.7625,
                0.2875000000000001,
                1,
                0.9363620667976085,
                0.7625,
                0.525,
                0.2875000000000001,
                0.11363793320239161,
                1,
                0.9838147674873075,
                0.9363620667976085);
        assertFactors(new WarmRestarts(3), 1, 0.75, 0.25, 1, 0.75, 0.25, 1);
        assertEquals(1, new WarmRestarts(1, Integer.MAX_VALUE, 0).factor(0));
        assertEquals(0.5, new WarmRestarts(4).factor(Long.MAX_VALUE - 1), 1e-15); // 2 modulo 4
        assertEquals(1, new WarmRestarts(3, 2, 0).factor(3 * ((1L << 40) - 1)));
    }

    /** LinearLR(0.1, 1.0, 4). */
    @Test
    void linearWarmupEndsAtOne() {
        assertFactors(new LinearWarmup(4, 0.1), 0.1, 0.325, 0.55, 0.775, 1, 1);
        assertEquals(1.0 / 3, new LinearWarmup(4).factor(0));
        assertEquals(0, new LinearWarmup(4, 0).factor(0));
    }

    /** PolynomialLR(4, 2.0). */
    @Test
    void polynomialDecayEndsAtZero() {
        assertFactors(new PolynomialDecay(4, 2), 1, 0.5625, 0.25, 0.0625, 0, 0);
    }

    /** SequentialLR([LinearLR(0.1, 1.0, 3), CosineAnnealingLR(4)], [3]). */
    @Test
    void aScheduleFollowsAWarmupFromItsOwnStepZero() {
        assertFactors(
                new LinearWarmup(3, 0.1).then(new CosineAnnealing(4)),
                0.1,
                0.4,
                0.7,
                1,
                0.8535533905932737,
                0.5,
                0.14644660940672627,
                0);
        Schedule cycleLater = ((Schedule) step -> 0.5).then(2, new OneCycle(10));
        assertFactors(cycleLater, 0.5, 0.5, 0.04, 0.52, 1);
        assertMomentumFactors(cycleLater, 1, 1, 1, 0.9473684210526315, 0.8947368421052632);
    }

    @Test
    void schedulesMultiply() {
        Schedule both = new StepDecay(1, 0.5).times(new OneCycle(10));
        assertFactors(both, 0.04, 0.26, 0.25);
        assertMomentumFactors(both, 1, 0.9473684210526315, 0.8947368421052632);
    }

    /** OneCycleLR(max_lr=1, total_steps=10), momentum over max_momentum. */
    @Test
    void oneCycleRisesAndFallsWhileMomentumFallsAndRises() {
        OneCycle cycle = new OneCycle(10);
        assertFactors(
                cycle,
                0.04,
                0.52,
                1,
                0.9504846320134737,
                0.8117456539497631,
                0.6112620219362893,
                0.38874197806371075,
                0.18825834605023697,
                0.049519367986526286,
                4e-06,
                4e-06);
        assertMomentumFactors(
                cycle,
                1,
                0.9473684210526315,
                0.8947368421052632,
                0.8999490069525042,
                0.9145531683232245,
                0.9356567929496676,
                0.9590800491555955,
                0.9801836737820386,
                0.9947878351527589,
                1,
                1);
        assertMomentumFactors(cycle.withLowMomentum(1), 1, 1, 1, 1);
    }

    /** OneCycleLR(total_steps=8, anneal_strategy="linear", pct_start=0.4, div_factor=10, final_div_factor=100). */
    @Test
    void oneCycleGoesByStraightLines() {
        OneCycle cycle = new OneCycle(8, 0.4, 10, 100, 0.85 / 0.95, true);
        assertFactors(cycle, 0.1, 0.509090909090909, 0.9181818181818181, 0.8335, 0.625375, 0.41725, 0.209125, 0.001);
        assertMomentumFactors(
                cycle,
                1,
                0.952153110047847,
                0.9043062200956938,
                0.9122807017543859,
                0.9342105263157895,
                0.9561403508771931,
                0.9780701754385964,
                1);
        assertEquals(
                cycle,
                new OneCycle(8)
                        .withRise(0.4)
                        .withDivisor(10)
                        .withFinalDivisor(100)
                        .withLinear(true));
    }

    /** OneCycleLR(total_steps=3) and (total_steps=1): the rise would end before step 0. */
    @Test
    void shortCyclesBeginOnTheirWayDown() {
        assertFactors(new OneCycle(3), 0.9944154354509117, 0.46263710266697505, 4e-06);
        assertMomentumFactors(new OneCycle(3), 0.8953246933565723, 0.9513015838729697, 1);
        assertFactors(new OneCycle(1), 4e-06);
        assertFactors(new OneCycle(2, 0.5, 25, 1e4, 1, false), 1, 4e-06); // PyTorch divides by 0 here
    }

    @Test
    void applyingSetsAnOptimizersFactors() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(), 1.0), Parameter.Kind.WEIGHT);
            Optimizer optimizer = new Sgd(0.1).withMomentum(0.9).over(scope, List.of(p));
            new OneCycle(10).apply(optimizer, 1);
            assertEquals(0.52, optimizer.state().get("learning_rate_factor").asDouble(), 1e-15);
            assertEquals(
                    0.9473684210526315, optimizer.state().get("momentum_factor").asDouble(), 1e-15);
        }
    }

    static Stream<Schedule> schedules() {
        return Stream.of(
                new StepDecay(3, 0.5),
                new MultiStepDecay(List.of(1L), 0.5),
                new ExponentialDecay(0.9),
                new CosineAnnealing(4),
                new WarmRestarts(4),
                new LinearWarmup(4),
                new PolynomialDecay(4, 1),
                new OneCycle(4),
                new LinearWarmup(4).then(new OneCycle(4)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void stepsBeforeTheFirstAreRefused(Schedule schedule) {
        assertRefused("schedule: steps must count from 0, got -1", () -> schedule.factor(-1));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused("step decay: every must be at least 1, got 0", () -> new StepDecay(0, 0.5));
        assertRefused("step decay: gamma must be above 0 and finite, got 0.0", () -> new StepDecay(1, 0));
        assertRefused(
                "multi-step decay: milestones must be at least 0 and ascend, got [3, 3]",
                () -> new MultiStepDecay(List.of(3L, 3L), 0.5));
        assertRefused(
                "multi-step decay: gamma must be above 0 and finite, got NaN",
                () -> new MultiStepDecay(List.of(), Double.NaN));
        assertRefused("exponential decay: gamma must be above 0 and finite, got -1.0", () -> new ExponentialDecay(-1));
        assertRefused("cosine annealing: steps must be at least 1, got 0", () -> new CosineAnnealing(0));
        assertRefused("cosine annealing: floor must be from 0 to 1, got 1.5", () -> new CosineAnnealing(1, 1.5));
        assertRefused("warm restarts: first must be at least 1, got 0", () -> new WarmRestarts(0));
        assertRefused("warm restarts: multiplier must be at least 1, got 0", () -> new WarmRestarts(1, 0, 0));
        assertRefused("warm restarts: floor must be from 0 to 1, got -0.1", () -> new WarmRestarts(1, 1, -0.1));
        assertRefused("linear warm-up: steps must be at least 1, got 0", () -> new LinearWarmup(0));
        assertRefused("linear warm-up: start must be from 0 to 1, got 2.0", () -> new LinearWarmup(1, 2));
        assertRefused("polynomial decay: steps must be at least 1, got 0", () -> new PolynomialDecay(0, 1));
        assertRefused("polynomial decay: power must be above 0 and finite, got 0.0", () -> new PolynomialDecay(1, 0));
        assertRefused("one cycle: steps must be at least 1, got 0", () -> new OneCycle(0));
        assertRefused("one cycle: rise must be from 0 to 1, got 1.5", () -> new OneCycle(1, 1.5, 1, 1, 1, true));
        assertRefused(
                "one cycle: divisor must be at least 1 and finite, got 0.5",
                () -> new OneCycle(1, 0.5, 0.5, 1, 1, true));
        assertRefused(
                "one cycle: finalDivisor must be at least 1 and finite, got Infinity",
                () -> new OneCycle(1, 0.5, 1, Double.POSITIVE_INFINITY, 1, true));
        assertRefused(
                "one cycle: lowMomentum must be above 0 and at most 1, got 0.0",
                () -> new OneCycle(1).withLowMomentum(0));
        assertRefused(
                "then: steps must be at least 0, got -1", () -> new LinearWarmup(1).then(-1, new LinearWarmup(1)));
    }

    static void assertRefused(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
