package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void aFailingWriterLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "old");
        var e = assertThrows(
                ModelFileException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals(file + ": must be writable, got: No space left on device", e.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("x"), names());
    }

    @Test
    void aThrowingWriterLeavesNothing() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(folder.resolve("x"), out -> {
                    throw new IllegalStateException("a defect");
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void theNameHasTheOldContentUntilTheNewIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "old");
        AtomicFile.write(file, out -> {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertEquals("old", Files.readString(file));
        });
        assertEquals("new", Files.readString(file));
        assertEquals(List.of("x"), names());
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
        AtomicFile.write(link, out -> out.write('n'));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("n", Files.readString(file));
    }

    @Test
    void newFilesHaveTheRightsOfOtherNewFiles() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        AtomicFile.write(folder.resolve("x"), out -> out.write('n'));
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(folder.resolve("x")));
    }

    @Test
    void writersAtOnceLeaveOneWholeFile() throws Exception {
        Path file = folder.resolve("x");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            byte content = (byte) i;
            writers.add(threads.submit(() -> AtomicFile.write(file, out -> {
                for (int k = 0; k < 50_000; k++) {
                    out.write(content);
                }
            })));
        }
        for (Future<?> writer : writers) {
            get(writer);
        }
        threads.shutdown();
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(50_000, bytes.length);
        for (byte value : bytes) {
            assertEquals(bytes[0], value);
        }
        assertEquals(List.of("x"), names());
    }

    private static void get(Future<?> writer) throws InterruptedException {
        try {
            writer.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
