package io.diapason.nn;

import io.diapason.tensor.DType;
import java.util.OptionalDouble;

/**
 * What a {@link BatchNorm1d} looks like: PyTorch's defaults, and what differs from them.
 *
 * @param features how many features (channels), at least 1
 * @param epsilon added to the variance, at least 0
 * @param momentum the weight of the newest batch in the running statistics, in [0, 1]; none makes them the plain
 *     averages over all batches
 * @param affine whether a weight and a bias are learned
 * @param tracked whether there are running statistics; without them inference normalises by its own batch, too
 * @param dtype float32 or float64
 */
public record BatchNormConfig(
        int features, double epsilon, OptionalDouble momentum, boolean affine, boolean tracked, DType dtype) {
    /**
     * A checked configuration.
     *
     * @param features at least 1
     * @param epsilon at least 0
     * @param momentum in [0, 1], or none for plain averages
     * @param affine whether a weight and a bias are learned
     * @param tracked whether there are running statistics
     * @param dtype float32 or float64
     * @throws IllegalArgumentException when a number is out of its range, or the type is no float type
     */
    public BatchNormConfig {
        Check.sizes("batchNorm1d", features);
        Norms.requireEpsilon("batchNorm1d", epsilon);
        Check.floats("batchNorm1d", dtype);
        if (momentum.isPresent() && !(momentum.getAsDouble() >= 0 && momentum.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "batchNorm1d: the momentum must be from 0 to 1, got " + momentum.getAsDouble());
        }
    }

    /**
     * PyTorch's defaults: epsilon 1e-5, momentum 0.1, affine, tracked, float32.
     *
     * @param features at least 1
     * @return the configuration
     */
    public static BatchNormConfig of(int features) {
        return new BatchNormConfig(features, 1e-5, OptionalDouble.of(0.1), true, true, DType.FLOAT32);
    }

    /**
     * With another epsilon.
     *
     * @param other at least 0
     * @return the changed copy
     */
    public BatchNormConfig withEpsilon(double other) {
        return new BatchNormConfig(features, other, momentum, affine, tracked, dtype);
    }

    /**
     * With another weight of the newest batch.
     *
     * @param other in [0, 1]
     * @return the changed copy
     */
    public BatchNormConfig withMomentum(double other) {
        return new BatchNormConfig(features, epsilon, OptionalDouble.of(other), affine, tracked, dtype);
    }

    /**
     * With plain averages over all batches as running statistics; PyTorch's {@code momentum=None}.
     *
     * @return the changed copy
     */
    public BatchNormConfig cumulative() {
        return new BatchNormConfig(features, epsilon, OptionalDouble.empty(), affine, tracked, dtype);
    }

    /**
     * Without weight and bias.
     *
     * @return the changed copy
     */
    public BatchNormConfig withoutAffine() {
        return new BatchNormConfig(features, epsilon, momentum, false, tracked, dtype);
    }

    /**
     * Without running statistics.
     *
     * @return the changed copy
     */
    public BatchNormConfig untracked() {
        return new BatchNormConfig(features, epsilon, momentum, affine, false, dtype);
    }

    /**
     * Of another type.
     *
     * @param other float32 or float64
     * @return the changed copy
     */
    public BatchNormConfig withType(DType other) {
        return new BatchNormConfig(features, epsilon, momentum, affine, tracked, other);
    }
}
