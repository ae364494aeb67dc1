package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void anyValueReadsBackAsItWasWritten() {
        for (long seed = 0; seed < 3_000; seed++) {
            Object value = value(new Random(seed), 0);
            assertEquals(value, read(JsonWriter.compact(value)), "seed " + seed);
            assertEquals(value, read(JsonWriter.pretty(value)), "seed " + seed);
        }
    }

    @Test
    void anyDoubleReadsBackToTheLastBit() {
        List<Double> doubles = new ArrayList<>(List.of(
                0.0, -0.0, 1.0, 1e22, 0.1, 2.0E-3, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 100.0));
        Random random = new Random(1);
        while (doubles.size() < 20_000) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                doubles.add(value);
            }
        }
        for (double value : doubles) {
            String text = JsonWriter.compact(value);
            Object read = read(text);
            assertTrue(read instanceof Double, text);
            assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits((Double) read), text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "100, 1E+2",
        "4.9E-324, 5E-324",
        "0.3333333333333333, 0.3333333333333333",
        "123456.75, 123456.75",
        "7, 7.0",
        "-0.0, -0.0"
    })
    void doublesAreSpelledByTheFewestDigits(double value, String spelling) {
        assertEquals(spelling, JsonWriter.compact(value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numbersThatJsonHasNotAreNotWritten(double value) {
        var e = assertThrows(IllegalArgumentException.class, () -> JsonWriter.compact(value));
        assertEquals("json: numbers must be finite, got " + value, e.getMessage());
    }

    @Test
    void prettyTextHasAMemberALine() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("list", List.of(1L, "x"));
        value.put("nested", List.of(Map.of("a", true), Map.of()));
        value.put("null", JsonNull.NULL);
        assertEquals("""
                {
                  "list": [1, "x"],
                  "nested": [
                    {
                      "a": true
                    },
                    {}
                  ],
                  "null": null
                }
                """, JsonWriter.pretty(value));
    }

    @Test
    void everyFormOfTheGrammarIsRead() {
        assertEquals(
                List.of(1L, -1L, 0L, 1.5, 1e3, 1e-3, 12.0, "\"\\/\b\f\n\r\t\u00e9🎻", true, false, JsonNull.NULL),
                read(" [ 1 ,-1,0,1.5,1e3, 1E-3,1.2e+1 ,\t\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83c\\udfbb\",\r\n"
                        + "true,false,null ] "));
        assertEquals(Long.MIN_VALUE, read("-9223372036854775808"));
        assertEquals(-0.0, read("-0"));
        assertEquals(Map.of("", Map.of("a", List.of())), read("{\"\":{\"a\":[]}}"));
        assertEquals(List.of(List.of(), Map.of()), read("[[ ],{ }]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "`` ¦ 1 ¦ 1 ¦ must have a value here, got the end",
                "[1,] ¦ 1 ¦ 4 ¦ must have a value here, got \"]\"",
                "[1 2] ¦ 1 ¦ 4 ¦ must have «,» or «]» here, got \"2]\"",
                "[1 ¦ 1 ¦ 3 ¦ must have «,» or «]» here, got the end",
                "{\"a\" 1} ¦ 1 ¦ 6 ¦ must have «:» here, got \"1}\"",
                "{a:1} ¦ 1 ¦ 2 ¦ must have a key in quotes here, got \"a:1}\"",
                "{\"a\":1,} ¦ 1 ¦ 8 ¦ must have a key in quotes here, got \"}\"",
                "{\"a\":1,\"\\u0061\":2} ¦ 1 ¦ 8 ¦ must have each key once in an object, got \"\\\"\\\\u0061\\\":2}\"",
                "1 1 ¦ 1 ¦ 3 ¦ must end after its value, got \"1\"",
                "01 ¦ 1 ¦ 2 ¦ must end after its value, got \"1\"",
                "+1 ¦ 1 ¦ 1 ¦ must have a value here, got \"+1\"",
                ".5 ¦ 1 ¦ 1 ¦ must have a value here, got \".5\"",
                "1. ¦ 1 ¦ 3 ¦ must have a digit here, got the end",
                "1e ¦ 1 ¦ 3 ¦ must have a digit here, got the end",
                "- ¦ 1 ¦ 2 ¦ must have a digit here, got the end",
                "1e999 ¦ 1 ¦ 1 ¦ must have numbers that a double holds, got \"1e999\"",
                "9223372036854775808 ¦ 1 ¦ 1 ¦ must have integers of at most 64 bits, got \"9223372036854775808\"",
                "NaN ¦ 1 ¦ 1 ¦ must have a value here, got \"NaN\"",
                "tru ¦ 1 ¦ 1 ¦ must have a value here, got \"tru\"",
                "'x' ¦ 1 ¦ 1 ¦ must have a value here, got \"'x'\"",
                "\"x ¦ 1 ¦ 3 ¦ must close every quote, got the end",
                "\"\\x\" ¦ 1 ¦ 3 ¦ must have one of \"\\/bfnrtu after a backslash, got \"x\\\"\"",
                "\"\\u12g4\" ¦ 1 ¦ 6 ¦ must have four hexadecimal digits after \\u, got \"g4\\\"\"",
                "\"\\u١٢٣٤\" ¦ 1 ¦ 4 ¦ must have four hexadecimal digits after \\u, got \"١٢٣٤\\\"\"",
                "[1]// ¦ 1 ¦ 4 ¦ must end after its value, got \"//\"",
            })
    void whatIsNotStrictIsRefusedWithItsPlace(String text, int line, int column, String what) {
        var e = assertThrows(ModelFileException.class, () -> read(text));
        assertEquals("doc line " + line + " column " + column + ": " + what, e.getMessage());
    }

    @Test
    void placesCountLines() {
        var e = assertThrows(ModelFileException.class, () -> read("{\n  \"a\": 1,\n  \"b\": \"x\ny\"\n}"));
        assertEquals(
                "doc line 3 column 10: must escape control characters in text, got \"\\ny\\\"\\n}\"", e.getMessage());
    }

    @Test
    void nestingIsBounded() {
        int most = JsonReader.MOST_DEPTH;
        read("[".repeat(most) + "1" + "]".repeat(most));
        var e = assertThrows(ModelFileException.class, () -> read("[".repeat(1_000_000) + "]".repeat(1_000_000)));
        assertEquals(
                "doc line 1 column 66: must be nested at most 64 deep, got \"" + "[".repeat(30) + "\"", e.getMessage());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        var e = assertThrows(
                ModelFileException.class, () -> JsonReader.read(new byte[] {'"', (byte) 0xc3, '"'}, "doc"));
        assertEquals("doc: must be UTF-8 text, got bytes that are not", e.getMessage());
    }

    @Test
    void longDocumentsAreRefused() {
        byte[] bytes = new byte[JsonReader.MOST_BYTES + 1];
        var e = assertThrows(ModelFileException.class, () -> JsonReader.read(bytes, "doc"));
        assertEquals("doc: must have at most 67108864 bytes, got 67108865", e.getMessage());
    }

    @Test
    void mutatedTextIsReadOrRefused() {
        byte[] valid = JsonWriter.pretty(value(new Random(99), -2)).getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] mutated = valid.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(128);
            }
            try {
                Object value = JsonReader.read(mutated, "doc");
                assertEquals(value, read(JsonWriter.compact(value)), "seed " + seed);
            } catch (ModelFileException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "refused only " + refused);
    }

    private static Object read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), "doc");
    }

    private static Object value(Random random, int depth) {
        int kinds = depth < 3 ? 7 : 5;
        return switch (depth < 1 ? 5 + random.nextInt(2) : random.nextInt(kinds)) {
            case 0 -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(100);
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 2 -> random.nextBoolean();
            case 3 -> JsonNull.NULL;
            case 4 -> text(random);
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    /** Any UTF-16, halves of surrogate pairs among it. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        }
        return text.toString();
    }
}
