package io.diapason.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file's text, which may be opened more than once: strict UTF-8, without a byte order mark. */
final class CsvSource {
    private final Path path;
    private final String name;
    private final byte @Nullable [] bytes;

    private CsvSource(Path path, String name, byte @Nullable [] bytes) {
        this.path = path;
        this.name = name;
        this.bytes = bytes;
    }

    static CsvSource of(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new DataException(path + ": must be a CSV file, but no such file exists");
        }
        if (Files.isDirectory(path)) {
            throw new DataException(path + ": must be a CSV file, got a folder");
        }
        @Nullable Path fileName = path.getFileName();
        String name = fileName == null ? path.toString() : fileName.toString();
        // A pipe can be read only once, so its bytes are kept.
        return new CsvSource(path, name, Files.isRegularFile(path) ? null : Files.readAllBytes(path));
    }

    /** The file's name without its folder, as messages say it. */
    String name() {
        return name;
    }

    Reader open() throws IOException {
        InputStream in = new BufferedInputStream(openBytes());
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
        return new InputStreamReader(in, strictDecoder());
    }

    private InputStream openBytes() throws IOException {
        return bytes == null ? Files.newInputStream(path) : new ByteArrayInputStream(bytes);
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The first line, from 1, whose bytes are not UTF-8; the byte of a line feed is part of no longer character. */
    int firstLineThatIsNotUtf8() throws IOException {
        CharsetDecoder decoder = strictDecoder();
        ByteArrayOutputStream lineBytes = new ByteArrayOutputStream();
        int line = 1;
        try (InputStream in = new BufferedInputStream(openBytes())) {
            int next;
            do {
                next = in.read();
                if (next == '\n' || next < 0) {
                    try {
                        decoder.decode(ByteBuffer.wrap(lineBytes.toByteArray()));
                    } catch (CharacterCodingException e) {
                        return line;
                    }
                    lineBytes.reset();
                    line++;
                } else {
                    lineBytes.write(next);
                }
            } while (next >= 0);
        }
        return line - 1;
    }
}
