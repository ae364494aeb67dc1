package io.diapason.tuner.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    /** A child declared before its parents, which needs both of them; a grandchild below it. */
    private static final SearchSpace SPACE = SearchSpace.define(s -> {
        s.floating("momentum", 0, 0.99).when("optimizer", "sgd").whenAtLeast("layers", 2);
        s.choice("optimizer", "adam", "sgd");
        s.integer("layers", 1, 4);
        s.choice("nesterov", true, false).when("optimizer", "sgd");
        s.integer("warmup", 1, 9).when("nesterov", true).whenAtMost("layers", 3);
    });

    @Test
    void activeParametersFollowTheirParents() {
        assertEquals(
                "{\"optimizer\":\"adam\",\"layers\":4}",
                params(Map.of("optimizer", "adam", "layers", 4)).toJson());
        assertEquals(
                "{\"momentum\":0.5,\"optimizer\":\"sgd\",\"layers\":2,\"nesterov\":true,\"warmup\":3}",
                params(Map.of("warmup", 3, "layers", 2, "optimizer", "sgd", "nesterov", true, "momentum", 0.5))
                        .toJson());
        assertEquals(
                "{\"optimizer\":\"sgd\",\"layers\":1,\"nesterov\":false}",
                params(Map.of("optimizer", "sgd", "layers", 1, "nesterov", false))
                        .toJson());
    }

    @Test
    void parentsStandFirstAndOtherwiseTheDeclaredOrderHolds() {
        assertEquals(
                List.of("optimizer", "layers", "momentum", "nesterov", "warmup"),
                SPACE.parentsFirst().stream().map(Parameter::name).toList());
    }

    @Test
    void checkBringsValuesIntoTheParametersKind() {
        SearchSpace space = SearchSpace.define(s -> {
            s.floating("lr", 0, 2);
            s.integer("units", 1, 64);
            s.choice("width", 1, 2);
            s.floating("rate", 0, 1).step(0.1);
        });
        Params checked = space.check(Params.parse("{\"rate\":0.30000000001,\"width\":2.0,\"units\":6.4e1,\"lr\":1}"));
        assertEquals("{\"lr\":1.0,\"units\":64,\"width\":2,\"rate\":0.3}", checked.toJson());
    }

    @Test
    void checkRefusesWhatIsNotInTheSpace() {
        assertEquals(
                "params: names must be among momentum, optimizer, layers, nesterov, warmup, got lr",
                refusal(Map.of("lr", 1)));
        assertEquals(
                "params: must have a value of layers, got {\"optimizer\":\"adam\"}",
                refusal(Map.of("optimizer", "adam")));
        assertEquals(
                "parameter optimizer: value must be one of \"adam\", \"sgd\", got \"rmsprop\"",
                refusal(Map.of("optimizer", "rmsprop", "layers", 1)));
        assertEquals(
                "parameter layers: value must be a whole number from 1 to 4, got 5",
                refusal(Map.of("optimizer", "adam", "layers", 5)));
        Params inactive =
                Params.of(Map.of("optimizer", "adam")).with("layers", 1).with("momentum", 0.1);
        assertEquals(
                "params: must not have a value of momentum, which is inactive beside the others, got "
                        + inactive.toJson(),
                assertThrows(SpaceException.class, () -> SPACE.check(inactive)).getMessage());
        SearchSpace rate = SearchSpace.define(s -> s.floating("rate", 0, 1).step(0.25));
        assertEquals(
                "parameter rate: value must be a number from 0.0 to 1.0 in steps of 0.25, got 0.3",
                assertThrows(SpaceException.class, () -> rate.check(Params.of(Map.of("rate", 0.3))))
                        .getMessage());
    }

    @Test
    void namesMustDiffer() {
        SpaceException e = assertThrows(
                SpaceException.class,
                () -> SearchSpace.define(s -> {
                    s.floating("lr", 0, 1);
                    s.choice("lr", 1, 2);
                }));
        assertEquals("space: parameters must have different names, got lr twice", e.getMessage());
    }

    @Test
    void oneParentStandsInOneConditionOnly() {
        SpaceException e = assertThrows(
                SpaceException.class,
                () -> SearchSpace.define(s -> {
                    s.integer("layers", 1, 4);
                    s.integer("units", 1, 4).whenAtLeast("layers", 2).whenAtMost("layers", 3);
                }));
        assertEquals("parameter units: conditions must have different parents, got layers twice", e.getMessage());
    }

    @Test
    void boundsThatAreNoNumbersAreRefused() {
        SpaceException e =
                assertThrows(SpaceException.class, () -> SearchSpace.define(s -> s.floating("lr", Double.NaN, 1)));
        assertEquals(
                "parameter lr: low, high and their distance must be finite, got low NaN and high 1.0", e.getMessage());
    }

    private static Params params(Map<String, Object> values) {
        return SPACE.check(Params.of(values));
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(SpaceException.class, () -> params(values)).getMessage();
    }
}
