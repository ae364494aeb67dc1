package io.diapason.model;

import io.diapason.nn.Mlp;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import java.util.Map;

/** A network's parameters and buffers as safetensors, as {@link StateFile} has them; all numbers are finite. */
final class ModelWeights {
    private ModelWeights() {}

    /**
     * The state, in its order.
     *
     * @throws ModelFileException when a number is NaN or infinite
     */
    static Safetensors of(Mlp network, String place) {
        Map<String, HeapTensor> tensors = StateFile.tensors(network);
        requireFinite(tensors, place);
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
        requireFinite(weights.tensors(), place);
        StateFile.restore(network, weights.tensors(), place);
        return network;
    }

    /** Before any memory is taken for a network, however large its configuration says it is. */
    private static void requireCount(Mlp.Config config, Safetensors weights, String place) {
        long held = weights.tensors().values().stream()
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
        long needed = 0;
        long in = config.in();
        for (int layer = 0; layer <= config.hidden().size() && needed <= held; layer++) { // so the sum cannot overflow
            boolean last = layer == config.hidden().size();
            long out = last ? config.out() : config.hidden().get(layer);
            needed += (in + 1) * out + (last ? 0 : ofNorm(config, out));
            in = out;
        }
        if (needed != held) {
            throw new ModelFileException(place + ": must hold the " + (needed > held ? "at least " : "") + needed
                    + " numbers of the network, got " + held);
        }
    }

    /** How many numbers a normalisation has: weight and bias, and of a batch two statistics and a count. */
    private static long ofNorm(Mlp.Config config, long features) {
        return switch (config.norm()) {
            case NONE -> 0;
            case BATCH -> 4 * features + 1;
            case LAYER -> 2 * features;
        };
    }

    private static void requireFinite(Map<String, HeapTensor> tensors, String place) {
        tensors.forEach((name, tensor) -> {
            if (tensor.values() instanceof float[] values) { // whole numbers are finite anyway
                for (float value : values) {
                    if (!Float.isFinite(value)) {
                        throw new ModelFileException(
                                place + ": must hold finite numbers, got " + value + " in the tensor " + name);
                    }
                }
            }
        });
    }
}
