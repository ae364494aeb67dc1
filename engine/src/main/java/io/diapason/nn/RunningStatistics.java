package io.diapason.nn;

import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.OptionalDouble;

/** Mean and variance over the batches seen, and how many these were. */
final class RunningStatistics {
    private final Buffer mean;
    private final Buffer variance;
    private final Buffer batches;
    private final OptionalDouble momentum;

    RunningStatistics(Scope scope, DType dtype, Shape shape, OptionalDouble momentum) {
        this.mean = new Buffer("running_mean", scope.zeros(dtype, shape));
        this.variance = new Buffer("running_var", scope.full(dtype, shape, 1));
        this.batches = new Buffer("num_batches_tracked", scope.zeros(DType.INT64, Shape.scalar()));
        this.momentum = momentum;
    }

    Buffer mean() {
        return mean;
    }

    Buffer variance() {
        return variance;
    }

    Buffer batches() {
        return batches;
    }

    /** One more batch, from its mean and its variance with divisor count. */
    void update(Tensor batchMean, Tensor batchVariance, long count) {
        count();
        double share = momentum.orElseGet(this::equalShare);
        move(mean.value(), share, batchMean, 1);
        move(variance.value(), share, batchVariance, count / (count - 1.0));
    }

    /** Counts a batch. */
    void count() {
        batches.value().assign(batches.value().plus(1));
    }

    /** The share of the newest batch in the average over all. */
    private double equalShare() {
        return 1.0 / (double) batches.value().toLongArray()[0];
    }

    /** target ← (1 − share) · target + share · factor · statistic. */
    private static void move(Tensor target, double share, Tensor statistic, double factor) {
        target.assign(target.times(1 - share).plus(statistic.times(share * factor)));
    }
}
