package io.diapason.model;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in the safetensors format, which most machine learning libraries read.
 *
 * <pre>
 * 8 bytes            little-endian length N of the header
 * N bytes            JSON: {"__metadata__":{…},"NAME":{"dtype":"F32","shape":[…],"data_offsets":[begin,end]},…}
 * the rest           the tensors' numbers, row-major and little-endian, without gaps
 * </pre>
 *
 * <p>Types are F32, F64, I32, I64 and BOOL. Tensors of wider elements come first, so that all of them are aligned, as
 * Python's readers need; others stay in their order. The same tensors in the same order are the same bytes. Source: the
 * format's description at {@code github.com/huggingface/safetensors}.
 *
 * @param tensors by name; of a file that was read, in the order of their data
 * @param metadata any texts by name
 */
public record Safetensors(Map<String, HeapTensor> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = 8;

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 14; // elements copied at a time

    /**
     * Tensors by name.
     *
     * @param tensors by name; none may be named {@code __metadata__}
     * @param metadata any texts by name
     * @throws IllegalArgumentException when a tensor has the metadata's name
     */
    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException(
                    "safetensors: no tensor must be named " + METADATA + ", which the format keeps for texts, got one");
        }
    }

    /**
     * Writes a file of tensors alone, whole or not at all; one of that name is replaced.
     *
     * @param path the file; its folder must exist
     * @param tensors by name; none may be named {@code __metadata__}
     * @throws ModelFileException when it cannot be written
     * @throws IllegalArgumentException when a tensor has the metadata's name
     */
    public static void write(Path path, Map<String, HeapTensor> tensors) {
        new Safetensors(tensors, Map.of("format", "pt")).write(path);
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @return its tensors
     * @throws ModelFileException when there is no such file or it is not as the format has it, or it holds other types
     *     than the above
     */
    public static Safetensors read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ModelFileException(path + ": must be a file, got " + FilePlace.kind(path));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, Files.size(path), path.toString());
        } catch (IOException e) {
            throw new ModelFileException(path + ": must be readable, got: " + FilePlace.reason(e), e);
        }
    }

    /**
     * Reads from a stream. Memory stays within a small multiple of the bytes, whatever they say.
     *
     * @param in read to the last of the bytes, and not closed
     * @param bytes how many bytes there are
     * @param place what messages call the stream
     * @return the tensors
     * @throws ModelFileException when the bytes are not as the format has it, or hold other types than the above
     * @throws IOException when the stream cannot be read
     */
    public static Safetensors read(InputStream in, long bytes, String place) throws IOException {
        return new SafetensorsReader(in, bytes, place).read();
    }

    /**
     * Writes a file: whole, or not at all. A file of that name is replaced.
     *
     * @param path the file
     * @throws ModelFileException when it cannot be written
     */
    public void write(Path path) {
        FilePlace.requireFolder(path);
        AtomicFile.write(path, this::write);
    }

    /**
     * Writes to a stream.
     *
     * @param out left open
     * @throws IOException when the stream cannot be written
     */
    public void write(OutputStream out) throws IOException {
        byte[] header = header();
        byte[] length = new byte[LENGTH_BYTES];
        littleEndian(length).putLong(header.length);
        out.write(length);
        out.write(header);
        byte[] chunk = new byte[CHUNK * Double.BYTES];
        ByteBuffer buffer = littleEndian(chunk);
        for (HeapTensor tensor : inFileOrder().values()) {
            SafetensorsType type = SafetensorsType.of(tensor.dtype());
            int elements = Array.getLength(tensor.values());
            for (int from = 0; from < elements; from += CHUNK) {
                int count = Math.min(CHUNK, elements - from);
                type.encode(tensor.values(), from, count, buffer);
                out.write(chunk, 0, count * type.bytes());
            }
        }
    }

    /**
     * How many bytes {@link #write(OutputStream)} writes.
     *
     * @return at least 10
     */
    public long bytes() {
        long bytes = LENGTH_BYTES + (long) header().length;
        for (HeapTensor tensor : tensors.values()) {
            bytes += tensor.shape().elements() * tensor.dtype().bytes();
        }
        return bytes;
    }

    /** Padded with spaces, so that the numbers begin at a multiple of 8 bytes. */
    private byte[] header() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            members.put(METADATA, metadata);
        }
        long at = 0;
        for (Map.Entry<String, HeapTensor> tensor : inFileOrder().entrySet()) {
            Shape shape = tensor.getValue().shape();
            List<Object> sizes = new ArrayList<>();
            for (int i = 0; i < shape.rank(); i++) {
                sizes.add(shape.size(i));
            }
            SafetensorsType type = SafetensorsType.of(tensor.getValue().dtype());
            long end = at + shape.elements() * type.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", type.name());
            entry.put("shape", sizes);
            entry.put("data_offsets", List.of(at, end));
            members.put(tensor.getKey(), entry);
            at = end;
        }
        byte[] json = JsonWriter.compact(members).getBytes(StandardCharsets.UTF_8);
        int padding = (ALIGNMENT - json.length % ALIGNMENT) % ALIGNMENT;
        byte[] header = Arrays.copyOf(json, json.length + padding);
        Arrays.fill(header, json.length, header.length, (byte) ' ');
        return header;
    }

    /** Wide elements first; a stable sort. */
    private Map<String, HeapTensor> inFileOrder() {
        List<Map.Entry<String, HeapTensor>> entries = new ArrayList<>(tensors.entrySet());
        entries.sort(Comparator.comparing(entry -> -entry.getValue().dtype().bytes()));
        Map<String, HeapTensor> ordered = new LinkedHashMap<>();
        entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
