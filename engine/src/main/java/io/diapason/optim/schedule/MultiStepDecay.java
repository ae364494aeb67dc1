package io.diapason.optim.schedule;

import io.diapason.optim.Ranges;
import java.util.List;

/**
 * Shrinks at given steps: gamma to the power of the number of milestones that are not after the step. PyTorch's
 * MultiStepLR.
 *
 * @param milestones the steps from which a change holds, ascending, each at least 0 and there once
 * @param gamma what each change multiplies with, above 0
 */
public record MultiStepDecay(List<Long> milestones, double gamma) implements Schedule {
    /**
     * Checked numbers.
     *
     * @param milestones ascending, copied
     * @param gamma above 0
     * @throws IllegalArgumentException when a number is out of its range, or the milestones do not ascend
     */
    public MultiStepDecay {
        milestones = List.copyOf(milestones);
        long previous = -1;
        for (long milestone : milestones) {
            if (milestone <= previous) {
                throw new IllegalArgumentException(
                        "multi-step decay: milestones must be at least 0 and ascend, got " + milestones);
            }
            previous = milestone;
        }
        Ranges.positive("multi-step decay", "gamma", gamma);
    }

    @Override
    public double factor(long step) {
        Steps.check(step);
        long passed = milestones.stream().filter(milestone -> milestone <= step).count();
        return StrictMath.pow(gamma, (double) passed);
    }
}
