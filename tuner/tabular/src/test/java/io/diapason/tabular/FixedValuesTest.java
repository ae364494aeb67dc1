package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedValuesTest {
    private static final SearchSpace MOMENTUM_OF_SGD =
            SearchSpace.parse("{\"momentum\":{\"type\":\"float\",\"low\":0,\"high\":0.99,\"when\":{\"optimizer\":"
                    + "[\"sgd\"]}},\"optimizer\":[\"adam\",\"sgd\"],\"lr\":{\"type\":\"float\",\"low\":0.1,"
                    + "\"high\":1}}");
    private static final SearchSpace DROPOUT_OF_DEEP = SearchSpace.parse(
            "{\"layers\":{\"type\":\"int\",\"low\":1,\"high\":4},\"dropout\":{\"type\":\"float\",\"low\":0,"
                    + "\"high\":0.5,\"when\":{\"layers\":{\"min\":3}}}}");
    private static final String OPTIMIZER = "\"optimizer\":{\"type\":\"categorical\",\"choices\":[\"adam\",\"sgd\"]}";
    private static final String LR = "\"lr\":{\"type\":\"float\",\"low\":0.1,\"high\":1.0}";

    private static String fix(SearchSpace space, Object... fixed) {
        return FixedValues.in(space, params(fixed)).toJson();
    }

    private static Params params(Object... namesAndValues) {
        Params params = Params.empty();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params = params.with((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    private static String only(String name, String value) {
        return "\"" + name + "\":{\"type\":\"categorical\",\"choices\":[" + value + "]}";
    }

    private static List<String> names(SearchSpace space) {
        return space.parameters().stream().map(parameter -> parameter.name()).toList();
    }

    @Test
    void nothingFixedLeavesTheSpaceAsItIs() {
        assertEquals(MOMENTUM_OF_SGD, FixedValues.in(MOMENTUM_OF_SGD, Params.empty()));
        assertEquals(DROPOUT_OF_DEEP, FixedValues.in(DROPOUT_OF_DEEP, Params.empty()));
        SearchSpace space = DefaultSpace.of(500);
        assertEquals(space, FixedValues.in(space, Params.empty()));
    }

    @Test
    void aFixedParameterHasOneChoiceInItsPlaceAndNewOnesFollow() {
        assertEquals(
                "{\"momentum\":{\"type\":\"float\",\"low\":0.0,\"high\":0.99,\"when\":{\"optimizer\":[\"sgd\"]}},"
                        + OPTIMIZER + "," + only("lr", "0.02") + "," + only("l2", "0.001") + "}",
                fix(MOMENTUM_OF_SGD, "l2", 0.001, "lr", 0.02));
    }

    @Test
    void aFixedParentFreesTheChildrenItAllows() {
        assertEquals(
                "{\"momentum\":{\"type\":\"float\",\"low\":0.0,\"high\":0.99}," + only("optimizer", "\"sgd\"") + ","
                        + LR + "}",
                fix(MOMENTUM_OF_SGD, "optimizer", "sgd"));
    }

    @Test
    void aFixedParentTakesAwayTheChildrenItForbids() {
        assertEquals("{" + only("optimizer", "\"adam\"") + "," + LR + "}", fix(MOMENTUM_OF_SGD, "optimizer", "adam"));
    }

    @Test
    void aFixedChildIsThereInEveryTrial() {
        assertEquals(
                "{" + only("momentum", "0.5") + "," + OPTIMIZER + "," + LR + "}",
                fix(MOMENTUM_OF_SGD, "momentum", 0.5));
    }

    @Test
    void aFixedChildOutlivesAFixedParentThatTheSpaceDidNotTieItTo() {
        assertEquals(
                "{" + only("momentum", "0.5") + "," + only("optimizer", "\"rmsprop\"") + "," + LR + "}",
                fix(MOMENTUM_OF_SGD, "momentum", 0.5, "optimizer", "rmsprop"));
    }

    @Test
    void aRangeOfAFixedIntParentIsDecidedByItsValue() {
        assertEquals(
                "{" + only("layers", "3") + ",\"dropout\":{\"type\":\"float\",\"low\":0.0,\"high\":0.5}}",
                fix(DROPOUT_OF_DEEP, "layers", 3));
        assertEquals("{" + only("layers", "2") + "}", fix(DROPOUT_OF_DEEP, "layers", 2));
        assertEquals(
                "{" + only("layers", "9") + ",\"dropout\":{\"type\":\"float\",\"low\":0.0,\"high\":0.5}}",
                fix(DROPOUT_OF_DEEP, "layers", 9),
                "a fixed value may lie outside the space's range");
    }

    @Test
    void childrenOfADroppedParentGoUnlessTheyAreFixed() {
        SearchSpace chain = SearchSpace.define(space -> {
            space.choice("optimizer", "adam", "sgd");
            space.choice("momentum", 0.0, 0.9).when("optimizer", "sgd");
            space.choice("nesterov", true, false).when("momentum", 0.9);
        });
        assertEquals("{" + only("optimizer", "\"adam\"") + "}", fix(chain, "optimizer", "adam"));
        assertEquals(
                "{" + only("optimizer", "\"adam\"") + "," + only("nesterov", "true") + "}",
                fix(chain, "optimizer", "adam", "nesterov", true));
        assertEquals(
                "{" + OPTIMIZER + "," + only("momentum", "0.9")
                        + ",\"nesterov\":{\"type\":\"categorical\",\"choices\":[true,false]}}",
                fix(chain, "momentum", 0.9),
                "a fixed momentum is there in every trial, and so is what depends on it");
    }

    @Test
    void childrenGoWithTheirParentsAlsoWhenTheyStandFirst() {
        SearchSpace backwards = SearchSpace.define(space -> {
            space.choice("nesterov", true, false).when("momentum", 0.9);
            space.choice("momentum", 0.0, 0.9).when("optimizer", "sgd");
            space.choice("optimizer", "adam", "sgd");
        });
        assertEquals("{" + only("optimizer", "\"adam\"") + "}", fix(backwards, "optimizer", "adam"));
    }

    @Test
    void severalConditionsLoseOnlyThoseOnFixedParents() {
        SearchSpace both = SearchSpace.define(space -> {
            space.choice("optimizer", "adam", "sgd");
            space.integer("layers", 1, 3);
            space.floating("momentum", 0, 0.9).when("optimizer", "sgd").when("layers", 2);
        });
        assertEquals(
                "{" + only("optimizer", "\"sgd\"") + ",\"layers\":{\"type\":\"int\",\"low\":1,\"high\":3},"
                        + "\"momentum\":{\"type\":\"float\",\"low\":0.0,\"high\":0.9,\"when\":{\"layers\":[2]}}}",
                fix(both, "optimizer", "sgd"));
    }

    @Test
    void hiddenTakesThePlaceOfLayersAndUnitsOfTheDefaultSpace() {
        assertEquals(
                List.of(
                        "activation",
                        "dropout",
                        "lr",
                        "batch_size",
                        "optimizer",
                        "momentum",
                        "weight_decay",
                        "l1",
                        "l2",
                        "hidden"),
                names(FixedValues.in(DefaultSpace.of(500), params("hidden", List.of(64, 32)))));
    }

    @Test
    void layersOrUnitsTakeThePlaceOfHiddenInASpace() {
        SearchSpace hidden = SearchSpace.parse("{\"hidden\":[[16],[32,16]],\"lr\":[0.1,0.2]}");
        assertEquals(List.of("lr", "layers"), names(FixedValues.in(hidden, params("layers", 2))));
        assertEquals(List.of("lr", "units"), names(FixedValues.in(hidden, params("units", 8))));
        assertEquals(List.of("hidden", "lr"), names(FixedValues.in(hidden, params("hidden", List.of(4)))));
    }

    @Test
    void whatDependsOnLayersGoesWithThem() {
        assertEquals("{" + only("hidden", "[8,8]") + "}", fix(DROPOUT_OF_DEEP, "hidden", List.of(8, 8)));
    }

    @Test
    void hiddenBesideLayersOrUnitsIsRefusedWhereverTheyAre() {
        String sentence = "parameter hidden: must not stand beside layers or units, got both; hidden names each layer's"
                + " units, layers and units make all layers equal";
        SearchSpace both = SearchSpace.parse("{\"hidden\":[[16],[8]],\"units\":[1,2]}");
        assertRefused(sentence, both);
        assertRefused(sentence, DefaultSpace.of(10), "hidden", List.of(4), "layers", 1);
        assertRefused(sentence, DefaultSpace.of(10), "hidden", List.of(4), "units", 1);
    }

    @Test
    void namesAndValuesThatAPerceptronHasNotAreRefused() {
        assertRefused(
                "parameter: must name a hyperparameter, got «momentun»; did you mean «momentum»?",
                DefaultSpace.of(10),
                "momentun",
                0.5);
        assertRefused(
                "parameter dropout: must be a number of at least 0 and below 1, got 1.5",
                DefaultSpace.of(10),
                "dropout",
                1.5);
        assertRefused(
                "parameter: must name a hyperparameter, got «batchsize»; did you mean «batch_size»?",
                SearchSpace.parse("{\"batchsize\":[1,2]}"));
        assertRefused(
                "parameter lr: must be a number above 0, got 0.0",
                SearchSpace.parse("{\"lr\":{\"type\":\"float\",\"low\":0,\"high\":1}}"));
    }

    @Test
    void anEmptySpaceIsTheFixedValuesAlone() {
        SearchSpace empty = new SearchSpace(List.of());
        assertEquals("{}", fix(empty));
        assertEquals(
                Params.of(Map.of("lr", 0.1)),
                FixedValues.in(empty, params("lr", 0.1)).assign(parameter -> parameter.atQuantile(0.5)));
    }

    private static void assertRefused(String sentence, SearchSpace space, Object... fixed) {
        assertEquals(
                sentence,
                assertThrows(SpaceException.class, () -> fix(space, fixed)).getMessage());
    }
}
