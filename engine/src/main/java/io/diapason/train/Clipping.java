package io.diapason.train;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.optim.GradientClip;
import java.util.List;

/**
 * How gradients are shortened before a step.
 *
 * @param norm the most that the norm of all gradients together may be; infinity leaves them as they are
 * @param value the most that an element of a gradient may be away from 0, after the norm; infinity leaves them as they
 *     are
 */
public record Clipping(double norm, double value) {
    /**
     * Checked settings.
     *
     * @param norm above 0
     * @param value above 0
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Clipping {
        if (!(norm > 0 && value > 0)) {
            throw new IllegalArgumentException("training: clip_norm and clip_value must be above 0, got " + norm
                    + " and " + value + "; infinity does not clip");
        }
    }

    /**
     * Gradients as they are.
     *
     * @return infinity for both
     */
    public static Clipping none() {
        return new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Shortens gradients in place, and gives their norm before; NaN where it was not asked for. */
    double apply(Gradients gradients, List<Parameter> parameters, Readings readings) {
        double before = Double.NaN;
        if (norm < Double.POSITIVE_INFINITY) {
            before = Math.sqrt(readings.number(GradientClip.scaleToNorm(gradients, parameters, norm)));
        }
        if (value < Double.POSITIVE_INFINITY) {
            GradientClip.byValue(gradients, parameters, value);
        }
        return before;
    }
}
