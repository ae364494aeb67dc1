package io.diapason.model;

import io.diapason.train.Checkpoint;
import java.nio.file.Path;

/**
 * A training's checkpoint as a safetensors file, tensors as they are in memory: weights are {@code [in, out]}. (Files
 * for others to read are {@link StateFile}'s.)
 *
 * <pre>{@code
 * trainer.withCheckpoints(10, checkpoint -> CheckpointFile.save(checkpoint, path)).fit(examples);
 * …                                                      // in another process, with the same module and settings
 * trainer.resume(CheckpointFile.load(path), examples, null, TrainListener.none());
 * }</pre>
 */
public final class CheckpointFile {
    private CheckpointFile() {}

    /**
     * Writes a checkpoint: whole, or not at all. A file of that name is replaced, so that after a crash there is the
     * one before.
     *
     * @param checkpoint of a training
     * @param path the file; its folder must exist
     * @throws ModelFileException when it cannot be written
     */
    public static void save(Checkpoint checkpoint, Path path) {
        Safetensors.write(path, checkpoint.tensors());
    }

    /**
     * Reads a checkpoint.
     *
     * @param path a file that {@link #save} wrote
     * @return the checkpoint
     * @throws ModelFileException when there is no such file, it is damaged, or it is no checkpoint
     */
    public static Checkpoint load(Path path) {
        Safetensors file = Safetensors.read(path);
        try {
            return new Checkpoint(file.tensors());
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(path + ": must be a checkpoint of a training, got: " + e.getMessage(), e);
        }
    }
}
