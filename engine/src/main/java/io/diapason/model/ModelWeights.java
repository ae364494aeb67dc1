package io.diapason.model;

import io.diapason.model.Safetensors.HeapTensor;
import io.diapason.nn.Mlp;
import io.diapason.nn.Parameter;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network's parameters as safetensors, by their names. A weight is {@code [in, out]} in memory and {@code [out, in]}
 * in files, as PyTorch has it, so it is transposed on the way.
 */
final class ModelWeights {
    private ModelWeights() {}

    /**
     * The parameters, in their order.
     *
     * @throws ModelFileException when one is NaN or infinite
     */
    static Safetensors of(Mlp network, String place) {
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            Shape shape = parameter.value().shape();
            float[] values = parameter.value().toFloatArray();
            requireFinite(values, parameter.name(), place);
            tensors.put(
                    parameter.name(),
                    shape.rank() == 2
                            ? new HeapTensor(fileShape(shape), transposed(values, shape.size(0), shape.size(1)))
                            : new HeapTensor(shape, values));
        }
        return new Safetensors(tensors, Map.of("format", "pt")); // what PyTorch's readers ask for
    }

    /**
     * A network of these parameters.
     *
     * @param scope owns them
     * @param config what the network looks like
     * @param weights as {@link #of} gives them, in any order
     * @param place what messages call them
     * @throws ModelFileException when they are not the network's, or one is NaN or infinite
     */
    static Mlp network(Scope scope, Mlp.Config config, Safetensors weights, String place) {
        requireCount(config, weights, place);
        Mlp network = new Mlp(scope, config, Rng.of(0)); // every number of it is overwritten below
        List<Parameter> parameters = network.parameters();
        if (weights.tensors().size() != parameters.size()) {
            throw new ModelFileException(place + ": must hold " + parameters.size() + " tensors, got "
                    + weights.tensors().size());
        }
        for (Parameter parameter : parameters) {
            Shape shape = parameter.value().shape();
            @Nullable HeapTensor tensor = weights.tensors().get(parameter.name());
            if (tensor == null || !tensor.shape().equals(fileShape(shape))) {
                throw new ModelFileException(place + ": must hold the tensor " + parameter.name() + " of shape "
                        + fileShape(shape) + ", got " + (tensor == null ? "none so named" : tensor.shape()));
            }
            requireFinite(tensor.values(), parameter.name(), place);
            parameter
                    .value()
                    .set(
                            shape.rank() == 2
                                    ? transposed(tensor.values(), shape.size(1), shape.size(0))
                                    : tensor.values());
        }
        return network;
    }

    /** Before any memory is taken for a network, however large its configuration says it is. */
    private static void requireCount(Mlp.Config config, Safetensors weights, String place) {
        long held = weights.tensors().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
        long needed = 0;
        long in = config.in();
        for (int layer = 0; layer <= config.hidden().size() && needed <= held; layer++) { // so the sum cannot overflow
            long out = layer < config.hidden().size() ? config.hidden().get(layer) : config.out();
            needed += (in + 1) * out;
            in = out;
        }
        if (needed != held) {
            throw new ModelFileException(place + ": must hold the " + (needed > held ? "at least " : "") + needed
                    + " numbers of the network, got " + held);
        }
    }

    private static Shape fileShape(Shape shape) {
        return shape.rank() == 2 ? Shape.of(shape.size(1), shape.size(0)) : shape;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }

    private static void requireFinite(float[] values, String name, String place) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelFileException(
                        place + ": must hold finite numbers, got " + value + " in the tensor " + name);
            }
        }
    }
}
