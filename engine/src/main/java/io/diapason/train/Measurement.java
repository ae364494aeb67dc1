package io.diapason.train;

import io.diapason.autograd.Autograd;
import io.diapason.nn.Module;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import io.diapason.train.Monitor.Measure;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A measure that says what it does: a pass over batches of rows, of which each gives some numbers, and a function of
 * all of them. So a trainer can replay the pass.
 */
final class Measurement implements Function<Module, Measure> {
    private final List<Tensor> sources;
    private final int rows;
    private final int size;
    private final boolean perRow;
    private final BiFunction<Module, Batch, Tensor> numbers;
    private final Function<HeapTensor, Measure> conclusion;
    private final List<Object> code;

    /** The rows in [from, to), as batch of a number. */
    record Batch(int number, int from, int to) {}

    /**
     * A measure.
     *
     * @param sources what batches are rows of
     * @param size rows a batch; the last may be smaller
     * @param perRow whether a batch gives numbers {@code [batch, …]}, or {@code [1, …]}
     * @param numbers of a batch, without gradients
     * @param conclusion from the numbers of all batches, one after another
     * @param code what runs in a batch beside the module and may be a user's
     */
    Measurement(
            List<Tensor> sources,
            int size,
            boolean perRow,
            BiFunction<Module, Batch, Tensor> numbers,
            Function<HeapTensor, Measure> conclusion,
            Object... code) {
        this.sources = List.copyOf(sources);
        this.rows = sources.get(0).shape().size(0);
        this.size = Math.min(rows, size);
        this.perRow = perRow;
        this.numbers = numbers;
        this.conclusion = conclusion;
        this.code = List.of(code);
    }

    // ---- batches

    List<Tensor> sources() {
        return sources;
    }

    /** What runs in a batch, beside the module. */
    List<Object> code() {
        return code;
    }

    int batches() {
        return (rows - 1) / size + 1;
    }

    /** How many batches have all their rows; they come first. */
    int full() {
        return rows / size;
    }

    private Batch batch(int number) {
        return new Batch(number, number * size, number * size + Math.min(size, rows - number * size));
    }

    // ---- the pass

    @Override
    public Measure apply(Module module) {
        Tensor all = null;
        for (int number = 0; number < batches(); number++) {
            all = pass(module, number, all);
        }
        return conclusion(Objects.requireNonNull(all));
    }

    /**
     * The pass over one batch.
     *
     * @param all where its numbers go, or null for a new tensor of the innermost open scope
     * @return where they went
     */
    Tensor pass(Module module, int number, @Nullable Tensor all) {
        Batch batch = batch(number);
        Scope scope = Scope.current();
        try (Scope temporaries = Scope.open(sources.get(0).device())) {
            Tensor given = Autograd.noGrad(() -> numbers.apply(module, batch));
            Tensor kept = all == null ? scope.empty(given.dtype(), shapeOfAll(given.shape())) : all;
            Tensor place = perRow ? kept.rows(batch.from, batch.to) : kept.rows(number, number + 1);
            place.assign(given);
            return kept;
        }
    }

    private Shape shapeOfAll(Shape given) {
        int[] sizes = new int[given.rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = given.size(axis);
        }
        sizes[0] = perRow ? rows : batches();
        return Shape.of(sizes);
    }

    Measure conclusion(Tensor all) {
        return conclusion.apply(HeapTensor.copyOf(all));
    }
}
