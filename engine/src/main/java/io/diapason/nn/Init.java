package io.diapason.nn;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;

/**
 * How a parameter begins: a function of its type, its shape and a stream of random numbers, and of nothing else.
 *
 * <p>Weights are {@code [in, out]}, so the fan in is the first size (PyTorch's weights are {@code [out, in]}). A
 * function of one's own is an initialiser, too: {@code (scope, dtype, shape, rng) -> scope.eye(dtype, shape.size(0))}.
 */
@FunctionalInterface
public interface Init {
    /**
     * First values.
     *
     * @param scope owns them
     * @param dtype float32 or float64
     * @param shape the sizes
     * @param rng the random numbers
     * @return a new tensor
     * @throws io.diapason.tensor.ShapeException when there are no such values of this type or shape
     */
    Tensor draw(Scope scope, DType dtype, Shape shape, Rng rng);

    /**
     * Overwrites a tensor: initialises a parameter anew.
     *
     * @param target float32 or float64
     * @param rng the random numbers
     */
    default void fill(Tensor target, Rng rng) {
        try (Scope temporary = Scope.open(target.device())) {
            target.assign(draw(temporary, target.dtype(), target.shape(), rng));
        }
    }

    /**
     * One value everywhere.
     *
     * @param value every element
     * @return the initialiser
     */
    static Init constant(double value) {
        return (scope, dtype, shape, rng) -> scope.full(dtype, shape, value);
    }

    /**
     * 0 everywhere.
     *
     * @return the initialiser
     */
    static Init zeros() {
        return constant(0);
    }

    /**
     * 1 everywhere.
     *
     * @return the initialiser
     */
    static Init ones() {
        return constant(1);
    }

    /**
     * Uniform in [low, high).
     *
     * @param low the least number
     * @param high above every number
     * @return the initialiser
     * @throws IllegalArgumentException when low is not below high, or one is not finite
     */
    static Init uniform(double low, double high) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "init: uniform numbers need a low end below the high one, got " + low + " and " + high);
        }
        return (scope, dtype, shape, rng) -> scope.uniform(dtype, shape, low, high, rng);
    }

    /**
     * Normally distributed.
     *
     * @param mean the mean
     * @param deviation the standard deviation, at least 0
     * @return the initialiser
     * @throws IllegalArgumentException when the deviation is below 0, or one is not finite
     */
    static Init normal(double mean, double deviation) {
        Draws.requireNormal(mean, deviation);
        return (scope, dtype, shape, rng) -> scope.normal(dtype, shape, mean, deviation, rng);
    }

    /**
     * Normally distributed under the condition to lie in [low, high].
     *
     * @param mean the mean before the cut
     * @param deviation the standard deviation before the cut, above 0
     * @param low the least number, in the units of the mean (not in deviations), below {@code mean + 2 deviation}
     * @param high the greatest number, above {@code mean − 2 deviation}
     * @return the initialiser
     * @throws IllegalArgumentException when low is not below high, or the range is further than two deviations from the
     *     mean, where PyTorch warns
     */
    static Init truncatedNormal(double mean, double deviation, double low, double high) {
        Draws.requireTruncation(mean, deviation, low, high);
        return (scope, dtype, shape, rng) ->
                Draws.tensor(scope, dtype, shape, i -> Draws.truncated(mean, deviation, low, high, rng.child(i)));
    }

    /**
     * Uniform in ±gain √(3 / fan), of variance gain² / fan. Source: He et al. 2015, «Delving deep into rectifiers».
     *
     * @param fan what the variance is kept along
     * @param gain of the activation that follows, above 0: see {@link Gain}
     * @return the initialiser, for matrices
     */
    static Init kaimingUniform(Fan fan, double gain) {
        Draws.requireGain(gain);
        return (scope, dtype, shape, rng) ->
                Draws.symmetric(scope, dtype, shape, gain * Math.sqrt(3.0 / fan.of(shape)), rng);
    }

    /**
     * Normal with mean 0 and deviation gain / √fan. Source: He et al. 2015, equations 10 and 14.
     *
     * @param fan what the variance is kept along
     * @param gain of the activation that follows, above 0: see {@link Gain}
     * @return the initialiser, for matrices
     */
    static Init kaimingNormal(Fan fan, double gain) {
        Draws.requireGain(gain);
        return (scope, dtype, shape, rng) -> Draws.gaussian(scope, dtype, shape, gain / Math.sqrt(fan.of(shape)), rng);
    }

    /**
     * Uniform in ±gain √(6 / (in + out)). Source: Glorot and Bengio 2010, equation 16.
     *
     * @param gain of the activation that follows, above 0: see {@link Gain}
     * @return the initialiser, for matrices
     */
    static Init xavierUniform(double gain) {
        Draws.requireGain(gain);
        return (scope, dtype, shape, rng) -> Draws.symmetric(
                scope, dtype, shape, gain * Math.sqrt(6.0 / ((double) Fan.IN.of(shape) + Fan.OUT.of(shape))), rng);
    }

    /**
     * Normal with mean 0 and deviation gain √(2 / (in + out)). Source: Glorot and Bengio 2010, equation 12.
     *
     * @param gain of the activation that follows, above 0: see {@link Gain}
     * @return the initialiser, for matrices
     */
    static Init xavierNormal(double gain) {
        Draws.requireGain(gain);
        return (scope, dtype, shape, rng) -> Draws.gaussian(
                scope, dtype, shape, gain * Math.sqrt(2.0 / ((double) Fan.IN.of(shape) + Fan.OUT.of(shape))), rng);
    }

    /**
     * gain · Q, where Q has orthonormal columns, or rows where there are fewer rows than columns: uniform among all
     * such. Source: Saxe et al. 2014, «Exact solutions to the nonlinear dynamics of learning»; the signs by Mezzadri
     * 2007.
     *
     * @param gain above 0: see {@link Gain}
     * @return the initialiser, for matrices
     */
    static Init orthogonal(double gain) {
        Draws.requireGain(gain);
        return (scope, dtype, shape, rng) -> {
            double[] values = Orthogonal.matrix(Fan.IN.of(shape), Fan.OUT.of(shape), rng);
            return Draws.tensor(scope, dtype, shape, i -> gain * values[i]);
        };
    }
}
