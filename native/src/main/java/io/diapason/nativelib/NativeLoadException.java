package io.diapason.nativelib;

/** The native library cannot be used on this machine; the message says what was tried and what helps. */
public final class NativeLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure with its reason.
     *
     * @param message one sentence: what must hold, what was found, what helps
     * @param cause what the Java virtual machine said, or null
     */
    public NativeLoadException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
    }
}
