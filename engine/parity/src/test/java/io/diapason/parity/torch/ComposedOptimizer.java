package io.diapason.parity.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * What libtorch's C++ lacks, composed of its tensor operations as PyTorch documents the algorithms
 * ({@code torch.optim.NAdam} and {@code RAdam} with {@code decoupled_weight_decay}, and the decoupled decay of others).
 */
public final class ComposedOptimizer {
    private ComposedOptimizer() {}

    /** {@code p (1 − rate · decay)}, then the step: the decay of AdamW for any optimiser. */
    public static void decay(List<TorchTensor> parameters, double rateTimesDecay) {
        for (TorchTensor parameter : parameters) {
            parameter.assign(Torch.mul(parameter.detach(), 1 - rateTimesDecay));
        }
    }

    public static TorchOptimizer nadam(
            List<TorchTensor> parameters,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double momentumDecay) {
        Moments moments = new Moments(parameters, learningRate, beta1, beta2);
        double[] product = {1};
        return moments.optimizer((i, t, rate) -> {
            double mu = beta1 * (1 - 0.5 * Math.pow(0.96, t * momentumDecay));
            double next = beta1 * (1 - 0.5 * Math.pow(0.96, (t + 1) * momentumDecay));
            if (i == 0) {
                product[0] *= mu;
            }
            TorchTensor root = Torch.add(Torch.sqrt(Torch.div(moments.second.get(i), 1 - Math.pow(beta2, t))), epsilon);
            TorchTensor now = Torch.mul(Torch.div(moments.gradient(i), root), -rate * (1 - mu) / (1 - product[0]));
            TorchTensor ahead =
                    Torch.mul(Torch.div(moments.first.get(i), root), -rate * next / (1 - product[0] * next));
            return Torch.add(now, ahead);
        });
    }

    public static TorchOptimizer radam(
            List<TorchTensor> parameters, double learningRate, double beta1, double beta2, double epsilon) {
        Moments moments = new Moments(parameters, learningRate, beta1, beta2);
        double limit = 2 / (1 - beta2) - 1;
        return moments.optimizer((i, t, rate) -> {
            double correction = 1 - Math.pow(beta2, t);
            double length = limit - 2 * t * Math.pow(beta2, t) / correction;
            TorchTensor mean = Torch.div(moments.first.get(i), 1 - Math.pow(beta1, t));
            if (length <= 5) {
                return Torch.mul(mean, -rate);
            }
            double rectified = Math.sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
            TorchTensor root = Torch.add(Torch.sqrt(moments.second.get(i)), epsilon);
            return Torch.mul(Torch.div(mean, root), -rate * rectified * Math.sqrt(correction));
        });
    }

    /** What to add to parameter i at step t. */
    private interface Change {
        TorchTensor of(int i, int t, double learningRate);
    }

    /** Exponential means of gradients and of their squares. */
    private static final class Moments {
        private final List<TorchTensor> parameters;
        private final List<TorchTensor> first = new ArrayList<>();
        private final List<TorchTensor> second = new ArrayList<>();
        private final double beta1;
        private final double beta2;
        private double learningRate;
        private int t;

        Moments(List<TorchTensor> parameters, double learningRate, double beta1, double beta2) {
            this.parameters = parameters;
            this.learningRate = learningRate;
            this.beta1 = beta1;
            this.beta2 = beta2;
            for (TorchTensor parameter : parameters) {
                first.add(Torch.mul(parameter.detach(), 0));
                second.add(Torch.mul(parameter.detach(), 0));
            }
        }

        TorchTensor gradient(int i) {
            TorchTensor gradient = parameters.get(i).gradient();
            if (gradient == null) {
                throw new IllegalStateException("parameter " + i + " has no gradient");
            }
            return gradient;
        }

        TorchOptimizer optimizer(Change change) {
            return new TorchOptimizer(
                    () -> {
                        t++;
                        for (int i = 0; i < parameters.size(); i++) {
                            TorchTensor g = gradient(i);
                            first.set(i, Torch.add(Torch.mul(first.get(i), beta1), Torch.mul(g, 1 - beta1)));
                            second.set(
                                    i,
                                    Torch.add(Torch.mul(second.get(i), beta2), Torch.mul(Torch.square(g), 1 - beta2)));
                            TorchTensor parameter = parameters.get(i);
                            parameter.assign(Torch.add(parameter.detach(), change.of(i, t, learningRate)));
                        }
                    },
                    rate -> learningRate = rate);
        }
    }
}
