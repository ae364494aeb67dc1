package io.diapason.tensor;

/** The type of a tensor's elements. */
public enum DType {
    /** IEEE 754 single precision. */
    FLOAT32(4),
    /** Signed 64-bit integers: indices and classes. */
    INT64(8);

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

    /** The name as errors print it, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
