package io.diapason.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command that holds the others. */
@Command(
        name = "diapason",
        description = "Tunes and trains neural networks on tables.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  diapason tune wine.csv --target cultivar --trials 50 --seed 1",
            "  diapason predict wine.diapason new.csv -o predicted.csv",
            "",
            "Results go to standard output, progress and notes to standard error.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 130 broken off by Ctrl-C."
        })
final class RootCommand implements Runnable {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Says more on standard error, such as where an error came from.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        throw new UsageException(
                "command: must be tune, train, predict, evaluate or doctor, got none; see diapason --help");
    }
}
