package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.tensor.DType;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The same numbers as another type. */
public final class Convert {
    private Convert() {}

    /**
     * x as another type, or a dense copy as the same. Floats become integers towards 0, NaN becomes 0, too large ones
     * the nearest integer there is; anything but 0 becomes true. Gradient, between float types: g as x's type.
     *
     * @param x any type, shape and layout
     * @param dtype the result's type
     * @return a new tensor of the same shape
     */
    public static Tensor convert(Tensor x, DType dtype) {
        return Autograd.apply(new Conversion(dtype), x);
    }

    private record Conversion(DType to) implements KernelOp {
        @Override
        public String name() {
            return "convert";
        }

        @Override
        public Shape shape(Tensor... inputs) {
            return inputs[0].shape();
        }

        @Override
        public DType dtype(Tensor... inputs) {
            return to;
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            if (inputs[0].dtype() == to) {
                backend.assign(inputs[0], output);
            } else {
                backend.convert(inputs[0], output);
            }
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {upstream.to(inputs[0].dtype())};
        }
    }
}
