package io.diapason.parity;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.loss.Reduce;
import io.diapason.nn.Activation;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.optim.Evaluation;
import io.diapason.optim.Lbfgs;
import io.diapason.optim.Optimizer;
import io.diapason.optim.WeightAverage;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchLoss;
import io.diapason.parity.torch.TorchOptimizer;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

/** Whole trainings: the loss of each step, and of the averaged weights at the end. */
class TrainingParityTest {
    /** A network, its data and how many steps it trains. */
    private record Problem(Layer network, Operand x, Operand target, boolean classes, int steps) {
        List<Operand> operands() {
            return network.operands(x.constant());
        }

        Tensor loss(Module module, Tensor x, Tensor target) {
            Tensor output = module.forward(x, Layer.pass(true));
            return (classes ? Loss.crossEntropy() : Loss.meanSquaredError()).of(output, target);
        }

        TorchTensor loss(List<TorchTensor> parameters, TorchTensor x, TorchTensor target) {
            TorchTensor output = network.theirs().apply(x, parameters);
            return classes
                    ? TorchLoss.crossEntropy(output, target, null, Reduce.MEAN, -100, 0)
                    : TorchLoss.mse(output, target, Reduce.MEAN);
        }
    }

    @Test
    void lossCurvesOfFiftyToTwoHundredSteps() {
        Family.run("optimisers, loss curves", 0.1, (family, drawn) -> {
            Method method = Method.drawGentle(drawn);
            Problem problem = problem(drawn, true, drawn.between(50, 200));
            double decay = drawn.uniform(0.9, 0.99);
            boolean exponential = drawn.chance(0.5);
            family.numbers(
                    "seed " + drawn.seed() + ": " + method.ours() + " on " + problem.network.name(),
                    ours(DType.FLOAT32, problem, method, exponential, decay),
                    ours(DType.FLOAT64, problem, method, exponential, decay),
                    theirs(DType.FLOAT32, problem, method, exponential, decay),
                    theirs(DType.FLOAT64, problem, method, exponential, decay));
        });
    }

    @Test
    void lossCurvesOfLbfgs() {
        Family.run("LBFGS, loss curves", 0.1, (family, drawn) -> {
            // Convex and short: beyond, searches and unsearched steps make chaos of rounding errors.
            Problem problem = problem(drawn, false, drawn.between(2, 4));
            boolean search = drawn.chance(0.5);
            double rate = search ? 1 : drawn.uniform(0.1, 0.5);
            int iterations = search ? drawn.between(2, 8) : drawn.between(2, 4);
            int history = drawn.between(2, 10);
            family.numbers(
                    "seed " + drawn.seed() + ": LBFGS " + (search ? "searching " : "") + rate + ", " + iterations
                            + " iterations, on " + problem.network.name(),
                    ours(DType.FLOAT32, problem, rate, iterations, history, search),
                    ours(DType.FLOAT64, problem, rate, iterations, history, search),
                    theirs(DType.FLOAT32, problem, rate, iterations, history, search),
                    theirs(DType.FLOAT64, problem, rate, iterations, history, search));
        });
    }

    /** A small smooth network, or a linear map; kinks and normalisation would make chaos of rounding errors. */
    private static Problem problem(Case drawn, boolean deep, int steps) {
        int in = drawn.between(2, 8);
        int hidden = drawn.between(2, 16);
        boolean classes = drawn.chance(0.5);
        int out = classes ? drawn.between(2, 5) : drawn.between(1, 3);
        int rows = drawn.between(8, 40);
        Layer activation = drawn.pick(
                Layer.of(Activation.TANH, Torch::tanh),
                Layer.of(Activation.SIGMOID, Torch::sigmoid),
                Layer.of(Activation.SILU, Torch::silu),
                Layer.of(Activation.SOFTPLUS, Torch::softplus));
        Layer network = Layer.sequential(
                deep
                        ? List.of(
                                Layers.linear(drawn, in, hidden, true),
                                activation,
                                Layers.linear(drawn, hidden, out, true))
                        : List.of(Layers.linear(drawn, in, out, true)));
        return new Problem(
                network,
                drawn.dense(1, rows, in),
                classes ? drawn.indices(out, rows) : drawn.dense(1, rows, out).constant(),
                classes,
                steps);
    }

    private static double[] ours(
            DType dtype, Problem problem, Method method, boolean exponential, double averageDecay) {
        double[] curve = new double[problem.steps + 1];
        try (Scope scope = Scope.open()) {
            Module module = module(scope, dtype, problem);
            Tensor x = problem.x.constant().leaf(scope, dtype);
            Tensor target = problem.target.leaf(scope, dtype);
            List<Parameter> parameters = module.parameters();
            Optimizer optimizer = method.ours().over(scope, parameters);
            Penalty penalty = method.way() == Method.Decay.COUPLED ? Penalty.l2(method.decay()) : Penalty.none();
            WeightAverage average = exponential
                    ? WeightAverage.exponential(scope, module, averageDecay)
                    : WeightAverage.equal(scope, module);
            for (int step = 0; step < problem.steps; step++) {
                try (Scope temporaries = Scope.open()) {
                    Tensor loss = problem.loss(module, x, target);
                    curve[step] = loss.item();
                    Tensor decay = penalty.of(parameters);
                    optimizer.step((decay == null ? loss : loss.plus(decay)).backward());
                    average.update();
                }
            }
            curve[problem.steps] =
                    average.during(() -> problem.loss(module, x, target).item());
        }
        return curve;
    }

    private static double[] theirs(
            DType dtype, Problem problem, Method method, boolean exponential, double averageDecay) {
        double[] curve = new double[problem.steps + 1];
        try (PointerScope scope = Torch.scope()) {
            List<TorchTensor> parameters = parameters(dtype, problem);
            TorchTensor x = problem.x.constant().leaf(dtype);
            TorchTensor target = problem.target.leaf(dtype);
            List<TorchTensor> weights = new ArrayList<>();
            List<TorchTensor> biases = new ArrayList<>();
            parameters.forEach(p -> (p.shape().length == 2 ? weights : biases).add(p));
            Method.Steps steps = method.theirs(weights, biases);
            // AveragedModel: copied at first, then average + weight (parameter - average).
            List<TorchTensor> averages = new ArrayList<>();
            for (int step = 0; step < problem.steps; step++) {
                parameters.forEach(TorchTensor::clearGradient);
                try (PointerScope temporaries = new PointerScope()) {
                    TorchTensor loss = problem.loss(parameters, x, target);
                    curve[step] = loss.item();
                    loss.backward();
                }
                steps.step(step + 1, 1);
                double share = exponential ? 1 - averageDecay : 1.0 / (step + 1);
                for (int i = 0; i < parameters.size(); i++) {
                    TorchTensor now = parameters.get(i).detach();
                    if (step == 0) {
                        averages.add(Torch.add(now, 0));
                    } else {
                        averages.set(i, Torch.add(averages.get(i), Torch.mul(Torch.sub(now, averages.get(i)), share)));
                    }
                }
            }
            curve[problem.steps] = problem.loss(averages, x, target).item();
        }
        return curve;
    }

    private static double[] ours(
            DType dtype, Problem problem, double rate, int iterations, int history, boolean search) {
        double[] curve = new double[problem.steps + 1];
        try (Scope scope = Scope.open()) {
            Module module = module(scope, dtype, problem);
            Tensor x = problem.x.constant().leaf(scope, dtype);
            Tensor target = problem.target.leaf(scope, dtype);
            Optimizer optimizer = new Lbfgs(rate)
                    .withIterations(iterations)
                    .withEvaluations(iterations * 5 / 4)
                    .withHistory(history)
                    .withLineSearch(search)
                    .over(scope, module.parameters());
            for (int step = 0; step < problem.steps; step++) {
                curve[step] = optimizer.step(() -> Evaluation.of(problem.loss(module, x, target)));
            }
            curve[problem.steps] = problem.loss(module, x, target).item();
        }
        return curve;
    }

    private static double[] theirs(
            DType dtype, Problem problem, double rate, int iterations, int history, boolean search) {
        double[] curve = new double[problem.steps + 1];
        try (PointerScope scope = Torch.scope()) {
            List<TorchTensor> parameters = parameters(dtype, problem);
            TorchTensor x = problem.x.constant().leaf(dtype);
            TorchTensor target = problem.target.leaf(dtype);
            Supplier<TorchTensor> step = TorchOptimizer.lbfgs(parameters, rate, iterations, history, search, () -> {
                parameters.forEach(TorchTensor::clearGradient);
                TorchTensor loss = problem.loss(parameters, x, target);
                loss.backward();
                return loss;
            });
            for (int i = 0; i < problem.steps; i++) {
                curve[i] = step.get().item();
            }
            curve[problem.steps] = problem.loss(parameters, x, target).item();
        }
        return curve;
    }

    private static Module module(Scope scope, DType dtype, Problem problem) {
        Module module = problem.network.ours().apply(dtype);
        List<Tensor> leaves = new ArrayList<>();
        for (Operand operand : problem.operands()) {
            leaves.add(operand.constant().leaf(scope, dtype));
        }
        Layer.assign(module, leaves);
        return module;
    }

    private static List<TorchTensor> parameters(DType dtype, Problem problem) {
        List<TorchTensor> parameters = new ArrayList<>();
        for (Operand operand : problem.network.parameters()) {
            parameters.add(operand.leaf(dtype));
        }
        return parameters;
    }
}
