package io.diapason.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole or not at all: written beside its place, then renamed. */
final class PredictionFile {
    private PredictionFile() {}

    /** Writes what a stream takes. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Refuses a place where no file can be written, before any work. */
    static void requireWritable(Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new UsageException("--output: must be a file, got the folder " + file);
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("--output: its folder must exist, got none at " + folder + " for " + file);
        }
        if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(folder)) {
            throw new UsageException("--output: must be writable, got no permission to write " + file);
        }
        if (!Files.exists(file)) {
            // Permissions promise more than some file systems keep, /proc and those without room among them.
            try {
                Files.delete(Files.createFile(besides(file)));
            } catch (IOException e) {
                throw new UsageException("--output: must be writable, got no file made at " + file, e);
            }
        }
    }

    /** Not createTempFile: its permissions are the owner's alone, and the rename would keep them. */
    private static Path besides(Path file) {
        return folder(file)
                .resolve(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe or a device is no place for a rename.
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.writeTo(out);
            }
            return;
        }
        Path place = Files.exists(file) ? file.toRealPath() : file;
        Path mine = besides(place);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(mine))) {
                content.writeTo(out);
            }
            Files.move(mine, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(mine);
        }
    }
}
