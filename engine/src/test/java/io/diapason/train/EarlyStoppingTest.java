package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Autograd;
import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.Linear;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.nn.Pass;
import io.diapason.nn.Sequential;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private record Run(TrainingResult result, List<float[]> parameters) {}

    /** A run whose monitored values are given; none means no monitor. */
    private static Run run(int epochs, int patience, boolean maximize, int stopAt, double... values) {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(8), 1, Activation.TANH, 0.2), Rng.of(2));
            Trainer trainer =
                    new Trainer(mlp, Loss.meanSquaredError(), Training.config(epochs, 8, patience, new Adam(0.05), 2));
            AtomicInteger calls = new AtomicInteger();
            Monitor monitor = values.length == 0
                    ? null
                    : new Monitor(
                            module -> {
                                assertEquals(mlp, module);
                                return new Monitor.Measure(values[calls.getAndIncrement()], 0);
                            },
                            maximize);
            TrainingResult result = trainer.fit(Training.linear(scope, 40), monitor, epoch -> epoch.number() != stopAt);
            return new Run(result, Training.parametersOf(mlp));
        }
    }

    @Test
    void stopsAfterPatienceEpochsAndRestoresTheBestEpochExactly() {
        Run stopped = run(20, 3, false, 0, 5, 4, 3, 6, 3, 3.5, 0, 0);
        assertEquals(6, stopped.result.epochs());
        assertEquals(3, stopped.result.bestEpoch());
        assertEquals(3, stopped.result.bestValue());
        assertEquals(
                List.of(true, true, true, false, false, false),
                stopped.result.history().stream().map(Epoch::best).toList());
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6),
                stopped.result.history().stream().map(Epoch::number).toList());
        assertEquals(
                List.of(5.0, 4.0, 3.0, 6.0, 3.0, 3.5),
                stopped.result.history().stream().map(Epoch::validation).toList());
        assertTrue(Training.same(run(3, 0, false, 0).parameters, stopped.parameters));
        assertFalse(Training.same(run(6, 0, false, 0).parameters, stopped.parameters));
    }

    @Test
    void largerIsBetterWhereTheMonitorSaysSo() {
        Run run = run(5, 0, true, 0, 0.1, 0.9, 0.5, 0.9, 0.2);
        assertEquals(5, run.result.epochs());
        assertEquals(2, run.result.bestEpoch());
        assertTrue(Training.same(run(2, 0, false, 0).parameters, run.parameters));
    }

    @Test
    void withoutPatienceEveryEpochIsRun() {
        Run run = run(8, 0, false, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertEquals(8, run.result.epochs());
        assertEquals(1, run.result.bestEpoch());
        assertTrue(Training.same(run(1, 0, false, 0).parameters, run.parameters));
    }

    @Test
    void theCallerMayStopAndStillGetsTheBestEpoch() {
        Run run = run(8, 0, false, 4, 9, 1, 2, 3, 4, 5, 6, 7);
        assertEquals(4, run.result.epochs());
        assertEquals(2, run.result.bestEpoch());
        assertTrue(Training.same(run(2, 0, false, 0).parameters, run.parameters));
        Run plain = run(8, 0, false, 4);
        assertEquals(4, plain.result.bestEpoch());
        assertTrue(Training.same(run(4, 0, false, 0).parameters, plain.parameters));
    }

    @Test
    void aNanIsNeverTheBest() {
        Run run = run(4, 0, false, 0, Double.NaN, 7, Double.NaN, 8);
        assertEquals(2, run.result.bestEpoch());
        assertTrue(Training.same(run(2, 0, false, 0).parameters, run.parameters));
        var e = assertThrows(IllegalStateException.class, () -> run(3, 0, true, 0, Double.NaN, Double.NaN, Double.NaN));
        assertEquals("training: the validation value must be finite in at least one epoch, got NaN", e.getMessage());
    }

    @Test
    void anInfinitelyBadValueIsNeverTheBest() {
        Run run = run(2, 0, false, 0, Double.POSITIVE_INFINITY, 4);
        assertEquals(2, run.result.bestEpoch());
        assertEquals(1, run(2, 0, true, 0, -1, Double.NEGATIVE_INFINITY).result.bestEpoch());
        assertThrows(IllegalStateException.class, () -> run(1, 0, false, 0, Double.POSITIVE_INFINITY));
    }

    @Test
    void theMonitorComputesWithoutGradients() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(4), 1, Activation.RELU, 0), Rng.of(1));
            Examples examples = Training.linear(scope, 20);
            AtomicInteger calls = new AtomicInteger();
            Monitor monitor = Monitor.minimize(module -> {
                calls.incrementAndGet();
                var y = module.forward(examples.features(), Pass.inference());
                assertFalse(y.tracksGradient());
                return Loss.meanSquaredError().of(y, examples.targets()).item();
            });
            TrainingResult result = new Trainer(
                            mlp, Loss.meanSquaredError(), Training.config(30, 5, 5, new Adam(0.02), 1))
                    .fit(examples, monitor, epoch -> true);
            assertEquals(result.epochs(), calls.get());
            double best = result.history().stream()
                    .mapToDouble(Epoch::validation)
                    .min()
                    .orElseThrow();
            assertEquals(best, result.bestValue());
            // The module holds what was measured: the same value, to the bit.
            assertEquals(
                    best, Autograd.noGrad(() -> monitor.measure().apply(mlp).value()));
        }
    }

    @Test
    void ofEpochsThatTieTheSurerIsTheBest() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(4), 1, Activation.RELU, 0), Rng.of(1));
            double[][] measures = {{0.9, 0.5}, {0.8, 0.1}, {0.9, 0.3}, {0.9, 0.4}};
            AtomicInteger calls = new AtomicInteger();
            Monitor monitor = new Monitor(
                    module -> {
                        double[] measure = measures[calls.getAndIncrement()];
                        return new Monitor.Measure(measure[0], measure[1]);
                    },
                    true);
            TrainingResult result = new Trainer(
                            mlp, Loss.meanSquaredError(), Training.config(4, 5, 0, new Adam(0.02), 1))
                    .fit(Training.linear(scope, 20), monitor, epoch -> true);
            assertEquals(3, result.bestEpoch());
            assertEquals(0.9, result.bestValue());
        }
    }

    private static TrainingResult withMinDelta(double minDelta, boolean maximize, double... values) {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(4), 1, Activation.RELU, 0), Rng.of(1));
            TrainConfig config =
                    Training.config(values.length, 20, 2, new Adam(0.02), 1).withMinDelta(minDelta);
            AtomicInteger calls = new AtomicInteger();
            Monitor monitor = new Monitor(module -> new Monitor.Measure(values[calls.getAndIncrement()], 0), maximize);
            return new Trainer(mlp, Loss.meanSquaredError(), config)
                    .fit(Training.linear(scope, 20), monitor, epoch -> true);
        }
    }

    @Test
    void progressBelowMinDeltaEndsPatienceButIsStillTheBest() {
        // From 10 each value is better by 0.1, which is not more than 0.15; two of them are 0.2.
        TrainingResult small = withMinDelta(0.15, false, 10, 9.9, 9.8, 9.7, 9.6, 9.5);
        assertEquals(6, small.epochs(), "every second value counts");
        TrainingResult stopped = withMinDelta(0.25, false, 10, 9.9, 9.8, 9.7);
        assertEquals(TrainingResult.End.PATIENCE, stopped.end());
        assertEquals(3, stopped.epochs());
        assertEquals(3, stopped.bestEpoch());
        assertEquals(9.8, stopped.bestValue());
        TrainingResult rising = withMinDelta(0.25, true, 1, 1.1, 1.2, 1.3);
        assertEquals(3, rising.epochs());
        assertEquals(1.2, rising.bestValue());
    }

    @Test
    void statisticsOfTheBestEpochComeBackWithItsWeights() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(
                    new Linear(scope, 2, 4, Rng.of(1)), new BatchNorm1d(scope, 4), new Linear(scope, 4, 1, Rng.of(2)));
            List<Map<String, HeapTensor>> states = new ArrayList<>();
            Monitor monitor = Monitor.minimize(measured -> {
                states.add(measured.state());
                return states.size() == 2 ? 0 : 1;
            });
            new Trainer(module, Loss.meanSquaredError(), Training.config(4, 10, 0, new Adam(0.02), 1))
                    .fit(Training.linear(scope, 20), monitor, epoch -> true);
            assertEquals(states.get(1), module.state());
            assertFalse(states.get(1).equals(states.get(3)));
        }
    }
}
