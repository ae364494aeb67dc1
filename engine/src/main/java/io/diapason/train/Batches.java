package io.diapason.train;

import io.diapason.backend.Backend;
import io.diapason.op.Index;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows make which batch of which epoch: a function of the seed. */
final class Batches {
    private final Examples examples;
    private final Rng rng;
    private final int size;
    private final int count;
    private final @Nullable Tensor order;

    /** The scope owns the order of rows. */
    Batches(Scope scope, Examples examples, Batching batching, Rng rng) {
        this.examples = examples;
        this.rng = rng;
        int rows = examples.rows();
        this.size = Math.min(rows, batching.size()); // at most the rows, so that no sum below overflows
        this.order = batching.shuffle() ? scope.empty(DType.INT64, Shape.of(rows)) : null;
        this.count = batching.dropLast() ? rows / size : (rows - 1) / size + 1;
    }

    /** How many batches an epoch has. */
    int count() {
        return count;
    }

    /** How many rows a batch has that is not smaller than others. */
    int size() {
        return size;
    }

    /** How many batches have all their rows; they come first. */
    int full() {
        return examples.rows() / size;
    }

    /** Begins an epoch. */
    void begin(int epoch) {
        if (order != null) {
            Rng shuffle = rng.child("shuffle").child(epoch);
            Backend.of(order.device()).permutation(shuffle.seed(), shuffle.stream(), order);
            order.storage().countChange();
        }
    }

    /** What batches are parts of. */
    List<Tensor> sources() {
        return order == null ? List.of(examples.features(), examples.targets()) : List.of(order);
    }

    /** The targets of a batch, from 0. */
    Tensor targets(int number) {
        int from = number * size;
        int to = from + Math.min(size, examples.rows() - from);
        return order == null
                ? examples.targets().rows(from, to)
                : Index.indexSelect(examples.targets(), 0, order.rows(from, to));
    }

    /** A batch of an epoch, from 0. */
    Examples batch(int number) {
        int from = number * size;
        int to = from + Math.min(size, examples.rows() - from);
        return order == null ? examples.rows(from, to) : examples.rows(order.rows(from, to));
    }
}
