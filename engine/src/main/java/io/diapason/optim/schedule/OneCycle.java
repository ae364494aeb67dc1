package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;

/**
 * Up to the configured learning rate and far down again within a given number of steps, momentum going the other way:
 * the factor goes from {@code 1 / divisor} to 1 until step {@code rise · steps − 1}, then to {@code 1 / (divisor ·
 * finalDivisor)} until step {@code steps − 1}, where it stays; the momentum's from 1 to lowMomentum and back.
 *
 * <p>PyTorch's OneCycleLR with two phases: the configured learning rate is {@code max_lr}, the configured momentum or
 * beta1 is {@code max_momentum}, and lowMomentum is {@code base_momentum / max_momentum}. PyTorch refuses further
 * steps, and divides by 0 where {@code rise · steps} is 1; here such a cycle begins at its top. Source: Smith and Topin
 * 2019, SPIE 11006.
 *
 * @param steps of the whole cycle, at least 1
 * @param rise fraction of the steps in which the rate rises, from 0 to 1
 * @param divisor how many times smaller the first rate is than the configured one, at least 1
 * @param finalDivisor how many times smaller the last rate is than the first one, at least 1
 * @param lowMomentum factor of the momentum where the rate is highest, above 0 and at most 1; 1 leaves momentum alone
 * @param linear whether the rate follows straight lines, or half cosine waves
 */
public record OneCycle(long steps, double rise, double divisor, double finalDivisor, double lowMomentum, boolean linear)
        implements Schedule {
    /**
     * Checked numbers.
     *
     * @param steps at least 1
     * @param rise from 0 to 1
     * @param divisor at least 1
     * @param finalDivisor at least 1
     * @param lowMomentum above 0 and at most 1
     * @param linear whether the rate follows straight lines
     * @throws IllegalArgumentException when a number is out of its range
     */
    public OneCycle {
        Ranges.atLeast("one cycle", "steps", 1, steps);
        Ranges.upToOne("one cycle", "rise", rise);
        atLeastOne("divisor", divisor);
        atLeastOne("finalDivisor", finalDivisor);
        if (!(lowMomentum > 0 && lowMomentum <= 1)) {
            throw new IllegalArgumentException(
                    "one cycle: lowMomentum must be above 0 and at most 1, got " + lowMomentum);
        }
    }

    private static void atLeastOne(String name, double value) {
        if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("one cycle: " + name + " must be at least 1 and finite, got " + value);
        }
    }

    /**
     * PyTorch's numbers: a rise over 0.3 of the steps from a 25th, down to a 250,000th, by cosines; momentum down to
     * 0.85 / 0.95 of what is configured.
     *
     * @param steps of the whole cycle, at least 1
     */
    public OneCycle(long steps) {
        this(steps, 0.3, 25, 1e4, 0.85 / 0.95, false);
    }

    /**
     * The same with another share of steps in which the rate rises; PyTorch's {@code pct_start}.
     *
     * @param value from 0 to 1
     * @return the changed copy
     */
    public OneCycle withRise(double value) {
        return new OneCycle(steps, value, divisor, finalDivisor, lowMomentum, linear);
    }

    /**
     * The same from another first rate; PyTorch's {@code div_factor}.
     *
     * @param value how many times smaller than the configured rate, at least 1
     * @return the changed copy
     */
    public OneCycle withDivisor(double value) {
        return new OneCycle(steps, rise, value, finalDivisor, lowMomentum, linear);
    }

    /**
     * The same down to another last rate; PyTorch's {@code final_div_factor}.
     *
     * @param value how many times smaller than the first rate, at least 1
     * @return the changed copy
     */
    public OneCycle withFinalDivisor(double value) {
        return new OneCycle(steps, rise, divisor, value, lowMomentum, linear);
    }

    /**
     * The same by straight lines, or by cosines.
     *
     * @param value whether the rate follows straight lines
     * @return the changed copy
     */
    public OneCycle withLinear(boolean value) {
        return new OneCycle(steps, rise, divisor, finalDivisor, lowMomentum, value);
    }

    /**
     * The same with another momentum where the rate is highest.
     *
     * @param value above 0 and at most 1; 1 leaves momentum alone
     * @return the changed copy
     */
    public OneCycle withLowMomentum(double value) {
        return new OneCycle(steps, rise, divisor, finalDivisor, value, linear);
    }

    @Override
    public double factor(long step) {
        return at(step, 1 / divisor, 1, 1 / divisor / finalDivisor);
    }

    @Override
    public double momentumFactor(long step) {
        return at(step, 1, lowMomentum, 1);
    }

    private double at(long step, double first, double peak, double last) {
        double end = steps - 1;
        double top = rise * steps - 1;
        double now = Math.min(Steps.check(step), end);
        if (now <= top) {
            return between(first, peak, top == 0 ? 1 : now / top);
        }
        // As in PyTorch, whose rise may end before step 0.
        return between(peak, last, (now - top) / (end - top));
    }

    private double between(double from, double to, double fraction) {
        return linear ? from + (to - from) * fraction : to + (from - to) * Steps.halfCosine(fraction);
    }
}
