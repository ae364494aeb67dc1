package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void bytesAreThoseOfTheDescription() throws IOException {
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        tensors.put("w", HeapTensor.wrap(DType.FLOAT32, Shape.of(1, 2), new float[] {1, -2}));
        byte[] bytes = bytes(new Safetensors(tensors, Map.of("format", "pt")));
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        assertEquals(
                padded.length(),
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        assertEquals(0, padded.length() % 8);
        assertEquals(padded, new String(bytes, 8, padded.length(), StandardCharsets.UTF_8));
        assertEquals("0000803f000000c0", HexFormat.of().formatHex(bytes, 8 + padded.length(), bytes.length));
    }

    @Test
    void tensorsOfAnyTypeAndShapeReadBackToTheLastBit() throws IOException {
        List<DType> types = List.of(DType.values());
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<String, HeapTensor> tensors = new LinkedHashMap<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                int[] sizes = new int[random.nextInt(4)];
                for (int d = 0; d < sizes.length; d++) {
                    sizes[d] = random.nextInt(5);
                }
                DType dtype = types.get(random.nextInt(types.size()));
                tensors.put("naïve \"" + random.nextInt(), random(dtype, Shape.of(sizes), random));
            }
            Safetensors written = new Safetensors(tensors, random.nextBoolean() ? Map.of() : Map.of("a\n", "ü"));
            byte[] bytes = bytes(written);
            assertEquals(bytes.length, written.bytes(), "seed " + seed);
            assertSame(written, read(bytes), "seed " + seed);
            Path file = folder.resolve("x.safetensors");
            written.write(file);
            assertSame(written, Safetensors.read(file), "seed " + seed);
            assertArrayEquals(bytes, bytes(read(bytes)), "seed " + seed);
        }
    }

    private static HeapTensor random(DType dtype, Shape shape, Random random) {
        int n = (int) shape.elements();
        float[] floats = new float[n];
        double[] doubles = new double[n];
        byte[] truths = new byte[n];
        for (int i = 0; i < n; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
            doubles[i] = Double.longBitsToDouble(random.nextLong());
            truths[i] = (byte) random.nextInt(2);
        }
        return HeapTensor.wrap(
                dtype,
                shape,
                switch (dtype) {
                    case FLOAT32 -> floats;
                    case FLOAT64 -> doubles;
                    case INT32 -> random.ints(n).toArray();
                    case INT64 -> random.longs(n).toArray();
                    case BOOL -> truths;
                });
    }

    @Test
    void manyNumbersPassThroughTheirChunks() throws IOException {
        float[] values = new float[200_003];
        Random random = new Random(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Safetensors written =
                new Safetensors(Map.of("x", HeapTensor.wrap(DType.FLOAT32, Shape.of(values.length), values)), Map.of());
        assertSame(written, read(bytes(written)), "chunks");
    }

    /** Written by safetensors 0.8.0 for Python, {@code save({…}, metadata={"by": "hand"})} of NumPy 2.4.6 arrays. */
    @Test
    void filesOfPythonsLibraryAreRead() throws IOException {
        String header =
                "{\"__metadata__\":{\"by\":\"hand\"},\"l\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},"
                        + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,2],\"data_offsets\":[16,16]},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[16,24]},"
                        + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[24,28]},"
                        + "\"t\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[28,30]}}       ";
        byte[] data = HexFormat.of().parseHex("07000000000000009a9999999999b93f0000803f000020c0fdffffff0100");
        byte[] python = file(header, data.length);
        System.arraycopy(data, 0, python, python.length - data.length, data.length);
        Safetensors read = read(python);
        assertEquals(Map.of("by", "hand"), read.metadata());
        assertEquals(
                Map.of(
                        "l", HeapTensor.of(7L),
                        "d", HeapTensor.wrap(DType.FLOAT64, Shape.of(1), new double[] {0.1}),
                        "e", HeapTensor.wrap(DType.FLOAT32, Shape.of(0, 2), new float[0]),
                        "w", HeapTensor.wrap(DType.FLOAT32, Shape.of(1, 2), new float[] {1, -2.5f}),
                        "i", HeapTensor.wrap(DType.INT32, Shape.of(1), new int[] {-3}),
                        "t", HeapTensor.wrap(DType.BOOL, Shape.of(2), new byte[] {1, 0})),
                read.tensors());
        assertArrayEquals(python, bytes(read)); // and Diapason writes the same
    }

    @Test
    void widerElementsComeFirstSoThatAllAreAligned() throws IOException {
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        tensors.put("truth", HeapTensor.wrap(DType.BOOL, Shape.of(3), new byte[] {1, 0, 1}));
        tensors.put("single", HeapTensor.wrap(DType.FLOAT32, Shape.of(1), new float[] {1}));
        tensors.put("count", HeapTensor.of(-2L));
        tensors.put("int", HeapTensor.wrap(DType.INT32, Shape.of(1), new int[] {3}));
        tensors.put("double", HeapTensor.of(1.5));
        byte[] bytes = bytes(new Safetensors(tensors, Map.of()));
        String header = "{\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"double\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]},"
                + "\"single\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]},"
                + "\"int\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[20,24]},"
                + "\"truth\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[24,27]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        assertEquals(padded, new String(bytes, 8, padded.length(), StandardCharsets.UTF_8));
        assertEquals(
                "feffffffffffffff" + "000000000000f83f" + "0000803f" + "03000000" + "010001",
                HexFormat.of().formatHex(bytes, 8 + padded.length(), bytes.length));
    }

    @Test
    void aFileOfTensorsAloneIsWrittenAndRead() {
        Path file = folder.resolve("state.safetensors");
        Map<String, HeapTensor> tensors = Map.of("step", HeapTensor.of(7L), "best", HeapTensor.of(0.25));
        Safetensors.write(file, tensors);
        assertEquals(tensors, Safetensors.read(file).tensors());
        Safetensors.write(file, Map.of());
        assertEquals(Map.of(), Safetensors.read(file).tensors());
    }

    @Test
    void truthsAreZeroOrOne() {
        byte[] file = file("{\"t\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2);
        file[file.length - 1] = (byte) 200;
        assertEquals(
                "x: must have bytes 0 or 1 in the BOOL tensor \"t\", got 200",
                assertThrows(ModelFileException.class, () -> read(file)).getMessage());
    }

    @Test
    void tensorsMayLieInAnotherOrderThanTheHeaderHas() throws IOException {
        Safetensors read = read(file(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                        + "\"e\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
                8));
        assertEquals(List.of("a", "e", "b"), List.copyOf(read.tensors().keySet()));
        assertEquals(Shape.scalar(), read.tensors().get("a").shape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "F16 ¦ [1] ¦ [0,4] ¦ 4 ¦ x header: t.dtype must be one of [F32, F64, I32, I64, BOOL], got \"F16\"",
                "F32 ¦ [2] ¦ [0,4] ¦ 4 ¦ x: must have 4 bytes for each element of tensor \"t\" of shape [2], got 4",
                "I64 ¦ [2] ¦ [0,8] ¦ 8 ¦ x: must have 8 bytes for each element of tensor \"t\" of shape [2], got 8",
                "BOOL ¦ [2] ¦ [0,8] ¦ 8 ¦ x: must have 1 byte for each element of tensor \"t\" of shape [2], got 8",
                "F32 ¦ [1] ¦ [4,0] ¦ 4 ¦ x header: t.data_offsets must be a begin and an end not before it, got a list",
                "F32 ¦ [1] ¦ [0] ¦ 4 ¦ x header: t.data_offsets must be a begin and an end not before it, got a list",
                "F32 ¦ [-1] ¦ [0,4] ¦ 4 ¦ x header: t.shape must be a list of integers of at least 0, got a list",
                "F32 ¦ [1.0] ¦ [0,4] ¦ 4 ¦ x header: t.shape must be a list of integers of at least 0, got a list",
                "F32 ¦ 1 ¦ [0,4] ¦ 4 ¦ x header: t.shape must be a list, got 1",
                "F32 ¦ [2147483647,2147483647,2147483647] ¦ [0,4] ¦ 4"
                        + " ¦ x header: t.shape must be sizes whose product fits 31 bits, got a list",
                "F32 ¦ [4294967296] ¦ [0,4] ¦ 4"
                        + " ¦ x header: t.shape must be sizes whose product fits 31 bits, got a list",
                "F32 ¦ [1] ¦ [4,8] ¦ 8 ¦ x: must have tensors one after another without gap or overlap,"
                        + " got \"t\" at byte 4 after byte 0",
                "F32 ¦ [1] ¦ [0,4] ¦ 5" + " ¦ x: must have as many bytes of data as its tensors take, 4, got 5",
                "F32 ¦ [536870911] ¦ [0,2147483644] ¦ 4"
                        + " ¦ x: must have as many bytes of data as its tensors take, 2147483644, got 4",
            })
    void tensorsThatDoNotFitTheirBytesAreRefused(String type, String shape, String offsets, int data, String message) {
        byte[] file = file(
                "{\"t\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}", data);
        assertEquals(
                message,
                assertThrows(ModelFileException.class, () -> read(file)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "[] ¦ x: must have a header that begins with «{», got byte 91",
                "` {}` ¦ x: must have a header that begins with «{», got byte 32",
                "{\"t\":1} ¦ x header: t must be an object, got 1",
                "{\"t\":{\"dtype\":\"F32\"}} ¦ x header: t.shape must be a list, got nothing",
                "{\"t\":{\"dtype\":\"F32\",\"x\":1}} ¦ x header: t must have no members but dtype, shape, data_offsets,"
                        + " got \"x\"",
                "{\"__metadata__\":{\"a\":1}} ¦ x header: __metadata__.a must be a text, got 1",
                "{\"t\":{},\"t\":{}} ¦ x header line 1 column 9: must have each key once in an object,"
                        + " got \"\\\"t\\\":{}}\"",
                "{}x ¦ x header line 1 column 3: must end after its value, got \"x\"",
            })
    void headersThatAreNotAsDescribedAreRefused(String header, String message) {
        byte[] file = file(header, 0);
        assertEquals(
                message,
                assertThrows(ModelFileException.class, () -> read(file)).getMessage());
    }

    @Test
    void overlappingTensorsAreRefused() {
        byte[] file = file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                8);
        assertEquals(
                "x: must have tensors one after another without gap or overlap, got \"b\" at byte 4 after byte 8",
                assertThrows(ModelFileException.class, () -> read(file)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 18446744073709551615", "0, 0", "1, 1", "9223372036854775807, 9223372036854775807", "11, 11"})
    void absurdHeaderLengthsAreRefused(long length, String shown) {
        byte[] file = file("{}", 8);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        assertEquals(
                "x: must have a header of 2 to 10 bytes, got " + shown,
                assertThrows(ModelFileException.class, () -> read(file)).getMessage());
    }

    @Test
    void filesWithoutALengthAndMissingFilesAreRefused() {
        assertEquals(
                "x: must begin with 8 bytes of header length, got 3 bytes",
                assertThrows(ModelFileException.class, () -> read(new byte[3])).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + ": must be a file, got none",
                assertThrows(ModelFileException.class, () -> Safetensors.read(missing))
                        .getMessage());
    }

    @Test
    void aStreamShorterThanItsLengthIsRefused() {
        byte[] file = file("{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 2);
        assertEquals(
                "x: must have " + (file.length + 2) + " bytes, got fewer",
                assertThrows(
                                ModelFileException.class,
                                () -> Safetensors.read(new ByteArrayInputStream(file), file.length + 2, "x"))
                        .getMessage());
    }

    @Test
    void theMetadataNameIsNoTensor() {
        HeapTensor tensor = HeapTensor.wrap(DType.FLOAT32, Shape.of(1), new float[1]);
        assertEquals(
                "safetensors: no tensor must be named __metadata__, which the format keeps for texts, got one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Safetensors(Map.of("__metadata__", tensor), Map.of()))
                        .getMessage());
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static byte[] bytes(Safetensors tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tensors.write(out);
        return out.toByteArray();
    }

    private static Safetensors read(byte[] bytes) throws IOException {
        return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, "x");
    }

    private static void assertSame(Safetensors expected, Safetensors actual, String message) {
        assertEquals(expected.metadata(), actual.metadata(), message);
        assertEquals(expected.tensors().keySet(), actual.tensors().keySet(), message);
        expected.tensors().forEach((name, tensor) -> {
            HeapTensor other = actual.tensors().get(name);
            assertEquals(tensor.dtype(), other.dtype(), message);
            assertEquals(tensor.shape(), other.shape(), message);
            assertArrayEquals(bits(tensor), bits(other), message);
        });
    }

    /** Of not-a-numbers, too. */
    private static long[] bits(HeapTensor tensor) {
        long[] bits = new long[(int) tensor.shape().elements()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = switch (tensor.dtype()) {
                case FLOAT32 -> Float.floatToRawIntBits(((float[]) tensor.values())[i]);
                case FLOAT64 -> Double.doubleToRawLongBits(((double[]) tensor.values())[i]);
                case INT32 -> ((int[]) tensor.values())[i];
                case INT64 -> ((long[]) tensor.values())[i];
                case BOOL -> ((byte[]) tensor.values())[i];
            };
        }
        return bits;
    }
}
