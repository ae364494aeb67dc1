package io.diapason.model;

import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A module's parameters and buffers as a safetensors file, by their qualified names: what PyTorch's
 * {@code load_state_dict} takes, and what {@code safetensors.torch.save_file(model.state_dict(), …)} writes for a
 * module of the same parts.
 *
 * <p>A weight {@code [in, out]} is {@code [out, in]} in files, as PyTorch has it; see {@link Parameter#outputsFirst}.
 */
public final class StateFile {
    private StateFile() {}

    /**
     * Writes a module's state, whole or not at all. The same state gives the same bytes. A file of that name is
     * replaced.
     *
     * @param module not changed
     * @param path the file, usually {@code NAME.safetensors}; its folder must exist
     * @throws ModelFileException when the file cannot be written
     */
    public static void save(Module module, Path path) {
        Safetensors.write(path, tensors(module));
    }

    /**
     * Overwrites a module's state with a file's, whole or not at all.
     *
     * @param module made as the one that was saved
     * @param path a file that {@link #save} or PyTorch wrote
     * @throws ModelFileException when there is no such file, it is damaged, or what it holds is not of the module's
     *     names, types and shapes, no more and no less (PyTorch's {@code strict}); types are not converted
     */
    public static void load(Module module, Path path) {
        restore(module, Safetensors.read(path).tensors(), path.toString());
    }

    /** The state as files have it. */
    static Map<String, HeapTensor> tensors(Module module) {
        Set<String> transposed = transposed(module);
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        module.state()
                .forEach((name, tensor) -> tensors.put(name, transposed.contains(name) ? transposed(tensor) : tensor));
        return tensors;
    }

    /**
     * Overwrites the state, or refuses without a change.
     *
     * @param tensors as files have them
     * @param place what messages call them
     */
    static void restore(Module module, Map<String, HeapTensor> tensors, String place) {
        Set<String> transposed = transposed(module);
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(tensors.keySet());
        module.state().forEach((name, old) -> {
            HeapTensor tensor = tensors.get(name);
            Shape shape = transposed.contains(name) ? transposed(old.shape()) : old.shape();
            if (tensor == null
                    || tensor.dtype() != old.dtype()
                    || !tensor.shape().equals(shape)) {
                throw new ModelFileException(place + ": must hold the tensor " + name + " as " + old.dtype() + " "
                        + shape + ", got " + (tensor == null ? "none so named" : JsonObject.shown(tensor)));
            }
            state.put(name, transposed.contains(name) ? transposed(tensor) : tensor);
            unknown.remove(name);
        });
        if (!unknown.isEmpty()) {
            throw new ModelFileException(place + ": must hold nothing but the module's " + state.size()
                    + " tensors, got "
                    + JsonObject.shown(unknown.stream().sorted().findFirst().orElseThrow()) + ", too");
        }
        module.restore(state);
    }

    private static Set<String> transposed(Module module) {
        return module.parameters().stream()
                .filter(Parameter::outputsFirst)
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }

    private static Shape transposed(Shape matrix) {
        return Shape.of(matrix.size(1), matrix.size(0));
    }

    private static HeapTensor transposed(HeapTensor matrix) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        Object turned = Array.newInstance(matrix.values().getClass().getComponentType(), rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                System.arraycopy(matrix.values(), row * columns + column, turned, column * rows + row, 1);
            }
        }
        return HeapTensor.wrap(matrix.dtype(), transposed(matrix.shape()), turned);
    }
}
