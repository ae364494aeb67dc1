package io.diapason.tuner.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceReaderTest {
    private static final String EXAMPLE = """
            {"lr":{"type":"float","low":1e-4,"high":0.1,"log":true},
             "layers":{"type":"int","low":1,"high":4},
             "units":{"type":"int","low":16,"high":512,"log":true},
             "optimizer":{"type":"categorical","choices":["adam","sgd"]},
             "momentum":{"type":"float","low":0,"high":0.99,"when":{"optimizer":["sgd"]}}}
            """;

    @Test
    void exampleReadsAsTheBuilderBuildsIt() {
        SearchSpace built = SearchSpace.define(s -> {
            s.floating("lr", 1e-4, 0.1).log();
            s.integer("layers", 1, 4);
            s.integer("units", 16, 512).log();
            s.choice("optimizer", "adam", "sgd");
            s.floating("momentum", 0, 0.99).when("optimizer", "sgd");
        });
        assertEquals(built, SearchSpace.parse(EXAMPLE));
        assertEquals(
                "{\"lr\":{\"type\":\"float\",\"low\":1e-4,\"high\":0.1,\"log\":true},"
                        + "\"layers\":{\"type\":\"int\",\"low\":1,\"high\":4},"
                        + "\"units\":{\"type\":\"int\",\"low\":16,\"high\":512,\"log\":true},"
                        + "\"optimizer\":{\"type\":\"categorical\",\"choices\":[\"adam\",\"sgd\"]},"
                        + "\"momentum\":{\"type\":\"float\",\"low\":0.0,\"high\":0.99,\"when\":{\"optimizer\":[\"sgd\"]}}}",
                built.toJson());
    }

    @Test
    void everyKeyReadsAndIsWrittenBack() {
        SearchSpace space = SearchSpace.parse("""
                {"a":{"type":"float","low":0,"high":1,"step":0.25,"grid":3,"prior":"normal","mean":0.5,"sd":0.1,"log":false},
                 "b":{"type":"int","low":2,"high":10,"step":2,"grid":4,"prior":"uniform"},
                 "c":{"type":"categorical","choices":[1,2.5,true,"x",[64],[128,64],[]],"weights":[1,2,3,4,5,6,7]},
                 "d":{"type":"int","low":1,"high":2,"when":{"b":{"min":4,"max":8},"c":[true,[128,64]]}},
                 "e":{"type":"int","low":1,"high":2,"when":{"b":[2,4]}},
                 "f":[1e-4,1e-3,1]}
                """);
        SearchSpace built = SearchSpace.define(s -> {
            s.floating("a", 0, 1).step(0.25).grid(3).normal(0.5, 0.1);
            s.integer("b", 2, 10).step(2).grid(4);
            s.choice("c", 1, 2.5, true, "x", List.of(64), List.of(128, 64), List.of())
                    .weights(1, 2, 3, 4, 5, 6, 7);
            s.integer("d", 1, 2).when("c", true, List.of(128, 64));
            s.integer("e", 1, 2).when("b", 2, 4);
            s.choice("f", 1e-4, 1e-3, 1);
        });
        assertEquals(built.parameters().subList(0, 3), space.parameters().subList(0, 3));
        assertEquals(built.parameters().subList(4, 6), space.parameters().subList(4, 6));
        assertEquals(
                List.of(
                        new Condition.Between("b", 4L, 8L),
                        new Condition.OneOf("c", List.of(Value.of(true), Value.of(List.of(128, 64))))),
                space.parameter("d").orElseThrow().when());
        assertEquals(space, SearchSpace.parse(space.toJson()));
        assertTrue(space.parameter("f").orElseThrow() instanceof CategoricalParameter f && f.ordered());
        assertFalse(space.parameter("c").orElseThrow() instanceof CategoricalParameter c && c.ordered());
    }

    // One refusal a row: the space's text, and its sentence after «space: ».
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|must hold at least one parameter, got none",
                "[1]|must be a JSON object, got a list",
                "{\"a\":5}|parameter a: must be an object or a list of choices, got 5",
                "{\"a\":null}|values must not be null, got null for a",
                "{\"a\":[1,2],\"a\":[3]}|every key must stand once, got \"a\" twice",
                "{\"a\":{\"type\":\"int\",\"low\":1,\"low\":2}}|every key must stand once, got \"low\" twice in a",
                "{\"a\":{\"low\":1}}|parameter a: type must be \"float\", \"int\" or \"categorical\", got none",
                "{\"a\":{\"type\":\"real\"}}|parameter a: type must be \"float\", \"int\" or \"categorical\", got \"real\"",
                "{\"a\":{\"type\":3}}|parameter a: type must be text, got 3",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"hihg\":1}}|parameter a: keys must be among grid, high, log, low, mean, prior, sd, step, type, when, got \"hihg\"",
                "{\"a\":{\"type\":\"categorical\",\"low\":0}}|parameter a: keys must be among choices, type, weights, when, got \"low\"",
                "{\"a\":{\"type\":\"float\",\"low\":0}}|parameter a: high must be given, got none",
                "{\"a\":{\"type\":\"float\",\"low\":\"0\",\"high\":1}}|parameter a: low must be a number, got \"0\"",
                "{\"a\":{\"type\":\"int\",\"low\":0.5,\"high\":1}}|parameter a: low must be a whole number, got 0.5",
                "{\"a\":{\"type\":\"float\",\"low\":1,\"high\":2,\"log\":\"yes\"}}|parameter a: log must be true or false, got \"yes\"",
                "{\"a\":{\"type\":\"float\",\"low\":2,\"high\":1}}|parameter a: low must be at most high, got low 2.0 and high 1.0",
                "{\"a\":{\"type\":\"int\",\"low\":2,\"high\":1}}|parameter a: low must be at most high, got low 2 and high 1",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":1e999}}|numbers must be finite, got 1e999 for a.high",
                "{\"a\":{\"type\":\"float\",\"low\":-1e308,\"high\":1e308}}|parameter a: low, high and their distance must be finite, got low -1e308 and high 1e308",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":1,\"log\":true}}|parameter a: low must be above 0 on a log range, got low 0.0 and high 1.0",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9,\"log\":true}}|parameter a: low must be above 0 on a log range, got low 0 and high 9",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9007199254740993}}|parameter a: low and high must lie between -2^53 and 2^53, got low 0 and high 9007199254740993",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":1,\"step\":0}}|parameter a: step must be finite and above 0, got 0.0",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":1,\"step\":0.3}}|parameter a: step must divide the range, got step 0.3, low 0.0 and high 1.0",
                "{\"a\":{\"type\":\"float\",\"low\":1,\"high\":9,\"step\":4,\"log\":true}}|parameter a: low must be above half a step on a log range, got low 1.0 and step 4.0",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9,\"step\":0}}|parameter a: step must be at least 1, got 0",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9,\"step\":2}}|parameter a: step must divide the range, got step 2, low 0 and high 9",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9,\"grid\":0}}|parameter a: grid must be from 1 to 1000000 points, got 0",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":9,\"grid\":2.5}}|parameter a: grid must be a whole number, got 2.5",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":9,\"prior\":\"beta\"}}|parameter a: prior must be \"uniform\" or \"normal\", got \"beta\"",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":9,\"prior\":\"normal\",\"mean\":1}}|parameter a: sd must be given, got none",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":9,\"prior\":\"normal\",\"mean\":1,\"sd\":0}}|parameter a: sd must be finite and above 0, got 0.0",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":9,\"prior\":\"normal\",\"mean\":10,\"sd\":1}}|parameter a: mean must lie between low and high, got mean 10.0, low 0.0 and high 9.0",
                "{\"a\":{\"type\":\"float\",\"low\":0,\"high\":9,\"mean\":1}}|parameter a: mean and sd must stand beside \"prior\":\"normal\", got mean 1.0 without it",
                "{\"a\":{\"type\":\"categorical\"}}|parameter a: choices must be given, got none",
                "{\"a\":{\"type\":\"categorical\",\"choices\":\"x\"}}|parameter a: choices must be a list, got \"x\"",
                "{\"a\":[]}|parameter a: choices must hold at least one value, got none",
                "{\"a\":[\"x\",\"y\",\"x\"]}|parameter a: choices must differ, got \"x\" twice",
                "{\"a\":[1,1.0]}|parameter a: choices must differ, got 1.0 twice",
                "{\"a\":[[1],[\"x\"]]}|parameter a: choices must be text, numbers, flags or lists of numbers, got a list of other things",
                "{\"a\":{\"type\":\"categorical\",\"choices\":[1,2],\"weights\":[1]}}|parameter a: there must be one weight a choice, got 1 weights and 2 choices",
                "{\"a\":{\"type\":\"categorical\",\"choices\":[1,2],\"weights\":[]}}|parameter a: there must be one weight a choice, got 0 weights and 2 choices",
                "{\"a\":{\"type\":\"categorical\",\"choices\":[1,2],\"weights\":[1,0]}}|parameter a: weights must be finite and above 0, got 0.0",
                "{\"a\":{\"type\":\"categorical\",\"choices\":[1,2],\"weights\":[1,\"x\"]}}|parameter a: weights must be a number, got \"x\"",
                "{\"a b\":[1]}|parameter \"a b\": name must be letters, digits and any of _ . - /, got \"a b\"",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":[1]}}}|parameter a: conditions must name parameters of the space (a), got b",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{}}}|parameter a: when must be an object of parents and their values, got an empty one",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":[1]}}|parameter a: when must be an object of parents and their values, got a list",
                "{\"b\":[1],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":1}}}|parameter a: when.b must be a list of values or an object of min and max, got 1",
                "{\"b\":[1],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":[]}}}|parameter a: when.b must name at least one value, got an empty list",
                "{\"b\":[1],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":{}}}}|parameter a: when.b must have min, max or both, got none",
                "{\"b\":[1],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":{\"mim\":1}}}}|parameter a: when.b must have min, max or both, got \"mim\"",
                "{\"b\":[1],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":{\"min\":1}}}}|parameter a: min and max must be conditions on an int, got the categorical b",
                "{\"b\":[1,2],\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":[3]}}}|parameter a: conditions must name values that can occur, got 3 of {\"type\":\"categorical\",\"choices\":[1,2]} for b",
                "{\"b\":{\"type\":\"int\",\"low\":0,\"high\":4,\"step\":2},\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":{\"min\":3,\"max\":3}}}}|parameter a: conditions must name values that can occur, got {\"min\":3,\"max\":3} of {\"type\":\"int\",\"low\":0,\"high\":4,\"step\":2} for b",
                "{\"b\":{\"type\":\"int\",\"low\":0,\"high\":4},\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":{\"min\":5}}}}|parameter a: conditions must name values that can occur, got {\"min\":5} of {\"type\":\"int\",\"low\":0,\"high\":4} for b",
                "{\"b\":{\"type\":\"float\",\"low\":0,\"high\":4},\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":[1]}}}|parameter a: conditions must be on an int or a categorical, got the float b",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"b\":[1]}},\"b\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"a\":[1]}}}|space: conditions must not form a circle, got a -> b -> a",
                "{\"a\":{\"type\":\"int\",\"low\":0,\"high\":1,\"when\":{\"a\":[1]}}}|space: conditions must not form a circle, got a -> a",
                "{\"a\":[1]} {}|must be one JSON object, got more after it",
            })
    void wrongSpacesAreRefusedInOneSentence(String json, String sentence) {
        SpaceException e = assertThrows(SpaceException.class, () -> SearchSpace.parse(json));
        assertEquals("space: " + sentence, e.getMessage());
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        SpaceException e = assertThrows(SpaceException.class, () -> SearchSpace.parse("{\"a\":\n [1,}"));
        assertTrue(
                e.getMessage().startsWith("space line 2 column ")
                        && e.getMessage().contains(": must be JSON, got "),
                e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
        SpaceException nothing = assertThrows(SpaceException.class, () -> SearchSpace.parse(" "));
        assertEquals("space: must be a JSON object, got nothing", nothing.getMessage());
        SpaceException cut = assertThrows(SpaceException.class, () -> SearchSpace.parse("{\"a\":{\"low\":1"));
        assertTrue(cut.getMessage().toLowerCase(Locale.ROOT).contains("end"), cut.getMessage());
    }

    @Test
    void aFileIsNamedInItsErrors(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("my-space.json");
        Files.writeString(file, EXAMPLE);
        assertEquals(SearchSpace.parse(EXAMPLE), SearchSpace.read(file));
        Files.writeString(file, "{\"a\":[]}");
        assertEquals(
                "my-space.json: parameter a: choices must hold at least one value, got none",
                assertThrows(SpaceException.class, () -> SearchSpace.read(file)).getMessage());
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(
                "my-space.json: must be text in UTF-8, got other bytes",
                assertThrows(SpaceException.class, () -> SearchSpace.read(file)).getMessage());
    }
}
