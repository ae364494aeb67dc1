package io.diapason.nn;

import io.diapason.op.Elementwise;
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
        double unbiased = count / (count - 1.0);
        if (momentum.isPresent()) {
            double share = momentum.getAsDouble();
            move(mean.value(), share, batchMean, 1);
            move(variance.value(), share, batchVariance, unbiased);
        } else {
            Tensor share = Elementwise.reciprocal(batches.value().to(DType.FLOAT64));
            move(mean.value(), share, batchMean, 1);
            move(variance.value(), share, batchVariance, unbiased);
        }
    }

    /** Counts a batch. */
    void count() {
        batches.value().assign(batches.value().plus(1));
    }

    /** target ← (1 − share) · target + share · factor · statistic. */
    private static void move(Tensor target, double share, Tensor statistic, double factor) {
        target.assign(target.times(1 - share).plus(statistic.times(share * factor)));
    }

    /** The same with a share that operations give, float64 {@code []}: the newest batch's in the average over all. */
    private static void move(Tensor target, Tensor share, Tensor statistic, double factor) {
        DType dtype = target.dtype();
        Tensor kept = share.negate().plus(1).to(dtype);
        target.assign(
                target.times(kept).plus(statistic.times(share.times(factor).to(dtype))));
    }
}
