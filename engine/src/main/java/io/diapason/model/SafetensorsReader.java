package io.diapason.model;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors from a stream; nothing is allocated on the word of a number that the stream's length contradicts.
 */
final class SafetensorsReader {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8; // what Java's arrays hold

    private final InputStream in;
    private final long bytes;
    private final String place;

    /** Where a tensor's numbers lie: bytes after the header. */
    private record Entry(String name, SafetensorsType type, Shape shape, long begin, long end) {}

    SafetensorsReader(InputStream in, long bytes, String place) {
        this.in = in;
        this.bytes = bytes;
        this.place = place;
    }

    Safetensors read() throws IOException {
        if (bytes < Safetensors.LENGTH_BYTES) {
            throw wrong("must begin with 8 bytes of header length, got " + bytes + " bytes");
        }
        long length = Safetensors.littleEndian(filled(Safetensors.LENGTH_BYTES)).getLong();
        long rest = bytes - Safetensors.LENGTH_BYTES;
        if (length < 2 || length > rest || length > JsonReader.MOST_BYTES) {
            throw wrong("must have a header of 2 to " + Math.min(rest, JsonReader.MOST_BYTES) + " bytes, got "
                    + Long.toUnsignedString(length));
        }
        byte[] header = filled((int) length);
        if (header[0] != '{') {
            throw wrong("must have a header that begins with «{», got byte " + (header[0] & 0xff));
        }
        String headerPlace = place + " header";
        Object json = JsonReader.read(header, headerPlace);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        JsonObject members = JsonObject.of(json, headerPlace);
        for (Object key : members.members().keySet()) {
            String name = (String) key;
            if (name.equals(Safetensors.METADATA)) {
                JsonObject texts = members.object(name);
                texts.members().keySet().forEach(text -> metadata.put((String) text, texts.text((String) text)));
            } else {
                entries.add(entry(name, members.object(name)));
            }
        }
        // Empty tensors first, where they share their begin with one that is not.
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        requireCoverage(entries, rest - length);
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            tensors.put(entry.name(), HeapTensor.wrap(entry.type().dtype(), entry.shape(), values(entry)));
        }
        return new Safetensors(tensors, metadata);
    }

    private Entry entry(String name, JsonObject json) {
        json.allowOnly("dtype", "shape", "data_offsets");
        SafetensorsType type = SafetensorsType.named(json.text("dtype"));
        if (type == null) {
            throw json.wrong("dtype", "one of " + Arrays.toString(SafetensorsType.values()));
        }
        List<Long> sizes = json.integers("shape");
        List<Long> offsets = json.integers("data_offsets");
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw json.wrong("data_offsets", "a begin and an end not before it");
        }
        Shape shape;
        try {
            shape = Shape.of(sizes.stream().mapToInt(Math::toIntExact).toArray());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw json.wrong("shape", "sizes whose product fits 31 bits");
        }
        long length = offsets.get(1) - offsets.get(0);
        if (shape.elements() > MOST_ELEMENTS || shape.elements() * type.bytes() != length) {
            throw wrong("must have " + type.bytes() + (type.bytes() == 1 ? " byte" : " bytes")
                    + " for each element of tensor " + JsonObject.shown(name) + " of shape " + shape + ", got "
                    + length);
        }
        return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    /** Each byte of data belongs to exactly one tensor: no gap, no overlap, nothing beyond the end. */
    private void requireCoverage(List<Entry> entries, long data) {
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw wrong("must have tensors one after another without gap or overlap, got "
                        + JsonObject.shown(entry.name()) + " at byte " + entry.begin() + " after byte " + at);
            }
            at = entry.end();
        }
        if (at != data) {
            throw wrong("must have as many bytes of data as its tensors take, " + at + ", got " + data);
        }
    }

    private Object values(Entry entry) throws IOException {
        SafetensorsType type = entry.type();
        int elements = (int) entry.shape().elements();
        Object values = type.array(elements);
        for (int from = 0; from < elements; ) {
            int some = Math.min(CHUNK, elements - from);
            type.decode(Safetensors.littleEndian(filled(some * type.bytes())), values, from, some);
            from += some;
        }
        if (values instanceof byte[] truths) {
            requireTruths(truths, entry.name());
        }
        return values;
    }

    private void requireTruths(byte[] truths, String name) {
        for (byte truth : truths) {
            if (truth != 0 && truth != 1) {
                throw wrong("must have bytes 0 or 1 in the BOOL tensor " + JsonObject.shown(name) + ", got "
                        + (truth & 0xff));
            }
        }
    }

    private byte[] filled(int count) throws IOException {
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            throw wrong("must have " + bytes + " bytes, got fewer");
        }
        return read;
    }

    private ModelFileException wrong(String what) {
        return new ModelFileException(place + ": " + what);
    }
}
