package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.Linear;
import io.diapason.nn.Mlp;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrainerTest {
    @Test
    void learnsExclusiveOr() {
        try (Scope scope = Scope.open()) {
            Examples xor =
                    new Examples(scope.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1f), scope.of(Shape.of(4), 0, 1, 1, 0));
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(16), 2, Activation.TANH, 0), Rng.of(1));
            TrainConfig config = Training.config(200, 4, 0, new Adam(0.05), 1);
            TrainingResult result = new Trainer(mlp, Loss.crossEntropy(), config).fit(xor, null, epoch -> true);
            double last = result.history().get(199).trainingLoss();
            assertTrue(last < 0.01, "loss " + last);
            float[] logits = mlp.forward(xor.features(), Pass.inference()).toFloatArray();
            int[] expected = {0, 1, 1, 0};
            for (int r = 0; r < 4; r++) {
                assertEquals(expected[r], logits[2 * r + 1] > logits[2 * r] ? 1 : 0, Arrays.toString(logits));
            }
        }
    }

    @Test
    void findsTheCoefficientsOfALinearMap() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            TrainConfig config = Training.config(60, 16, 0, new Sgd(0.1, 0, false, 0), 1);
            TrainingResult result = new Trainer(linear, Loss.meanSquaredError(), config)
                    .fit(Training.linear(scope, 100), null, epoch -> true);
            assertTrue(result.history().get(59).trainingLoss() < 1e-9);
            assertArrayEquals(
                    new float[] {2, -3}, linear.parameters().get(0).value().toFloatArray(), 1e-4f);
            assertArrayEquals(
                    new float[] {0.5f}, linear.parameters().get(1).value().toFloatArray(), 1e-4f);
            assertEquals(60, result.bestEpoch());
            assertTrue(Double.isNaN(result.bestValue()));
        }
    }

    /** What a batch was made of, seen from the loss: the targets of a run in which target r is r. */
    private static List<List<Float>> batches(int rows, int batchSize, int epochs) {
        List<List<Float>> seen = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            float[] targets = new float[rows];
            for (int r = 0; r < rows; r++) {
                targets[r] = r;
            }
            Loss recording = (prediction, target) -> {
                List<Float> batch = new ArrayList<>();
                for (float value : target.toFloatArray()) {
                    batch.add(value);
                }
                seen.add(batch);
                return Loss.meanSquaredError().of(prediction, target);
            };
            Examples examples = new Examples(scope.zeros(Shape.of(rows, 2)), scope.of(Shape.of(rows, 1), targets));
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            new Trainer(linear, recording, Training.config(epochs, batchSize, 0, new Sgd(1e-3, 0, false, 0), 3))
                    .fit(examples, null, epoch -> true);
        }
        return seen;
    }

    @Test
    void everyRowIsSeenOnceAnEpochAndTheLastBatchIsTheRest() {
        for (int batchSize : new int[] {1, 2, 5, 10, 11, 100, Integer.MAX_VALUE}) {
            List<List<Float>> batches = batches(11, batchSize, 2);
            int steps = (int) Math.ceil(11.0 / batchSize);
            assertEquals(2 * steps, batches.size(), "batch size " + batchSize);
            List<Float> orders = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                boolean last = i % steps == steps - 1;
                assertEquals(
                        last ? 11 - (steps - 1) * batchSize : batchSize,
                        batches.get(i).size());
                orders.addAll(batches.get(i));
            }
            List<Float> first = orders.subList(0, 11);
            List<Float> second = orders.subList(11, 22);
            for (List<Float> order : List.of(first, second)) {
                assertEquals(
                        List.of(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f),
                        order.stream().sorted().toList());
            }
            assertFalse(first.equals(second), "the order must change with the epoch");
        }
    }

    @Test
    void theTrainingLossIsTheMeanOverStepsWithThePenalty() {
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(scope.of(Shape.of(3, 1), 0, 0, 0f), scope.of(Shape.of(3, 1), 2, 2, 2f));
            Linear linear = new Linear(scope, 1, 1, Rng.of(1));
            linear.parameters().get(0).value().set(new float[] {-4});
            linear.parameters().get(1).value().set(new float[] {0});
            // So small a rate changes nothing: two steps of (0 − 2)² and a penalty of ½ |−4| + ½ ¼ 16.
            TrainConfig config = new TrainConfig(1, 2, 0, new Sgd(1e-20, 0, false, 0), new Penalty(0.5, 0.25), 1);
            TrainingResult result =
                    new Trainer(linear, Loss.meanSquaredError(), config).fit(examples, null, epoch -> true);
            assertEquals(4 + 2 + 2, result.history().get(0).trainingLoss(), 1e-6);
        }
    }

    @Test
    void aLossThatIsNoNumberEndsTrainingWithASentence() {
        assertEquals(
                "training: the loss must stay finite, got NaN in epoch 1, step 1;"
                        + " no step was made before, so look at the examples and at how parameters start",
                divergence(Float.NaN));
        assertEquals(
                "training: the loss must stay finite, got Infinity in epoch 1, step 1;"
                        + " no step was made before, so look at the examples and at how parameters start",
                divergence(1e30f));
    }

    @Test
    void aLastStepThatSpoilsTheParametersEndsTrainingWithASentence() {
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(scope.ones(Shape.of(4, 1)), scope.zeros(Shape.of(4, 1)));
            Linear linear = new Linear(scope, 1, 1, Rng.of(1));
            linear.weight().value().set(new float[] {1e10f});
            // The gradient 2e10 times the rate is above all float32; the loss before the step, 1e20, is not.
            TrainConfig config = TrainConfig.of(1, 4, new Sgd(1e30), 1);
            TrainingDivergedException refusal = assertThrows(
                    TrainingDivergedException.class,
                    () -> new Trainer(linear, Loss.meanSquaredError(), config).fit(examples));
            assertEquals(
                    "training: parameters must stay finite, got NaN or an infinity in weight after epoch 1; a smaller"
                            + " learning rate helps",
                    refusal.getMessage());
            assertEquals(1, refusal.epoch());
            assertEquals(0, refusal.step());
        }
    }

    @Test
    void aMonitorRefusesWhatItCannotMeasureInTheLosssWords() {
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(scope.ones(Shape.of(2, 1)), scope.of(Shape.of(2), 0, 1));
            Examples unknown = new Examples(scope.ones(Shape.of(2, 1)), scope.of(Shape.of(2), 0, 5));
            Loss loss = Loss.crossEntropy().weighted(1, 2);
            Trainer trainer =
                    new Trainer(new Linear(scope, 1, 2, Rng.of(1)), loss, TrainConfig.of(1, 2, new Sgd(0.1), 1));
            assertEquals(
                    "crossEntropy: every target must be at least 0 and below 2, or -100 for a row that does not count,"
                            + " got 5",
                    assertThrows(
                                    IndexOutOfBoundsException.class,
                                    () -> trainer.fit(examples, Monitor.minimize(loss, unknown), epoch -> true))
                            .getMessage());
            assertEquals(
                    "monitor: there must be at least one row to measure, got none",
                    assertThrows(IllegalArgumentException.class, () -> Monitor.minimize(loss, examples.rows(0, 0)))
                            .getMessage());
        }
    }

    private static String divergence(float target) {
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(scope.zeros(Shape.of(2, 1)), scope.full(Shape.of(2, 1), target));
            Trainer trainer = new Trainer(
                    new Linear(scope, 1, 1, Rng.of(1)),
                    Loss.meanSquaredError(),
                    Training.config(3, 1, 0, new Adam(0.1), 1));
            return assertThrows(TrainingDivergedException.class, () -> trainer.fit(examples, null, epoch -> true))
                    .getMessage();
        }
    }

    @Test
    void aStepOfALossThatIsNoNumberIsNotMadeAndTheExceptionSaysWhich() {
        try (Scope scope = Scope.open()) {
            float[] targets = {1, 2, 3, Float.NaN};
            Examples examples = new Examples(scope.ones(Shape.of(4, 1)), scope.of(Shape.of(4, 1), targets));
            Linear linear = new Linear(scope, 1, 1, Rng.of(1));
            TrainConfig config = Training.config(3, 1, 0, new Adam(0.1), 1).withShuffle(false);
            List<Map<String, HeapTensor>> states = new ArrayList<>();
            var e = assertThrows(
                    TrainingDivergedException.class,
                    () -> new Trainer(linear, Loss.meanSquaredError(), config).fit(examples, null, new TrainListener() {
                        @Override
                        public boolean onStep(Step step) {
                            states.add(linear.state());
                            return true;
                        }
                    }));
            assertEquals(1, e.epoch());
            assertEquals(4, e.step());
            assertTrue(Double.isNaN(e.loss()));
            assertEquals(3, states.size());
            assertEquals(states.get(2), linear.state());
        }
    }

    @Test
    void anAbsurdLearningRateDivergesInALaterStep() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Linear(scope, 2, 1, Rng.of(1)),
                    Loss.meanSquaredError(),
                    Training.config(50, 10, 0, new Sgd(1e6, 0, false, 0), 1));
            Examples examples = Training.linear(scope, 30);
            String message = assertThrows(
                            TrainingDivergedException.class, () -> trainer.fit(examples, null, epoch -> true))
                    .getMessage();
            assertTrue(message.contains(" in epoch 2, step ") || message.contains(" in epoch 1, step "), message);
        }
        assertThrows(IllegalStateException.class, Scope::current, "no scope may stay open after a failure");
    }

    @Test
    void anInterruptCancelsAndLeavesTheFlagSet() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Linear(scope, 2, 1, Rng.of(1)),
                    Loss.meanSquaredError(),
                    Training.config(1000, 10, 0, new Adam(0.1), 1));
            Examples examples = Training.linear(scope, 30);
            List<Epoch> seen = new ArrayList<>();
            var e = assertThrows(
                    CancellationException.class,
                    () -> trainer.fit(examples, null, epoch -> {
                        seen.add(epoch);
                        if (epoch.number() == 3) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }));
            assertEquals("training: cancelled in epoch 4", e.getMessage());
            assertEquals(3, seen.size());
            assertTrue(Thread.interrupted(), "who waits for the thread must still see the interrupt");
        }
    }

    @Test
    void emptyOrUnequalExamplesAreRefused() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Linear(scope, 2, 1, Rng.of(1)),
                    Loss.meanSquaredError(),
                    Training.config(1, 1, 0, new Adam(0.1), 1));
            Examples none = new Examples(scope.zeros(Shape.of(0, 2)), scope.zeros(Shape.of(0, 1)));
            assertEquals(
                    "training: there must be at least one row, got none",
                    assertThrows(IllegalArgumentException.class, () -> trainer.fit(none, null, epoch -> true))
                            .getMessage());
            assertEquals(
                    "examples: features and targets must have as many rows, got features [3, 2] and targets [2, 1]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> new Examples(scope.zeros(Shape.of(3, 2)), scope.zeros(Shape.of(2, 1))))
                            .getMessage());
        }
    }

    @Test
    void memoryIsFlatOverTwoThousandSteps() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(8, 8), 1, Activation.RELU, 0.1), Rng.of(1));
            TrainConfig config = new TrainConfig(110, 3, 0, new Adam(1e-3), new Penalty(1e-4, 1e-4), 1);
            Examples examples = Training.linear(scope, 60);
            List<String> uses = new ArrayList<>();
            new Trainer(mlp, Loss.meanSquaredError(), config).fit(examples, Monitor.maximize(module -> 1), epoch -> {
                var memory = Backend.of(Device.CPU).memory();
                uses.add(memory.used() + " used, " + memory.cached() + " cached");
                return true;
            });
            // Ten epochs of 20 steps warm the pool; the 2,000 steps after them take nothing more.
            assertEquals(110, uses.size());
            assertEquals(1, uses.subList(10, 110).stream().distinct().count(), uses.toString());
        }
    }
}
