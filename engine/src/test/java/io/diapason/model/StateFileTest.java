package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nn.Activation;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.BatchNormConfig;
import io.diapason.nn.Embedding;
import io.diapason.nn.LayerNorm;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.nn.Residual;
import io.diapason.nn.Sequential;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("net.safetensors");
    }

    private static Module network(Scope scope, long seed) {
        return new Sequential(
                new Linear(scope, 2, 3, Rng.of(seed)),
                new BatchNorm1d(scope, 3),
                Activation.MISH,
                new Residual(new Linear(scope, 3, 3, Rng.of(seed + 1)), new LayerNorm(scope, 3)));
    }

    private static void train(Module module) {
        try (Scope scope = Scope.open()) {
            module.forward(scope.normal(DType.FLOAT32, Shape.of(6, 2), 1, 2, Rng.of(3)), Pass.training(Rng.of(1), 0));
        }
    }

    @Test
    void aLoadedModuleHasTheSavedBits() throws IOException {
        try (Scope scope = Scope.open()) {
            Module saved = network(scope, 1);
            train(saved);
            StateFile.save(saved, file);
            Module loaded = network(scope, 50);
            assertNotEquals(saved.state(), loaded.state());
            StateFile.load(loaded, file);
            assertEquals(saved.state(), loaded.state());
            byte[] bytes = Files.readAllBytes(file);
            StateFile.save(loaded, file);
            assertArrayEquals(bytes, Files.readAllBytes(file));
        }
    }

    @Test
    void float64ModulesAreSavedAsTheyAre() {
        try (Scope scope = Scope.open()) {
            BatchNormConfig config = BatchNormConfig.of(2).withType(DType.FLOAT64);
            Module saved = new Sequential(new BatchNorm1d(scope, config), linear64(scope, 1));
            Module loaded = new Sequential(new BatchNorm1d(scope, config), linear64(scope, 2));
            StateFile.save(saved, file);
            StateFile.load(loaded, file);
            assertEquals(saved.state(), loaded.state());
            assertEquals(
                    DType.FLOAT64,
                    Safetensors.read(file).tensors().get("1.weight").dtype());
        }
    }

    private static Linear linear64(Scope scope, long seed) {
        return new Linear(
                scope,
                DType.FLOAT64,
                2,
                3,
                Linear.start(DType.FLOAT64, 2),
                Linear.start(DType.FLOAT64, 2),
                Rng.of(seed));
    }

    @Test
    void namesShapesAndTypesAreThoseOfPyTorch() {
        try (Scope scope = Scope.open()) {
            StateFile.save(network(scope, 1), file);
            Map<String, String> found = new LinkedHashMap<>();
            Safetensors.read(file).tensors().forEach((name, tensor) -> found.put(name, tensor.toString()));
            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("1.num_batches_tracked", "int64 []");
            expected.put("0.weight", "float32 [3, 2]");
            expected.put("0.bias", "float32 [3]");
            expected.put("1.weight", "float32 [3]");
            expected.put("1.bias", "float32 [3]");
            expected.put("1.running_mean", "float32 [3]");
            expected.put("1.running_var", "float32 [3]");
            expected.put("3.inner.0.weight", "float32 [3, 3]");
            expected.put("3.inner.0.bias", "float32 [3]");
            expected.put("3.inner.1.weight", "float32 [3]");
            expected.put("3.inner.1.bias", "float32 [3]");
            assertEquals(expected, found);
            assertEquals(Map.of("format", "pt"), Safetensors.read(file).metadata());
        }
    }

    @Test
    void weightsAreTransposedAndEmbeddingsAreNot() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 3, Rng.of(1));
            linear.weight().value().set(new float[] {1, 2, 3, 4, 5, 6}); // [in, out]
            Embedding embedding = new Embedding(scope, 2, 3, Rng.of(1));
            embedding.weight().value().set(new float[] {1, 2, 3, 4, 5, 6});
            StateFile.save(new Sequential(embedding, linear), file);
            Map<String, HeapTensor> tensors = Safetensors.read(file).tensors();
            assertEquals(heap(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), tensors.get("0.weight"));
            assertEquals(heap(Shape.of(3, 2), 1, 4, 2, 5, 3, 6), tensors.get("1.weight"));
        }
    }

    private static HeapTensor heap(Shape shape, float... values) {
        return HeapTensor.wrap(DType.FLOAT32, shape, values);
    }

    /** The bytes of {@code save_file(nn.Linear(2, 1).state_dict(), …)}, by hand from the format's description. */
    @Test
    void aFileWrittenByHandLoads() throws IOException {
        String header = "{\"bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[4,12]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        bytes.putFloat(0.5f).putFloat(2).putFloat(-3);
        Files.write(file, bytes.array());
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            StateFile.load(linear, file);
            // 2 · 10 − 3 · 1 + 0.5
            assertEquals(
                    17.5,
                    linear.forward(scope.of(Shape.of(1, 2), 10, 1f), Pass.inference())
                            .item());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsChanged() {
        try (Scope scope = Scope.open()) {
            Module module = network(scope, 1);
            train(module);
            Map<String, HeapTensor> state = module.state();
            assertRefused(module, ": must be a file, got none");
            StateFile.save(new Linear(scope, 2, 3, Rng.of(1)), file);
            assertRefused(module, ": must hold the tensor 0.weight as float32 [3, 2], got none so named");
            StateFile.save(new Sequential(new Linear(scope, 3, 2, Rng.of(1))), file);
            assertRefused(module, ": must hold the tensor 0.weight as float32 [3, 2], got float32 [2, 3]");
            StateFile.save(new Sequential(linear64(scope, 1)), file);
            assertRefused(module, ": must hold the tensor 0.weight as float32 [3, 2], got float64 [3, 2]");
            Map<String, HeapTensor> tensors = new LinkedHashMap<>(StateFile.tensors(network(scope, 2)));
            tensors.put("4.weight", HeapTensor.of(1.0));
            Safetensors.write(file, tensors);
            assertRefused(module, ": must hold nothing but the module's 11 tensors, got \"4.weight\", too");
            assertEquals(state, module.state());
        }
    }

    @Test
    void aDamagedFileIsRefusedWhereverItEndsAndNothingIsChanged() throws IOException {
        try (Scope scope = Scope.open()) {
            Module module = network(scope, 1);
            StateFile.save(network(scope, 2), file);
            Map<String, HeapTensor> state = module.state();
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                var e = assertThrows(ModelFileException.class, () -> StateFile.load(module, file));
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
            Files.write(file, Arrays.copyOf(whole, whole.length + 1));
            int data = whole.length
                    - 8
                    - (int) ByteBuffer.wrap(whole)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong();
            assertRefused(
                    module, ": must have as many bytes of data as its tensors take, " + data + ", got " + (data + 1));
            assertEquals(state, module.state());
        }
    }

    private void assertRefused(Module module, String message) {
        assertEquals(
                file + message,
                assertThrows(ModelFileException.class, () -> StateFile.load(module, file))
                        .getMessage());
    }

    @Test
    void aFileIsReplacedWholeAndNothingIsLeftBeside() throws IOException {
        try (Scope scope = Scope.open()) {
            StateFile.save(network(scope, 1), file);
            Linear linear = new Linear(scope, 2, 3, Rng.of(1));
            StateFile.save(linear, file);
            assertEquals(
                    List.of("weight", "bias"),
                    List.copyOf(Safetensors.read(file).tensors().keySet()));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(file), files.toList());
            }
            Path nowhere = folder.resolve("no/such");
            assertEquals(
                    nowhere + ": must be in a folder that exists, got none at " + nowhere.getParent()
                            + "; make the folder first",
                    assertThrows(ModelFileException.class, () -> StateFile.save(linear, nowhere))
                            .getMessage());
        }
    }

    @Test
    void sharedValuesAreInTheFileOnce() {
        try (Scope scope = Scope.open()) {
            Linear shared = new Linear(scope, 2, 2, Rng.of(1));
            Module module = new Sequential(shared, Activation.TANH, shared);
            StateFile.save(module, file);
            assertEquals(
                    List.of("0.weight", "0.bias"),
                    List.copyOf(Safetensors.read(file).tensors().keySet()));
            StateFile.load(module, file);
        }
    }

    @Test
    void aMatrixMarkedOtherwiseStaysAsItIs() {
        try (Scope scope = Scope.open()) {
            Parameter table = new Parameter("table", scope.ones(Shape.of(2, 3)), Parameter.Kind.WEIGHT, false);
            Module module = new Module() {
                @Override
                public io.diapason.tensor.Tensor forward(io.diapason.tensor.Tensor x, Pass pass) {
                    return x;
                }

                @Override
                public io.diapason.nn.Parts parts() {
                    return io.diapason.nn.Parts.of("table", table);
                }
            };
            StateFile.save(module, file);
            assertEquals(
                    Shape.of(2, 3),
                    Safetensors.read(file).tensors().get("table").shape());
        }
    }
}
