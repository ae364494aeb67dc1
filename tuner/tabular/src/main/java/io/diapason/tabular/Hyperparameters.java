package io.diapason.tabular;

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
import io.diapason.tuner.space.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a trial's parameters mean: a perceptron and its training. A parameter that is not there has its default, which
 * is that of PyTorch where it has one: hidden 128,128; relu; dropout 0; lr 1e-3; batch_size 64; adam with beta1 0.9 and
 * beta2 0.999 (0.99 for rmsprop); momentum 0.9 for sgd and 0 for rmsprop; no decay (0.01 for adamw) and no penalties.
 * What an optimiser does not have, such as Adam's momentum, says nothing to it; nor does nesterov to a momentum of 0.
 *
 * @param params the values that were chosen
 */
public record Hyperparameters(Params params) {
    private static final double EPSILON = 1e-8;
    private static final int DEFAULT_LAYERS = 2;
    private static final int DEFAULT_UNITS = 128;

    /**
     * Checked values.
     *
     * @param params values of {@link Hyperparameter}
     * @throws SpaceException when a name or value is none of a perceptron's, or hidden stands beside layers or units
     */
    public Hyperparameters {
        params.asMap().forEach((name, value) -> Hyperparameter.named(name).check(value));
        requireOneWayToSayTheLayers(params.asMap().keySet());
    }

    static void requireOneWayToSayTheLayers(Collection<String> names) {
        if (names.contains("hidden") && (names.contains("layers") || names.contains("units"))) {
            throw new SpaceException("parameter hidden: must not stand beside layers or units, got both; hidden names"
                    + " each layer's units, layers and units make all layers equal");
        }
    }

    /**
     * The perceptron.
     *
     * @param in number of inputs
     * @param out number of outputs
     * @return its configuration
     */
    public Mlp.Config network(int in, int out) {
        List<Integer> hidden = params.has("hidden")
                ? params.integers("hidden")
                : Collections.nCopies(whole("layers", DEFAULT_LAYERS), whole("units", DEFAULT_UNITS));
        Activation activation = Activation.valueOf(word("activation", "relu").toUpperCase(Locale.ROOT));
        return new Mlp.Config(in, hidden, out, activation, number("dropout", 0));
    }

    /**
     * The training.
     *
     * @param epochs the most epochs, unless a parameter says another number
     * @param patience epochs without a better validation value before it stops
     * @param seed of shuffles and dropout
     * @return its configuration
     */
    public TrainConfig training(int epochs, int patience, long seed) {
        return new TrainConfig(
                whole("epochs", epochs),
                whole("batch_size", 64),
                patience,
                optimizer(),
                new Penalty(number("l1", 0), number("l2", 0)),
                seed);
    }

    private OptimizerConfig optimizer() {
        double learningRate = number("lr", 1e-3);
        String optimizer = word("optimizer", "adam");
        double decay = number("weight_decay", optimizer.equals("adamw") ? 0.01 : 0);
        return switch (optimizer) {
            case "sgd" -> {
                double momentum = number("momentum", 0.9);
                yield new Sgd(learningRate, momentum, flag("nesterov") && momentum > 0, decay);
            }
            case "rmsprop" -> new RmsProp(learningRate, number("beta2", 0.99), EPSILON, number("momentum", 0), decay);
            default -> new Adam(learningRate, number("beta1", 0.9), number("beta2", 0.999), EPSILON, decay);
        };
    }

    private double number(String name, double otherwise) {
        return params.has(name) ? params.floating(name) : otherwise;
    }

    private int whole(String name, int otherwise) {
        return params.has(name) ? params.integer(name) : otherwise;
    }

    private String word(String name, String otherwise) {
        return params.value(name).map(Value::toText).orElse(otherwise);
    }

    private boolean flag(String name) {
        return params.has(name) && params.flag(name);
    }
}
