package io.diapason.parity;

import io.diapason.autograd.Gradients;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;

/**
 * The numbers of one side in one precision.
 *
 * @param outputs of the computation, then the gradients of its leaves; zeros where no gradient flows
 */
record Evaluation(List<Part> outputs, List<Part> gradients) {
    /** A tensor's numbers. */
    record Part(DType dtype, int[] shape, double[] values) {}

    /** Ours; {@code upstream} gives the gradient of the first output by its number of elements. */
    static Evaluation ours(
            DType dtype, List<Operand> operands, Computation computation, IntFunction<double[]> upstream) {
        try (Scope scope = Scope.open()) {
            List<Tensor> leaves = new ArrayList<>();
            List<Tensor> views = new ArrayList<>();
            for (Operand operand : operands) {
                Tensor leaf = operand.leaf(scope, dtype);
                leaves.add(leaf);
                views.add(operand.view(leaf));
            }
            Traced<Tensor> traced = computation.ours(leaves, views);
            Tensor first = traced.outputs().get(0);
            List<Part> gradients = new ArrayList<>();
            Gradients found = null;
            if (first.tracksGradient()) {
                double[] dy = upstream.apply((int) first.elements());
                found = first.backward(
                        dtype == DType.FLOAT64
                                ? scope.of(first.shape(), dy)
                                : scope.of(first.shape(), Operand.rounded(dy)));
            }
            for (Tensor leaf : traced.leaves()) {
                if (leaf.tracksGradient()) {
                    Tensor gradient = found == null ? null : found.of(leaf);
                    gradients.add(
                            gradient == null ? zeros(leaf.dtype(), leaf.shape().sizes()) : part(gradient));
                }
            }
            return new Evaluation(
                    traced.outputs().stream().map(Evaluation::part).toList(), gradients);
        }
    }

    /** Theirs. */
    static Evaluation theirs(
            DType dtype, List<Operand> operands, Computation computation, IntFunction<double[]> upstream) {
        try (PointerScope scope = Torch.scope()) {
            List<TorchTensor> leaves = new ArrayList<>();
            List<TorchTensor> views = new ArrayList<>();
            for (Operand operand : operands) {
                TorchTensor leaf = operand.leaf(dtype);
                leaves.add(leaf);
                views.add(operand.view(leaf));
            }
            Traced<TorchTensor> traced = computation.theirs(leaves, views);
            TorchTensor first = traced.outputs().get(0);
            if (first.tracksGradient()) {
                int[] shape = first.shape();
                first.backward(TorchTensor.of(first.dtype(), upstream.apply(Case.elements(shape)), shape));
            }
            List<Part> gradients = new ArrayList<>();
            for (TorchTensor leaf : traced.leaves()) {
                if (leaf.tracksGradient()) {
                    TorchTensor gradient = leaf.gradient();
                    gradients.add(gradient == null ? zeros(leaf.dtype(), leaf.shape()) : part(gradient));
                }
            }
            return new Evaluation(
                    traced.outputs().stream().map(Evaluation::part).toList(), gradients);
        }
    }

    private static Part part(Tensor tensor) {
        Shape shape = tensor.shape();
        if (tensor.dtype() != DType.BOOL) {
            return new Part(tensor.dtype(), shape.sizes(), tensor.toDoubleArray());
        }
        boolean[] truths = tensor.toBooleanArray();
        double[] values = new double[truths.length];
        Arrays.setAll(values, i -> truths[i] ? 1 : 0);
        return new Part(DType.BOOL, shape.sizes(), values);
    }

    private static Part part(TorchTensor tensor) {
        return new Part(tensor.dtype(), tensor.shape(), tensor.toDoubles());
    }

    private static Part zeros(DType dtype, int... shape) {
        return new Part(dtype, shape, new double[Case.elements(shape)]);
    }
}
