package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Gradients;
import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Dropout;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.nn.Sequential;
import io.diapason.op.Update;
import io.diapason.optim.Adam;
import io.diapason.optim.Lbfgs;
import io.diapason.optim.Optimizer;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be replayed runs step by step, to the bits it would have had. */
class ReplayRefusalTest {
    private static final int EPOCHS = 3;
    private static final int STEPS = 6;

    /** A linear map around which a test puts something of its own. */
    private static final class Own implements Module {
        private final Linear linear;
        private final BiFunction<Tensor, Pass, Tensor> function;
        private static int passes; // a counter of the module's own would be noticed

        Own(Scope scope, BiFunction<Tensor, Pass, Tensor> function) {
            this.linear = new Linear(scope, 2, 1, Rng.of(3));
            this.function = function;
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            passes++;
            return function.apply(linear.forward(x, pass), pass);
        }

        @Override
        public Parts parts() {
            return Parts.none().and("linear", linear);
        }
    }

    private record Outcome(int passes, Map<String, HeapTensor> state, List<Epoch> history) {}

    private static Outcome run(
            boolean replays, OptimizerConfig optimizer, Supplier<BiFunction<Tensor, Pass, Tensor>> own) {
        try (Scope scope = Scope.open()) {
            Own module = new Own(scope, own.get());
            Own.passes = 0;
            Trainer trainer = new Trainer(module, Loss.meanSquaredError(), Training.config(EPOCHS, 8, 0, optimizer, 5));
            TrainingResult result = (replays ? trainer : trainer.eagerly()).fit(Training.linear(scope, 8 * STEPS));
            return new Outcome(Own.passes, module.state(), result.history());
        }
    }

    private static void assertReplays(
            boolean replayed, OptimizerConfig optimizer, Supplier<BiFunction<Tensor, Pass, Tensor>> own) {
        Outcome outcome = run(true, optimizer, own);
        Outcome eager = run(false, optimizer, own);
        assertEquals(eager.state, outcome.state);
        assertEquals(eager.history, outcome.history);
        assertEquals(EPOCHS * STEPS, eager.passes);
        assertEquals(replayed ? 1 + EPOCHS : EPOCHS * STEPS, outcome.passes); // one an epoch is compared again
    }

    private static void assertReplays(boolean replayed, Supplier<BiFunction<Tensor, Pass, Tensor>> own) {
        assertReplays(replayed, new Adam(0.01), own);
    }

    @Test
    void operationsOfUsersAreReplayed() {
        assertReplays(
                true,
                () -> (x, pass) -> x.square().plus(1).transpose().transpose().tanh());
    }

    @Test
    void noiseFromThePassIsDrawnAgainOrRefused() {
        assertReplays(true, () -> (x, pass) -> new Dropout(0.5).forward(x, pass));
        assertReplays(
                false,
                () -> (x, pass) -> x.plus(Scope.current().normal(DType.FLOAT32, x.shape(), 0, 1, pass.nextRandom())));
    }

    @Test
    void aCounterInAModuleIsNoticed() {
        assertReplays(false, () -> {
            int[] calls = new int[1];
            return (x, pass) -> x.times(1 + 0.01 * calls[0]++);
        });
    }

    @Test
    void aGeneratorInAModuleIsNoticed() {
        assertReplays(false, () -> {
            Random random = new Random(1);
            return (x, pass) -> x.times(random.nextDouble());
        });
    }

    @Test
    void aGeneratorThatIsNotUsedYetIsNoticed() {
        assertReplays(false, () -> {
            Random random = new Random(1);
            int[] passes = new int[1];
            return (x, pass) -> passes[0]++ < 9 ? x : x.times(random.nextDouble());
        });
    }

    @Test
    void aCounterThatMattersLaterIsNoticed() {
        assertReplays(false, () -> {
            AtomicInteger calls = new AtomicInteger();
            return (x, pass) -> calls.getAndIncrement() < 9 ? x : x.times(2);
        });
        assertReplays(false, () -> {
            List<String> calls = new ArrayList<>();
            return (x, pass) -> calls.add("one more") && calls.size() < 9 ? x : x.times(2);
        });
    }

    /** A factor that a listener changes, where it is seen or not. */
    private static final class Scaling implements BiFunction<Tensor, Pass, Tensor> {
        private static double hidden = 1;
        private double factor = 1;

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.times(factor * hidden);
        }
    }

    private static Outcome changing(boolean replays, boolean hidden, boolean eachStep) {
        try (Scope scope = Scope.open()) {
            Scaling.hidden = 1;
            Scaling scaling = new Scaling();
            Own module = new Own(scope, scaling);
            Own.passes = 0;
            Trainer trainer = new Trainer(module, Loss.meanSquaredError(), Training.config(6, 8, 0, new Adam(0.01), 5));
            TrainListener listener = new TrainListener() {
                @Override
                public boolean onStep(Step step) {
                    if (eachStep && step.epoch() == 4 && step.number() == 3) {
                        scaling.factor = 0.5;
                    }
                    return true;
                }
            };
            TrainListener epochs = TrainListener.epochs(epoch -> {
                if (epoch.number() == 4 && hidden) {
                    Scaling.hidden = 0.5;
                } else if (epoch.number() == 4) {
                    scaling.factor = 0.5;
                }
                return true;
            });
            TrainingResult result = (replays ? trainer : trainer.eagerly())
                    .fit(Training.linear(scope, 8 * STEPS), null, eachStep ? listener : epochs);
            return new Outcome(Own.passes, module.state(), result.history());
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true"})
    void stateThatAListenerChangesIsNoticed(boolean hidden, boolean eachStep) {
        Outcome replayed = changing(true, hidden, eachStep);
        Outcome eager = changing(false, hidden, eachStep);
        assertEquals(eager.state, replayed.state);
        assertEquals(eager.history, replayed.history);
        int recorded = 5; // two in the first epoch, one in each of the next three
        assertEquals(recorded + (eachStep ? STEPS - 3 : 0) + 2 * STEPS, replayed.passes);
    }

    @Test
    void numbersThatAreLookedAtAreNoticed() {
        assertReplays(false, () -> (x, pass) -> x.mean().item() > 0 ? x : x.times(2));
    }

    @Test
    void aTensorThatOutlivesItsStepIsNoticed() {
        assertReplays(false, () -> {
            Scope kept = Scope.detached(io.diapason.tensor.Device.CPU);
            return (x, pass) -> {
                Tensor copy = kept.empty(DType.FLOAT32, x.shape());
                copy.assign(x.detach());
                return x;
            };
        });
    }

    @Test
    void lbfgsRunsStepByStep() {
        Outcome replayed = run(true, new Lbfgs(0.5), () -> (x, pass) -> x);
        Outcome eager = run(false, new Lbfgs(0.5), () -> (x, pass) -> x);
        assertEquals(eager, replayed);
    }

    /** Descends, and every so many steps shrinks the parameters as well. */
    private record Shrinking(int every) implements OptimizerConfig {
        @Override
        public double learningRate() {
            return 0.01;
        }

        @Override
        public Shrinking withLearningRate(double value) {
            return this;
        }

        @Override
        public Optimizer over(Scope scope, List<Parameter> parameters) {
            return new Optimizer() {
                private long steps;

                @Override
                public void step(Gradients gradients) {
                    steps++;
                    for (Parameter parameter : parameters) {
                        Tensor gradient = gradients.of(parameter.value());
                        Update.scale(-0.01, gradient);
                        Update.add(gradient, parameter.value().detach());
                        if (steps % every == 0) {
                            Update.scale(0.9, parameter.value().detach());
                        }
                    }
                }

                @Override
                public void learningRateFactor(double factor) {}

                @Override
                public void momentumFactor(double factor) {}

                @Override
                public Map<String, HeapTensor> state() {
                    return Map.of("steps", HeapTensor.of(steps));
                }

                @Override
                public void restore(Map<String, HeapTensor> state) {
                    steps = state.get("steps").asLong();
                }
            };
        }
    }

    @Test
    void anOptimiserOfOnesOwnIsReplayedWhileItsStepsAreAlike() {
        assertReplays(true, new Shrinking(1000), () -> (x, pass) -> x);
        Outcome replayed = run(true, new Shrinking(4), () -> (x, pass) -> x);
        Outcome eager = run(false, new Shrinking(4), () -> (x, pass) -> x);
        assertEquals(eager.state, replayed.state);
        assertEquals(eager.history, replayed.history);
        assertEquals(EPOCHS * STEPS, replayed.passes);
    }

    @Test
    void anEpochMayHaveMoreStepsThanACallTakes() {
        List<Map<String, HeapTensor>> states = new ArrayList<>();
        for (int replays = 0; replays < 2; replays++) {
            try (Scope scope = Scope.open()) {
                Module module = new Sequential(new Linear(scope, 2, 1, Rng.of(3)));
                Trainer trainer =
                        new Trainer(module, Loss.meanSquaredError(), Training.config(1, 1, 0, new Sgd(0.01), 5));
                (replays == 1 ? trainer : trainer.eagerly()).fit(Training.linear(scope, (1 << 17) + 100));
                states.add(module.state());
            }
        }
        assertEquals(states.get(0), states.get(1));
    }

    // ---- how a replay ends

    @Test
    void aLossThatIsNotFiniteEndsAReplayAsItEndsSingleSteps() {
        String[] messages = new String[2];
        Object[] states = new Object[2];
        for (int replays = 0; replays < 2; replays++) {
            try (Scope scope = Scope.open()) {
                Examples examples = Training.linear(scope, 64);
                Module module = new Sequential(new Linear(scope, 2, 1, Rng.of(3)));
                Trainer trainer =
                        new Trainer(module, Loss.meanSquaredError(), Training.config(60, 8, 0, new Sgd(20), 5));
                Trainer chosen = replays == 1 ? trainer : trainer.eagerly();
                messages[replays] = assertThrows(TrainingDivergedException.class, () -> chosen.fit(examples))
                        .getMessage();
                states[replays] = module.state();
            }
        }
        assertEquals(messages[0], messages[1]);
        assertEquals(states[0], states[1]);
    }

    @Test
    void anIndexThatIsNotThereIsNamedAsInASingleStep() {
        String[] messages = new String[2];
        for (int replays = 0; replays < 2; replays++) {
            try (Scope scope = Scope.open()) {
                long[] classes = new long[40];
                classes[39] = 7;
                Examples examples =
                        new Examples(Training.linear(scope, 40).features(), scope.of(Shape.of(40), classes));
                Module module = new Sequential(new Linear(scope, 2, 3, Rng.of(3)), Activation.TANH);
                Trainer trainer = new Trainer(
                        module,
                        Loss.crossEntropy(),
                        Training.config(1, 4, 0, new Sgd(0.1), 5).withShuffle(false));
                Trainer chosen = replays == 1 ? trainer : trainer.eagerly();
                messages[replays] = assertThrows(IndexOutOfBoundsException.class, () -> chosen.fit(examples))
                        .getMessage();
            }
        }
        assertEquals(messages[0], messages[1]);
        assertTrue(messages[1].contains("7"), messages[1]);
    }

    @Test
    void anInterruptEndsAReplay() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(new Linear(scope, 2, 1, Rng.of(3)));
            Trainer trainer = new Trainer(module, Loss.meanSquaredError(), Training.config(50, 8, 0, new Sgd(0.01), 5));
            CancellationException cancelled = assertThrows(
                    CancellationException.class,
                    () -> trainer.fit(Training.linear(scope, 64), null, epoch -> {
                        if (epoch.number() == 3) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }));
            assertTrue(Thread.interrupted());
            assertEquals("training: cancelled in epoch 4", cancelled.getMessage());
        }
    }
}
