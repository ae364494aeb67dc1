package io.diapason.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What lies at a path, and whether a file may be put there, in words. */
final class FilePlace {
    private FilePlace() {}

    /** What lies at a path that is not the regular file it should be. */
    static String kind(Path path) {
        if (!Files.exists(path)) {
            return "none";
        }
        return Files.isDirectory(path) ? "a folder" : Files.isRegularFile(path) ? "a file" : "a device or a pipe";
    }

    /** The folder a file lies in, or would. */
    static Path folder(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** Refuses a path that is a folder, a device or a pipe, or is in no folder. */
    static void requireFolder(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ModelFileException(path + ": must be the name of a file to write, got " + kind(path));
        }
        Path folder = folder(path);
        if (!Files.isDirectory(folder)) {
            throw new ModelFileException(path + ": must be in a folder that exists, got " + kind(folder) + " at "
                    + folder + "; make the folder first");
        }
    }

    /** Why the system refused, without the path that its own messages begin with. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null || reason.isBlank() ? e.getClass().getSimpleName() : reason;
    }
}
