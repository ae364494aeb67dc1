package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Sequential;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.train.Checkpoint;
import io.diapason.train.Examples;
import io.diapason.train.Monitor;
import io.diapason.train.TrainConfig;
import io.diapason.train.TrainListener;
import io.diapason.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final TrainConfig CONFIG =
            TrainConfig.of(6, 4, new Adam(0.01), 1).withPatience(4);

    @TempDir
    private Path folder;

    private static Module module(Scope scope, long seed) {
        return new Sequential(
                new Linear(scope, 2, 4, Rng.of(seed)),
                new BatchNorm1d(scope, 4),
                new Linear(scope, 4, 1, Rng.of(seed)));
    }

    private static Examples examples(Scope scope) {
        double[] values = new double[30];
        for (int i = 0; i < values.length; i++) {
            values[i] = Rng.of(9).gaussianAt(i);
        }
        return new Examples(
                scope.of(Shape.of(10, 2), floats(values, 0, 20)), scope.of(Shape.of(10, 1), floats(values, 20, 30)));
    }

    private static float[] floats(double[] values, int from, int to) {
        float[] floats = new float[to - from];
        for (int i = from; i < to; i++) {
            floats[i - from] = (float) values[i];
        }
        return floats;
    }

    private static Trainer trainer(Module module, TrainConfig config) {
        return new Trainer(module, Loss.meanSquaredError(), config);
    }

    @Test
    void aTrainingResumedFromAFileEndsWithTheSameBits() {
        Path path = folder.resolve("run.safetensors");
        Map<String, HeapTensor> expected;
        try (Scope scope = Scope.open()) {
            Module module = module(scope, 1);
            Examples examples = examples(scope);
            trainer(module, CONFIG).fit(examples, Monitor.minimize(Loss.meanSquaredError(), examples), epoch -> true);
            expected = module.state();
        }
        List<Integer> kept = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Examples examples = examples(scope);
            trainer(module(scope, 1), CONFIG)
                    .withCheckpoints(1, checkpoint -> {
                        CheckpointFile.save(checkpoint, path);
                        kept.add(checkpoint.epoch());
                    })
                    .fit(examples, Monitor.minimize(Loss.meanSquaredError(), examples), epoch -> epoch.number() < 3);
        }
        assertEquals(List.of(1, 2, 3), kept);
        try (Scope scope = Scope.open()) {
            Module module = module(scope, 2);
            Examples examples = examples(scope);
            Checkpoint checkpoint = CheckpointFile.load(path);
            assertEquals(3, checkpoint.epoch());
            trainer(module, CONFIG)
                    .resume(
                            checkpoint,
                            examples,
                            Monitor.minimize(Loss.meanSquaredError(), examples),
                            TrainListener.none());
            assertEquals(expected, module.state());
        }
    }

    @Test
    void whatIsReadIsWhatWasWrittenAndNothingElseIsLeftInTheFolder() throws IOException {
        Path path = folder.resolve("run.safetensors");
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            trainer(module(scope, 1), CONFIG.withPatience(0))
                    .withCheckpoints(10, checkpoints::add)
                    .fit(examples(scope));
        }
        CheckpointFile.save(checkpoints.get(0), path);
        assertEquals(checkpoints.get(0).tensors(), CheckpointFile.load(path).tensors());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path path = folder.resolve("state.safetensors");
        Safetensors.write(path, Map.of("weight", HeapTensor.of(1.0)));
        assertEquals(
                path + ": must be a checkpoint of a training, got: checkpoint: there must be tensors trainer.epoch and"
                        + " trainer.settings, got 1 others; a trainer writes them",
                assertThrows(ModelFileException.class, () -> CheckpointFile.load(path))
                        .getMessage());
        Files.writeString(path, "no tensors");
        String damaged = assertThrows(ModelFileException.class, () -> CheckpointFile.load(path))
                .getMessage();
        assertTrue(damaged.startsWith(path + ": must have a header"), damaged);
    }
}
