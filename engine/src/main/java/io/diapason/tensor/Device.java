package io.diapason.tensor;

/** Where a tensor lives and its operations run. */
public enum Device {
    /** The processor of this machine, by the native kernels. */
    CPU;

    /** The name as users write it, such as {@code cpu}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
