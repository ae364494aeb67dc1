package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Picking rows: how a batch is taken from a data set. */
public final class Rows {
    private Rows() {}

    /**
     * y[i] = source[index[i]].
     *
     * @param source {@code [rows, …]}, float32 or int64, without a gradient
     * @param index int64 {@code [n]}, each in [0, rows)
     * @return {@code [n, …]} of the source's type
     * @throws IndexOutOfBoundsException when an index is no row
     */
    public static Tensor gather(Tensor source, Tensor index) {
        return Autograd.apply(new Gather(), source, index);
    }

    private record Gather() implements Op {
        @Override
        public String name() {
            return "gather";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Tensor source = inputs[0];
            Tensor index = inputs[1];
            Check.type(name(), DType.INT64, index);
            if (source.shape().rank() == 0 || index.shape().rank() != 1) {
                throw new ShapeException(
                        name(),
                        "the source must have rows and the index one dimension",
                        "source " + source.shape() + " and index " + index.shape());
            }
            if (source.tracksGradient()) {
                throw new IllegalStateException("gather: the source must not track gradients, got shape "
                        + source.shape() + "; detach() it first");
            }
            return source.shape().withRows(index.shape().size(0));
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return inputs[0].dtype();
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.gatherRows(inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new @Nullable Tensor[] {null, null};
        }
    }
}
