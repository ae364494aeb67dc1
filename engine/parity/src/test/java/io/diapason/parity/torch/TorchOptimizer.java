package io.diapason.parity.torch;

import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;

/** libtorch's optimisers: change parameters by the gradients that lie in them. */
public final class TorchOptimizer {
    private final Runnable step;
    private final DoubleConsumer learningRate;

    TorchOptimizer(Runnable step, DoubleConsumer learningRate) {
        this.step = step;
        this.learningRate = learningRate;
    }

    private static TorchOptimizer of(Optimizer optimizer) {
        return new TorchOptimizer(
                optimizer::step,
                rate -> optimizer.param_groups().get(0).options().set_lr(rate));
    }

    /** One step. */
    public void step() {
        step.run();
    }

    /** From now on. */
    public void learningRate(double rate) {
        learningRate.accept(rate);
    }

    public static TorchOptimizer sgd(
            List<TorchTensor> parameters,
            double learningRate,
            double momentum,
            double dampening,
            boolean nesterov,
            double weightDecay) {
        SGDOptions options = new SGDOptions(learningRate);
        options.momentum().put(momentum);
        options.dampening().put(dampening);
        options.nesterov().put(nesterov);
        options.weight_decay().put(weightDecay);
        return of(new SGD(Torch.vector(parameters), options));
    }

    public static TorchOptimizer adam(
            List<TorchTensor> parameters,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean amsgrad) {
        AdamOptions options = new AdamOptions(learningRate);
        options.betas().put(beta2, beta1); // a std::tuple lies in memory back to front
        options.eps().put(epsilon);
        options.weight_decay().put(weightDecay);
        options.amsgrad().put(amsgrad);
        return of(new Adam(Torch.vector(parameters), options));
    }

    public static TorchOptimizer adamW(
            List<TorchTensor> parameters,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean amsgrad) {
        AdamWOptions options = new AdamWOptions(learningRate);
        options.betas().put(beta2, beta1); // a std::tuple lies in memory back to front
        options.eps().put(epsilon);
        options.weight_decay().put(weightDecay);
        options.amsgrad().put(amsgrad);
        return of(new AdamW(Torch.vector(parameters), options));
    }

    public static TorchOptimizer rmsprop(
            List<TorchTensor> parameters,
            double learningRate,
            double alpha,
            double epsilon,
            double momentum,
            boolean centered,
            double weightDecay) {
        RMSpropOptions options = new RMSpropOptions(learningRate);
        options.alpha().put(alpha);
        options.eps().put(epsilon);
        options.momentum().put(momentum);
        options.centered().put(centered);
        options.weight_decay().put(weightDecay);
        return of(new RMSprop(Torch.vector(parameters), options));
    }

    public static TorchOptimizer adagrad(
            List<TorchTensor> parameters,
            double learningRate,
            double learningRateDecay,
            double initialAccumulator,
            double epsilon,
            double weightDecay) {
        AdagradOptions options = new AdagradOptions(learningRate);
        options.lr_decay().put(learningRateDecay);
        options.initial_accumulator_value().put(initialAccumulator);
        options.eps().put(epsilon);
        options.weight_decay().put(weightDecay);
        return of(new Adagrad(Torch.vector(parameters), options));
    }

    /** LBFGS; the closure computes the loss and leaves the gradients in the parameters. */
    public static Supplier<TorchTensor> lbfgs(
            List<TorchTensor> parameters,
            double learningRate,
            int iterations,
            int history,
            boolean lineSearch,
            Supplier<TorchTensor> closure) {
        LBFGSOptions options = new LBFGSOptions(learningRate);
        options.max_iter().put(iterations);
        options.history_size().put(history);
        if (lineSearch) {
            options.line_search_fn().put("strong_wolfe");
        }
        LBFGS optimizer = new LBFGS(Torch.vector(parameters), options);
        LossClosure loss = new LossClosure() {
            @Override
            public Tensor call() {
                return closure.get().value();
            }
        };
        return () -> new TorchTensor(optimizer.step(loss));
    }
}
