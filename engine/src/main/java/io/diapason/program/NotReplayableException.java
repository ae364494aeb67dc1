package io.diapason.program;

/** A step cannot be replayed; the message says why. */
public final class NotReplayableException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A reason.
     *
     * @param message a clause such as {@code a tensor was read}
     */
    public NotReplayableException(String message) {
        super(message);
    }
}
