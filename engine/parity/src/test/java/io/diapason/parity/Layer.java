package io.diapason.parity;

import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.nn.Residual;
import io.diapason.nn.Sequential;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A module of ours beside a function of theirs.
 *
 * @param name what a failure says
 * @param parameters the module's, in its order
 * @param ours makes the module
 * @param theirs of the input and the parameters
 */
record Layer(
        String name,
        List<Operand> parameters,
        Function<DType, Module> ours,
        BiFunction<TorchTensor, List<TorchTensor>, TorchTensor> theirs) {

    /** Without parameters. */
    static Layer of(Module module, Function<TorchTensor, TorchTensor> theirs) {
        return new Layer(module.toString(), List.of(), dtype -> module, (x, none) -> theirs.apply(x));
    }

    /** One after another. */
    static Layer sequential(List<Layer> layers) {
        List<Operand> parameters = new ArrayList<>();
        layers.forEach(layer -> parameters.addAll(layer.parameters));
        return new Layer(
                layers.stream().map(Layer::name).toList().toString(),
                parameters,
                dtype -> new Sequential(
                        layers.stream().map(layer -> layer.ours.apply(dtype)).toList()),
                (x, theirs) -> {
                    TorchTensor y = x;
                    int from = 0;
                    for (Layer layer : layers) {
                        int to = from + layer.parameters.size();
                        y = layer.theirs.apply(y, theirs.subList(from, to));
                        from = to;
                    }
                    return y;
                });
    }

    /** {@code x + layer(x)}. */
    Layer residual() {
        return new Layer(
                "residual " + name,
                parameters,
                dtype -> new Residual(ours.apply(dtype)),
                (x, theirParameters) -> Torch.add(x, theirs.apply(x, theirParameters)));
    }

    /** The input, then the parameters. */
    List<Operand> operands(Operand x) {
        List<Operand> operands = new ArrayList<>(List.of(x));
        operands.addAll(parameters);
        return operands;
    }

    /** Of the input and the parameters; gradients of all of them. */
    Computation computation(boolean training) {
        return new Computation() {
            @Override
            public Traced<Tensor> ours(List<Tensor> leaves, List<Tensor> views) {
                Module module = ours.apply(leaves.get(leaves.size() - 1).dtype());
                List<Tensor> traced = assign(module, leaves);
                return new Traced<>(List.of(module.forward(views.get(0), pass(training))), traced);
            }

            @Override
            public Traced<TorchTensor> theirs(List<TorchTensor> leaves, List<TorchTensor> views) {
                return new Traced<>(
                        List.of(Layer.this.theirs.apply(views.get(0), views.subList(1, views.size()))), leaves);
            }
        };
    }

    static Pass pass(boolean training) {
        return training ? Pass.training(Rng.of(1), 0) : Pass.inference();
    }

    /** Gives a module the operands' numbers; what stands for each of them from now on. */
    static List<Tensor> assign(Module module, List<Tensor> leaves) {
        List<Tensor> traced = new ArrayList<>(List.of(leaves.get(0)));
        List<Parameter> parameters = module.parameters();
        if (parameters.size() > leaves.size() - 1) {
            throw new IllegalStateException("the module has more parameters than the case: " + parameters);
        }
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).value().assign(leaves.get(i + 1));
            traced.add(parameters.get(i).value());
        }
        return traced;
    }

    static int[] last(int[] shape, int n) {
        return Arrays.copyOfRange(shape, shape.length - n, shape.length);
    }
}
