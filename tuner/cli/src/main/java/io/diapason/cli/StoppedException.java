package io.diapason.cli;

/** A person broke the search off before there was anything to keep. Exit code 130. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException(Throwable cause) {
        super("search: broken off by Ctrl-C before a trial had finished, so there is no model", cause);
    }
}
