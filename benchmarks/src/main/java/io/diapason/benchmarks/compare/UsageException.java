package io.diapason.benchmarks.compare;

import java.io.Serial;

/** What was asked for cannot be; the message is a sentence for who asked. */
final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
