package io.diapason.cli;

/**
 * What was typed cannot be done as typed; the message is one sentence that names the option or the file. Exit code 2.
 */
final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
