package io.diapason.loss;

import io.diapason.op.Comparison;
import io.diapason.op.Index;
import io.diapason.op.Select;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Class targets with their weights, some of which are ignored.
 *
 * @param counts bool {@code [rows]}: which rows are not ignored
 * @param classes int64 {@code [rows]}: the targets, 0 where ignored
 * @param weights {@code [classes]}, or null when all count the same
 */
record ClassTargets(Tensor counts, Tensor classes, @Nullable Tensor weights) {
    /** The targets of scores {@code [rows, classes]}. */
    static ClassTargets of(String loss, Tensor scores, Tensor targets, List<Double> weights, long ignored) {
        requireShapes(loss, scores, targets, weights);
        Tensor classes = targets.to(DType.INT64);
        Tensor counts = Comparison.notEqual(classes, ignored);
        return new ClassTargets(
                counts, Select.where(counts, classes, 0), weights.isEmpty() ? null : Numbers.vector(weights, scores));
    }

    static void requireShapes(String loss, Tensor scores, Tensor targets, List<Double> weights) {
        if (scores.shape().rank() != 2
                || !targets.dtype().isInteger()
                || !targets.shape().equals(Shape.of(scores.shape().size(0)))) {
            throw new ShapeException(
                    loss,
                    "predictions must be [rows, classes] and targets whole numbers [rows]",
                    scores.shape() + " and " + targets.dtype() + " " + targets.shape());
        }
        if (!weights.isEmpty() && weights.size() != scores.shape().size(1)) {
            throw new ShapeException(
                    loss,
                    "weights must be one a class",
                    weights.size() + " for " + scores.shape().size(1) + " classes");
        }
    }

    /** {@code scores[r, t[r]]}, times the weight of its class. */
    Tensor pick(Tensor scores) {
        Tensor picked = Index.gather(scores, 1, classes.unsqueeze(1)).squeeze(1);
        return weights == null ? picked : picked.times(Index.indexSelect(weights, 0, classes));
    }

    /** The same, and 0 for rows that are ignored, whatever they hold. */
    private Tensor counted(Tensor each) {
        return Select.where(counts, each, 0);
    }

    /** What becomes of one number a row; the mean divides by the sum of the weights of the rows that count. */
    Tensor reduced(Tensor each, Reduce reduction) {
        Tensor counted = counted(each);
        if (reduction != Reduce.MEAN) {
            return reduction.of(counted);
        }
        Tensor rows = weights == null ? counts.to(each.dtype()) : counted(Index.indexSelect(weights, 0, classes));
        return counted.sum().dividedBy(rows.sum());
    }

    /** The sum of the weights of the rows that count. */
    static double total(Tensor targets, List<Double> weights, long ignored) {
        double sum = 0;
        for (long target : targets.toLongArray()) {
            if (target != ignored) {
                sum += weights.isEmpty() ? 1 : weights.get(Math.toIntExact(target));
            }
        }
        return sum;
    }
}
