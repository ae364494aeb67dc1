package io.diapason.nn;

import io.diapason.tensor.Tensor;

/**
 * A tensor that training changes.
 *
 * @param name unique within its module, such as {@code layers.0.weight}
 * @param value the leaf that gradients are computed for
 * @param kind what penalties and decay apply to
 * @param outputsFirst whether files hold this matrix {@code [in, out]} as {@code [out, in]}, PyTorch's order
 */
public record Parameter(String name, Tensor value, Kind kind, boolean outputsFirst) implements Part {
    /** What a parameter is, for penalties. */
    public enum Kind {
        /** The factors of a linear map, or an embedding: L1, L2 and weight decay apply. */
        WEIGHT,
        /** Summands: no penalty applies. */
        BIAS,
        /** The factors and summands of a normalisation: no penalty applies. */
        NORM
    }

    /**
     * A parameter whose value gradients are computed for.
     *
     * @param name unique within its module
     * @param value float32 or float64; made a leaf that requires a gradient
     * @param kind what penalties and decay apply to
     * @param outputsFirst whether files hold the transposed matrix
     * @throws IllegalArgumentException when the value is the result of an operation that tracks gradients, or
     *     {@code outputsFirst} is asked of what is no matrix
     * @throws IllegalStateException when the value is of another type
     */
    public Parameter {
        if (value.origin() != null) {
            throw new IllegalArgumentException("parameter: the value must be a leaf, got the result of "
                    + value.origin().op().name() + " for " + name + "; detach() it first");
        }
        if (outputsFirst && value.shape().rank() != 2) {
            throw new IllegalArgumentException("parameter: only a matrix must be transposed in files, got shape "
                    + value.shape() + " for " + name);
        }
        value = value.tracksGradient() ? value : value.requireGradient();
    }

    /**
     * A parameter whose value gradients are computed for. Files hold it transposed when it is a matrix of kind
     * {@link Kind#WEIGHT}.
     *
     * @param name unique within its module
     * @param value float32 or float64; made a leaf that requires a gradient
     * @param kind what penalties and decay apply to
     */
    public Parameter(String name, Tensor value, Kind kind) {
        this(name, value, kind, kind == Kind.WEIGHT && value.shape().rank() == 2);
    }

    /**
     * The factors of a linear map, named {@code weight}.
     *
     * @param value {@code [in, out]}
     * @return the parameter
     */
    public static Parameter weight(Tensor value) {
        return new Parameter("weight", value, Kind.WEIGHT);
    }

    /**
     * The summands of a map, named {@code bias}.
     *
     * @param value {@code [out]}
     * @return the parameter
     */
    public static Parameter bias(Tensor value) {
        return new Parameter("bias", value, Kind.BIAS);
    }

    /**
     * The same parameter under another name.
     *
     * @param other the name
     * @return a parameter over the same value
     */
    public Parameter named(String other) {
        return new Parameter(other, value, kind, outputsFirst);
    }

    /**
     * The same parameter as part of a larger module.
     *
     * @param prefix the name of the part
     * @return a parameter named {@code prefix.name} over the same value
     */
    public Parameter within(String prefix) {
        return named(prefix + "." + name);
    }
}
