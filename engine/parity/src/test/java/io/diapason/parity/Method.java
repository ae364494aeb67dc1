package io.diapason.parity;

import io.diapason.optim.Adagrad;
import io.diapason.optim.Adam;
import io.diapason.optim.NAdam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RAdam;
import io.diapason.optim.RmsProp;
import io.diapason.optim.Sgd;
import io.diapason.parity.torch.ComposedOptimizer;
import io.diapason.parity.torch.TorchOptimizer;
import io.diapason.parity.torch.TorchTensor;
import java.util.List;

/**
 * An optimiser on both sides.
 *
 * @param ours its configuration
 * @param theirs of some parameters and their weight decay
 * @param decay of the weights, in theirs or beside it
 * @param way how it decays
 */
record Method(OptimizerConfig ours, Theirs theirs, double decay, Decay way) {
    /** How weights decay. */
    enum Decay {
        /** By the gradient of an L2 penalty: {@code weight_decay} of PyTorch's SGD, Adam, RMSprop and Adagrad. */
        COUPLED,
        /** By {@code weight_decay} of AdamW. */
        DECOUPLED,
        /** As AdamW's, composed of libtorch's operations: it has none for the others. */
        COMPOSED
    }

    /** Makes libtorch's. */
    interface Theirs {
        TorchOptimizer over(List<TorchTensor> parameters, double weightDecay);
    }

    static final int KINDS = 8;

    static Method draw(Case drawn) {
        return draw(
                drawn,
                drawn.magnitude(1e-3, 0.1),
                drawn.oneOf(0.9, 0.9, 0.8, 0),
                drawn.oneOf(0.999, 0.99, 0.9),
                drawn.oneOf(0.99, 0.9, 0.5),
                drawn.chance(0.5),
                1);
    }

    /**
     * With a learning rate so small, and a memory so long, that a training of 200 steps is no chaos. RMSprop not
     * centred, since under steady gradients it divides by a variance of rounding errors; and with a rate smaller by √(1
     * − alpha), since its first steps are longer than Adam's by as much.
     */
    static Method drawGentle(Case drawn) {
        return draw(drawn, drawn.magnitude(1e-4, 3e-3), 0.9, 0.999, 0.99, false, 0.1);
    }

    private static Method draw(
            Case drawn, double rate, double beta1, double beta2, double alpha, boolean centered, double ofRmsprop) {
        double epsilon = drawn.oneOf(1e-8, 1e-8, 1e-4);
        double momentum = drawn.oneOf(0, 0.5, 0.9);
        double decay = drawn.oneOf(0, 0.01, 0.1);
        boolean flag = drawn.chance(0.5);
        Decay way = drawn.chance(0.5) ? Decay.COUPLED : Decay.COMPOSED;
        double ours = way == Decay.COUPLED ? 0 : decay;
        switch (drawn.kind(KINDS)) {
            case 0, 1 -> {
                boolean nesterov = momentum > 0 && flag;
                double dampening = nesterov ? 0 : drawn.oneOf(0, 0.3);
                return new Method(
                        new Sgd(rate, momentum, dampening, nesterov, ours),
                        (p, wd) -> TorchOptimizer.sgd(p, rate, momentum, dampening, nesterov, wd),
                        decay,
                        way);
            }
            case 2 -> {
                return new Method(
                        new Adam(rate, beta1, beta2, epsilon, 0, flag),
                        (p, wd) -> TorchOptimizer.adam(p, rate, beta1, beta2, epsilon, wd, flag),
                        decay,
                        Decay.COUPLED);
            }
            case 3 -> {
                return new Method(
                        new Adam(rate, beta1, beta2, epsilon, decay, flag),
                        (p, wd) -> TorchOptimizer.adamW(p, rate, beta1, beta2, epsilon, wd, flag),
                        decay,
                        Decay.DECOUPLED);
            }
            case 4 -> {
                double shorter = ofRmsprop * rate;
                return new Method(
                        new RmsProp(shorter, alpha, epsilon, momentum, ours, centered),
                        (p, wd) -> TorchOptimizer.rmsprop(p, shorter, alpha, epsilon, momentum, centered, wd),
                        decay,
                        way);
            }
            case 5 -> {
                double rateDecay = drawn.oneOf(0, 0.1);
                double accumulator = drawn.oneOf(0, 0.5);
                return new Method(
                        new Adagrad(rate, rateDecay, accumulator, epsilon, ours),
                        (p, wd) -> TorchOptimizer.adagrad(p, rate, rateDecay, accumulator, epsilon, wd),
                        decay,
                        way);
            }
            case 6 -> {
                double momentumDecay = drawn.oneOf(0.004, 0.1);
                return new Method(
                        new NAdam(rate, beta1, beta2, epsilon, decay, momentumDecay),
                        (p, wd) -> ComposedOptimizer.nadam(p, rate, beta1, beta2, epsilon, momentumDecay),
                        decay,
                        Decay.COMPOSED);
            }
            default -> {
                return new Method(
                        new RAdam(rate, beta1, beta2, epsilon, decay),
                        (p, wd) -> ComposedOptimizer.radam(p, rate, beta1, beta2, epsilon),
                        decay,
                        Decay.COMPOSED);
            }
        }
    }

    double learningRate() {
        if (ours instanceof Sgd sgd) {
            return sgd.learningRate();
        }
        if (ours instanceof Adam adam) {
            return adam.learningRate();
        }
        if (ours instanceof RmsProp rmsProp) {
            return rmsProp.learningRate();
        }
        if (ours instanceof Adagrad adagrad) {
            return adagrad.learningRate();
        }
        if (ours instanceof NAdam nadam) {
            return nadam.learningRate();
        }
        return ((RAdam) ours).learningRate();
    }

    /** What shrinks the learning rate, and with it a decoupled decay, by itself; t from 1. */
    double ownFactor(int t) {
        return ours instanceof Adagrad adagrad ? 1 / (1 + (t - 1) * adagrad.learningRateDecay()) : 1;
    }

    /** libtorch's over weights and biases; only weights decay. */
    Steps theirs(List<TorchTensor> weights, List<TorchTensor> biases) {
        TorchOptimizer first = theirs.over(weights, way == Decay.COMPOSED ? 0 : decay);
        TorchOptimizer second = theirs.over(biases, 0);
        return (t, factor) -> {
            first.learningRate(learningRate() * factor);
            second.learningRate(learningRate() * factor);
            if (way == Decay.COMPOSED && decay > 0) {
                ComposedOptimizer.decay(weights, learningRate() * factor * ownFactor(t) * decay);
            }
            first.step();
            second.step();
        };
    }

    /** Step t, from 1, with the learning rate times a factor. */
    interface Steps {
        void step(int t, double factor);
    }
}
