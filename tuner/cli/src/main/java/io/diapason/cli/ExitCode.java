package io.diapason.cli;

/** What the process says to the shell. */
final class ExitCode {
    /** The work is done. */
    static final int DONE = 0;
    /** It was tried, and failed. */
    static final int FAILED = 1;
    /** Wrong usage or bad input: nothing was tried. */
    static final int USAGE = 2;
    /** Broken off by Ctrl-C before there was a result, as shells count signal 2. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
