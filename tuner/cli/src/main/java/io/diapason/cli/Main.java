package io.diapason.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The entry point of the command line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process: 0 done, 1 failed, 2 wrong usage or bad input.
     *
     * @param args the command, its options and files
     */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--verbose")) {
            System.setProperty("org.slf4j.simpleLogger.log.io.diapason", "debug");
        }
        // UTF-8 whatever the locale: a sentence that quotes a column must show the column.
        PrintStream out = new PrintStream(new ClosedPipe(), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /**
     * Runs one command in this process.
     *
     * @param args the command, its options and files
     * @param out takes results
     * @param err takes progress, notes and errors
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        Console console = new Console(out, err);
        int code;
        try {
            code = commandLine(console).execute(args);
        } catch (Error e) {
            // Out of memory, or a library that does not load: the sentence is what helps, not the trace.
            code = Failures.onRun(e, console, Arrays.asList(args).contains("--verbose"));
        }
        out.flush();
        if (out.checkError() && code == 0) {
            console.error("standard output: must be writable to its end, got an error; is the disk full?");
            return ExitCode.FAILED;
        }
        return code;
    }

    private static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new RootCommand())
                .addSubcommand(new TuneCommand(console))
                .addSubcommand(new TrainCommand(console))
                .addSubcommand(new PredictCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new DoctorCommand(console));
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.outIsColoured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((problem, args) -> Failures.onUsage(problem, console))
                .setExecutionExceptionHandler(
                        (problem, command, parsed) -> Failures.onRun(problem, console, isVerbose(parsed)));
    }

    private static boolean isVerbose(CommandLine.ParseResult parsed) {
        return parsed.hasMatchedOption("--verbose") || (parsed.hasSubcommand() && isVerbose(parsed.subcommand()));
    }
}
