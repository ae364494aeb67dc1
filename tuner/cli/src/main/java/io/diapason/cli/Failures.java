package io.diapason.cli;

import io.diapason.data.DataException;
import io.diapason.data.DidYouMean;
import io.diapason.model.ModelFileException;
import io.diapason.nativelib.NativeLoadException;
import io.diapason.tabular.TuningException;
import io.diapason.tuner.space.SpaceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns every failure into one sentence on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** The arguments cannot be read. */
    static int onUsage(CommandLine.ParameterException problem, Console console) {
        console.error(sentence(problem));
        return ExitCode.USAGE;
    }

    private static String sentence(CommandLine.ParameterException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        if (problem instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec first = missing.getMissing().get(0);
            if (first.isOption() && String.valueOf(problem.getMessage()).startsWith("Missing required parameter")) {
                return name(first) + ": must have a value (" + label(first) + "), got none";
            }
            return name(first) + ": must be given, got none; see diapason " + command.name() + " --help";
        }
        if (problem instanceof CommandLine.OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + ": must be given once, got it twice";
        }
        ArgSpec argument = problem.getArgSpec();
        if (argument != null && problem.getCause() instanceof UsageException cause) {
            return name(argument) + ": " + cause.getMessage();
        }
        if (argument instanceof OptionSpec && argument.arity().max() == 0) {
            return name(argument) + ": must have no value, got one";
        }
        if (argument != null) {
            String value = problem.getValue();
            return name(argument) + ": must be " + label(argument) + ", got "
                    + (value == null ? "none" : "«" + value + "»");
        }
        return oneLine(String.valueOf(problem.getMessage()));
    }

    private static String unmatched(String argument, CommandSpec command) {
        String typed = argument.startsWith("-") && argument.contains("=")
                ? argument.substring(0, argument.indexOf('='))
                : argument;
        if (typed.startsWith("-") && typed.length() > 1) {
            List<String> known = command.options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            return command.name() + ": must have known options only, got «" + typed + "»; "
                    + DidYouMean.help(typed, known);
        }
        if (!command.subcommands().isEmpty()) {
            return "command: must be a known one, got «" + typed + "»; "
                    + DidYouMean.help(typed, command.subcommands().keySet());
        }
        return command.name() + ": must have "
                + (command.positionalParameters().isEmpty() ? "no argument" : "no further argument")
                + " beside options, got «"
                + typed + "»; quote an argument that has blanks";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : label(argument);
    }

    private static String label(ArgSpec argument) {
        return argument.paramLabel();
    }

    /** A command could not do its work. */
    static int onRun(Throwable problem, Console console, boolean verbose) {
        if (verbose) {
            problem.printStackTrace(console.err());
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeLoadException) {
                console.error(cause.getMessage() + "; diapason doctor says more");
                return ExitCode.FAILED;
            }
        }
        if (problem instanceof UsageException
                || problem instanceof DataException
                || problem instanceof SpaceException
                || problem instanceof ModelFileException) {
            console.error(oneLine(problem.getMessage()));
            return ExitCode.USAGE;
        }
        if (problem instanceof StoppedException) {
            console.error(oneLine(problem.getMessage()));
            return ExitCode.INTERRUPTED;
        }
        console.error(failure(problem));
        return ExitCode.FAILED;
    }

    private static String failure(Throwable problem) {
        if (problem instanceof TuningException) {
            return oneLine(String.valueOf(problem.getMessage()));
        }
        if (problem instanceof OutOfMemoryError) {
            return "memory: the work must fit into " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB of Java heap, got no more; take fewer rows or workers, or a larger heap with"
                    + " DIAPASON_JAVA_OPTIONS=-Xmx8g";
        }
        if (problem instanceof IOException || problem instanceof UncheckedIOException) {
            return "files: must be readable and writable, got " + describe(problem);
        }
        return problem.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": must not happen, got "
                + describe(problem) + "; run it again with --verbose and report what it prints";
    }

    private static String describe(Throwable problem) {
        return problem.getMessage() == null
                ? problem.getClass().getSimpleName()
                : problem.getClass().getSimpleName() + ": " + oneLine(problem.getMessage());
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
