package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.nn.Norm;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.schedule.Plateau;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation passes that are replayed, in the call of an epoch's steps or in one of their own. */
class ValidationTest {
    private static final int EPOCHS = 9;
    private static final int RECORDED = 3; // passes: one that tells what numbers there are, two that are recorded

    private static int passes; // over validation batches, in Java; a counter of a module's own would be noticed
    private static double hidden; // what code may read that no field holds

    @BeforeEach
    void reset() {
        passes = 0;
        hidden = 1;
    }

    private record Outcome(TrainingResult result, List<String> predictions, List<String> told, int passes) {}

    private static Measurement measurement(Tensor features, int size, List<String> predictions) {
        return new Measurement(
                List.of(features),
                size,
                true,
                (module, batch) -> {
                    passes++;
                    return module.forward(features.rows(batch.from(), batch.to()), Pass.inference());
                },
                all -> {
                    float[] values = (float[]) all.values();
                    predictions.add(all.shape() + Arrays.toString(values));
                    return new Monitor.Measure(values[values.length - 1], 0);
                });
    }

    /** A module of a user's. */
    private record Around(Module inner, boolean reads) implements Module {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            Tensor y = inner.forward(x, pass);
            if (pass.isTraining() || (reads && y.mean().item() > 1e9)) {
                return y;
            }
            return y.times(hidden);
        }

        @Override
        public Parts parts() {
            return inner.parts();
        }
    }

    private enum Make {
        OURS,
        FOREIGN,
        READS
    }

    private static Outcome run(boolean replays, int size, Make make, TrainConfig config, TrainListener listener) {
        try (Scope scope = Scope.open()) {
            Module mlp = new Mlp(
                    scope, new Mlp.Config(2, List.of(9, 7), 1, Activation.TANH, 0.2, Norm.BATCH, true), Rng.of(2));
            Module module = make == Make.OURS ? mlp : new Around(mlp, make == Make.READS);
            List<String> predictions = new ArrayList<>();
            List<String> told = new ArrayList<>();
            Trainer trainer = new Trainer(module, Loss.meanSquaredError(), config).telling(told::add);
            Tensor features = Training.linear(scope, 10).features();
            passes = 0;
            hidden = 1;
            TrainingResult result = (replays ? trainer : trainer.eagerly())
                    .fit(
                            Training.linear(scope, 50),
                            new Monitor(measurement(features, size, predictions), false),
                            listener);
            return new Outcome(result, predictions, told, passes);
        }
    }

    private static TrainConfig config() {
        return Training.config(EPOCHS, 8, 0, new Adam(0.01), 5);
    }

    private static void assertSame(Outcome eager, Outcome replayed) {
        assertEquals(eager.predictions, replayed.predictions);
        assertEquals(eager.result, replayed.result);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "20, 1", "5, 2", "3, 4", "4, 3", "1, 10"})
    void aPassIsReplayedOnceItsBatchesWereRecorded(int size, int batches) {
        Outcome eager = run(false, size, Make.OURS, config(), TrainListener.none());
        Outcome replayed = run(true, size, Make.OURS, config(), TrainListener.none());
        assertSame(eager, replayed);
        assertEquals(EPOCHS * batches, eager.passes);
        assertEquals(RECORDED * batches, replayed.passes);
        assertEquals(List.of(), replayed.told);
    }

    @Test
    void aPassAfterSingleStepsOrOverAveragesIsACallOfItsOwn() {
        TrainListener steps = new TrainListener() {};
        assertSame(run(false, 4, Make.OURS, config(), steps), run(true, 4, Make.OURS, config(), steps));
        assertEquals(RECORDED * 3, passes);
        for (Averaging averaging : List.of(Averaging.equal(3), Averaging.exponential(0.8))) {
            TrainConfig averaged = config().withAveraging(averaging)
                    .withPlateau(Plateau.minimizing().withPatience(0));
            assertSame(
                    run(false, 4, Make.OURS, averaged, TrainListener.none()),
                    run(true, 4, Make.OURS, averaged, TrainListener.none()));
            assertEquals(RECORDED * 3, passes);
        }
    }

    @Test
    void theFirstBatchOfForeignCodeIsComparedInEveryPass() {
        assertSame(
                run(false, 4, Make.FOREIGN, config(), TrainListener.none()),
                run(true, 4, Make.FOREIGN, config(), TrainListener.none()));
        assertEquals(RECORDED * 3 + EPOCHS - RECORDED, passes);
        TrainListener changes = TrainListener.epochs(epoch -> {
            hidden = epoch.number() < 6 ? 1 : 0.5;
            return true;
        });
        Outcome eager = run(false, 4, Make.FOREIGN, config(), changes);
        Outcome replayed = run(true, 4, Make.FOREIGN, config(), changes);
        assertSame(eager, replayed);
        assertEquals(RECORDED * 3 + 3 + 1 + 3 * 3, replayed.passes);
        assertEquals(
                List.of("training: validation is not replayed but runs as ever, because argument 2 of call N, unary,"
                        + " is not the same in two steps: 1.0 and 0.5"),
                replayed.told.stream()
                        .map(line -> line.replaceAll("call [0-9]+", "call N"))
                        .toList());
    }

    @Test
    void codeThatReadsNumbersRunsAsEverAndIsToldOfOnce() {
        Outcome eager = run(false, 4, Make.READS, config(), TrainListener.none());
        Outcome replayed = run(true, 4, Make.READS, config(), TrainListener.none());
        assertSame(eager, replayed);
        assertEquals(EPOCHS * 3, replayed.passes);
        assertEquals(
                List.of("training: validation is not replayed but runs as ever, because"
                        + " the numbers of a tensor of shape [] are read while it runs"),
                replayed.told);
        assertEquals(List.of(), eager.told);
    }

    @Test
    void aLossIsMeasuredOverTargetsThatChange() {
        List<TrainingResult> results = new ArrayList<>();
        for (boolean replays : new boolean[] {false, true}) {
            try (Scope scope = Scope.open()) {
                Tensor targets = scope.of(Shape.of(6), 0, 1, 2, 1, 0, 2);
                Examples examples = new Examples(Training.linear(scope, 6).features(), targets);
                Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(5), 3, Activation.RELU, 0), Rng.of(2));
                Loss loss = Loss.crossEntropy().weighted(1, 2, 5).ignoring(1);
                Trainer trainer = new Trainer(mlp, loss, config());
                results.add((replays ? trainer : trainer.eagerly())
                        .fit(
                                new Examples(examples.features(), scope.of(Shape.of(6), 0, 1, 2, 1, 0, 2)),
                                Monitor.minimize(loss, examples),
                                epoch -> {
                                    if (epoch.number() == 6) {
                                        targets.set(new long[] {0, 0, 2, 0, 0, 1});
                                    }
                                    return true;
                                }));
            }
        }
        assertEquals(results.get(0), results.get(1));
    }

    @Test
    void aTargetThatIsNoneIsNamedAsByAPassThatRunsAsEver() {
        List<String> messages = new ArrayList<>();
        for (boolean replays : new boolean[] {false, true}) {
            try (Scope scope = Scope.open()) {
                Tensor targets = scope.of(Shape.of(6), 0, 1, 2, 1, 0, 2);
                Tensor features = Training.linear(scope, 6).features();
                Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(5), 3, Activation.RELU, 0), Rng.of(2));
                Trainer trainer = new Trainer(mlp, Loss.crossEntropy(), config());
                Monitor monitor = Monitor.minimize(Loss.crossEntropy(), new Examples(features, targets));
                Examples training = new Examples(features, scope.of(Shape.of(6), 0, 1, 2, 1, 0, 2));
                messages.add(assertThrows(
                                IndexOutOfBoundsException.class,
                                () -> (replays ? trainer : trainer.eagerly()).fit(training, monitor, epoch -> {
                                    if (epoch.number() == 6) {
                                        targets.set(new long[] {0, 0, 7, 0, 0, 1});
                                    }
                                    return true;
                                }))
                        .getMessage());
            }
        }
        assertEquals(messages.get(0), messages.get(1));
    }
}
