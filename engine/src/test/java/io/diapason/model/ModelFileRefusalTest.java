package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not a model is refused with one sentence each. */
class ModelFileRefusalTest {
    @TempDir
    Path folder;

    private Path file;
    private String json;
    private byte[] weights;

    @BeforeEach
    void aValidFileTakenApart() throws IOException {
        file = folder.resolve("m.diapason");
        try (TabularModel model = ModelFixtures.regressor()) {
            model.save(file);
        }
        json = ModelFixtures.json(file);
        weights = ModelFixtures.entry(file, "weights.safetensors");
    }

    @Test
    void aValidFilePutTogetherAgainLoads() throws IOException {
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", weights);
        TabularModel.load(file).close();
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        Files.delete(file);
        assertRefused(" must be a model file, got none");
        Files.createDirectory(file);
        assertRefused(" must be a model file, got a folder");
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        Files.writeString(file, "id,age\n1,2\n");
        assertRefused(" must be a Diapason model, got a file that is no zip");
        Files.write(file, new byte[0]);
        assertRefused(" must be a Diapason model, got a file that is no zip");
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 2; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(" must end as zip files do, got one that is cut off or goes on");
        }
    }

    @Test
    void aDamagedByteIsToldByItsChecksum() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int weightsBegin = new String(whole, StandardCharsets.ISO_8859_1).indexOf("{\"__metadata__") - 8;
        whole[weightsBegin + weights.length - 3] ^= 4;
        Files.write(file, whole);
        String message = refused();
        assertTrue(
                message.startsWith(file + ": must be a whole model file, got a damaged zip: invalid entry CRC"),
                message);
    }

    @Test
    void foreignMissingRepeatedAndFurtherEntriesAreRefused() throws IOException {
        String must = " must hold model.json and weights.safetensors in this order, got ";
        ModelFixtures.zip(file, "../model.json", json, "weights.safetensors", weights);
        assertRefused(must + "\"../model.json\" for model.json");
        ModelFixtures.zip(file, "weights.safetensors", weights, "model.json", json);
        assertRefused(must + "\"weights.safetensors\" for model.json");
        ModelFixtures.zip(file, "model.json", json);
        assertRefused(must + "nothing for weights.safetensors");
        ModelFixtures.zip(file, "model.json", json, "Model.json", weights);
        assertRefused(must + "\"Model.json\" for weights.safetensors");
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", weights, "x/y", "");
        assertRefused(" must hold model.json and weights.safetensors and nothing else, got \"x/y\" after them");
        Files.write(file, emptyZip());
        assertRefused(must + "nothing for model.json");
    }

    @Test
    void aRepeatedEntryIsRefused() throws IOException {
        ModelFixtures.zip(file, "model.json", json, "nodel.json", json);
        rename("nodel.json", "model.json");
        assertRefused(" must hold model.json and weights.safetensors in this order, got \"model.json\" for"
                + " weights.safetensors");
    }

    @Test
    void anEntryThatClaimsToBeLargerThanTheFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(18, 0x7ffffff0).putInt(22, 0x7ffffff0);
        Files.write(file, whole);
        assertRefused(" entries must not be larger than the file of " + whole.length + " bytes, got model.json of "
                + 0x7ffffff0);
    }

    @Test
    void aDocumentThatIsNotJsonIsRefused() throws IOException {
        ModelFixtures.zip(file, "model.json", "{\n  \"format\": diapason-model\n}", "weights.safetensors", weights);
        assertRefused(" model.json line 2 column 13: must have a value here, got \"diapason-model\\n}\"");
        ModelFixtures.zip(file, "model.json", "[]", "weights.safetensors", weights);
        assertRefused(" model.json: must be an object, got a list");
    }

    @Test
    void aNewerVersionIsNamedBeforeAnythingElseOfIt() throws IOException {
        ModelFixtures.zip(
                file,
                "model.json",
                "{\"format\":\"diapason-model\",\"version\":3,\"trees\":[]}",
                "trees.bin",
                "",
                "x",
                "");
        assertRefused(" must be of format version 1 to 2, got 3: it was written by a newer Diapason; update Diapason to"
                + " read it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "\"norm\": \"batch\" ¦ \"norm\": \"group\" ¦ network.norm must be one of [none, batch, layer], got"
                        + " \"group\"",
                "\"norm\": \"batch\" ¦ \"norms\": \"batch\" ¦ network must have no members but kind, in, hidden, out,"
                        + " activation, dropout, norm, residual, got \"norms\"",
                "\"residual\": true ¦ \"residual\": 1 ¦ network.residual must be true or false, got 1",
                "\"mish\" ¦ \"swish\" ¦ network.activation must be one of [relu, tanh, gelu, selu, silu, mish,"
                        + " sigmoid, softplus, identity], got \"swish\"",
                "\"version\": 2 ¦ \"version\": 1 ¦ network must have no members but kind, in, hidden, out,"
                        + " activation, dropout, got \"norm\"",
                "\"norm\": \"batch\" ¦ \"norm\": \"layer\" ¦ WEIGHTS must hold the 127 numbers of the network, got 153",
                "\"norm\": \"batch\" ¦ \"norm\": \"none\" ¦ WEIGHTS must hold the 103 numbers of the network, got 153",
                "\"residual\": true ¦ \"residual\": false ¦ WEIGHTS must hold the tensor 3.weight as float32 [6, 6], got"
                        + " none so named",
            })
    void documentsOfVersion2ThatSayWhatCannotBeAreRefused(String valid, String wrong, String message)
            throws IOException {
        try (TabularModel model = ModelFixtures.normalised()) {
            Files.delete(file);
            model.save(file);
        }
        String second = ModelFixtures.json(file);
        assertTrue(second.contains(valid), valid);
        byte[] values = ModelFixtures.entry(file, "weights.safetensors");
        ModelFixtures.zip(file, "model.json", second.replace(valid, wrong), "weights.safetensors", values);
        assertRefused(
                message.startsWith("WEIGHTS ")
                        ? " weights.safetensors: " + message.substring(8)
                        : " model.json: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "\"diapason-model\" ¦ \"keras\" ¦ format must be \"diapason-model\", got \"keras\"",
                "\"version\": 1 ¦ \"version\": 1.0 ¦ version must be an integer from 1 to 2^31-1, got 1.0",
                "\"version\": 1 ¦ \"version\": 0 ¦ version must be an integer from 1 to 2^31-1, got 0",
                "\"version\": 1 ¦ \"version\": 1, \"more\": 2 ¦ the document must have no members but format, version,"
                        + " target, columns, network, provenance, got \"more\"",
                "\"regression\" ¦ \"ranking\" ¦ target.task must be classification or regression, got \"ranking\"",
                "\"the target\" ¦ 5 ¦ target.column must be a text, got 5",
                "1234.5 ¦ \"1234.5\" ¦ target.mean must be a number, got \"1234.5\"",
                "1234.5 ¦ null ¦ target.mean must be a number, got null",
                "0.3333333333333333 ¦ 0 ¦ target: target: mean must be finite and standard deviation finite and above"
                        + " 0, got 1234.5 and 0.0",
                "\"regression\" ¦ \"classification\" ¦ target must have no members but column, task, classes, got"
                        + " \"mean\"",
                "\"boolean\" ¦ \"date\" ¦ columns[2].kind must be numeric, boolean or categorical, got \"date\"",
                "23.021983380021805 ¦ -1 ¦ columns[0]: column «age»: mean must be finite and standard deviation finite"
                        + " and above 0, got 35.0625 and -1.0",
                "\"income\" ¦ \"age\" ¦ preprocessing: must have encoders of different columns, at least one, got"
                        + " [age, age, member, city \"x\" ]",
                "\"missing_seen\": true ¦ \"missing_seen\": 1 ¦ columns[0].missing_seen must be true or false, got 1",
                "[\"Paris\", ¦ [\"🎻\", ¦ columns[3]: column «city \"x\" »: categories must differ and none be empty,"
                        + " got [🎻, Łódź, 🎻]",
                "[\"Paris\", ¦ [1, ¦ columns[3].categories must be a list of texts, got a list",
                "\"mlp\" ¦ \"forest\" ¦ network.kind must be mlp, got \"forest\"",
                "\"gelu\" ¦ \"swish\" ¦ network.activation must be one of [relu, tanh, gelu], got \"swish\"",
                "\"dropout\": 0.0 ¦ \"dropout\": 1.5 ¦ mlp: dropout must be at least 0 and below 1, got 1.5",
                "\"dropout\": 0.0 ¦ \"depth\": 0.0 ¦ network must have no members but kind, in, hidden, out,"
                        + " activation, dropout, got \"depth\"",
                "[6] ¦ [0] ¦ network.hidden must be a list of integers from 1 to 2^31-1, got a list",
                "[6] ¦ 6 ¦ network.hidden must be a list, got 6",
                "\"in\": 8 ¦ \"in\": 9 ¦ model: the network must map 8 features to 1 outputs, got one of 9 to 1",
                "\"out\": 1 ¦ \"out\": 3 ¦ model: the network must map 8 features to 1 outputs, got one of 8 to 3",
                "\"in\": 8 ¦ \"in\": 8, \"in\": 8 ¦ LINE",
                "\"seed\": 7 ¦ \"seed\": null ¦ model: provenance.seed must be text, number, boolean, list or map, got"
                        + " io.diapason.model.JsonNull",
            })
    void documentsThatSayWhatCannotBeAreRefused(String valid, String wrong, String message) throws IOException {
        assertTrue(json.contains(valid), valid);
        int at = json.indexOf(valid);
        String changed = json.substring(0, at) + wrong + json.substring(at + valid.length());
        ModelFixtures.zip(file, "model.json", changed, "weights.safetensors", weights);
        assertRefused(
                message.equals("LINE")
                        ? " model.json line 40 column 14: must have each key once in an object, got \"\\\"in\\\": 8,\\n"
                                + "    \\\"hidden\\\": [6],\\n  \""
                        : " model.json: " + message);
    }

    @Test
    void aNetworkTooLargeForItsWeightsIsRefusedBeforeMemoryIsTaken() throws IOException {
        String huge = json.replaceFirst("\\[6]", "[2147483647, 2147483647]");
        ModelFixtures.zip(file, "model.json", huge, "weights.safetensors", weights);
        assertRefused(" weights.safetensors: must hold the at least 19327352823 numbers of the network, got 61");
        ModelFixtures.zip(file, "model.json", json.replaceFirst("\\[6]", "[5]"), "weights.safetensors", weights);
        assertRefused(" weights.safetensors: must hold the 51 numbers of the network, got 61");
    }

    @Test
    void weightsOfOtherShapesNamesOrNumbersAreRefused() throws IOException {
        replaceWeights("\"shape\":[6,8]", "\"shape\":[8,6]");
        assertRefused(" weights.safetensors: must hold the tensor 0.weight as float32 [6, 8], got float32 [8, 6]");
        replaceWeights("\"0.weight\"", "\"9.weight\"");
        assertRefused(" weights.safetensors: must hold the tensor 0.weight as float32 [6, 8], got none so named");
        replaceWeights("\"F32\"", "\"F16\"");
        assertRefused(" weights.safetensors header: 0.weight.dtype must be one of [F32, F64, I32, I64, BOOL], got"
                + " \"F16\"");
        replaceWeights("\"F32\"", "\"I32\"");
        assertRefused(" weights.safetensors: must hold the tensor 0.weight as float32 [6, 8], got int32 [6, 8]");
        byte[] infinite = weights.clone();
        ByteBuffer.wrap(infinite).order(ByteOrder.LITTLE_ENDIAN).putFloat(infinite.length - 4, Float.NEGATIVE_INFINITY);
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", infinite);
        assertRefused(" weights.safetensors: must hold finite numbers, got -Infinity in the tensor 2.bias");
        byte[] absurd = weights.clone();
        ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60);
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", absurd);
        assertRefused(" weights.safetensors: must have a header of 2 to " + (weights.length - 8)
                + " bytes, got 1152921504606846976");
    }

    @Test
    void aFurtherEmptyTensorIsRefused() throws IOException {
        Path loose = Files.write(folder.resolve("w"), weights);
        Map<String, HeapTensor> tensors =
                new LinkedHashMap<>(Safetensors.read(loose).tensors());
        tensors.put("more", HeapTensor.wrap(DType.FLOAT32, Shape.of(0), new float[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Safetensors(tensors, Map.of()).write(out);
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", out.toByteArray());
        assertRefused(" weights.safetensors: must hold nothing but the module's 4 tensors, got \"more\", too");
    }

    private void replaceWeights(String valid, String wrong) throws IOException {
        byte[] changed = new String(weights, StandardCharsets.ISO_8859_1)
                .replace(valid, wrong)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(weights.length, changed.length);
        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", changed);
    }

    private void rename(String from, String to) throws IOException {
        Files.write(
                file,
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .replace(from, to)
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] emptyZip() {
        byte[] end = new byte[22];
        end[0] = 'P';
        end[1] = 'K';
        end[2] = 5;
        end[3] = 6;
        return end;
    }

    private void assertRefused(String message) {
        assertEquals(file + ":" + message, refused());
    }

    private String refused() {
        return assertThrows(ModelFileException.class, () -> TabularModel.load(file))
                .getMessage();
    }
}
