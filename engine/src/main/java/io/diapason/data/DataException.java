package io.diapason.data;

/** A file, a column or a cell that is not as it must be; the message is one sentence that names the place. */
public final class DataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Without a cause.
     *
     * @param message one sentence, such as {@code titanic.csv line 17: must have 15 cells as the header has, got 14}
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message one sentence
     * @param cause what failed below
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
