package io.diapason.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where results and messages go.
 *
 * @param out results
 * @param err progress, notes and errors
 */
record Console(PrintStream out, PrintStream err) {
    /** What was decided, and why. */
    void note(String sentence) {
        err.println("note: " + sentence);
    }

    /** What is probably not as it should be. */
    void warning(String sentence) {
        err.println("warning: " + sentence);
    }

    /** Why nothing comes. */
    void error(String sentence) {
        err.println("diapason: " + sentence);
    }

    /** How the command was called, for the lines that say what to type next. */
    static String command() {
        return System.getProperty("diapason.command", "./diapason");
    }

    /** Whether standard error, rather than a file or a pipe in its place, is a terminal that can move its cursor. */
    boolean errIsTerminal() {
        return isTerminal(2);
    }

    /** Whether standard output shows colours that are wanted (see no-color.org). */
    boolean outIsColoured() {
        return System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && isTerminal(1);
    }

    /** Java tells this of input and output together only; the system tells it of each. */
    private static boolean isTerminal(int descriptor) {
        if (System.getenv().getOrDefault("TERM", "dumb").equals("dumb")) {
            return false;
        }
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString()
                    .toLowerCase(Locale.ROOT);
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            // No such file: not Linux. Plain output is right everywhere.
            return false;
        }
    }
}
