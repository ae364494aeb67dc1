package io.diapason.parity;

import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The same mathematics, once in our words and once in theirs. */
interface Computation {
    /** Ours, of the operands' leaves and of what the operands show of them. */
    Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views);

    /** Theirs. */
    Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views);

    static Computation unary(UnaryOperator<Tensor> ours, UnaryOperator<TorchTensor> theirs) {
        return nary(x -> ours.apply(x.get(0)), x -> theirs.apply(x.get(0)));
    }

    static Computation binary(BinaryOperator<Tensor> ours, BinaryOperator<TorchTensor> theirs) {
        return nary(x -> ours.apply(x.get(0), x.get(1)), x -> theirs.apply(x.get(0), x.get(1)));
    }

    static Computation nary(Function<List<Tensor>, Tensor> ours, Function<List<TorchTensor>, TorchTensor> theirs) {
        return new Computation() {
            @Override
            public Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views) {
                return new Traced<>(List.of(ours.apply(views)), leaves);
            }

            @Override
            public Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views) {
                return new Traced<>(List.of(theirs.apply(views)), leaves);
            }
        };
    }
}
