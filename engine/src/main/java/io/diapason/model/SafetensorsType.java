package io.diapason.model;

import io.diapason.tensor.DType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The types of safetensors that are read and written, by the names they have there. */
enum SafetensorsType {
    F32(DType.FLOAT32),
    F64(DType.FLOAT64),
    I32(DType.INT32),
    I64(DType.INT64),
    BOOL(DType.BOOL);

    private final DType dtype;

    SafetensorsType(DType dtype) {
        this.dtype = dtype;
    }

    static SafetensorsType of(DType dtype) {
        return Arrays.stream(values())
                .filter(type -> type.dtype == dtype)
                .findFirst()
                .orElseThrow();
    }

    /** The type of a name, or null when it is none of these. */
    static @Nullable SafetensorsType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    DType dtype() {
        return dtype;
    }

    int bytes() {
        return dtype.bytes();
    }

    /** An array for numbers of this type, as {@link io.diapason.tensor.HeapTensor} holds them. */
    Object array(int length) {
        return switch (this) {
            case F32 -> new float[length];
            case F64 -> new double[length];
            case I32 -> new int[length];
            case I64 -> new long[length];
            case BOOL -> new byte[length];
        };
    }

    /** Copies numbers of an array to the start of a little-endian buffer. */
    void encode(Object values, int from, int count, ByteBuffer bytes) {
        switch (this) {
            case F32 -> bytes.asFloatBuffer().put((float[]) values, from, count);
            case F64 -> bytes.asDoubleBuffer().put((double[]) values, from, count);
            case I32 -> bytes.asIntBuffer().put((int[]) values, from, count);
            case I64 -> bytes.asLongBuffer().put((long[]) values, from, count);
            case BOOL -> bytes.duplicate().put((byte[]) values, from, count);
        }
    }

    /** Copies numbers from the start of a little-endian buffer to an array. */
    void decode(ByteBuffer bytes, Object values, int from, int count) {
        switch (this) {
            case F32 -> bytes.asFloatBuffer().get((float[]) values, from, count);
            case F64 -> bytes.asDoubleBuffer().get((double[]) values, from, count);
            case I32 -> bytes.asIntBuffer().get((int[]) values, from, count);
            case I64 -> bytes.asLongBuffer().get((long[]) values, from, count);
            case BOOL -> bytes.duplicate().get((byte[]) values, from, count);
        }
    }
}
