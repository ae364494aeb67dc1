package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diapason.data.ClassEncoder;
import io.diapason.data.ValueEncoder;
import io.diapason.nn.Activation;
import io.diapason.nn.Norm;
import io.diapason.tensor.HeapTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    Path folder;

    @Test
    void aLoadedModelPredictsTheSameBits() {
        for (Activation activation : Activation.values()) {
            for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(7), List.of(1, 33, 8))) {
                for (double dropout : new double[] {0, 0.5}) {
                    assertRoundTrip(ModelFixtures.model(
                            new ClassEncoder(ModelFixtures.ODD_CLASSES), hidden, activation, dropout));
                    assertRoundTrip(ModelFixtures.model(new ValueEncoder(-1e-7, 1e9 / 7), hidden, activation, dropout));
                }
            }
        }
    }

    @Test
    void aLoadedModelWithNormsAndResidualsPredictsTheSameBits() throws IOException {
        for (Norm norm : Norm.values()) {
            for (boolean residual : new boolean[] {false, true}) {
                for (double dropout : new double[] {0, 0.5}) {
                    assertRoundTrip(ModelFixtures.model(
                            new ValueEncoder(1, 2), List.of(5, 5, 3), Activation.GELU, dropout, norm, residual));
                    boolean first = norm == Norm.NONE && !residual;
                    assertTrue(ModelFixtures.json(folder.resolve("m.diapason"))
                            .contains("\"version\": " + (first ? 1 : 2)));
                }
            }
        }
    }

    @Test
    void theNetworkOfVersion2IsAsDocumented() throws IOException {
        Path file = folder.resolve("m.diapason");
        try (TabularModel model = ModelFixtures.normalised()) {
            model.save(file);
        }
        String json = ModelFixtures.json(file);
        assertTrue(json.startsWith("{\n  \"format\": \"diapason-model\",\n  \"version\": 2,"), json);
        assertTrue(json.contains("""
                  "network": {
                    "kind": "mlp",
                    "in": 8,
                    "hidden": [6, 6],
                    "out": 1,
                    "activation": "mish",
                    "dropout": 0.0,
                    "norm": "batch",
                    "residual": true
                  },
                """), json);
    }

    private void assertRoundTrip(TabularModel model) {
        Path file = folder.resolve("m.diapason");
        model.save(file);
        try (TabularModel loaded = TabularModel.load(file);
                model) {
            ModelFixtures.assertSamePredictions(
                    model, loaded, model.network().config().toString());
            assertEquals(model.encoder(), loaded.encoder());
            assertEquals(model.network().config(), loaded.network().config());
            assertEquals(model.provenance(), loaded.provenance());
            assertEquals(model.task(), loaded.task());
            assertEquals(model.target(), loaded.target());
        }
    }

    @Test
    void savingTwiceAndSavingWhatWasLoadedGiveTheSameBytesInAnyTimeZone() throws IOException {
        TimeZone zone = TimeZone.getDefault();
        Path first = folder.resolve("first.diapason");
        Path second = folder.resolve("second.diapason");
        Path third = folder.resolve("third.diapason");
        try (TabularModel model = ModelFixtures.classifier()) {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            model.save(first);
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            model.save(second);
            try (TabularModel loaded = TabularModel.load(first)) {
                loaded.save(third);
            }
        } finally {
            TimeZone.setDefault(zone);
        }
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(third));
    }

    @Test
    void theDocumentIsAsDocumented() throws IOException {
        Path file = folder.resolve("m.diapason");
        try (TabularModel model = ModelFixtures.regressor()) {
            model.save(file);
        }
        assertEquals("""
                {
                  "format": "diapason-model",
                  "version": 1,
                  "target": {
                    "column": "the target",
                    "task": "regression",
                    "mean": 1234.5,
                    "standard_deviation": 0.3333333333333333
                  },
                  "columns": [
                    {
                      "column": "age",
                      "kind": "numeric",
                      "mean": 35.0625,
                      "standard_deviation": 23.021983380021805,
                      "missing_seen": true
                    },
                    {
                      "column": "income",
                      "kind": "numeric",
                      "mean": 3.1,
                      "standard_deviation": 1.562049935181331,
                      "missing_seen": false
                    },
                    {
                      "column": "member",
                      "kind": "boolean",
                      "missing_seen": false
                    },
                    {
                      "column": "city \\"x\\"\\n",
                      "kind": "categorical",
                      "categories": ["Paris", "Łódź", "🎻"],
                      "other": false,
                      "missing_seen": true
                    }
                  ],
                  "network": {
                    "kind": "mlp",
                    "in": 8,
                    "hidden": [6],
                    "out": 1,
                    "activation": "gelu",
                    "dropout": 0.0
                  },
                  "provenance": {
                    "diapason": "0.1.0",
                    "seed": 7,
                    "lr": 0.1,
                    "test": {
                      "accuracy": 0.97,
                      "worst": "NaN"
                    },
                    "hidden": [6],
                    "odd": "\\"\\\\\\n\\u0000 ü 🎻"
                  }
                }
                """, ModelFixtures.json(file));
    }

    @Test
    void weightsAreNamedAndLaidOutAsPyTorchDoes() throws IOException {
        Path file = folder.resolve("m.diapason");
        try (TabularModel model = ModelFixtures.classifier()) {
            model.save(file);
            Path weights = Files.write(folder.resolve("w"), ModelFixtures.entry(file, "weights.safetensors"));
            Safetensors tensors = Safetensors.read(weights);
            assertEquals(
                    List.of("0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"),
                    List.copyOf(tensors.tensors().keySet()));
            HeapTensor last = tensors.tensors().get("6.weight");
            assertEquals("[6, 4]", last.shape().toString());
            float[] inMemory = model.network().parameters().get(4).value().toFloatArray();
            for (int in = 0; in < 4; in++) {
                for (int out = 0; out < 6; out++) {
                    assertEquals(inMemory[in * 6 + out], ((float[]) last.values())[out * 4 + in]);
                }
            }
        }
    }

    @Test
    void anEarlierModelIsReplaced() {
        Path file = folder.resolve("m.diapason");
        try (TabularModel first = ModelFixtures.classifier();
                TabularModel second = ModelFixtures.regressor()) {
            first.save(file);
            ModelFile.requireWritable(file);
            second.save(file);
            try (TabularModel loaded = TabularModel.load(file)) {
                ModelFixtures.assertSamePredictions(second, loaded, "replaced");
            }
        }
    }

    @Test
    void aModelOfANewerVersionMayBeReplaced() throws IOException {
        Path file = ModelFixtures.zip(
                folder.resolve("m.diapason"), "model.json", "{\"format\":\"diapason-model\",\"version\":9}");
        ModelFile.requireWritable(file);
    }

    @Test
    void aFileThatDiapasonDidNotWriteIsKept() throws IOException {
        Path foreign = ModelFixtures.zip(folder.resolve("other.zip"), "model.json", "{\"format\":\"other\"}");
        Path text = Files.writeString(folder.resolve("notes.txt"), "dear diary");
        Path empty = Files.createFile(folder.resolve("empty"));
        try (TabularModel model = ModelFixtures.regressor()) {
            for (Path file : List.of(foreign, text, empty)) {
                byte[] before = Files.readAllBytes(file);
                String message = file + ": must be a new file or a Diapason model to replace, got a file that Diapason"
                        + " did not write; choose another name";
                assertEquals(
                        message,
                        assertThrows(ModelFileException.class, () -> ModelFile.requireWritable(file))
                                .getMessage());
                assertEquals(
                        message,
                        assertThrows(ModelFileException.class, () -> model.save(file))
                                .getMessage());
                assertArrayEquals(before, Files.readAllBytes(file));
            }
        }
    }

    @Test
    void aPlaceWhereNoFileCanBeIsRefused() throws IOException {
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(
                missing.resolve("m.diapason"),
                " must be in a folder that exists, got none at " + missing + "; make the folder first");
        assertRefused(
                file.resolve("m.diapason"),
                " must be in a folder that exists, got a file at " + file + "; make the folder first");
        assertRefused(folder, " must be the name of a file to write, got a folder");
        assertRefused(Path.of("/"), " must be the name of a file to write, got a folder");
        assertRefused(Path.of(""), " must be the name of a file to write, got a folder");
    }

    @Test
    void aDeviceIsNotReplaced() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "skipped: this system has no /dev/null");
        assertRefused(device, " must be the name of a file to write, got a device or a pipe");
    }

    @Test
    void aFolderThatTakesNoFilesIsRefused() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc), "skipped: this system has no /proc, a folder that takes files of nobody");
        Path file = proc.resolve("m.diapason");
        var e = assertThrows(ModelFileException.class, () -> ModelFile.requireWritable(file));
        String start = "/proc/m.diapason: must be in a folder that can be written, got /proc where that fails: ";
        assertTrue(e.getMessage().startsWith(start) && e.getMessage().length() > start.length(), e.getMessage());
    }

    @Test
    void theCheckLeavesNothingBehind() throws IOException {
        ModelFile.requireWritable(folder.resolve("m.diapason"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void weightsThatAreNoNumbersAreNotSaved() throws IOException {
        Path file = folder.resolve("m.diapason");
        try (TabularModel model = ModelFixtures.regressor()) {
            model.save(file);
            byte[] before = Files.readAllBytes(file);
            float[] bias = {0, 0, Float.NaN, 0, 0, 0};
            model.network().parameters().get(1).value().set(bias);
            var e = assertThrows(ModelFileException.class, () -> model.save(file));
            assertEquals(
                    file + ": weights.safetensors: must hold finite numbers, got NaN in the tensor 0.bias",
                    e.getMessage());
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    @Test
    void anEntryCompressedLaterIsTold() throws IOException {
        Path file = folder.resolve("m.diapason");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new java.util.zip.ZipEntry("model.json"));
            out.write("{}".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                file + ": must hold entries stored without compression, got model.json compressed",
                assertThrows(ModelFileException.class, () -> TabularModel.load(file))
                        .getMessage());
    }

    @Test
    void provenanceComesBackInItsPlainForm() {
        try (TabularModel model = ModelFixtures.regressor()) {
            Map<?, ?> test = (Map<?, ?>) model.provenance().get("test");
            assertEquals("NaN", test.get("worst"));
            assertEquals(0.1, model.provenance().get("lr"));
            assertEquals(7L, model.provenance().get("seed"));
        }
    }

    private void assertRefused(Path path, String message) {
        assertEquals(
                path + ":" + message,
                assertThrows(ModelFileException.class, () -> ModelFile.requireWritable(path))
                        .getMessage());
    }
}
