package io.diapason.parity;

import io.diapason.op.View;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;

/** One way to look at a tensor, taken alike on both sides. */
sealed interface ViewStep {
    Tensor of(Tensor x);

    TorchTensor of(TorchTensor x);

    record Permute(int... axes) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.permute(x, axes);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.permute(axes);
        }

        @Override
        public String toString() {
            return "permute" + Arrays.toString(axes);
        }
    }

    record Transpose(int a, int b) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.transpose(x, a, b);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.transpose(a, b);
        }
    }

    record Slice(int axis, int from, int to, int step) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.slice(x, axis, from, to, step);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.slice(axis, from, to, step);
        }
    }

    record Select(int axis, int index) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.select(x, axis, index);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.select(axis, index);
        }
    }

    record Expand(int... sizes) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.expand(x, Shape.of(sizes));
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.expand(sizes);
        }

        @Override
        public String toString() {
            return "expand" + Arrays.toString(sizes);
        }
    }

    record Reshape(int... sizes) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.reshape(x, Shape.of(sizes));
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.reshape(sizes);
        }

        @Override
        public String toString() {
            return "reshape" + Arrays.toString(sizes);
        }
    }

    record Unsqueeze(int axis) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.unsqueeze(x, axis);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.unsqueeze(axis);
        }
    }

    record Squeeze(int axis) implements ViewStep {
        @Override
        public Tensor of(Tensor x) {
            return View.squeeze(x, axis);
        }

        @Override
        public TorchTensor of(TorchTensor x) {
            return x.squeeze(axis);
        }
    }
}
