package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.optim.Adam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RmsProp;
import io.diapason.optim.Sgd;
import io.diapason.train.TrainConfig;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SpaceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
    private static Mlp.Config network(String json) {
        return new Hyperparameters(Params.parse(json)).network(7, 3);
    }

    private static TrainConfig training(String json) {
        return new Hyperparameters(Params.parse(json)).training(40, 5, 99);
    }

    private static OptimizerConfig optimizer(String json) {
        return training(json).optimizer();
    }

    @Test
    void withoutParametersEverythingHasItsDefault() {
        assertEquals(new Mlp.Config(7, List.of(128, 128), 3, Activation.RELU, 0), network("{}"));
        assertEquals(new TrainConfig(40, 64, 5, new Adam(1e-3), new Penalty(0, 0), 99), training("{}"));
    }

    @Test
    void layersAndUnitsMakeEqualLayers() {
        assertEquals(List.of(9, 9, 9), network("{\"layers\":3,\"units\":9}").hidden());
        assertEquals(List.of(128), network("{\"layers\":1}").hidden());
        assertEquals(List.of(5, 5), network("{\"units\":5}").hidden());
        assertEquals(List.of(), network("{\"layers\":0,\"units\":5}").hidden());
    }

    @Test
    void hiddenNamesEachLayer() {
        assertEquals(List.of(30, 20), network("{\"hidden\":[30,20]}").hidden());
        assertEquals(List.of(), network("{\"hidden\":[]}").hidden());
    }

    @Test
    void activationAndDropoutAreTheNetworks() {
        assertEquals(
                new Mlp.Config(7, List.of(4), 3, Activation.GELU, 0.25),
                network("{\"hidden\":[4],\"activation\":\"gelu\",\"dropout\":0.25}"));
        assertEquals(
                Activation.TANH,
                network("{\"activation\":\"tanh\",\"dropout\":0}").activation());
        assertEquals(Activation.RELU, network("{\"activation\":\"relu\"}").activation());
    }

    @Test
    void epochsBatchSizeAndPenaltiesAreTheTrainings() {
        assertEquals(
                new TrainConfig(3, 32, 5, new Adam(0.5), new Penalty(0.1, 0.2), 99),
                training("{\"epochs\":3,\"batch_size\":32,\"lr\":0.5,\"l1\":0.1,\"l2\":0.2}"));
    }

    @Test
    void adamHasBetasAndDecay() {
        assertEquals(
                new Adam(0.01, 0.8, 0.95, 1e-8, 0.3),
                optimizer("{\"optimizer\":\"adam\",\"lr\":0.01,\"beta1\":0.8,\"beta2\":0.95,\"weight_decay\":0.3}"));
        assertEquals(
                new Adam(1e-3, 0.9, 0.999, 1e-8, 0),
                optimizer("{\"optimizer\":\"adam\",\"momentum\":0.5,\"nesterov\":true}"),
                "Adam has no momentum of its own");
    }

    @Test
    void adamwIsAdamWithADecayUnlessItIsSaid() {
        assertEquals(new Adam(1e-3, 0.9, 0.999, 1e-8, 0.01), optimizer("{\"optimizer\":\"adamw\"}"));
        assertEquals(new Adam(1e-3, 0.9, 0.999, 1e-8, 0), optimizer("{\"optimizer\":\"adamw\",\"weight_decay\":0}"));
    }

    @Test
    void sgdHasMomentumThatMayLookAhead() {
        assertEquals(new Sgd(1e-3, 0.9, false, 0), optimizer("{\"optimizer\":\"sgd\"}"));
        assertEquals(
                new Sgd(0.1, 0.5, true, 0.2),
                optimizer("{\"optimizer\":\"sgd\",\"lr\":0.1,\"momentum\":0.5,\"nesterov\":true,"
                        + "\"weight_decay\":0.2}"));
        assertEquals(
                new Sgd(1e-3, 0, false, 0),
                optimizer("{\"optimizer\":\"sgd\",\"momentum\":0.0,\"nesterov\":true}"),
                "without momentum nothing looks ahead");
        assertEquals(
                new Sgd(1e-3, 0.9, false, 0), optimizer("{\"optimizer\":\"sgd\",\"nesterov\":false,\"beta1\":0.1}"));
    }

    @Test
    void rmspropHasItsOwnDefaults() {
        assertEquals(new RmsProp(1e-3, 0.99, 1e-8, 0, 0), optimizer("{\"optimizer\":\"rmsprop\"}"));
        assertEquals(
                new RmsProp(0.1, 0.9, 1e-8, 0.7, 0.2),
                optimizer("{\"optimizer\":\"rmsprop\",\"lr\":0.1,\"beta2\":0.9,\"momentum\":0.7,"
                        + "\"weight_decay\":0.2}"));
    }

    @Test
    void whatNoPerceptronHasIsRefused() {
        assertEquals(
                "parameter lr: must be a number above 0, got -1.0",
                assertThrows(SpaceException.class, () -> training("{\"lr\":-1.0}"))
                        .getMessage());
        assertEquals(
                "parameter: must name a hyperparameter, got «unit»; did you mean «units»?",
                assertThrows(SpaceException.class, () -> training("{\"unit\":1}"))
                        .getMessage());
        assertThrows(SpaceException.class, () -> training("{\"hidden\":[4],\"layers\":2}"));
    }
}
