package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.autograd.Gradients;
import io.diapason.inference.Predictor;
import io.diapason.loss.Loss;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.op.Update;
import io.diapason.optim.Adam;
import io.diapason.optim.Evaluation;
import io.diapason.optim.Lbfgs;
import io.diapason.optim.Optimizer;
import io.diapason.optim.OptimizerConfig;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why steps are not replayed is told in one line. */
class ReplayReasonTest {
    private static int steps; // what code may read that no field holds
    private static @Nullable Predictor teacher; // the same

    @AfterEach
    void reset() {
        steps = 0;
        teacher = null;
    }

    /** A linear map with something of a test's around it. */
    private abstract static class Own implements Module {
        private final Linear linear;

        Own(Scope scope) {
            this.linear = new Linear(scope, 2, 1, Rng.of(3));
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return changed(linear.forward(x, pass));
        }

        abstract Tensor changed(Tensor x);

        @Override
        public Parts parts() {
            return Parts.none().and("linear", linear);
        }
    }

    private static final class Stateless extends Own {
        private final UnaryOperator<Tensor> function;

        Stateless(Scope scope, UnaryOperator<Tensor> function) {
            super(scope);
            this.function = function;
        }

        @Override
        Tensor changed(Tensor x) {
            return function.apply(x);
        }
    }

    private static final class Counting extends Own {
        private int count;

        Counting(Scope scope) {
            super(scope);
        }

        @Override
        Tensor changed(Tensor x) {
            count++;
            return count > 1000 ? x.times(2) : x;
        }
    }

    private static final class Rolling extends Own {
        private final Random dice = new Random(1);

        Rolling(Scope scope) {
            super(scope);
        }

        @Override
        Tensor changed(Tensor x) {
            return dice.nextDouble() < 2 ? x : x.times(2);
        }
    }

    /** The one line, without what is always the same. */
    private static String reason(OptimizerConfig optimizer, Function<Scope, Module> make) {
        List<String> told = new ArrayList<>();
        List<String> toldEagerly = new ArrayList<>();
        TrainConfig config = Training.config(3, 8, 0, optimizer, 5); // steps of two sizes
        try (Scope scope = Scope.open()) {
            Examples examples = Training.linear(scope, 36);
            Module module = make.apply(scope);
            new Trainer(module, Loss.meanSquaredError(), config)
                    .telling(told::add)
                    .fit(examples);
            steps = 0;
            Module eager = make.apply(scope);
            new Trainer(eager, Loss.meanSquaredError(), config)
                    .telling(toldEagerly::add)
                    .eagerly()
                    .fit(examples);
            assertEquals(eager.state(), module.state());
        }
        assertEquals(List.of(), toldEagerly);
        assertEquals(1, told.size(), told.toString());
        String always = "training: steps are not replayed but run one by one, because ";
        assertEquals(always, told.get(0).substring(0, always.length()));
        return told.get(0).substring(always.length());
    }

    private static String reason(UnaryOperator<Tensor> function) {
        return reason(new Adam(0.01), scope -> new Stateless(scope, function));
    }

    @Test
    void aNumberThatIsRead() {
        assertEquals(
                "the numbers of a tensor of shape [] are read while it runs",
                reason(x -> x.mean().item() > 0 ? x : x.times(2)));
    }

    @Test
    void otherCalls() {
        assertEquals("call 3 is unary in one step and binary in another", reason(x -> steps++ == 0 ? x.tanh() : x));
    }

    @Test
    void anotherNumber() {
        assertEquals(
                "argument 2 of call 3, unary, is not the same in two steps: 1.0 and 2.0",
                reason(x -> x.times(1 + steps++)));
    }

    @Test
    void aTensorThatIsKept() {
        try (Scope kept = Scope.detached(Device.CPU)) {
            assertEquals("a tensor that a step made was kept after it", reason(x -> {
                kept.empty(DType.FLOAT32, x.shape()).assign(x.detach());
                return x;
            }));
        }
    }

    @Test
    void whatNoCallTellsOf() {
        try (Scope scope = Scope.open();
                Predictor predictor = new Predictor(new Linear(scope, 1, 1, Rng.of(4)), Shape.of(1, 1))) {
            teacher = predictor;
            assertEquals("numbers are exchanged with the heap while it runs", reason(x -> {
                float[] taught = new float[1];
                predictor().predict(new float[] {1}, taught);
                return taught[0] > 100 ? x : x.times(2);
            }));
        }
    }

    private static Predictor predictor() {
        return Objects.requireNonNull(teacher);
    }

    @Test
    void anotherTrainingWithin() {
        assertEquals("an order is shuffled while it runs", reason(x -> {
            Linear inner = new Linear(Scope.current(), 2, 1, Rng.of(4));
            new Trainer(inner, Loss.meanSquaredError(), Training.config(2, 8, 0, new Adam(0.01), 5))
                    .fit(Training.linear(Scope.current(), 24));
            return x.times(2);
        }));
    }

    @Test
    void randomNumbersThatAreLookedAt() {
        assertEquals(
                "random numbers of the pass are looked at while it runs", reason(new Adam(0.01), scope -> new Module() {
                    private final Linear linear = new Linear(scope, 2, 1, Rng.of(3));

                    @Override
                    public Tensor forward(Tensor x, Pass pass) {
                        Tensor y = linear.forward(x, pass);
                        return pass.nextRandom().floatAt(0) < 0.9 ? y : y.times(0); // stochastic depth
                    }

                    @Override
                    public Parts parts() {
                        return Parts.none().and("linear", linear);
                    }
                }));
    }

    /** Descends by as much as the loss is large. */
    private record ByLoss() implements OptimizerConfig {
        @Override
        public double learningRate() {
            return 0.01;
        }

        @Override
        public ByLoss withLearningRate(double value) {
            return this;
        }

        @Override
        public Optimizer over(Scope scope, List<Parameter> parameters) {
            return new Optimizer() {
                @Override
                public void step(Gradients gradients) {
                    throw new UnsupportedOperationException("the loss is needed");
                }

                @Override
                public double step(Supplier<Evaluation> closure) {
                    try (Scope temporaries = Scope.open()) {
                        Evaluation evaluation = closure.get();
                        for (Parameter parameter : parameters) {
                            Tensor gradient = evaluation.gradients().of(parameter.value());
                            Update.sgd(
                                    parameter.value().detach(),
                                    gradient,
                                    null,
                                    0.01 * Math.min(1, evaluation.loss()),
                                    0,
                                    0,
                                    false,
                                    0);
                        }
                        return evaluation.loss();
                    }
                }

                @Override
                public void learningRateFactor(double factor) {}

                @Override
                public void momentumFactor(double factor) {}

                @Override
                public Map<String, HeapTensor> state() {
                    return Map.of();
                }

                @Override
                public void restore(Map<String, HeapTensor> state) {}
            };
        }
    }

    @Test
    void anOptimiserThatSeesTheLoss() {
        assertEquals(
                "the optimiser's step(Supplier) sees the loss of each step",
                reason(new ByLoss(), scope -> new Linear(scope, 2, 1, Rng.of(3))));
    }

    @Test
    void stateInJava() {
        assertEquals("field count of Counting changed in a step", reason(new Adam(0.01), Counting::new));
        assertEquals(
                "field dice of Rolling, a java.util.Random, gives other numbers at each use;"
                        + " what a pass draws from nextRandom() is replayed",
                reason(new Adam(0.01), Rolling::new));
    }

    @Test
    void anOptimiserThatReadsNumbers() {
        assertEquals(
                "the optimiser reads the numbers of a tensor of shape [2, 1], as L-BFGS does",
                reason(new Lbfgs(0.5), scope -> new Linear(scope, 2, 1, Rng.of(3))));
    }
}
