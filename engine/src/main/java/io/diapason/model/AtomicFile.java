package io.diapason.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files whole or not at all: into a temporary file of the same folder, which is forced to the disk and then
 * takes the name. Whoever reads the name meanwhile, and whoever comes after a failure, finds what was there before.
 */
final class AtomicFile {
    private static final int BUFFER = 1 << 16;

    private AtomicFile() {}

    /** Writes the content. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Puts a file in place; one of that name is replaced, and a symbolic link stays one.
     *
     * @throws ModelFileException when the system refuses
     */
    static void write(Path path, Body body) {
        try {
            Path target = target(path);
            Path temporary = temporary(target);
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                    body.writeTo(out);
                    out.flush();
                    channel.force(true);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException | Error e) {
                delete(temporary, e); // only now: once moved, its name may be another writer's
                throw e;
            }
            forceName(FilePlace.folder(target));
        } catch (IOException e) {
            throw new ModelFileException(path + ": must be writable, got: " + FilePlace.reason(e), e);
        }
    }

    private static void delete(Path temporary, Throwable cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether {@link #write} can make its temporary file, found out by making one: rights alone do not say. */
    static void requireWritable(Path path) throws IOException {
        Files.delete(temporary(target(path)));
    }

    private static Path target(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** A new empty file with the rights that new files get (those of createTempFile are for its owner alone). */
    private static Path temporary(Path target) throws IOException {
        Path folder = FilePlace.folder(target);
        for (int attempt = 0; ; attempt++) {
            Path path = folder.resolve(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-" + attempt + ".tmp");
            try {
                return Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                if (attempt == 1000) { // of as many threads at once, or crashed processes with this number
                    throw e;
                }
            }
        }
    }

    /** A renaming is on the disk once its folder is; only POSIX systems open folders, and only readable ones. */
    private static void forceName(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix") && Files.isReadable(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
