package io.diapason.tuner.space;

import java.io.Serial;

/** A search space, or an assignment of values, that does not hold together; the message is one sentence. */
public final class SpaceException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An exception with its sentence.
     *
     * @param message what must hold, and what was got
     */
    public SpaceException(String message) {
        super(message);
    }

    /**
     * An exception with its sentence and what lay behind it.
     *
     * @param message what must hold, and what was got
     * @param cause the first sign of it
     */
    public SpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
