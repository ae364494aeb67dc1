package io.diapason.nn;

import io.diapason.op.Comparison;
import io.diapason.op.Index;
import io.diapason.op.Select;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.OptionalInt;

/**
 * A table of vectors, one for each of a number of things: {@code y[…, :] = weight[x[…], :]}; {@code x} int64 of any
 * shape, {@code weight [count, width]}.
 *
 * <p>The vector at the padding index, if there is one, starts as 0 and has no gradient; training leaves it as it is.
 * PyTorch's {@code nn.Embedding} without its {@code max_norm}, {@code scale_grad_by_freq} and {@code sparse}. Files
 * hold the table as it is, {@code [count, width]}.
 */
public final class Embedding implements Module {
    private static final String OP = "embedding";

    private final Parameter weight;
    private final OptionalInt padding;

    /**
     * A float32 table whose numbers start standard normal.
     *
     * @param scope owns it
     * @param count how many vectors, at least 1
     * @param width how long they are, at least 1
     * @param rng the random numbers
     */
    public Embedding(Scope scope, int count, int width, Rng rng) {
        this(scope, DType.FLOAT32, count, width, OptionalInt.empty(), Init.normal(0, 1), rng);
    }

    /**
     * A table.
     *
     * @param scope owns it
     * @param dtype float32 or float64
     * @param count how many vectors, at least 1
     * @param width how long they are, at least 1
     * @param padding the index of the vector that stays 0, from 0, or from -1 (the last) downwards; or none
     * @param init how the others start
     * @param rng the random numbers
     * @throws IllegalArgumentException when a size is below 1, the padding is none of the indices, or the type is no
     *     float type
     */
    public Embedding(Scope scope, DType dtype, int count, int width, OptionalInt padding, Init init, Rng rng) {
        Check.sizes(OP, count, width);
        Check.floats(OP, dtype);
        if (padding.isPresent() && (padding.getAsInt() < -count || padding.getAsInt() >= count)) {
            throw new IllegalArgumentException("embedding: the padding index must be from " + -count + " to "
                    + (count - 1) + ", got " + padding.getAsInt());
        }
        Tensor table = init.draw(scope, dtype, Shape.of(count, width), rng.child("weight"));
        this.weight = new Parameter("weight", table, Parameter.Kind.WEIGHT, false);
        this.padding =
                padding.isPresent() && padding.getAsInt() < 0 ? OptionalInt.of(padding.getAsInt() + count) : padding;
        this.padding.ifPresent(index -> {
            try (Scope temporary = Scope.open(scope.device())) {
                table.select(0, index).assign(temporary.zeros(dtype, Shape.of(width)));
            }
        });
    }

    /**
     * The table.
     *
     * @return {@code [count, width]}
     */
    public Parameter weight() {
        return weight;
    }

    /**
     * Looks vectors up.
     *
     * @param x int64 or int32 of any shape, each in [0, count)
     * @param pass not used
     * @return {@code [x's shape, width]}
     * @throws ShapeException when the input is of another type
     * @throws IndexOutOfBoundsException when an index is none of the table
     */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!x.dtype().isInteger()) {
            throw new ShapeException(OP, "indices must be int64 or int32", x.dtype() + " " + x.shape());
        }
        Tensor index = x.flatten().to(DType.INT64);
        Tensor rows = Index.indexSelect(weight.value(), 0, index);
        if (padding.isPresent()) {
            Tensor padded = Comparison.equal(index, padding.getAsInt()).unsqueeze(-1);
            rows = Select.where(padded, rows.detach(), rows);
        }
        return rows.reshape(
                x.shape().inserted(x.shape().rank(), weight.value().shape().size(1)));
    }

    @Override
    public Parts parts() {
        return Parts.of("weight", weight);
    }
}
