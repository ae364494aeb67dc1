package io.diapason.backend;

/** A device has no memory left for a tensor; the message says how much was asked for and how much is in use. */
public final class OutOfDeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfDeviceMemoryException(String message) {
        super(message);
    }
}
