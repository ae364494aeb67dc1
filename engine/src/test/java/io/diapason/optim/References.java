package io.diapason.optim;

import java.util.Arrays;

/** Every optimiser's rule for one parameter in plain double arithmetic, written from PyTorch's documentation. */
final class References {
    private References() {}

    /** What changes a parameter along a gradient, with a learning rate's factor and a momentum's. */
    @FunctionalInterface
    interface Reference {
        void step(double[] p, double[] g, double rateFactor, double momentumFactor);
    }

    static Reference of(OptimizerConfig config, int n, boolean decays) {
        if (config instanceof Sgd sgd) {
            return sgd(sgd, n, decays ? sgd.weightDecay() : 0);
        } else if (config instanceof Adam adam) {
            return adam(adam, n, decays ? adam.weightDecay() : 0);
        } else if (config instanceof NAdam nadam) {
            return nadam(nadam, n, decays ? nadam.weightDecay() : 0);
        } else if (config instanceof RAdam radam) {
            return radam(radam, n, decays ? radam.weightDecay() : 0);
        } else if (config instanceof RmsProp rmsprop) {
            return rmsprop(rmsprop, n, decays ? rmsprop.weightDecay() : 0);
        } else if (config instanceof Adagrad adagrad) {
            return adagrad(adagrad, n, decays ? adagrad.weightDecay() : 0);
        }
        throw new AssertionError("no reference for " + config);
    }

    private static Reference sgd(Sgd c, int n, double decay) {
        double[] velocity = new double[n];
        int[] t = {0};
        return (p, g, rateFactor, momentumFactor) -> {
            t[0]++;
            double rate = c.learningRate() * rateFactor;
            double momentum = c.momentum() * momentumFactor;
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                velocity[i] = t[0] == 1 ? g[i] : momentum * velocity[i] + (1 - c.dampening()) * g[i];
                double direction =
                        c.momentum() == 0 ? g[i] : c.nesterov() ? g[i] + momentum * velocity[i] : velocity[i];
                p[i] -= rate * direction;
            }
        };
    }

    private static Reference adam(Adam c, int n, double decay) {
        double[] m = new double[n];
        double[] v = new double[n];
        double[] largest = new double[n];
        int[] t = {0};
        return (p, g, rateFactor, momentumFactor) -> {
            t[0]++;
            double rate = c.learningRate() * rateFactor;
            double beta1 = c.beta1() * momentumFactor;
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = c.beta2() * v[i] + (1 - c.beta2()) * g[i] * g[i];
                largest[i] = Math.max(largest[i], v[i]);
                double mHat = m[i] / (1 - Math.pow(beta1, t[0]));
                double vHat = (c.amsgrad() ? largest[i] : v[i]) / (1 - Math.pow(c.beta2(), t[0]));
                p[i] -= rate * mHat / (Math.sqrt(vHat) + c.epsilon());
            }
        };
    }

    private static Reference nadam(NAdam c, int n, double decay) {
        double[] m = new double[n];
        double[] v = new double[n];
        int[] t = {0};
        double[] product = {1};
        return (p, g, rateFactor, momentumFactor) -> {
            t[0]++;
            double rate = c.learningRate() * rateFactor;
            double beta1 = c.beta1() * momentumFactor;
            double mu = beta1 * (1 - 0.5 * Math.pow(0.96, t[0] * c.momentumDecay()));
            double muNext = beta1 * (1 - 0.5 * Math.pow(0.96, (t[0] + 1) * c.momentumDecay()));
            product[0] *= mu;
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = c.beta2() * v[i] + (1 - c.beta2()) * g[i] * g[i];
                double mHat = muNext * m[i] / (1 - product[0] * muNext) + (1 - mu) * g[i] / (1 - product[0]);
                double vHat = v[i] / (1 - Math.pow(c.beta2(), t[0]));
                p[i] -= rate * mHat / (Math.sqrt(vHat) + c.epsilon());
            }
        };
    }

    private static Reference radam(RAdam c, int n, double decay) {
        double[] m = new double[n];
        double[] v = new double[n];
        int[] t = {0};
        double longest = 2 / (1 - c.beta2()) - 1;
        return (p, g, rateFactor, momentumFactor) -> {
            t[0]++;
            double rate = c.learningRate() * rateFactor;
            double beta1 = c.beta1() * momentumFactor;
            double power = Math.pow(c.beta2(), t[0]);
            double length = longest - 2 * t[0] * power / (1 - power);
            double r = Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = c.beta2() * v[i] + (1 - c.beta2()) * g[i] * g[i];
                double mHat = m[i] / (1 - Math.pow(beta1, t[0]));
                double adaptive = Math.sqrt(1 - power) / (Math.sqrt(v[i]) + c.epsilon());
                p[i] -= rate * mHat * (length > 5 ? r * adaptive : 1);
            }
        };
    }

    private static Reference rmsprop(RmsProp c, int n, double decay) {
        double[] s = new double[n];
        double[] mean = new double[n];
        double[] velocity = new double[n];
        return (p, g, rateFactor, momentumFactor) -> {
            double rate = c.learningRate() * rateFactor;
            double momentum = c.momentum() * momentumFactor;
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                s[i] = c.alpha() * s[i] + (1 - c.alpha()) * g[i] * g[i];
                mean[i] = c.alpha() * mean[i] + (1 - c.alpha()) * g[i];
                double square = c.centered() ? s[i] - mean[i] * mean[i] : s[i];
                velocity[i] = momentum * velocity[i] + g[i] / (Math.sqrt(square) + c.epsilon());
                p[i] -= rate * velocity[i];
            }
        };
    }

    private static Reference adagrad(Adagrad c, int n, double decay) {
        double[] s = new double[n];
        Arrays.fill(s, c.initialAccumulator());
        int[] t = {0};
        return (p, g, rateFactor, momentumFactor) -> {
            t[0]++;
            double rate = c.learningRate() * rateFactor / (1 + (t[0] - 1) * c.learningRateDecay());
            for (int i = 0; i < n; i++) {
                p[i] -= rate * decay * p[i];
                s[i] += g[i] * g[i];
                p[i] -= rate * g[i] / (Math.sqrt(s[i]) + c.epsilon());
            }
        };
    }
}
