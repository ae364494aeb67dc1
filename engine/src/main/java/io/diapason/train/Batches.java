package io.diapason.train;

import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Which rows make which batch of which epoch: a function of the seed. */
final class Batches {
    private final Examples examples;
    private final Rng rng;
    private final boolean shuffle;
    private final int size;
    private final int count;

    Batches(Examples examples, Batching batching, Rng rng) {
        this.examples = examples;
        this.rng = rng;
        this.shuffle = batching.shuffle();
        int rows = examples.rows();
        this.size = Math.min(rows, batching.size()); // at most the rows, so that no sum below overflows
        this.count = batching.dropLast() ? rows / size : (rows - 1) / size + 1;
    }

    /** How many batches an epoch has. */
    int count() {
        return count;
    }

    /** The order of an epoch's rows, int64 {@code [rows]}; null when it is their own. */
    @Nullable
    Tensor order(Scope scope, int epoch) {
        int rows = examples.rows();
        return shuffle
                ? scope.of(Shape.of(rows), rng.child("shuffle").child(epoch).permutation(rows))
                : null;
    }

    /** A batch of an epoch, from 0. */
    Examples batch(@Nullable Tensor order, int number) {
        int from = number * size;
        int to = from + Math.min(size, examples.rows() - from);
        return order == null ? examples.rows(from, to) : examples.rows(order.rows(from, to));
    }
}
