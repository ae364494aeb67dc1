package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;

/**
 * What each batch counts in the mean over the batches of its step: its weight over the sum of theirs, or 1 where losses
 * are added up. Known before an epoch's first step, so that no step has to look at its targets.
 */
final class Shares {
    private final Batches batches;
    private final Loss loss;
    private final int accumulation;
    private final double[] values;
    private final Tensor tensor;
    private boolean regular = true;

    /** The scope owns their tensor. */
    Shares(Scope scope, Batches batches, Loss loss, int accumulation) {
        this.batches = batches;
        this.loss = loss;
        this.accumulation = accumulation;
        this.values = new double[batches.count()];
        this.tensor = scope.empty(DType.FLOAT64, Shape.of(batches.count()));
    }

    /** Finds those of the epoch whose batches are known by now. */
    void begin() {
        regular = true;
        for (int from = 0; from < values.length; from += accumulation) {
            int to = from + Math.min(accumulation, values.length - from);
            double sum = 0;
            for (int number = from; number < to; number++) {
                values[number] = weight(number);
                sum += values[number];
            }
            for (int number = from; number < to && loss.reduction() == Reduce.MEAN; number++) {
                values[number] /= sum;
            }
        }
        tensor.set(values);
    }

    /** The mean over no rows is NaN, and counts nothing: its batch is left out, and so is one that the loss refuses. */
    private double weight(int number) {
        if (loss.reduction() != Reduce.MEAN) {
            return 1;
        }
        double weight;
        try (Scope temporaries = Scope.open(tensor.device())) {
            weight = loss.weight(batches.targets(number));
        } catch (IndexOutOfBoundsException e) {
            weight = Double.NaN; // a target that is none, which the loss itself names
        }
        regular &= weight > 0;
        return weight;
    }

    /** Whether every batch counts. */
    boolean areRegular() {
        return regular;
    }

    /** Whether a batch counts. */
    boolean counts(int number) {
        return values[number] != 0 && !Double.isNaN(values[number]);
    }

    /** Float64 {@code [1]}, of a batch. */
    Tensor of(int number) {
        return tensor.rows(number, number + 1);
    }

    /** All of them. */
    Tensor tensor() {
        return tensor;
    }
}
