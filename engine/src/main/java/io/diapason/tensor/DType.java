package io.diapason.tensor;

import java.util.Locale;

/** The type of a tensor's elements. */
public enum DType {
    /** IEEE 754 single precision. */
    FLOAT32(4),
    /** IEEE 754 double precision. */
    FLOAT64(8),
    /** Signed 32-bit integers. */
    INT32(4),
    /** Signed 64-bit integers: indices and classes. */
    INT64(8),
    /** Truth values, one byte each: what comparisons give. */
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * The size of one element.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Whether elements are fractions: only such tensors have gradients.
     *
     * @return true for float32 and float64
     */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /**
     * Whether elements are whole numbers.
     *
     * @return true for int32 and int64
     */
    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /** The name as errors print it, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
