package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.Linear;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.optim.Adam;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.LinearWarmup;
import io.diapason.optim.schedule.Plateau;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Which checkpoints are taken, and which are refused. */
class CheckpointTest {
    private static final TrainConfig CONFIG = TrainConfig.of(2, 4, new Adam(0.01), 1);
    private static final Monitor MONITOR = Monitor.minimize(module -> 1);

    private static Mlp module(Scope scope, int hidden) {
        return new Mlp(scope, new Mlp.Config(2, List.of(hidden), 1, Activation.TANH, 0), Rng.of(1));
    }

    private static Checkpoint checkpoint() {
        try (Scope scope = Scope.open()) {
            List<Checkpoint> checkpoints = new ArrayList<>();
            new Trainer(module(scope, 3), Loss.meanSquaredError(), CONFIG)
                    .withCheckpoints(5, checkpoints::add)
                    .fit(Training.linear(scope, 12), MONITOR, epoch -> true);
            assertEquals(1, checkpoints.size(), "at the end, whatever the interval");
            return checkpoints.get(0);
        }
    }

    /** The sentence that a checkpoint is refused with; the module must be as it was. */
    private static String refusal(TrainConfig config, Loss loss, int hidden, int rows, Monitor monitor) {
        Checkpoint checkpoint = checkpoint();
        try (Scope scope = Scope.open()) {
            Module module = module(scope, hidden);
            Map<String, HeapTensor> before = module.state();
            Examples examples = Training.linear(scope, rows);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> new Trainer(module, loss, config)
                                    .resume(checkpoint, examples, monitor, TrainListener.none()))
                    .getMessage();
            assertEquals(before, module.state());
            return message;
        }
    }

    private static String refusal(TrainConfig config) {
        return refusal(config, Loss.meanSquaredError(), 3, 12, MONITOR);
    }

    private static String different(String name, String before, String now) {
        return "resume: " + name + " must be as in the checkpoint, " + before + ", got " + now
                + "; a training with other settings is another one, to be begun by fit";
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefusedByTheirName() {
        assertEquals(different("batch_size", "4", "5"), refusal(CONFIG.withBatchSize(5)));
        assertEquals(different("patience", "0", "3"), refusal(CONFIG.withPatience(3)));
        assertEquals(different("min_delta", "0.0", "0.5"), refusal(CONFIG.withMinDelta(0.5)));
        assertEquals(different("clip_norm", "Infinity", "1.0"), refusal(CONFIG.withClipNorm(1)));
        assertEquals(different("clip_value", "Infinity", "1.0"), refusal(CONFIG.withClipValue(1)));
        assertEquals(different("accumulation", "1", "2"), refusal(CONFIG.withAccumulation(2)));
        assertEquals(different("shuffle", "true", "false"), refusal(CONFIG.withShuffle(false)));
        assertEquals(different("drop_last", "false", "true"), refusal(CONFIG.withDropLast(true)));
        assertEquals(different("seed", "1", "2"), refusal(TrainConfig.of(2, 4, new Adam(0.01), 2)));
        assertEquals(
                different("optimizer", new Adam(0.01).toString(), new Sgd(0.01).toString()),
                refusal(TrainConfig.of(2, 4, new Sgd(0.01), 1)));
        assertEquals(
                different("schedule", "none", new LinearWarmup(3, 0).toString()),
                refusal(CONFIG.withSchedule(new LinearWarmup(3, 0))));
        assertEquals(different("schedule", "none", "a function"), refusal(CONFIG.withSchedule(step -> 1)));
        assertEquals(
                different("plateau", "none", Plateau.minimizing().toString()),
                refusal(CONFIG.withPlateau(Plateau.minimizing())));
        assertEquals(
                different("averaging", "none", Averaging.equal(1).toString()),
                refusal(CONFIG.withAveraging(Averaging.equal(1))));
        assertEquals(
                different("penalty", "l1 0.0, l2 0.0", "l1 0.0, l2 0.5 over [0.weight, 2.weight]"),
                refusal(CONFIG.withPenalty(Penalty.l2(0.5))));
    }

    @Test
    void aCheckpointOfAnotherModuleLossMonitorOrOtherExamplesIsRefused() {
        assertEquals(
                different(
                        "parameters",
                        "0.weight float32 [2, 3], 0.bias float32 [3], 2.weight float32 [3, 1], 2.bias float32 [1]",
                        "0.weight float32 [2, 4], 0.bias float32 [4], 2.weight float32 [4, 1], 2.bias float32 [1]"),
                refusal(CONFIG, Loss.meanSquaredError(), 4, 12, MONITOR));
        assertEquals(
                different("loss", "MeanSquaredError[reduction=MEAN]", "Huber[delta=1.0, reduction=MEAN]"),
                refusal(CONFIG, Loss.huber(1), 3, 12, MONITOR));
        assertEquals(
                different("loss", "MeanSquaredError[reduction=MEAN]", "a function"),
                refusal(CONFIG, (prediction, target) -> prediction.mean(), 3, 12, MONITOR));
        assertEquals(
                different("monitor", "minimize", "maximize"),
                refusal(CONFIG, Loss.meanSquaredError(), 3, 12, Monitor.maximize(module -> 1)));
        String rows = refusal(CONFIG, Loss.meanSquaredError(), 3, 13, MONITOR);
        assertTrue(
                rows.matches("resume: features must be as in the checkpoint, float32 \\[12, 2] with hash [0-9a-f]+,"
                        + " got float32 \\[13, 2] with hash .*"),
                rows);
    }

    @Test
    void onlyWhatATrainerWroteIsACheckpoint() {
        Map<String, HeapTensor> tensors = new HashMap<>(Map.of("weight", HeapTensor.of(1.0)));
        assertEquals(
                "checkpoint: there must be tensors trainer.epoch and trainer.settings, got 1 others;"
                        + " a trainer writes them",
                assertThrows(IllegalArgumentException.class, () -> new Checkpoint(tensors))
                        .getMessage());
        Map<String, HeapTensor> damaged = new HashMap<>(checkpoint().tensors());
        damaged.remove("trainer.loss_sum");
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(module(scope, 3), Loss.meanSquaredError(), CONFIG);
            Examples examples = Training.linear(scope, 12);
            assertEquals(
                    "checkpoint: there must be a tensor trainer.loss_sum, got none; a trainer writes one",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> trainer.resume(
                                            new Checkpoint(damaged), examples, MONITOR, TrainListener.none()))
                            .getMessage());
        }
    }

    @Test
    void checkpointsAreAtLeastAnEpochApart() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(module(scope, 3), Loss.meanSquaredError(), CONFIG);
            assertEquals(
                    "training: checkpoints must be at least 1 epoch apart, got 0",
                    assertThrows(IllegalArgumentException.class, () -> trainer.withCheckpoints(0, checkpoint -> {}))
                            .getMessage());
        }
    }

    @Test
    void aStoreThatFailsBecauseOfAnInterruptIsACancellation() {
        try (Scope scope = Scope.open()) {
            Examples examples = Training.linear(scope, 12);
            Trainer trainer = new Trainer(module(scope, 3), Loss.meanSquaredError(), CONFIG);
            RuntimeException closed = new IllegalStateException("channel closed");
            Trainer interrupted = trainer.withCheckpoints(1, checkpoint -> {
                Thread.currentThread().interrupt();
                throw closed;
            });
            var e = assertThrows(CancellationException.class, () -> interrupted.fit(examples));
            assertTrue(Thread.interrupted());
            assertEquals("training: cancelled after epoch 1", e.getMessage());
            assertEquals(closed, e.getCause());
            Trainer failing = trainer.withCheckpoints(1, checkpoint -> {
                throw closed;
            });
            assertEquals(closed, assertThrows(IllegalStateException.class, () -> failing.fit(examples)));
        }
    }

    @Test
    void checkpointsDoNotChangeTraining() {
        try (Scope scope = Scope.open()) {
            Linear kept = new Linear(scope, 2, 1, Rng.of(1));
            Linear plain = new Linear(scope, 2, 1, Rng.of(1));
            Examples examples = new Examples(scope.ones(Shape.of(8, 2)), scope.ones(Shape.of(8, 1)));
            new Trainer(kept, Loss.meanSquaredError(), CONFIG)
                    .withCheckpoints(1, checkpoint -> {})
                    .fit(examples);
            new Trainer(plain, Loss.meanSquaredError(), CONFIG).fit(examples);
            assertEquals(plain.state(), kept.state());
        }
    }
}
