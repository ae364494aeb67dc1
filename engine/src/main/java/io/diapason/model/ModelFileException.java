package io.diapason.model;

/** A model file that cannot be read, written or replaced; the message is one sentence that names the file. */
public final class ModelFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Without a cause.
     *
     * @param message one sentence, such as {@code wine.diapason: must be a Diapason model, got a file that is no zip}
     */
    public ModelFileException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message one sentence
     * @param cause what failed below
     */
    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
