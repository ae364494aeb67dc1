package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import java.util.List;

/**
 * Which optimiser, with which numbers. Weight decay is decoupled (Loshchilov and Hutter 2019) everywhere and applies to
 * weights, not to biases.
 */
public sealed interface OptimizerConfig {
    /**
     * The step size.
     *
     * @return above 0
     */
    double learningRate();

    /**
     * How fast weights shrink by themselves: {@code w −= learningRate · weightDecay · w} each step.
     *
     * @return at least 0
     */
    double weightDecay();

    /**
     * An optimiser with fresh state.
     *
     * @param scope owns the state
     * @param parameters what it will change
     * @return the optimiser
     */
    Optimizer over(Scope scope, List<Parameter> parameters);

    /**
     * Stochastic gradient descent: {@code v = momentum · v + g; p −= learningRate · v}, or with Nesterov's look-ahead
     * {@code p −= learningRate · (g + momentum · v)}. Source: Sutskever et al. 2013, ICML.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     * @param nesterov whether the step looks ahead; needs momentum
     * @param weightDecay at least 0
     */
    record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) implements OptimizerConfig {
        /**
         * Checked numbers.
         *
         * @param learningRate above 0
         * @param momentum in [0, 1)
         * @param nesterov whether the step looks ahead
         * @param weightDecay at least 0
         */
        public Sgd {
            Ranges.positive("sgd", "learningRate", learningRate);
            Ranges.fraction("sgd", "momentum", momentum);
            Ranges.atLeastZero("sgd", "weightDecay", weightDecay);
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("sgd: nesterov needs a momentum above 0, got 0");
            }
        }

        @Override
        public Optimizer over(Scope scope, List<Parameter> parameters) {
            return new SgdOptimizer(this, scope, parameters);
        }
    }

    /**
     * Adam with decoupled weight decay; it is AdamW when the decay is above 0. Source: Kingma and Ba 2015, ICLR.
     *
     * @param learningRate above 0
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     * @param weightDecay at least 0
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements OptimizerConfig {
        /**
         * Checked numbers.
         *
         * @param learningRate above 0
         * @param beta1 in [0, 1)
         * @param beta2 in [0, 1)
         * @param epsilon above 0
         * @param weightDecay at least 0
         */
        public Adam {
            Ranges.positive("adam", "learningRate", learningRate);
            Ranges.fraction("adam", "beta1", beta1);
            Ranges.fraction("adam", "beta2", beta2);
            Ranges.positive("adam", "epsilon", epsilon);
            Ranges.atLeastZero("adam", "weightDecay", weightDecay);
        }

        /**
         * Adam with the numbers of its paper and no decay.
         *
         * @param learningRate above 0
         */
        public Adam(double learningRate) {
            this(learningRate, 0.9, 0.999, 1e-8, 0);
        }

        @Override
        public Optimizer over(Scope scope, List<Parameter> parameters) {
            return new AdamOptimizer(this, scope, parameters);
        }
    }

    /**
     * RMSprop: {@code s = alpha · s + (1 − alpha) g²; u = g / (√s + epsilon)}, with momentum over u. Source: Tieleman
     * and Hinton 2012, lecture 6.5.
     *
     * @param learningRate above 0
     * @param alpha decay of the mean square, in [0, 1)
     * @param epsilon added to its root, above 0
     * @param momentum in [0, 1)
     * @param weightDecay at least 0
     */
    record RmsProp(double learningRate, double alpha, double epsilon, double momentum, double weightDecay)
            implements OptimizerConfig {
        /**
         * Checked numbers.
         *
         * @param learningRate above 0
         * @param alpha in [0, 1)
         * @param epsilon above 0
         * @param momentum in [0, 1)
         * @param weightDecay at least 0
         */
        public RmsProp {
            Ranges.positive("rmsprop", "learningRate", learningRate);
            Ranges.fraction("rmsprop", "alpha", alpha);
            Ranges.positive("rmsprop", "epsilon", epsilon);
            Ranges.fraction("rmsprop", "momentum", momentum);
            Ranges.atLeastZero("rmsprop", "weightDecay", weightDecay);
        }

        @Override
        public Optimizer over(Scope scope, List<Parameter> parameters) {
            return new RmsPropOptimizer(this, scope, parameters);
        }
    }
}
