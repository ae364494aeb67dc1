package io.diapason.nn;

import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron: linear, normalisation, activation, dropout for each hidden layer, then a linear layer. What
 * is not asked for is not there, and takes no number in the parameters' names.
 */
public final class Mlp implements Module {
    private final Config config;
    private final Sequential layers;

    /**
     * What a perceptron looks like.
     *
     * @param in number of inputs, at least 1
     * @param hidden widths of the hidden layers, first to last; none makes a linear model
     * @param out number of outputs, at least 1
     * @param activation after each hidden layer
     * @param dropout rate after each hidden layer, in [0, 1)
     * @param norm between each hidden linear layer and its activation
     * @param residual whether a hidden layer that is as wide as what goes into it adds to that: {@code x + f(x)}
     */
    public record Config(
            int in, List<Integer> hidden, int out, Activation activation, double dropout, Norm norm, boolean residual) {
        /**
         * A checked configuration.
         *
         * @param in number of inputs, at least 1
         * @param hidden widths of the hidden layers
         * @param out number of outputs, at least 1
         * @param activation after each hidden layer
         * @param dropout rate after each hidden layer
         * @param norm of each hidden layer
         * @param residual whether layers add to what goes into them where that has their width
         * @throws IllegalArgumentException when a width or the rate is out of its range
         */
        public Config {
            hidden = List.copyOf(hidden);
            if (in < 1 || out < 1 || hidden.stream().anyMatch(width -> width < 1)) {
                throw new IllegalArgumentException(
                        "mlp: every width must be at least 1, got " + in + ", " + hidden + ", " + out);
            }
            if (!(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException("mlp: dropout must be at least 0 and below 1, got " + dropout);
            }
        }

        /**
         * Without normalisation and residual connections.
         *
         * @param in number of inputs, at least 1
         * @param hidden widths of the hidden layers
         * @param out number of outputs, at least 1
         * @param activation after each hidden layer
         * @param dropout rate after each hidden layer
         */
        public Config(int in, List<Integer> hidden, int out, Activation activation, double dropout) {
            this(in, hidden, out, activation, dropout, Norm.NONE, false);
        }
    }

    /**
     * A perceptron with random parameters.
     *
     * @param scope owns the parameters
     * @param config what it looks like
     * @param rng its random numbers; layer n draws from child n
     */
    public Mlp(Scope scope, Config config, Rng rng) {
        this.config = config;
        List<Module> modules = new ArrayList<>();
        int in = config.in();
        int number = 0;
        for (int width : config.hidden()) {
            List<Module> layer = hidden(scope, config, in, width, rng.child(number++));
            if (config.residual() && in == width) {
                modules.add(new Residual(new Sequential(layer)));
            } else {
                modules.addAll(layer);
            }
            in = width;
        }
        modules.add(new Linear(scope, in, config.out(), rng.child(number)));
        this.layers = new Sequential(modules);
    }

    private static List<Module> hidden(Scope scope, Config config, int in, int width, Rng rng) {
        List<Module> layer = new ArrayList<>();
        layer.add(new Linear(scope, in, width, rng));
        switch (config.norm()) {
            case NONE -> {}
            case BATCH -> layer.add(new BatchNorm1d(scope, width));
            case LAYER -> layer.add(new LayerNorm(scope, width));
        }
        layer.add(config.activation());
        if (config.dropout() > 0) {
            layer.add(new Dropout(config.dropout()));
        }
        return layer;
    }

    /**
     * What this perceptron looks like.
     *
     * @return the configuration it was made from
     */
    public Config config() {
        return config;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return layers.forward(x, pass);
    }

    @Override
    public Parts parts() {
        return layers.parts();
    }
}
