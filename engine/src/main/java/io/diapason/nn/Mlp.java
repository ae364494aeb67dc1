package io.diapason.nn;

import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A multilayer perceptron: linear, activation, dropout for each hidden layer, then a linear layer. */
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
     */
    public record Config(int in, List<Integer> hidden, int out, Activation activation, double dropout) {
        /**
         * A checked configuration.
         *
         * @param in number of inputs, at least 1
         * @param hidden widths of the hidden layers
         * @param out number of outputs, at least 1
         * @param activation after each hidden layer
         * @param dropout rate after each hidden layer
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
            modules.add(new Linear(scope, in, width, rng.child(number++)));
            modules.add(config.activation());
            if (config.dropout() > 0) {
                modules.add(new Dropout(config.dropout()));
            }
            in = width;
        }
        modules.add(new Linear(scope, in, config.out(), rng.child(number)));
        this.layers = new Sequential(modules);
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
    public List<Parameter> parameters() {
        return layers.parameters();
    }
}
