package io.diapason.nn;

import io.diapason.tensor.Tensor;

/**
 * A tensor that training changes.
 *
 * @param name unique within its module, such as {@code layers.0.weight}
 * @param value the leaf that gradients are computed for
 * @param kind what penalties and decay apply to
 */
public record Parameter(String name, Tensor value, Kind kind) {
    /** What a parameter is, for penalties. */
    public enum Kind {
        /** The factors of a linear map: L1, L2 and weight decay apply. */
        WEIGHT,
        /** Summands: no penalty applies. */
        BIAS
    }

    /**
     * A parameter whose value gradients are computed for.
     *
     * @param name unique within its module
     * @param value any tensor; made a leaf that requires a gradient
     * @param kind what penalties and decay apply to
     */
    public Parameter {
        value = value.tracksGradient() ? value : value.requireGradient();
    }

    /**
     * The same parameter as part of a larger module.
     *
     * @param prefix the name of the part
     * @return a parameter named {@code prefix.name} over the same value
     */
    public Parameter within(String prefix) {
        return new Parameter(prefix + "." + name, value, kind);
    }
}
