package io.diapason.parity;

import io.diapason.optim.schedule.CosineAnnealing;
import io.diapason.optim.schedule.ExponentialDecay;
import io.diapason.optim.schedule.LinearWarmup;
import io.diapason.optim.schedule.MultiStepDecay;
import io.diapason.optim.schedule.OneCycle;
import io.diapason.optim.schedule.Plateau;
import io.diapason.optim.schedule.PolynomialDecay;
import io.diapason.optim.schedule.ReduceOnPlateau;
import io.diapason.optim.schedule.Schedule;
import io.diapason.optim.schedule.StepDecay;
import io.diapason.optim.schedule.WarmRestarts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Schedules beside PyTorch's documented formulas and, where PyTorch defines a schedule by what each step does to the
 * rate before, beside that recursion. libtorch's C++ has two of them only.
 */
class ScheduleParityTest {
    private static final int STEPS = 120;

    @Test
    void factorsOfEveryStep() {
        Family.run("schedules", (family, drawn) -> {
            int steps = drawn.between(2, 100);
            double gamma = drawn.uniform(0.1, 0.99);
            double floor = drawn.chance(0.5) ? 0 : drawn.uniform(0, 0.5);
            switch (drawn.kind(10)) {
                case 0 -> {
                    // StepLR: rate *= gamma at every multiple of step_size.
                    double[] rate = {1};
                    compare(family, drawn, new StepDecay(steps, gamma), step -> {
                        rate[0] *= step > 0 && step % steps == 0 ? gamma : 1;
                        return rate[0];
                    });
                }
                case 1 -> {
                    double[] rate = {1 / gamma};
                    compare(family, drawn, new ExponentialDecay(gamma), step -> rate[0] *= gamma);
                }
                case 2 -> {
                    TreeSet<Long> milestones = new TreeSet<>();
                    for (int i = drawn.between(1, 5); i > 0; i--) {
                        milestones.add((long) drawn.between(1, STEPS));
                    }
                    double[] rate = {1};
                    compare(family, drawn, new MultiStepDecay(List.copyOf(milestones), gamma), step -> {
                        rate[0] *= milestones.contains((long) step) ? gamma : 1;
                        return rate[0];
                    });
                }
                case 3 ->
                    compare(
                            family,
                            drawn,
                            new CosineAnnealing(steps, floor),
                            step -> floor + (1 - floor) * (1 + Math.cos(Math.PI * step / steps)) / 2);
                case 4 -> {
                    // CosineAnnealingWarmRestarts: T_cur += 1; if T_cur >= T_i: T_cur -= T_i, T_i *= T_mult.
                    int multiplier = drawn.between(1, 3);
                    int[] period = {steps};
                    int[] now = {-1};
                    compare(family, drawn, new WarmRestarts(steps, multiplier, floor), step -> {
                        now[0]++;
                        if (now[0] >= period[0]) {
                            now[0] -= period[0];
                            period[0] *= multiplier;
                        }
                        return floor + (1 - floor) * (1 + Math.cos(Math.PI * now[0] / period[0])) / 2;
                    });
                }
                case 5 -> {
                    // LinearLR with end_factor 1.
                    double start = drawn.uniform(0.01, 1);
                    compare(
                            family,
                            drawn,
                            new LinearWarmup(steps, start),
                            step -> start + (1 - start) * Math.min(step, steps) / steps);
                }
                case 6 -> {
                    // PolynomialLR: rate *= ((1 - t / T) / (1 - (t - 1) / T)) ^ power until T.
                    double power = drawn.oneOf(1, 0.5, 2, 0.9);
                    double[] rate = {1};
                    compare(family, drawn, new PolynomialDecay(steps, power), step -> {
                        if (step > 0 && step <= steps) {
                            rate[0] *= Math.pow((1 - step / (double) steps) / (1 - (step - 1) / (double) steps), power);
                        }
                        return rate[0];
                    });
                }
                case 7 -> oneCycle(family, drawn, steps);
                case 8 -> plateau(family, drawn);
                default -> {
                    // SequentialLR of LinearLR and CosineAnnealingLR.
                    int warm = drawn.between(1, 20);
                    double start = drawn.uniform(0.01, 1);
                    compare(
                            family,
                            drawn,
                            new LinearWarmup(warm, start).then(new CosineAnnealing(steps, floor)),
                            step -> step < warm
                                    ? start + (1 - start) * step / warm
                                    : floor + (1 - floor) * (1 + Math.cos(Math.PI * (step - warm) / steps)) / 2);
                }
            }
        });
    }

    private static void compare(Family family, Case drawn, Schedule ours, IntToDoubleFunction theirs) {
        double[] factors = new double[STEPS];
        double[] reference = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            factors[step] = ours.factor(step);
            reference[step] = theirs.applyAsDouble(step);
        }
        family.exact64("seed " + drawn.seed() + ": " + ours, factors, reference);
    }

    /** OneCycleLR: two phases, anneal(start, end, (step - phase start) / (phase end - phase start)). */
    private static void oneCycle(Family family, Case drawn, int steps) {
        double rise = drawn.uniform(0.1, 0.6);
        double divisor = drawn.uniform(2, 30);
        double last = drawn.uniform(2, 1e4);
        double low = drawn.uniform(0.5, 1);
        boolean linear = drawn.chance(0.5);
        OneCycle ours = new OneCycle(steps, rise, divisor, last, low, linear);
        double top = rise * steps - 1;
        double end = steps - 1;
        double[] factors = new double[steps];
        double[] momenta = new double[steps];
        double[] theirFactors = new double[steps];
        double[] theirMomenta = new double[steps];
        for (int step = 0; step < steps; step++) {
            factors[step] = ours.factor(step);
            momenta[step] = ours.momentumFactor(step);
            boolean first = step <= top;
            double share = first ? step / top : (step - top) / (end - top);
            theirFactors[step] =
                    first ? anneal(1 / divisor, 1, share, linear) : anneal(1, 1 / divisor / last, share, linear);
            theirMomenta[step] = first ? anneal(1, low, share, linear) : anneal(low, 1, share, linear);
        }
        family.exact64("seed " + drawn.seed() + ": " + ours, factors, theirFactors);
        family.exact64("seed " + drawn.seed() + ": momentum of " + ours, momenta, theirMomenta);
    }

    private static double anneal(double from, double to, double share, boolean linear) {
        return linear ? (to - from) * share + from : to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }

    /** ReduceLROnPlateau.step of PyTorch, but for its least reduction of 1e-8. */
    private static void plateau(Family family, Case drawn) {
        boolean maximize = drawn.chance(0.5);
        boolean relative = drawn.chance(0.5);
        double factor = drawn.uniform(0.1, 0.9);
        int patience = drawn.between(0, 5);
        double threshold = drawn.oneOf(1e-4, 0.05);
        int cooldown = drawn.between(0, 4);
        double minimum = drawn.oneOf(0, 0.1);
        Plateau settings = new Plateau(maximize, factor, patience, threshold, relative, cooldown, minimum);
        ReduceOnPlateau ours = new ReduceOnPlateau(settings);
        double rate = 1;
        double best = maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        int bad = 0;
        int cooling = 0;
        List<Double> factors = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            double value = drawn.chance(0.02) ? Double.NaN : drawn.uniform(0.5, 1) + 1 / (1.0 + step);
            factors.add(ours.observe(value));
            boolean better;
            if (relative) {
                better = maximize ? value > best * (threshold + 1) : value < best * (1 - threshold);
            } else {
                better = maximize ? value > best + threshold : value < best - threshold;
            }
            if (better) {
                best = value;
                bad = 0;
            } else {
                bad++;
            }
            if (cooling > 0) {
                cooling--;
                bad = 0;
            }
            if (bad > patience) {
                rate = Math.max(rate * factor, minimum);
                cooling = cooldown;
                bad = 0;
            }
            theirs.add(rate);
        }
        family.exact64(
                "seed " + drawn.seed() + ": " + settings,
                factors.stream().mapToDouble(Double::doubleValue).toArray(),
                theirs.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
