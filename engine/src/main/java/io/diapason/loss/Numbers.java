package io.diapason.loss;

import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.List;

/** What the losses check and make in the same way. */
final class Numbers {
    private Numbers() {}

    /** Operations broadcast; a loss of two shapes is nearly always a mistake. */
    static void requireOneShape(String loss, Tensor prediction, Tensor target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new ShapeException(
                    loss,
                    "predictions and targets must have one shape",
                    prediction.shape() + " and " + target.shape() + "; reshape one of them");
        }
    }

    /** Losses of predictions and targets as they are, in their type. */
    static void requireOneShapeAndType(String loss, Tensor prediction, Tensor target) {
        requireOneShape(loss, prediction, target);
        requireOneType(loss, prediction, target);
    }

    static void requireOneType(String loss, Tensor prediction, Tensor target) {
        if (prediction.dtype() != target.dtype()) {
            throw new ShapeException(
                    loss,
                    "predictions and targets must have one type",
                    prediction.dtype() + " " + prediction.shape() + " and " + target.dtype() + " " + target.shape()
                            + "; to(dtype) converts");
        }
    }

    /** Weights that are at least 0, copied. */
    static List<Double> requireWeights(String loss, List<Double> weights) {
        for (double weight : weights) {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(loss + ": weights must be at least 0 and finite, got " + weights);
            }
        }
        return List.copyOf(weights);
    }

    /** Numbers as a vector of the type of another tensor. */
    static Tensor vector(List<Double> numbers, Tensor like) {
        double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return Scope.current().of(Shape.of(values.length), values).to(like.dtype());
    }

    /** A scalar of the type of another tensor. */
    static Tensor scalar(double number, Tensor like) {
        return Scope.current().full(like.dtype(), Shape.scalar(), number);
    }
}
