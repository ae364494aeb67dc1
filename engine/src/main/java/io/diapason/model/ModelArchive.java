package io.diapason.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A model file as a zip: named entries in a given order, stored and not compressed. So no entry is larger than the
 * file, its bytes do not depend on a compressor's version, and a damaged one is told by its checksum.
 */
final class ModelArchive implements AutoCloseable {
    private static final int END_RECORD = 0x504b0506; // "PK", 5, 6
    private static final int END_RECORD_BYTES = 22;

    /** Any fixed time; of the zip format's first day Java would add the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final String place;
    private final long fileBytes;
    private final ZipInputStream zip;

    /** An entry that is being read. */
    record Entry(InputStream in, long bytes, String place) {}

    private ModelArchive(String place, long fileBytes, ZipInputStream zip) {
        this.place = place;
        this.fileBytes = fileBytes;
        this.zip = zip;
    }

    /**
     * Opens a file for reading.
     *
     * @throws ModelFileException when it is no file, or no whole zip
     */
    static ModelArchive open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ModelFileException(path + ": must be a model file, got " + FilePlace.kind(path));
        }
        long bytes = requireWholeZip(path);
        return new ModelArchive(path.toString(), bytes, new ZipInputStream(Files.newInputStream(path)));
    }

    private static long requireWholeZip(Path path) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            long bytes = channel.size();
            ByteBuffer first = ByteBuffer.allocate(2);
            read(channel, first);
            if (first.get(0) != 'P' || first.get(1) != 'K') {
                throw new ModelFileException(path + ": must be a Diapason model, got a file that is no zip");
            }
            ByteBuffer last = ByteBuffer.allocate(END_RECORD_BYTES);
            read(channel.position(Math.max(0, bytes - END_RECORD_BYTES)), last);
            if (last.getInt(0) != END_RECORD) {
                throw new ModelFileException(path + ": must end as zip files do, got one that is cut off or goes on");
            }
            return bytes;
        }
    }

    private static void read(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // what a short file lacks stays zero
        }
    }

    /**
     * The next entry.
     *
     * @param name what it must be called
     * @throws ModelFileException when it is another, there is none, or it is compressed or larger than the file
     */
    Entry next(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new ModelFileException(place + ": must hold " + ModelFile.DOCUMENT + " and " + ModelFile.WEIGHTS
                    + " in this order, got " + (entry == null ? "nothing" : JsonObject.shown(entry.getName())) + " for "
                    + name);
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new ModelFileException(
                    place + ": must hold entries stored without compression, got " + name + " compressed");
        }
        if (entry.getSize() > fileBytes) {
            throw new ModelFileException(place + ": entries must not be larger than the file of " + fileBytes
                    + " bytes, got " + name + " of " + entry.getSize());
        }
        return new Entry(zip, entry.getSize(), place + ": " + name);
    }

    /** Refuses further entries. */
    void requireEnd() throws IOException {
        @Nullable ZipEntry entry = zip.getNextEntry();
        if (entry != null) {
            throw new ModelFileException(place + ": must hold " + ModelFile.DOCUMENT + " and " + ModelFile.WEIGHTS
                    + " and nothing else, got " + JsonObject.shown(entry.getName()) + " after them");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** What failed while reading, as a sentence. */
    static ModelFileException unreadable(Path path, Exception e) {
        if (e instanceof ZipException || e instanceof EOFException || e instanceof IllegalArgumentException) {
            String reason = String.valueOf(e.getMessage());
            return new ModelFileException(path + ": must be a whole model file, got a damaged zip: " + reason, e);
        }
        String reason = e instanceof IOException io ? FilePlace.reason(io) : String.valueOf(e.getMessage());
        return new ModelFileException(path + ": must be readable, got: " + reason, e);
    }

    /** Appends an entry; its content is written twice, first to learn its size and checksum. */
    static void append(ZipOutputStream zip, String name, AtomicFile.Body content) throws IOException {
        CRC32 checksum = new CRC32();
        CountingStream counter = new CountingStream();
        content.writeTo(new CheckedOutputStream(counter, checksum));
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIME);
        entry.setSize(counter.bytes);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
