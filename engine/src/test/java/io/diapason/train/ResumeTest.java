package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.Dropout;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Sequential;
import io.diapason.optim.Adagrad;
import io.diapason.optim.Adam;
import io.diapason.optim.Lbfgs;
import io.diapason.optim.NAdam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RAdam;
import io.diapason.optim.RmsProp;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.LinearWarmup;
import io.diapason.optim.schedule.OneCycle;
import io.diapason.optim.schedule.Plateau;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.train.TrainingResult.End;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was stopped and resumed ends with the bits of one that was not. */
class ResumeTest {
    private static final int EPOCHS = 5;
    private static final int ROWS = 22;
    private static final int VALIDATION_ROWS = 9;

    /** What there is at the end. */
    private record Outcome(TrainingResult result, Map<String, HeapTensor> state) {}

    private record Case(String name, TrainConfig config, boolean monitored) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Map<String, OptimizerConfig> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", new Sgd(0.05));
        optimizers.put("momentum", new Sgd(0.02, 0.9, 0, true, 0.01));
        optimizers.put("adam", new Adam(0.02));
        optimizers.put("amsgrad", new Adam(0.02, 0.9, 0.99, 1e-8, 0.01, true));
        optimizers.put("nadam", new NAdam(0.02));
        optimizers.put("radam", new RAdam(0.02));
        optimizers.put("rmsprop", new RmsProp(0.01, 0.95, 1e-8, 0.5, 0.01, true));
        optimizers.put("adagrad", new Adagrad(0.05));
        optimizers.put("lbfgs", new Lbfgs(0.5).withIterations(3));
        List<Case> cases = new ArrayList<>();
        optimizers.forEach((name, optimizer) -> {
            TrainConfig plain = TrainConfig.of(EPOCHS, 5, optimizer, 3);
            cases.add(new Case(name, plain, false));
            cases.add(new Case(
                    name + ", penalty, one cycle, clipping",
                    plain.withPenalty(Penalty.elasticNet(1e-2, 0.5))
                            .withSchedule(new OneCycle(25))
                            .withClipNorm(0.5)
                            .withClipValue(0.2),
                    true));
            cases.add(new Case(
                    name + ", patience, plateau, warm-up, exponential average",
                    plain.withPatience(2)
                            .withMinDelta(0.05)
                            .withPlateau(Plateau.minimizing().withPatience(0).withFactor(0.5))
                            .withSchedule(new LinearWarmup(10, 0.1))
                            .withAveraging(Averaging.exponential(0.8)),
                    true));
            cases.add(new Case(
                    name + ", accumulation, equal average, plateau of the training loss",
                    plain.withAccumulation(2)
                            .withAveraging(Averaging.equal(3))
                            .withPlateau(Plateau.minimizing().withPatience(0)),
                    false));
            cases.add(new Case(
                    name + ", equal average, own order, whole batches",
                    plain.withAveraging(Averaging.equal(2)).withShuffle(false).withDropLast(true),
                    true));
        });
        return cases.stream();
    }

    /** Weights, statistics and dropout: everything that a training changes or draws. */
    private static Module module(Scope scope, long seed) {
        Rng rng = Rng.of(seed);
        return new Sequential(
                new Linear(scope, 2, 6, rng.child(0)),
                new BatchNorm1d(scope, 6),
                Activation.TANH,
                new Dropout(0.2),
                new Linear(scope, 6, 1, rng.child(1)));
    }

    /** Stops after some steps of its own. */
    private static final class Stopping implements TrainListener {
        private final int steps;
        private final boolean atEpoch;
        private int made;

        Stopping(int steps, boolean atEpoch) {
            this.steps = steps;
            this.atEpoch = atEpoch;
        }

        @Override
        public boolean onStep(Step step) {
            made++;
            return made < steps || atEpoch;
        }

        @Override
        public boolean onEpoch(Epoch epoch) {
            return made < steps;
        }
    }

    private static Outcome run(
            TrainConfig config,
            boolean monitored,
            @Nullable Checkpoint from,
            TrainListener listener,
            List<Checkpoint> checkpoints) {
        try (Scope scope = Scope.open()) {
            Module module = module(scope, from == null ? 1 : 2); // a resumed module need not begin as the first did
            Examples all = Training.linear(scope, ROWS + VALIDATION_ROWS);
            Examples examples = all.rows(0, ROWS);
            Monitor monitor = monitored
                    ? Monitor.minimize(Loss.meanSquaredError(), all.rows(ROWS, ROWS + VALIDATION_ROWS))
                    : null;
            Trainer trainer = new Trainer(module, Loss.meanSquaredError(), config).withCheckpoints(2, checkpoints::add);
            TrainingResult result = from == null
                    ? trainer.fit(examples, monitor, listener)
                    : trainer.resume(from, examples, monitor, listener);
            return new Outcome(result, module.state());
        }
    }

    private static Outcome uninterrupted(Case given) {
        return run(given.config, given.monitored, null, TrainListener.none(), new ArrayList<>());
    }

    /** Stops again and again after so many steps. */
    private static Outcome inPieces(Case given, int steps, boolean atEpoch) {
        Checkpoint from = null;
        for (int piece = 0; piece < 100; piece++) {
            List<Checkpoint> checkpoints = new ArrayList<>();
            Outcome outcome = run(given.config, given.monitored, from, new Stopping(steps, atEpoch), checkpoints);
            if (outcome.result.end() != End.LISTENER) {
                assertTrue(piece > 0, "it was not stopped once");
                return outcome;
            }
            from = checkpoints.get(checkpoints.size() - 1);
        }
        throw new AssertionError("it did not end");
    }

    private static void assertSame(Outcome expected, Outcome found) {
        assertEquals(expected.result, found.result);
        assertEquals(expected.state.keySet(), found.state.keySet());
        expected.state.forEach((name, tensor) -> assertEquals(tensor, found.state.get(name), name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stoppedAnywhereAndResumedItEndsWithTheSameBits(Case given) {
        Outcome expected = uninterrupted(given);
        for (int steps : new int[] {1, 3}) {
            assertSame(expected, inPieces(given, steps, false));
        }
        assertSame(expected, inPieces(given, 2, true));
    }

    @Test
    void theCasesStopEarlyAndReduceRates() {
        Case early = cases().filter(given -> given.name.startsWith("momentum, patience"))
                .findFirst()
                .orElseThrow();
        TrainingResult result =
                run(early.config.withEpochs(60), true, null, TrainListener.none(), new ArrayList<>()).result;
        assertEquals(End.PATIENCE, result.end());
        assertTrue(result.bestEpoch() < result.epochs(), result.toString());
    }

    @Test
    void aCheckpointOfAnyEpochLeadsToTheSameEnd() {
        Case given = cases().toList().get(7);
        List<Checkpoint> checkpoints = new ArrayList<>();
        Outcome expected = run(given.config, given.monitored, null, TrainListener.none(), checkpoints);
        assertEquals(
                List.of(2, 4, EPOCHS),
                checkpoints.stream().map(Checkpoint::epoch).distinct().toList());
        for (Checkpoint checkpoint : checkpoints) {
            assertSame(
                    expected, run(given.config, given.monitored, checkpoint, TrainListener.none(), new ArrayList<>()));
        }
    }

    @Test
    void aFinishedTrainingGoesOnForMoreEpochs() {
        Case given = cases().toList().get(6);
        List<Checkpoint> checkpoints = new ArrayList<>();
        run(given.config.withEpochs(3), given.monitored, null, TrainListener.none(), checkpoints);
        Checkpoint finished = checkpoints.get(checkpoints.size() - 1);
        assertEquals(3, finished.epoch());
        assertSame(
                uninterrupted(given),
                run(given.config, given.monitored, finished, TrainListener.none(), new ArrayList<>()));
    }

    @Test
    void aCheckpointHoldsTheModuleAsItWasAndAsItWasBest() {
        Case given = cases().toList().get(1);
        List<Checkpoint> checkpoints = new ArrayList<>();
        Outcome outcome = run(given.config, true, null, TrainListener.none(), checkpoints);
        Checkpoint last = checkpoints.get(checkpoints.size() - 1);
        assertEquals(outcome.state, last.best());
        assertEquals(outcome.state.keySet(), last.module().keySet());
        List<Checkpoint> plain = new ArrayList<>();
        Outcome unmonitored = run(given.config, false, null, TrainListener.none(), plain);
        assertEquals(unmonitored.state, plain.get(plain.size() - 1).module());
        assertEquals(unmonitored.state, plain.get(plain.size() - 1).best());
        assertFalse(plain.get(0).module().equals(unmonitored.state));
    }
}
