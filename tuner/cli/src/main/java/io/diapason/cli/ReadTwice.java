package io.diapason.cli;

import io.diapason.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be read twice: a regular one where it lies, a pipe as a temporary copy of the same name.
 *
 * @param file what to read
 * @param folder holds the copy, or null
 */
record ReadTwice(Path file, @Nullable Path folder) implements AutoCloseable {
    static ReadTwice of(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null || !Files.exists(file) || Files.isRegularFile(file) || Files.isDirectory(file)) {
            return new ReadTwice(file, null); // what is no file is refused by its reader
        }
        Path folder = Files.createTempDirectory("diapason-");
        Path copy = folder.resolve(name);
        ReadTwice twice = new ReadTwice(copy, folder);
        try {
            Files.write(copy, Files.readAllBytes(file));
            return twice;
        } catch (IOException e) {
            twice.close();
            throw new DataException(file + ": must be readable, got: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
