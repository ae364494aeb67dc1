package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparameterTest {
    @Test
    void namesAreThoseOfTheCommandLine() {
        assertEquals(
                List.of(
                        "layers",
                        "units",
                        "hidden",
                        "activation",
                        "dropout",
                        "lr",
                        "batch_size",
                        "optimizer",
                        "momentum",
                        "nesterov",
                        "beta1",
                        "beta2",
                        "weight_decay",
                        "l1",
                        "l2",
                        "epochs"),
                Arrays.stream(Hyperparameter.values())
                        .map(Hyperparameter::label)
                        .toList());
        for (Hyperparameter hyperparameter : Hyperparameter.values()) {
            assertEquals(hyperparameter, Hyperparameter.named(hyperparameter.label()));
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestOrAll() {
        assertEquals(
                "parameter: must name a hyperparameter, got «dropuot»; did you mean «dropout»?",
                assertThrows(SpaceException.class, () -> Hyperparameter.named("dropuot"))
                        .getMessage());
        assertEquals(
                "parameter: must name a hyperparameter, got «kernel»; known are: layers, units, hidden, activation,"
                        + " dropout, lr, batch_size, optimizer, momentum, nesterov, beta1, beta2, weight_decay, l1, l2,"
                        + " epochs",
                assertThrows(SpaceException.class, () -> Hyperparameter.named("kernel"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers|0|0",
                "layers|100|100",
                "units|+64|64",
                "hidden|128,64|[128,64]",
                "hidden|[128, 64]|[128,64]",
                "hidden|32|[32]",
                "hidden|[]|[]",
                "activation|gelu|\"gelu\"",
                "dropout|0|0",
                "dropout|.5|0.5",
                "lr|1e-3|0.001",
                "lr|3.E+0|3.0",
                "lr|12345678901234567890|1.2345678901234567e19",
                "optimizer|rmsprop|\"rmsprop\"",
                "nesterov|true|true",
                "nesterov|false|false",
                "beta2|0.95|0.95",
                "weight_decay|0.01|0.01",
                "epochs|1000000|1000000"
            })
    void aTypedValueIsRead(String name, String text, String json) {
        assertEquals(json, Hyperparameter.named(name).parse(text).toJson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers|-1|a whole number from 0 to 100, got -1",
                "layers|101|a whole number from 0 to 100, got 101",
                "layers|2.0|a whole number from 0 to 100, got 2.0",
                "units|0|a whole number from 1 to 65536, got 0",
                "units|many|a whole number from 1 to 65536, got \"many\"",
                "hidden|64,0|at most 100 whole numbers from 1 to 65536, such as 128,64, got [64,0]",
                "hidden|64,,32|at most 100 whole numbers from 1 to 65536, such as 128,64, got \"64,,32\"",
                "hidden|12 8|at most 100 whole numbers from 1 to 65536, such as 128,64, got \"12 8\"",
                "hidden|1[2|at most 100 whole numbers from 1 to 65536, such as 128,64, got \"1[2\"",
                "hidden|65537|at most 100 whole numbers from 1 to 65536, such as 128,64, got [65537]",
                "activation|sigmoid|relu, tanh or gelu, got \"sigmoid\"",
                "activation|1|relu, tanh or gelu, got 1",
                "dropout|1|a number of at least 0 and below 1, got 1",
                "dropout|-0.1|a number of at least 0 and below 1, got -0.1",
                "lr|0|a number above 0, got 0",
                "lr|fast|a number above 0, got \"fast\"",
                "lr|NaN|a number above 0, got \"NaN\"",
                "lr|0x1p-3|a number above 0, got \"0x1p-3\"",
                "batch_size|0|a whole number from 1 to 1000000, got 0",
                "optimizer|Adam|adam, adamw, sgd or rmsprop, got \"Adam\"",
                "momentum|1.0|a number of at least 0 and below 1, got 1.0",
                "nesterov|1|true or false, got 1",
                "beta1|1|a number of at least 0 and below 1, got 1",
                "beta2|-1|a number of at least 0 and below 1, got -1",
                "weight_decay|-1e-9|a number of at least 0, got -1e-9",
                "l1|-1|a number of at least 0, got -1",
                "l2|true|a number of at least 0, got true",
                "epochs|0|a whole number from 1 to 1000000, got 0"
            })
    void aValueOutOfRangeIsRefused(String name, String text, String problem) {
        Hyperparameter hyperparameter = Hyperparameter.named(name);
        assertEquals(
                "parameter " + name + ": must be " + problem,
                assertThrows(SpaceException.class, () -> hyperparameter.parse(text))
                        .getMessage());
    }

    @Test
    void aHundredHiddenLayersAreTheMost() {
        String hundred = String.join(",", java.util.Collections.nCopies(100, "4"));
        assertEquals(
                100,
                ((Value.Numbers) Hyperparameter.HIDDEN.parse(hundred)).items().size());
        assertThrows(SpaceException.class, () -> Hyperparameter.HIDDEN.parse(hundred + ",4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"dropout\":{\"type\":\"float\",\"low\":0,\"high\":1}}|dropout: must be a number of at least 0 and"
                        + " below 1, got 1.0",
                "{\"dropout\":{\"type\":\"float\",\"low\":-0.5,\"high\":0.5,\"step\":0.5}}|dropout: must be a number of"
                        + " at least 0 and below 1, got -0.5",
                "{\"units\":{\"type\":\"int\",\"low\":0,\"high\":64}}|units: must be a whole number from 1 to 65536,"
                        + " got 0",
                "{\"units\":{\"type\":\"int\",\"low\":1,\"high\":65537,\"log\":true}}|units: must be a whole number"
                        + " from 1 to 65536, got 65537",
                "{\"epochs\":{\"type\":\"int\",\"low\":0,\"high\":9}}|epochs: must be a whole number from 1 to"
                        + " 1000000, got 0",
                "{\"batch_size\":{\"type\":\"float\",\"low\":16,\"high\":64}}|batch_size: must be of type int or"
                        + " categorical in a space, got type float",
                "{\"layers\":{\"type\":\"float\",\"low\":1,\"high\":3,\"step\":1}}|layers: must be of type int or"
                        + " categorical in a space, got type float",
                "{\"activation\":{\"type\":\"int\",\"low\":1,\"high\":3}}|activation: must be relu, tanh or gelu,"
                        + " got 1",
                "{\"hidden\":[8,16]}|hidden: must be at most 100 whole numbers from 1 to 65536, such as 128,64, got 8",
                "{\"optimizer\":[\"adam\",\"lion\"]}|optimizer: must be adam, adamw, sgd or rmsprop, got \"lion\"",
                "{\"nesterov\":[0,1]}|nesterov: must be true or false, got 0",
                "{\"lr\":{\"type\":\"float\",\"low\":-1,\"high\":1,\"prior\":\"normal\",\"mean\":0,\"sd\":1}}|lr: must"
                        + " be a number above 0, got -1.0"
            })
    void aRangeOfASpaceThatReachesTooFarIsRefused(String space, String problem) {
        SearchSpace searched = SearchSpace.parse(space);
        assertEquals(
                "parameter " + problem,
                assertThrows(SpaceException.class, () -> checkAll(searched)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"dropout\":{\"type\":\"float\",\"low\":0,\"high\":0.999}}",
                "{\"dropout\":{\"type\":\"int\",\"low\":0,\"high\":0}}",
                "{\"l1\":{\"type\":\"int\",\"low\":0,\"high\":10,\"step\":5}}",
                "{\"lr\":{\"type\":\"float\",\"low\":1e-9,\"high\":1e9,\"log\":true}}",
                "{\"layers\":[0,1,2],\"units\":{\"type\":\"int\",\"low\":1,\"high\":65536,\"log\":true}}",
                "{\"hidden\":[[8],[16,8],[]]}",
                "{\"nesterov\":[true,false],\"activation\":[\"relu\",\"tanh\",\"gelu\"]}"
            })
    void aRangeOfASpaceMayReachTheEnds(String space) {
        SearchSpace searched = SearchSpace.parse(space);
        assertDoesNotThrow(() -> checkAll(searched));
    }

    private static void checkAll(SearchSpace space) {
        space.parameters()
                .forEach(parameter -> Hyperparameter.named(parameter.name()).check(parameter));
    }
}
